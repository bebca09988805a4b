-- While a community is frozen an ally sees nothing of it: the lists of what it sees one by one leave it out.

CREATE OR REPLACE FUNCTION cre_offered_briefs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT i.brief_id), '{}') FROM collaborations_introduction i
    JOIN collaborations_briefversion b ON b.id = i.brief_id
    WHERE i.collaborator_id = ANY (cre_held_collaborator('speak_for')) AND i.offered_at IS NOT NULL
      AND i.status IN ('offered', 'willing', 'chosen', 'accepted') AND b.status = 'approved'
      AND i.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
$$;

CREATE OR REPLACE FUNCTION cre_joined_introductions() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(i.id), '{}') FROM collaborations_introduction i
    JOIN collaborations_participant p ON p.introduction_id = i.id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL AND i.status = 'accepted'
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
      AND i.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
$$;

CREATE OR REPLACE FUNCTION cre_joined_collaborations() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.id), '{}') FROM collaborations_collaboration c
    JOIN collaborations_participant p ON p.introduction_id = c.introduction_id
    JOIN collaborations_introduction i ON i.id = c.introduction_id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
      AND c.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
$$;

-- A frozen community has to be reached by a safe channel, whatever its requests said of the danger before.
CREATE OR REPLACE FUNCTION cre_guarded_communities() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT near.community_id), '{}') FROM (
        SELECT r.community_id FROM collaborations_supportrequest r
        WHERE r.region_id = ANY (cre_held_region('guard')) AND r.closed_at IS NULL AND r.status <> 'draft'
          AND (r.danger = 'now' OR r.risk_level IN ('high', 'critical'))
        UNION ALL
        SELECT f.community_id FROM collaborators_freeze f
        WHERE f.thawed_at IS NULL AND f.region_id = ANY (cre_held_region('guard'))
    ) near
$$;

-- A request that was sent in another region has a desk there, which may freeze too.
CREATE OR REPLACE FUNCTION cre_regions_of_community(held bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.region_id), '{}') || coalesce((
        SELECT array_agg(DISTINCT r.region_id) FROM collaborations_supportrequest r
        WHERE r.community_id = held AND r.received_at IS NOT NULL), '{}')
    FROM collaborators_community c WHERE c.id = held AND c.reached_at IS NOT NULL
$$;

-- Nothing new is shared, offered or said to an ally while everything stands still. The functions above run as the
-- owner, and so do those that carry a deletion or a move out.
CREATE FUNCTION cre_stand_still() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'cre_owner' THEN
        PERFORM cre_hold_community(new.community_id);
    END IF;
    RETURN new;
END $$;
CREATE FUNCTION cre_stand_still_in_work() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'cre_owner' THEN
        PERFORM cre_hold_community((SELECT c.community_id FROM collaborations_collaboration c
                                    WHERE c.id = new.collaboration_id));
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_introduction
FOR EACH ROW EXECUTE FUNCTION cre_stand_still();
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_disclosure
FOR EACH ROW EXECUTE FUNCTION cre_stand_still();
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_collaboration
FOR EACH ROW EXECUTE FUNCTION cre_stand_still();
CREATE TRIGGER cre_stand_still BEFORE INSERT ON collaborations_consent
FOR EACH ROW WHEN (new.is_given) EXECUTE FUNCTION cre_stand_still();
CREATE TRIGGER cre_stand_still BEFORE INSERT ON collaborations_collaborationmessage
FOR EACH ROW EXECUTE FUNCTION cre_stand_still_in_work();

