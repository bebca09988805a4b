-- What was asked stays as it was asked; a yes or no comes from somebody else, once; it is used once, by who asked,
-- within a day. Who may say yes at all is a question of roles, which row security answers.

CREATE FUNCTION cre_check_bulk_access() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_right boolean;
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    IF TG_OP = 'INSERT' THEN
        is_right := new.asked_by_id = cre_actor() AND new.decided_at IS NULL AND new.decided_by_id IS NULL
            AND new.approved IS NULL AND new.used_at IS NULL;
    ELSE
        is_right := (new.uuid, new.purpose, new.chosen, new.reason, new.asked_by_id, new.asked_at)
                  = (old.uuid, old.purpose, old.chosen, old.reason, old.asked_by_id, old.asked_at);
        IF old.decided_at IS NULL THEN
            is_right := is_right AND new.used_at IS NULL AND new.decided_by_id = cre_actor()
                AND new.decided_by_id <> old.asked_by_id AND new.approved IS NOT NULL AND new.decided_at IS NOT NULL;
        ELSE
            is_right := is_right AND (new.decided_by_id, new.decided_at, new.approved)
                                   = (old.decided_by_id, old.decided_at, old.approved)
                AND old.approved AND old.asked_by_id = cre_actor() AND old.used_at IS NULL
                AND old.decided_at > statement_timestamp() - interval '24 hours';
        END IF;
    END IF;
    IF is_right IS NOT TRUE THEN
        RAISE EXCEPTION 'cre: this needs a second person, and serves once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_bulk_access BEFORE INSERT OR UPDATE ON core_bulkaccess
FOR EACH ROW EXECUTE FUNCTION cre_check_bulk_access();
