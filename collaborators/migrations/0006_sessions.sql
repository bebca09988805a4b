-- A session is opened before anybody acts, so it is found by the hash of its key and by nothing else. Only these
-- functions write: whose session it is says the signed actor, never an argument. Its words are sealed with the hash as
-- associated data, so that a row that somebody made up, or copied to another key, opens as nothing.

ALTER TABLE collaborators_session ADD CONSTRAINT collaborators_session_person
    FOREIGN KEY (user_id) REFERENCES collaborators_user ON DELETE CASCADE;
ALTER TABLE collaborators_accountevent ADD CONSTRAINT collaborators_accountevent_person
    FOREIGN KEY (user_id) REFERENCES collaborators_user ON DELETE CASCADE;
ALTER TABLE collaborators_accountevent ADD CONSTRAINT collaborators_accountevent_by
    FOREIGN KEY (by_id) REFERENCES collaborators_user ON DELETE SET NULL;

CREATE FUNCTION cre_is_awake(seen timestamptz, idle integer, ends timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT ends > statement_timestamp() AND seen + idle * interval '1 second' > statement_timestamp()
$$;

-- Its sealed words, while neither limit is reached. That it was used is written once a minute, and never waited for:
-- a second request of the same browser may hold the row.
CREATE FUNCTION cre_open_session(wanted text) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this_minute timestamptz := date_trunc('minute', statement_timestamp());
    found_row collaborators_session;
BEGIN
    SELECT * INTO found_row FROM collaborators_session s
    WHERE s.key_hash = wanted AND cre_is_awake(s.seen_at, s.idle_seconds, s.ends_at);
    IF found_row.seen_at < this_minute THEN
        UPDATE collaborators_session SET seen_at = this_minute
        WHERE id = (SELECT s.id FROM collaborators_session s WHERE s.id = found_row.id FOR UPDATE SKIP LOCKED);
    END IF;
    RETURN found_row.sealed;
END $$;

CREATE FUNCTION cre_keep_session(wanted text, words bytea, idle integer, whole integer, is_new boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE this_minute timestamptz := date_trunc('minute', statement_timestamp());
BEGIN
    IF is_new THEN
        INSERT INTO collaborators_session (uuid, key_hash, user_id, sealed, begun_at, seen_at, idle_seconds, ends_at)
        VALUES (gen_random_uuid(), wanted, cre_actor(), words, this_minute, this_minute, idle,
                this_minute + whole * interval '1 second')
        ON CONFLICT (key_hash) DO NOTHING;
    ELSE
        UPDATE collaborators_session s SET sealed = words, user_id = cre_actor(), idle_seconds = idle,
            ends_at = s.begun_at + whole * interval '1 second'
        WHERE s.key_hash = wanted AND cre_is_awake(s.seen_at, s.idle_seconds, s.ends_at);
    END IF;
    RETURN FOUND;
END $$;

CREATE FUNCTION cre_drop_session(wanted text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM collaborators_session WHERE key_hash = wanted
$$;

-- One of one's own, as the list of them names it.
CREATE FUNCTION cre_end_session(wanted uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM collaborators_session WHERE uuid = wanted AND user_id = cre_actor();
    RETURN FOUND;
END $$;

-- Whether this person belongs to a community of a region that the acting person facilitates or guards.
CREATE FUNCTION cre_looks_after(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM collaborators_communitygrant g JOIN auth_permission p ON p.id = g.permission_id
        JOIN collaborators_community c ON c.id = g.content_object_id
        WHERE g.user_id = person AND p.codename IN ('represent', 'support') AND c.reached_at IS NOT NULL
          AND cre_is_alive(g.starts_at, g.ends_at)
          AND (c.region_id = ANY (cre_held_region('facilitate')) OR c.region_id = ANY (cre_held_region('guard'))))
$$;

-- All sessions of a person, but for one that they keep; how many there were.
CREATE FUNCTION cre_end_sessions(person bigint, kept text DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ended integer;
BEGIN
    PERFORM cre_refuse(person = cre_actor() OR cre_holds('coordinate', 'steward', 'operate')
        OR cre_looks_after(person), 'end the sessions of somebody else');
    DELETE FROM collaborators_session WHERE user_id = person AND key_hash IS DISTINCT FROM kept;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

CREATE FUNCTION cre_sweep_sessions() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE swept integer;
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'sweep sessions');
    DELETE FROM collaborators_session WHERE NOT cre_is_awake(seen_at, idle_seconds, ends_at);
    GET DIAGNOSTICS swept = ROW_COUNT;
    RETURN swept;
END $$;

-- Whatever closes an account or changes its password ends its sessions, whichever code did it.
CREATE FUNCTION cre_forget_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM collaborators_session WHERE user_id = new.id;
    RETURN NULL;
END $$;
CREATE TRIGGER cre_forget_sessions AFTER UPDATE ON collaborators_user FOR EACH ROW
WHEN ((old.is_active AND NOT new.is_active) OR old.password IS DISTINCT FROM new.password)
EXECUTE FUNCTION cre_forget_sessions();

-- How somebody signs in is changed by themselves only: by injected SQL nobody takes over an account.
CREATE FUNCTION cre_check_sign_in() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    PERFORM cre_refuse((new.password, new.email) IS NOT DISTINCT FROM (old.password, old.email)
        OR old.id IS NOT DISTINCT FROM cre_actor(), 'change how somebody else signs in');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_sign_in BEFORE UPDATE ON collaborators_user
FOR EACH ROW EXECUTE FUNCTION cre_check_sign_in();

-- The sign-in package would also find people by the addresses of its own tables. They stay empty.
REVOKE INSERT, UPDATE, DELETE ON account_emailaddress, account_emailconfirmation FROM cre_app;

-- A facilitator or focal person talked with somebody who lost their receipt code: one new password, within a day.
CREATE FUNCTION cre_allow_reset(person bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
    PERFORM cre_refuse(person <> cre_actor() AND cre_looks_after(person), 'allow a new password');
    INSERT INTO collaborators_accountevent (uuid, user_id, kind, by_id, happened_at)
    VALUES (gen_random_uuid(), person, 'reset_allowed', cre_actor(), statement_timestamp()) RETURNING id INTO made;
    RETURN made;
END $$;

-- As cre_begin_intake() of before, with the version of the pepper under which the code was hashed.
CREATE FUNCTION cre_begin_intake(person uuid, community uuid, region bigint, spoken text, code_locator text,
                                 code_hash text, pepper smallint, OUT person_id bigint, OUT community_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT b.person_id, b.community_id INTO person_id, community_id
    FROM cre_begin_intake(person, community, region, spoken, code_locator, code_hash) b;
    UPDATE collaborators_receiptcredential c SET pepper_version = pepper WHERE c.locator = code_locator;
END $$;