-- Which allies have to hear of a freeze by a safe channel: everyone who knows who the community is, also from work that
-- has ended, and everyone who reads its brief. Whoever freezes may not see them all.
CREATE FUNCTION cre_list_warnings(made bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(EXISTS (SELECT 1 FROM collaborators_freeze f
        WHERE f.id = made AND f.thawed_at IS NULL AND f.frozen_by_id = cre_actor()), 'say whom to warn');
    WITH listed AS (
        INSERT INTO collaborators_freezewarning (uuid, freeze_id, collaborator_id, has_met)
        SELECT gen_random_uuid(), f.id, i.collaborator_id, bool_or(c.id IS NOT NULL)
        FROM collaborators_freeze f JOIN collaborations_introduction i ON i.community_id = f.community_id
        LEFT JOIN collaborations_collaboration c ON c.introduction_id = i.id
        WHERE f.id = made AND i.offered_at IS NOT NULL
          AND (c.id IS NOT NULL OR i.status IN ('offered', 'willing', 'not_chosen', 'chosen', 'accepted'))
        GROUP BY f.id, i.collaborator_id ON CONFLICT DO NOTHING
        RETURNING *)
    INSERT INTO collaborators_historicalfreezewarning (id, uuid, freeze_id, collaborator_id, has_met,
        history_date, history_type, history_user_id)
    SELECT id, uuid, freeze_id, collaborator_id, has_met, now(), '+', cre_actor() FROM listed;
END $$;

-- Whether what a message is about stands still; only the deliveries may ask.
CREATE FUNCTION cre_stands_still(label text, about uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'ask what stands still');
    RETURN coalesce(cre_is_frozen(CASE label
        WHEN 'collaborators.Community' THEN (SELECT c.id FROM collaborators_community c WHERE c.uuid = about)
        WHEN 'collaborations.SupportRequest' THEN
            (SELECT r.community_id FROM collaborations_supportrequest r WHERE r.uuid = about)
        WHEN 'collaborations.Introduction' THEN
            (SELECT i.community_id FROM collaborations_introduction i WHERE i.uuid = about)
        WHEN 'collaborations.Collaboration' THEN
            (SELECT c.community_id FROM collaborations_collaboration c WHERE c.uuid = about)
        END), false);
END $$;

-- Two people have thawed: every date that stood still moves by as long as it stood, and the community reads what was.
CREATE FUNCTION cre_go_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    stood interval := new.thawed_at - new.frozen_at;
    moved bigint;
BEGIN
    FOR moved IN
        UPDATE collaborations_supportrequest SET due_at = due_at + stood, version = version + 1
        WHERE community_id = new.community_id AND closed_at IS NULL AND due_at IS NOT NULL RETURNING id
    LOOP
        PERFORM cre_remember_request(moved);
    END LOOP;
    WITH moved AS (
        UPDATE collaborations_introduction SET answer_due_at = answer_due_at + stood, version = version + 1
        WHERE community_id = new.community_id AND status = 'offered' RETURNING *)
    INSERT INTO collaborations_historicalintroduction (id, uuid, key_object, version, status, answer_sealed,
        proposed_at, offered_at, answer_due_at, answered_at, ended_at, brief_id, collaborator_id, community_id,
        request_id,
        history_date, history_type, history_user_id)
    SELECT id, uuid, key_object, version, status, answer_sealed, proposed_at, offered_at, answer_due_at, answered_at,
        ended_at, brief_id, collaborator_id, community_id, request_id, now(), '~', cre_actor() FROM moved;
    WITH moved AS (
        UPDATE collaborations_collaboration SET version = version + 1,
            check_in_on = check_in_on + ceil(extract(epoch FROM stood) / 86400)::int
        WHERE community_id = new.community_id AND ended_at IS NULL RETURNING *)
    INSERT INTO collaborations_historicalcollaboration (id, uuid, key_object, version, status, began_at, check_in_on,
        ended_at, end_reason, ended_by_side, parting_words_sealed, community_id, introduction_id, region_id, request_id,
        history_date, history_type, history_user_id)
    SELECT id, uuid, key_object, version, status, began_at, check_in_on, ended_at, end_reason, ended_by_side,
        parting_words_sealed, community_id, introduction_id, region_id, request_id, now(), '~', cre_actor() FROM moved;
    UPDATE collaborations_secondlook l SET due_at = l.due_at + stood FROM collaborations_supportrequest r
    WHERE r.id = l.request_id AND r.community_id = new.community_id AND l.answered_at IS NULL;
    INSERT INTO collaborations_timelineentry (request_id, event, side, audience, happened_at)
    SELECT r.id, told.event, told.side, 'community', told.happened_at FROM collaborations_supportrequest r,
        (VALUES ('frozen', CASE new.side WHEN 'community' THEN 'community' ELSE 'desk' END, new.frozen_at),
                ('thawed', 'desk', new.thawed_at)) AS told (event, side, happened_at)
    WHERE r.community_id = new.community_id AND r.received_at IS NOT NULL AND r.closed_at IS NULL;
    RETURN new;
END $$;
CREATE TRIGGER cre_go_on AFTER UPDATE ON collaborators_freeze
FOR EACH ROW WHEN (old.thawed_at IS NULL AND new.thawed_at IS NOT NULL) EXECUTE FUNCTION cre_go_on();
