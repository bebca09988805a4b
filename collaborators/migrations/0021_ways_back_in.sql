-- People of communities who come back by an e-mail address with a password, or by a passkey, beside their receipt code.

ALTER TABLE collaborators_signinaddress ADD CONSTRAINT collaborators_signinaddress_person
    FOREIGN KEY (user_id) REFERENCES collaborators_user ON DELETE CASCADE;

-- Somebody who came with a receipt code and has no other role here, now or to come: no rule of staff holds for them.
CREATE FUNCTION cre_comes_with_code(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    container text;
    has_role boolean;
BEGIN
    FOREACH container IN ARRAY array_remove(cre_grant_tables(), 'community') LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM collaborators_%sgrant g WHERE g.user_id = $1
            AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()))', container)
        INTO has_role USING person;
        IF has_role THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN EXISTS (SELECT 1 FROM collaborators_receiptcredential r JOIN collaborators_user u ON u.id = r.user_id
        WHERE u.id = person AND NOT (u.is_staff OR u.is_superuser));
END $$;

-- Whose confirmed address this is; asked before anybody acts, like the addresses of accounts.
CREATE FUNCTION cre_person_of_address(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.user_id FROM collaborators_signinaddress a WHERE a.email = wanted AND a.confirmed_at IS NOT NULL
$$;

-- The person themselves, signed in, with the link that was mailed: from now on the address and its password open. False
-- for an address that somebody else has, which is then forgotten; whoever mails the link does not mail it then either.
CREATE FUNCTION cre_confirm_address(wanted uuid, secret text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_row collaborators_signinaddress;
BEGIN
    SELECT * INTO found_row FROM collaborators_signinaddress a WHERE a.uuid = wanted AND a.user_id = cre_actor()
        AND a.confirmed_at IS NULL AND a.asked_at > statement_timestamp() - interval '24 hours'
        AND a.proof = sha256(convert_to(secret, 'UTF8')) FOR UPDATE;
    PERFORM cre_refuse(found_row.id IS NOT NULL AND cre_comes_with_code(cre_actor()), 'confirm this address');
    -- Two people who confirm the same address wait for each other here.
    PERFORM pg_advisory_xact_lock(hashtext('cre address ' || found_row.email));
    IF cre_person_of_address(found_row.email) IS NOT NULL
        OR EXISTS (SELECT 1 FROM collaborators_user u WHERE u.email = found_row.email) THEN
        DELETE FROM collaborators_signinaddress WHERE id = found_row.id;
        RETURN false;
    END IF;
    UPDATE collaborators_user SET password = found_row.password WHERE id = found_row.user_id;
    UPDATE collaborators_signinaddress SET confirmed_at = statement_timestamp(), password = ''
    WHERE id = found_row.id;
    RETURN true;
END $$;

-- As before, but whoever came with a receipt code adds and removes with it alone: for them nothing is a second step.
CREATE OR REPLACE FUNCTION cre_check_factor() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    person bigint := CASE WHEN TG_OP = 'DELETE' THEN old.user_id ELSE new.user_id END;
    moving text[] := '{used_mask,last_counter,viewed_at}';
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        PERFORM cre_refuse((new.user_id, new.type, new.created_at, new.data - moving)
                         = (old.user_id, old.type, old.created_at, old.data - moving), 'change a second factor');
        PERFORM cre_refuse(
            coalesce((old.data ->> 'used_mask')::bigint, 0) & ~coalesce((new.data ->> 'used_mask')::bigint, 0) = 0
            AND coalesce((new.data ->> 'last_counter')::bigint, 0) >= coalesce((old.data ->> 'last_counter')::bigint, 0),
            'use a second factor again');
        RETURN new;
    END IF;
    PERFORM cre_refuse(person = cre_actor() AND (cre_proven() OR cre_comes_with_code(person) OR NOT EXISTS (
        SELECT 1 FROM mfa_authenticator f WHERE f.user_id = person)), 'add or remove a second factor');
    RETURN CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
END $$;

-- Every way of somebody of a community but the receipt code: gone, with a line that only they read.
CREATE FUNCTION cre_end_ways(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    addresses bigint;
    factors bigint;
BEGIN
    IF NOT cre_comes_with_code(person) THEN
        RETURN;
    END IF;
    DELETE FROM collaborators_signinaddress WHERE user_id = person;
    GET DIAGNOSTICS addresses = ROW_COUNT;
    DELETE FROM mfa_authenticator WHERE user_id = person;
    GET DIAGNOSTICS factors = ROW_COUNT;
    IF addresses + factors = 0 AND (SELECT u.password LIKE '!%' FROM collaborators_user u WHERE u.id = person) THEN
        RETURN;
    END IF;
    UPDATE collaborators_user SET password = '!' || gen_random_uuid() WHERE id = person;
    INSERT INTO collaborators_accountevent (uuid, user_id, kind, by_id, happened_at)
    VALUES (gen_random_uuid(), person, 'ways_ended', NULL, statement_timestamp());
END $$;

-- A code that the person replaces themselves leaves the other ways open. Where a function of the database ends it (a
-- freeze, a code handed over after a talk, the end of all access, somebody shut out), whoever has the old phone or reads
-- the old mailbox must not come in by another way.
CREATE FUNCTION cre_end_ways_with_code() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        PERFORM cre_end_ways(new.user_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cre_end_ways_with_code AFTER UPDATE OF replaced_at ON collaborators_receiptcredential FOR EACH ROW
WHEN (old.replaced_at IS NULL AND new.replaced_at IS NOT NULL) EXECUTE FUNCTION cre_end_ways_with_code();

REVOKE ALL ON FUNCTION cre_end_ways FROM PUBLIC;
