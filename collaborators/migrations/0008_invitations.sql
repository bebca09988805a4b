-- Somebody coordinates at this very moment, whoever asks and whenever their statement began.
CREATE FUNCTION cre_coordinates(person bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_platformgrant g
        JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
        WHERE g.user_id = person AND p.codename = 'coordinate' AND u.is_active
          AND g.starts_at <= clock_timestamp() AND (g.ends_at IS NULL OR g.ends_at > clock_timestamp()))
$$;

-- Two coordinators who leave at the same moment wait for each other here, so that the second one counts the first.
CREATE FUNCTION cre_keep_a_coordinator(leaving bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('cre coordinate'));
    PERFORM cre_refuse(EXISTS (SELECT 1 FROM collaborators_platformgrant g
        WHERE g.user_id <> leaving AND cre_coordinates(g.user_id)), 'leave the exchange without a coordinator');
END $$;

-- A role is given by somebody, who is not always the one who acts: an invitation is accepted later.
CREATE FUNCTION cre_write_grant_of(giver bigint, container text, wanted text, held bigint, person bigint,
                                   starts timestamptz, ends timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    permission bigint;
    given bigint;
    began timestamptz;
BEGIN
    SELECT p.id INTO permission FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id
    WHERE c.app_label = 'collaborators' AND c.model = container AND p.codename = wanted;
    IF permission IS NULL THEN
        RAISE EXCEPTION 'cre: no permission % on %', wanted, container USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('INSERT INTO collaborators_%sgrant (permission_id, user_id, content_object_id, starts_at, ends_at,
        given_by_id) VALUES ($1, $2, $3, coalesce($4, now()), $5, $6)
        ON CONFLICT (user_id, permission_id, content_object_id) DO UPDATE
        SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, given_by_id = excluded.given_by_id
        RETURNING id, starts_at', container)
    INTO given, began USING permission, person, held, starts, ends, giver;
    EXECUTE format('INSERT INTO collaborators_historical%sgrant (id, permission_id, user_id, content_object_id,
        starts_at, ends_at, given_by_id, history_date, history_type, history_user_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, now(), ''+'', $7)', container)
    USING given, permission, person, held, began, ends, giver;
END $$;
CREATE OR REPLACE FUNCTION cre_write_grant(container text, wanted text, held bigint, person bigint,
                                           starts timestamptz, ends timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT cre_write_grant_of(cre_actor(), container, wanted, held, person, starts, ends)
$$;

-- Whoever ends the last coordinator's role has to be another coordinator: nobody leaves the exchange without one.
CREATE OR REPLACE FUNCTION cre_leave_platform(wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse((cre_holds('coordinate') OR person = cre_actor()) AND wanted <> 'operate',
                       'end a role on the platform');
    IF wanted = 'coordinate' THEN
        PERFORM cre_keep_a_coordinator(person);
    END IF;
    PERFORM cre_end_grant('platform', wanted, held, person);
END $$;

-- An invitation keeps what it offers and who offers it; only how it stands, its link and its end change.
CREATE FUNCTION cre_check_invitation() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    PERFORM cre_refuse((new.uuid, new.container, new.codename, new.held_id, new.invited_by_id, new.ends_at)
        IS NOT DISTINCT FROM (old.uuid, old.container, old.codename, old.held_id, old.invited_by_id, old.ends_at)
        AND new.email IN (old.email, '') AND new.status <> 'accepted' AND new.accepted_by_id IS NULL,
        'change an invitation');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_invitation BEFORE UPDATE ON collaborators_invitation
FOR EACH ROW EXECUTE FUNCTION cre_check_invitation();

-- What a container is called; the exchange itself has no name.
CREATE FUNCTION cre_name_of(container text, held bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE container
        WHEN 'region' THEN (SELECT name FROM collaborators_region WHERE id = held)
        WHEN 'collaborator' THEN (SELECT display_name FROM collaborators_collaborator WHERE id = held)
        ELSE '' END
$$;

-- What the holder of a link may know of it, before anybody acts; nothing at all for a link that does not work.
CREATE FUNCTION cre_find_invitation(invited uuid, secret text, OUT email text, OUT spoken text, OUT codename text,
                                    OUT place text, OUT ends_at timestamptz, OUT person bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.email, i.language, i.codename, cre_name_of(i.container, i.held_id), i.ends_at, u.id
    FROM collaborators_invitation i LEFT JOIN collaborators_user u ON u.email = i.email
    WHERE i.uuid = invited AND i.status = 'open' AND i.expires_at > statement_timestamp()
      AND i.proof = sha256(convert_to(secret, 'UTF8')) AND cre_coordinates(i.invited_by_id)
      AND coalesce(u.is_active, true) AND u.id IS DISTINCT FROM i.invited_by_id
$$;

CREATE FUNCTION cre_remember_invitation(changed bigint, person bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO collaborators_historicalinvitation (id, uuid, version, language, container, codename, held_id, ends_at,
        status, invited_by_id, invited_at, expires_at, accepted_by_id, accepted_at, history_date, history_type,
        history_user_id)
    SELECT id, uuid, version, language, container, codename, held_id, ends_at, status, invited_by_id, invited_at,
        expires_at, accepted_by_id, accepted_at, now(), '~', person
    FROM collaborators_invitation WHERE id = changed
$$;

-- The holder of the link takes the role: a new person, who has chosen a password, or the one who has that address and
-- is signed in. It is given by whoever invited, who must still be allowed to; and it works once.
CREATE FUNCTION cre_accept_invitation(invited uuid, secret text, person uuid, hash text, spoken text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found collaborators_invitation;
    accepting bigint := cre_actor();
BEGIN
    SELECT * INTO found FROM collaborators_invitation i WHERE i.uuid = invited FOR UPDATE;
    PERFORM cre_refuse(found.status = 'open' AND found.expires_at > clock_timestamp()
        AND found.proof = sha256(convert_to(secret, 'UTF8')) AND cre_coordinates(found.invited_by_id),
        'accept this invitation');
    IF accepting IS NULL THEN
        INSERT INTO collaborators_user (uuid, email, password, language, is_active, is_staff, is_superuser, is_system,
            joined_at)
        VALUES (person, found.email, hash, left(spoken, 12), true, false, false, false, now())
        RETURNING id INTO accepting;
    END IF;
    PERFORM cre_refuse(accepting <> found.invited_by_id AND EXISTS (SELECT 1 FROM collaborators_user u
        WHERE u.id = accepting AND u.email = found.email AND u.is_active), 'accept this invitation');
    EXECUTE format('SELECT cre_take_seat_%s($1, $2, $3, $4, $5)', found.container)
    USING found.invited_by_id, found.codename, found.held_id, accepting, found.ends_at;
    UPDATE collaborators_invitation SET status = 'accepted', accepted_by_id = accepting, accepted_at = now(),
        email = '', version = version + 1 WHERE id = found.id;
    PERFORM cre_remember_invitation(found.id, accepting);
    RETURN accepting;
END $$;

-- All access of somebody who was arrested, whose account may be in other hands, or who left: at once, everywhere.
CREATE FUNCTION cre_guards_person(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_regiongrant g
            WHERE g.user_id = person AND cre_is_alive(g.starts_at, g.ends_at)
              AND g.content_object_id = ANY (cre_held_region('guard')))
        OR EXISTS (SELECT 1 FROM collaborators_communitygrant g
            JOIN collaborators_community c ON c.id = g.content_object_id
            WHERE g.user_id = person AND cre_is_alive(g.starts_at, g.ends_at) AND c.reached_at IS NOT NULL
              AND c.region_id = ANY (cre_held_region('guard')))
$$;

-- Staff of the regions that a focal person guards, who may be in need of the button.
CREATE FUNCTION cre_guarded_staff() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT g.user_id), '{}') FROM collaborators_regiongrant g
    JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.content_object_id = ANY (cre_held_region('guard')) AND cre_is_alive(g.starts_at, g.ends_at) AND u.is_active
      AND NOT cre_coordinates(u.id)
$$;

CREATE FUNCTION cre_end_grants_of(container text, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('WITH ended AS (
        UPDATE collaborators_%1$sgrant g SET ends_at = statement_timestamp()
        WHERE g.user_id = $1 AND (g.ends_at IS NULL OR g.ends_at > now()) RETURNING g.*)
        INSERT INTO collaborators_historical%1$sgrant (id, permission_id, user_id, content_object_id, starts_at,
            ends_at, given_by_id, history_date, history_type, history_user_id)
        SELECT id, permission_id, user_id, content_object_id, starts_at, ends_at, given_by_id, now(), ''~'', $2
        FROM ended', container)
    USING person, cre_actor();
END $$;

CREATE FUNCTION cre_end_all_access(ended uuid, person bigint, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    facilitated bigint[];
    container text;
    changed bigint;
BEGIN
    PERFORM cre_refuse(EXISTS (SELECT 1 FROM collaborators_user u WHERE u.id = person AND NOT u.is_system)
        AND (person = cre_actor() OR cre_holds('coordinate', 'steward')
             OR (cre_guards_person(person) AND NOT cre_coordinates(person))), 'end the access of this person');
    IF person = cre_actor() AND cre_coordinates(person) THEN
        PERFORM cre_keep_a_coordinator(person);
    END IF;
    SELECT coalesce(array_agg(g.content_object_id), '{}') INTO facilitated FROM collaborators_regiongrant g
    JOIN auth_permission p ON p.id = g.permission_id
    WHERE g.user_id = person AND p.codename = 'facilitate' AND cre_is_alive(g.starts_at, g.ends_at);
    FOREACH container IN ARRAY cre_grant_tables() LOOP
        PERFORM cre_end_grants_of(container, person);
    END LOOP;
    UPDATE collaborators_user SET is_active = false WHERE id = person;
    UPDATE collaborators_receiptcredential SET replaced_at = now() WHERE user_id = person AND replaced_at IS NULL;
    FOR changed IN UPDATE collaborators_invitation i SET status = 'withdrawn', email = '', version = version + 1
        WHERE i.status = 'open' AND (i.invited_by_id = person
            OR i.email = (SELECT u.email FROM collaborators_user u WHERE u.id = person)) RETURNING i.id LOOP
        PERFORM cre_remember_invitation(changed, cre_actor());
    END LOOP;
    INSERT INTO collaborators_accessend (uuid, person_id, reason, ended_by_id, ended_at, regions)
    VALUES (ended, person, why, cre_actor(), now(), facilitated);
END $$;

-- The kinds of containers; the migration that adds one adds it here, and how an invited person takes a role on it.
CREATE FUNCTION cre_grant_tables() RETURNS text[] LANGUAGE sql IMMUTABLE
AS $$ SELECT ARRAY['region', 'platform', 'collaborator', 'community'] $$;
CREATE FUNCTION cre_take_seat_region(giver bigint, wanted text, held bigint, person bigint, ends timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT cre_write_grant_of(giver, 'region', wanted, held, person, NULL, ends) $$;
CREATE FUNCTION cre_take_seat_collaborator(giver bigint, wanted text, held bigint, person bigint, ends timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT cre_write_grant_of(giver, 'collaborator', wanted, held, person, NULL, ends) $$;
CREATE FUNCTION cre_take_seat_platform(giver bigint, wanted text, held bigint, person bigint, ends timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(wanted <> 'operate', 'give a role on the platform');
    PERFORM cre_write_grant_of(giver, 'platform', wanted, held, person, NULL, ends);
END $$;

-- Rows of ended roles go, so that a later term can have a row; the history keeps each of them.
CREATE FUNCTION cre_remove_ended_grants() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    container text;
    gone bigint;
    total bigint := 0;
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'tidy up roles');
    FOREACH container IN ARRAY cre_grant_tables() LOOP
        EXECUTE format('WITH gone AS (
            DELETE FROM collaborators_%1$sgrant g WHERE g.ends_at < now() - interval ''1 day'' RETURNING g.*)
            INSERT INTO collaborators_historical%1$sgrant (id, permission_id, user_id, content_object_id, starts_at,
                ends_at, given_by_id, history_date, history_type, history_user_id)
            SELECT id, permission_id, user_id, content_object_id, starts_at, ends_at, given_by_id, now(), ''-'', $1
            FROM gone', container) USING cre_actor();
        GET DIAGNOSTICS gone = ROW_COUNT;
        total := total + gone;
    END LOOP;
    RETURN total;
END $$;

REVOKE ALL ON FUNCTION cre_coordinates, cre_keep_a_coordinator, cre_write_grant_of, cre_write_grant, cre_remember_invitation,
    cre_guards_person, cre_end_grants_of, cre_take_seat_region, cre_take_seat_platform, cre_take_seat_collaborator,
    cre_name_of FROM PUBLIC;
