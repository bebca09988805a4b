-- What an ally would like to publish: nothing is asked or answered while everything stands still, and what is open ends
-- when the work ends, when the community takes back what the ally may know, and when it is frozen.
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_publicoutput
FOR EACH ROW EXECUTE FUNCTION cre_stand_still_in_work();

-- What has appeared already with a yes is past; a yes for a later day ends too.
CREATE FUNCTION cre_end_outputs(works bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH ended AS (
        UPDATE collaborations_publicoutput o SET status = 'ended', version = o.version + 1
        WHERE o.collaboration_id = ANY (works)
          AND (o.status = 'waiting' OR (o.status = 'agreed' AND o.appears_on >= current_date)) RETURNING *)
    INSERT INTO collaborations_historicalpublicoutput (id, uuid, key_object, version, status, language, text_sealed,
        where_sealed, appears_on, put_at, due_at, answered_at, words_sealed, form, said_by_sealed, read_back_sealed,
        collaboration_id, community_id, put_by_id, answered_by_id, history_date, history_type, history_user_id)
    SELECT id, uuid, key_object, version, status, language, text_sealed, where_sealed, appears_on, put_at, due_at,
        answered_at, words_sealed, form, said_by_sealed, read_back_sealed, collaboration_id, community_id, put_by_id,
        answered_by_id, now(), '~', cre_actor() FROM ended;
$$;
REVOKE ALL ON FUNCTION cre_end_outputs FROM PUBLIC;

CREATE FUNCTION cre_end_outputs_of_work() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_end_outputs(ARRAY[new.id]);
    RETURN new;
END $$;
CREATE TRIGGER cre_end_outputs AFTER UPDATE ON collaborations_collaboration
FOR EACH ROW WHEN (old.ended_at IS NULL AND new.ended_at IS NOT NULL) EXECUTE FUNCTION cre_end_outputs_of_work();

CREATE FUNCTION cre_end_outputs_of_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_end_outputs(ARRAY(SELECT c.id FROM collaborations_collaboration c
                                  WHERE c.introduction_id = new.introduction_id));
    RETURN new;
END $$;
CREATE TRIGGER cre_end_outputs AFTER INSERT ON collaborations_consent
FOR EACH ROW WHEN (NOT new.is_given AND new.about = 'disclose') EXECUTE FUNCTION cre_end_outputs_of_consent();

CREATE FUNCTION cre_end_outputs_of_freeze() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_end_outputs(ARRAY(SELECT c.id FROM collaborations_collaboration c
                                  WHERE c.community_id = new.community_id));
    RETURN new;
END $$;
CREATE TRIGGER cre_end_outputs AFTER INSERT ON collaborators_freeze
FOR EACH ROW EXECUTE FUNCTION cre_end_outputs_of_freeze();
