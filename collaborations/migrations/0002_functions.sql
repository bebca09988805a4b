-- What an ally sees one by one. SECURITY DEFINER, because an ally may not read the tables that decide it.

CREATE FUNCTION cre_offered_briefs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT i.brief_id), '{}') FROM collaborations_introduction i
    JOIN collaborations_briefversion b ON b.id = i.brief_id
    WHERE i.collaborator_id = ANY (cre_held_collaborator('speak_for')) AND i.offered_at IS NOT NULL
      AND i.status IN ('offered', 'willing', 'chosen', 'accepted') AND b.status = 'approved'
$$;

CREATE FUNCTION cre_joined_introductions() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(i.id), '{}') FROM collaborations_introduction i
    JOIN collaborations_participant p ON p.introduction_id = i.id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL AND i.status = 'accepted'
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
$$;

CREATE FUNCTION cre_joined_collaborations() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.id), '{}') FROM collaborations_collaboration c
    JOIN collaborations_participant p ON p.introduction_id = c.introduction_id
    JOIN collaborations_introduction i ON i.id = c.introduction_id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
$$;

-- Which roster entries a community may read: those that were suggested to it.
CREATE OR REPLACE FUNCTION cre_offered_collaborators() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT i.collaborator_id), '{}') FROM collaborations_introduction i
    JOIN collaborations_supportrequest r ON r.id = i.request_id
    WHERE r.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
$$;

-- Which communities a security focal person may reach: those with an open request and somebody in danger.
CREATE OR REPLACE FUNCTION cre_guarded_communities() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT r.community_id), '{}') FROM collaborations_supportrequest r
    WHERE r.region_id = ANY (cre_held_region('guard')) AND r.closed_at IS NULL AND r.status <> 'draft'
      AND (r.danger = 'now' OR r.risk_level IN ('high', 'critical'))
$$;

-- The history row of a change that one of these functions made.
CREATE FUNCTION cre_remember_request(changed bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO collaborations_historicalsupportrequest (
        id, uuid, version, country, status, danger, risk_level, language, areas, kinds_of_help, is_assisted, created_at,
        received_at, due_at, first_answered_at, closed_at, decline_reason, community_id, region_id,
        history_date, history_type, history_user_id)
    SELECT id, uuid, version, country, status, danger, risk_level, language, areas, kinds_of_help, is_assisted,
        created_at, received_at, due_at, first_answered_at, closed_at, decline_reason, community_id, region_id,
        now(), '~', cre_actor()
    FROM collaborations_supportrequest WHERE id = changed;
$$;
REVOKE ALL ON FUNCTION cre_remember_request FROM PUBLIC;

-- A request and its community move to a region, perhaps out of the sight of whoever places them.
CREATE FUNCTION cre_place_request(placed bigint, region bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    community bigint;
BEGIN
    PERFORM cre_refuse(EXISTS (
        SELECT 1 FROM collaborations_supportrequest r JOIN collaborators_region g ON g.id = r.region_id
        WHERE r.id = placed AND (cre_holds('coordinate')
            OR (g.is_waiting_room AND g.id = ANY (cre_held_region('facilitate')))
            OR (r.status = 'draft' AND r.community_id = ANY (
                cre_held_community('represent') || cre_held_community('support')))
        )), 'place a request');
    UPDATE collaborations_supportrequest r SET region_id = region, version = version + 1
    WHERE r.id = placed RETURNING community_id INTO community;
    PERFORM cre_remember_request(placed);
    UPDATE collaborations_collaboration c SET region_id = region WHERE c.request_id = placed;
    PERFORM cre_move_community(community, region);
END $$;

-- How busy an ally is counts the work in all regions; nobody has to see that work to know the number.
CREATE FUNCTION cre_recount_work(ally bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE collaborators_collaboratorfacets f SET
        parallel_now = (SELECT count(*) FROM collaborations_collaboration c
                        JOIN collaborations_introduction i ON i.id = c.introduction_id
                        WHERE i.collaborator_id = ally AND c.ended_at IS NULL)
    WHERE f.collaborator_id = ally
$$;

-- A withdrawn brief or consent reaches introductions that its owner sees; what an ally did reaches the request.
-- The ally may not see the request, so these two writes of its answer go through here.
CREATE FUNCTION cre_tell_of_answer(answered bigint, what text, staff_only boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(EXISTS (SELECT 1 FROM collaborations_introduction i WHERE i.id = answered
        AND i.offered_at IS NOT NULL AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))),
        'answer this offer');
    INSERT INTO collaborations_timelineentry (request_id, event, side, audience, happened_at)
    SELECT i.request_id, what, 'ally', CASE WHEN staff_only THEN 'desk' ELSE 'community' END, clock_timestamp()
    FROM collaborations_introduction i WHERE i.id = answered;
END $$;

-- A request counts as supported when one of its collaborations is under way; the ally who says so may not see it.
CREATE FUNCTION cre_support_if_begun(begun bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    work collaborations_collaboration;
BEGIN
    SELECT * INTO work FROM collaborations_collaboration WHERE id = begun;
    PERFORM cre_refuse(work.status = 'active' AND (work.id = ANY (cre_joined_collaborations())
        OR work.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
        OR work.region_id = ANY (cre_held_region('facilitate'))), 'support this request');
    UPDATE collaborations_supportrequest SET status = 'supported', version = version + 1
    WHERE id = work.request_id AND status = 'introduced';
    IF FOUND THEN
        PERFORM cre_remember_request(work.request_id);
    END IF;
END $$;

-- What was disclosed for a collaboration goes when it ends, and the request counts as closed when its last one has
-- ended; the ally who ends it may neither delete what it reads nor see the request.
CREATE FUNCTION cre_close_if_done(ended bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    work collaborations_collaboration;
BEGIN
    SELECT * INTO work FROM collaborations_collaboration WHERE id = ended;
    PERFORM cre_refuse(work.ended_at IS NOT NULL AND (work.id = ANY (cre_joined_collaborations())
        OR work.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
        OR work.region_id = ANY (cre_held_region('facilitate'))), 'close this request');
    DELETE FROM collaborations_disclosure WHERE introduction_id = work.introduction_id;
    IF EXISTS (SELECT 1 FROM collaborations_collaboration c
               WHERE c.request_id = work.request_id AND c.ended_at IS NULL) THEN
        RETURN;
    END IF;
    UPDATE collaborations_supportrequest SET closed_at = now(), version = version + 1
    WHERE id = work.request_id AND closed_at IS NULL;
    IF FOUND THEN
        PERFORM cre_remember_request(work.request_id);
    END IF;
END $$;
