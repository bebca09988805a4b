-- A community may let the work with an ally rest. It alone says so and goes on; meanwhile the ally neither writes nor asks
-- to publish anything.
CREATE FUNCTION cre_check_pause() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(new.community_id = ANY (cre_held_community('represent') || cre_held_community('support')),
                       'let this work rest');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_pause BEFORE UPDATE ON collaborations_collaboration
FOR EACH ROW WHEN (new.paused_at IS DISTINCT FROM old.paused_at) EXECUTE FUNCTION cre_check_pause();

CREATE FUNCTION cre_wait_in_pause() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user <> 'cre_owner' THEN
        PERFORM cre_refuse(NOT EXISTS (SELECT 1 FROM collaborations_collaboration c
            WHERE c.id = new.collaboration_id AND c.paused_at IS NOT NULL
              AND c.community_id <> ALL (cre_held_community('represent') || cre_held_community('support'))
              AND c.region_id <> ALL (cre_held_region('facilitate'))), 'write while this work rests');
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_wait_in_pause BEFORE INSERT ON collaborations_collaborationmessage
FOR EACH ROW EXECUTE FUNCTION cre_wait_in_pause();
CREATE TRIGGER cre_wait_in_pause BEFORE INSERT ON collaborations_publicoutput
FOR EACH ROW EXECUTE FUNCTION cre_wait_in_pause();
