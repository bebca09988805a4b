-- One text for one interpreter. Whom a facilitator may ask: people of the roster who interpret, with an account here.
CREATE FUNCTION cre_interpreters() RETURNS TABLE (person_id bigint, collaborator_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.user_id, g.content_object_id FROM collaborators_collaboratorgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    JOIN collaborators_collaborator c ON c.id = g.content_object_id
    JOIN collaborators_collaboratorfacets f ON f.collaborator_id = c.id
    WHERE cardinality(cre_held_region('facilitate')) > 0 AND p.codename = 'speak_for' AND u.is_active
      AND cre_is_alive(g.starts_at, g.ends_at) AND c.status = 'approved' AND c.access_level >= 2
      AND 'interpreting' = ANY (f.skills)
$$;

-- Row security asks who may write a task; this asks what of it. What was asked never changes, only the community's yes
-- opens it, and only the function below makes it done.
CREATE FUNCTION cre_check_interpreting() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM cre_refuse(new.status = 'asked' AND new.consent_id IS NULL AND new.asked_by_id = cre_actor()
            AND EXISTS (SELECT 1 FROM collaborations_supportrequest r
                        WHERE r.id = new.request_id AND r.community_id = new.community_id)
            AND (new.interpreter_id, new.collaborator_id) IN (SELECT person_id, collaborator_id FROM cre_interpreters()),
            'ask this interpreter');
        PERFORM cre_refuse(NOT EXISTS (SELECT 1 FROM collaborations_introduction i
            WHERE i.request_id = new.request_id AND i.collaborator_id = new.collaborator_id),
            'ask an ally of this request to interpret');
        RETURN new;
    END IF;
    PERFORM cre_refuse((new.request_id, new.community_id, new.collaborator_id, new.interpreter_id, new.text_sealed,
                        new.translation_sealed, new.reader_sealed, new.from_language, new.to_language, new.asked_by_id,
                        new.asked_at, new.due_at, new.done_at)
                     IS NOT DISTINCT FROM
                       (old.request_id, old.community_id, old.collaborator_id, old.interpreter_id, old.text_sealed,
                        old.translation_sealed, old.reader_sealed, old.from_language, old.to_language, old.asked_by_id,
                        old.asked_at, old.due_at, old.done_at), 'change what an interpreter was asked');
    IF new.status = old.status THEN
        PERFORM cre_refuse(new.consent_id IS NOT DISTINCT FROM old.consent_id, 'change what a community allowed');
    ELSIF new.status = 'allowed' THEN
        -- What has the form of an own decision counts as one only from somebody of the community.
        PERFORM cre_refuse(old.status = 'asked' AND new.due_at > now() AND EXISTS (
            SELECT 1 FROM collaborations_consent c WHERE c.id = new.consent_id AND c.about = 'interpret' AND c.is_given
              AND c.request_id = new.request_id AND c.recorded_by_id = cre_actor()
              AND (c.form <> 'portal' OR c.community_id = ANY (cre_held_community('represent')))),
            'let an interpreter read without the yes of the community');
    ELSE
        PERFORM cre_refuse((old.status, new.status) IN (('asked', 'refused'), ('asked', 'ended'), ('allowed', 'ended')),
            'do this with what an interpreter was asked');
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_interpreting BEFORE INSERT OR UPDATE ON collaborations_interpretertask
FOR EACH ROW EXECUTE FUNCTION cre_check_interpreting();
-- To end it is never kept waiting.
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_interpretertask
FOR EACH ROW WHEN (new.status IN ('asked', 'allowed')) EXECUTE FUNCTION cre_stand_still();
-- It is removed with its request alone.
DROP POLICY collaborations_interpretertask_remove ON collaborations_interpretertask;
REVOKE DELETE ON collaborations_interpretertask FROM cre_app;

-- The interpreter keeps what is written so far, or gives it back, which ends their access in the same moment: the new
-- row is out of their sight, and so is its history.
CREATE FUNCTION cre_keep_translation(wanted bigint, shown integer, written bytea, is_ready boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    task collaborations_interpretertask;
BEGIN
    UPDATE collaborations_interpretertask t SET translation_sealed = written, version = t.version + 1,
        status = CASE WHEN is_ready THEN 'done' ELSE t.status END, done_at = CASE WHEN is_ready THEN now() END
    WHERE t.id = wanted AND t.version = shown AND t.id = ANY (cre_interpreting_tasks()) RETURNING * INTO task;
    PERFORM cre_refuse(task.id IS NOT NULL, 'write this translation');
    INSERT INTO collaborations_historicalinterpretertask (id, uuid, key_object, version, reader_sealed, status,
        from_language, to_language, text_sealed, translation_sealed, asked_at, due_at, decided_at, done_at, ended_at,
        asked_by_id, collaborator_id, community_id, consent_id, interpreter_id, request_id,
        history_date, history_type, history_user_id)
    VALUES (task.id, task.uuid, task.key_object, task.version, task.reader_sealed, task.status, task.from_language,
        task.to_language, task.text_sealed, task.translation_sealed, task.asked_at, task.due_at, task.decided_at,
        task.done_at, task.ended_at, task.asked_by_id, task.collaborator_id, task.community_id, task.consent_id,
        task.interpreter_id, task.request_id, clock_timestamp(), '~', cre_actor());
    IF is_ready THEN
        INSERT INTO collaborations_timelineentry (request_id, event, side, audience, happened_at)
        VALUES (task.request_id, 'interpreter_done', 'exchange', 'community', clock_timestamp());
    END IF;
END $$;

-- A community's words are read with a second factor, whatever the access level of who interprets.
CREATE OR REPLACE FUNCTION cre_needs_proof() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT cre_proven() AND (
        EXISTS (SELECT 1 FROM collaborators_regiongrant g
                WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_platformgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_panelgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborations_handover h
                   WHERE h.arriving_id = cre_actor() AND h.completed_at IS NULL AND h.cancelled_at IS NULL)
        OR EXISTS (SELECT 1 FROM collaborations_interpretertask t
                   WHERE t.interpreter_id = cre_actor() AND t.status = 'allowed' AND t.due_at > now())
        OR EXISTS (SELECT 1 FROM collaborators_collaboratorgrant g
                   JOIN collaborators_collaborator c ON c.id = g.content_object_id
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at) AND c.access_level >= 3))
$$;
