-- The requests that wait to be deleted, and everything about them: out of sight of desk, focal person, coordinator and
-- allies. Whatever reaches a request through its row follows by itself; here is what does not.

-- Which requests are hidden from the acting person: those ordered one by one, and all of a community ordered whole.
-- The orders are read first, and mostly there are none: as one join the planner would read every request there is.
CREATE FUNCTION cre_hidden_requests() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    communities bigint[];
    single uuid[];
BEGIN
    SELECT array_agg(d.community_id), array_agg(d.request_uuid) INTO communities, single
    FROM collaborators_deletion d
    WHERE d.cancelled_at IS NULL AND NOT (SELECT cre_holds('operate'))
      AND d.community_id <> ALL (ARRAY(SELECT unnest(cre_held_community('represent') || cre_held_community('support'))));
    IF communities IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT r.id FROM unnest(communities, single) AS ordered (community_id, request_uuid)
        JOIN collaborations_supportrequest r ON r.community_id = ordered.community_id
          AND (ordered.request_uuid IS NULL OR ordered.request_uuid = r.uuid));
END
$$;

CREATE FUNCTION cre_hidden_collaborations() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.id), '{}') FROM collaborations_collaboration c
    WHERE c.request_id = ANY ((SELECT cre_hidden_requests())::bigint[])
$$;

-- What an ally sees one by one leaves them out, as it leaves out whatever stands still.
CREATE OR REPLACE FUNCTION cre_offered_briefs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT i.brief_id), '{}') FROM collaborations_introduction i
    JOIN collaborations_briefversion b ON b.id = i.brief_id
    WHERE i.collaborator_id = ANY (cre_held_collaborator('speak_for')) AND i.offered_at IS NOT NULL
      AND i.status IN ('offered', 'willing', 'chosen', 'accepted') AND b.status = 'approved'
      AND i.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
      AND b.request_id <> ALL ((SELECT cre_hidden_requests())::bigint[])
$$;

CREATE OR REPLACE FUNCTION cre_joined_introductions() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(i.id), '{}') FROM collaborations_introduction i
    JOIN collaborations_participant p ON p.introduction_id = i.id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL AND i.status = 'accepted'
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
      AND i.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
      AND i.request_id <> ALL ((SELECT cre_hidden_requests())::bigint[])
$$;

CREATE OR REPLACE FUNCTION cre_joined_collaborations() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.id), '{}') FROM collaborations_collaboration c
    JOIN collaborations_participant p ON p.introduction_id = c.introduction_id
    JOIN collaborations_introduction i ON i.id = c.introduction_id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
      AND c.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
      AND c.request_id <> ALL ((SELECT cre_hidden_requests())::bigint[])
$$;

-- Of what is hidden staff read one fact: that a deletion waits, and until when.
CREATE OR REPLACE FUNCTION cre_clocks() RETURNS TABLE (
    label text, object_uuid uuid, object_id bigint, community_id bigint, region_id bigint,
    rule text, since timestamptz, ask_at timestamptz, ends_at timestamptz, stands text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.label, k.object_uuid, k.object_id, k.community_id, k.region_id, k.rule, k.since, k.ask_at, k.ends_at,
        k.stands
    FROM cre_all_clocks() k
    WHERE ((select cre_holds('operate'))
        OR (NOT k.is_private AND (select cre_holds('coordinate')))
        OR (NOT k.is_private AND k.region_id = ANY ((select cre_held_region('facilitate'))::bigint[]))
        OR k.community_id = ANY ((select cre_held_community('represent') || cre_held_community('support'))::bigint[]))
      AND (k.rule = 'ordered' OR (
        k.community_id <> ALL ((select cre_hidden_communities())::bigint[])
        AND (k.label <> 'collaborations.SupportRequest'
             OR k.object_id <> ALL ((select cre_hidden_requests())::bigint[]))))
$$;
