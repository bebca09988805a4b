-- Who holds what, asked as (select cre_held_region('facilitate')) by scope and row guards alike. Each honours the
-- dates; a disabled person holds nothing. A policy that read its own table would recurse: these functions do not.

CREATE FUNCTION cre_is_alive(starts timestamptz, ends timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT starts <= statement_timestamp() AND (ends IS NULL OR ends > statement_timestamp()) $$;

CREATE FUNCTION cre_held_region(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_regiongrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;

CREATE FUNCTION cre_held_community(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_communitygrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;

CREATE FUNCTION cre_held_collaborator(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_collaboratorgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;

CREATE FUNCTION cre_held_platform(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_platformgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;

CREATE FUNCTION cre_holds(VARIADIC wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM unnest(wanted) AS name WHERE cardinality(cre_held_platform(name)) > 0)
$$;

-- Giving and ending roles. One body for all containers; the checks differ and stand in cre_join_<container>.

CREATE FUNCTION cre_write_grant(container text, wanted text, held bigint, person bigint,
                                starts timestamptz, ends timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    permission bigint;
    given collaborators_regiongrant;
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
        RETURNING *', container)
    INTO given USING permission, person, held, starts, ends, cre_actor();
    EXECUTE format('INSERT INTO collaborators_historical%sgrant (id, permission_id, user_id, content_object_id,
        starts_at, ends_at, given_by_id, history_date, history_type, history_user_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, now(), ''+'', $7)', container)
    USING given.id, permission, person, held, given.starts_at, ends, cre_actor();
END $$;

CREATE FUNCTION cre_end_grant(container text, wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('WITH ended AS (
        UPDATE collaborators_%1$sgrant g SET ends_at = statement_timestamp() FROM auth_permission p
        WHERE p.id = g.permission_id AND p.codename = $1 AND g.content_object_id = $2 AND g.user_id = $3
          AND (g.ends_at IS NULL OR g.ends_at > now())
        RETURNING g.*)
        INSERT INTO collaborators_historical%1$sgrant (id, permission_id, user_id, content_object_id, starts_at,
            ends_at, given_by_id, history_date, history_type, history_user_id)
        SELECT id, permission_id, user_id, content_object_id, starts_at, ends_at, given_by_id, now(), ''~'', $4
        FROM ended', container)
    USING wanted, held, person, cre_actor();
END $$;

CREATE FUNCTION cre_refuse(allowed boolean, what text) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF allowed IS NOT TRUE THEN
        RAISE EXCEPTION 'cre: this person may not %', what USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION cre_join_region(wanted text, held bigint, person bigint, starts timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') AND person <> cre_actor(), 'give a role on a region');
    PERFORM cre_write_grant('region', wanted, held, person, starts, ends);
END $$;

CREATE FUNCTION cre_join_platform(wanted text, held bigint, person bigint, starts timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') AND person <> cre_actor() AND wanted <> 'operate',
                       'give a role on the platform');
    PERFORM cre_write_grant('platform', wanted, held, person, starts, ends);
END $$;

CREATE FUNCTION cre_join_collaborator(wanted text, held bigint, person bigint, starts timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') AND person <> cre_actor(), 'let somebody speak for a collaborator');
    PERFORM cre_write_grant('collaborator', wanted, held, person, starts, ends);
END $$;

-- A community lets in its own people and gives its mandate; a facilitator records a mandate given by voice.
CREATE FUNCTION cre_join_community(wanted text, held bigint, person bigint, starts timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(person <> cre_actor() AND (
        held = ANY (cre_held_community('represent')) OR (wanted = 'support' AND EXISTS (
            SELECT 1 FROM collaborators_community c
            WHERE c.id = held AND c.region_id = ANY (cre_held_region('facilitate'))))), 'give a role in a community');
    PERFORM cre_write_grant('community', wanted, held, person, starts, ends);
END $$;

CREATE FUNCTION cre_leave_region(wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') OR person = cre_actor(), 'end a role on a region');
    PERFORM cre_end_grant('region', wanted, held, person);
END $$;

CREATE FUNCTION cre_leave_platform(wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse((cre_holds('coordinate') OR person = cre_actor()) AND wanted <> 'operate',
                       'end a role on the platform');
    PERFORM cre_end_grant('platform', wanted, held, person);
END $$;

CREATE FUNCTION cre_leave_collaborator(wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') OR person = cre_actor(), 'end a role of a collaborator');
    PERFORM cre_end_grant('collaborator', wanted, held, person);
END $$;

CREATE FUNCTION cre_leave_community(wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(person = cre_actor() OR held = ANY (cre_held_community('represent')),
                       'end a role in a community');
    PERFORM cre_end_grant('community', wanted, held, person);
END $$;

-- To whom a notice goes: only the deliveries may ask.
CREATE FUNCTION cre_holders_of(container text, wanted text, held bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE people bigint[];
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'ask who holds a role');
    EXECUTE format('SELECT coalesce(array_agg(g.user_id ORDER BY g.user_id), ''{}'') FROM collaborators_%sgrant g
        JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
        WHERE p.codename = $1 AND g.content_object_id = $2 AND u.is_active
          AND cre_is_alive(g.starts_at, g.ends_at)', container) INTO people USING wanted, held;
    RETURN people;
END $$;
CREATE FUNCTION cre_holders_region(wanted text, held bigint) RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT cre_holders_of('region', wanted, held) $$;
CREATE FUNCTION cre_holders_community(wanted text, held bigint) RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT cre_holders_of('community', wanted, held) $$;
CREATE FUNCTION cre_holders_collaborator(wanted text, held bigint) RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT cre_holders_of('collaborator', wanted, held) $$;
CREATE FUNCTION cre_holders_platform(wanted text, held bigint) RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT cre_holders_of('platform', wanted, held) $$;

-- An anonymous person becomes one that the walls know: a person without e-mail, a community, the grant that joins
-- them, and the receipt code that brings the person back. What it makes belongs to nobody else.
CREATE FUNCTION cre_begin_intake(person uuid, community uuid, region bigint, spoken text, code_locator text,
                                 code_hash text, OUT person_id bigint, OUT community_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO collaborators_user (uuid, password, language, is_active, is_staff, is_superuser, is_system, joined_at)
    VALUES (person, '!', left(spoken, 12), true, false, false, false, now()) RETURNING id INTO person_id;
    INSERT INTO collaborators_community (uuid, version, region_id, language, created_at)
    VALUES (community, 1, region, spoken, now()) RETURNING id INTO community_id;
    INSERT INTO collaborators_historicalcommunity (id, uuid, version, region_id, language, created_at, history_date,
        history_type, history_user_id)
    VALUES (community_id, community, 1, region, spoken, now(), now(), '+', person_id);
    WITH given AS (
        INSERT INTO collaborators_communitygrant (permission_id, user_id, content_object_id, starts_at, given_by_id)
        SELECT p.id, person_id, community_id, now(), person_id FROM auth_permission p
        JOIN django_content_type c ON c.id = p.content_type_id
        WHERE c.app_label = 'collaborators' AND c.model = 'community' AND p.codename = 'represent'
        RETURNING *)
    INSERT INTO collaborators_historicalcommunitygrant (id, permission_id, user_id, content_object_id, starts_at,
        ends_at, given_by_id, history_date, history_type, history_user_id)
    SELECT id, permission_id, user_id, content_object_id, starts_at, ends_at, given_by_id, now(), '+', person_id
    FROM given;
    INSERT INTO collaborators_receiptcredential (user_id, locator, secret_hash, pepper_version, created_at)
    VALUES (person_id, code_locator, code_hash, 1, now());
END $$;

-- A draft learns its country: the community moves to that country's region, before anybody there has seen it.
CREATE FUNCTION cre_move_community(moved bigint, region bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') OR moved = ANY (cre_held_community('represent'))
        OR moved = ANY (cre_held_community('support'))
        OR EXISTS (SELECT 1 FROM collaborators_community c JOIN collaborators_region r ON r.id = c.region_id
                   WHERE c.id = moved AND r.is_waiting_room AND r.id = ANY (cre_held_region('facilitate'))),
        'move a community');
    WITH changed AS (
        UPDATE collaborators_community SET region_id = region, version = version + 1 WHERE id = moved RETURNING *)
    INSERT INTO collaborators_historicalcommunity (id, uuid, version, region_id, language, created_at, reached_at, history_date,
        history_type, history_user_id)
    SELECT id, uuid, version, region_id, language, created_at, reached_at, now(), '~', cre_actor() FROM changed;
END $$;

REVOKE ALL ON FUNCTION cre_write_grant, cre_end_grant, cre_holders_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cre_holders_of TO cre_app;
REVOKE INSERT, UPDATE, DELETE ON collaborators_regiongrant, collaborators_platformgrant,
    collaborators_collaboratorgrant, collaborators_communitygrant,
    collaborators_historicalregiongrant, collaborators_historicalplatformgrant,
    collaborators_historicalcollaboratorgrant, collaborators_historicalcommunitygrant FROM cre_app;
REVOKE INSERT, UPDATE, DELETE ON collaborators_region, collaborators_country, collaborators_platform FROM cre_app;

-- The facets have no row security (array operators are not leakproof); who may write them is checked here. An ally
-- writes its own, but not what others found about it: whether it is active, its access level, its past outcomes.
CREATE FUNCTION cre_check_facets() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' OR cre_holds('coordinate') OR cardinality(cre_held_region('facilitate')) > 0 THEN
        RETURN coalesce(new, old);
    END IF;
    PERFORM cre_refuse(TG_OP = 'UPDATE' AND new.collaborator_id = old.collaborator_id
        AND old.collaborator_id = ANY (cre_held_collaborator('speak_for'))
        AND (new.is_active, new.access_level, new.good_outcomes, new.bad_outcomes)
          = (old.is_active, old.access_level, old.good_outcomes, old.bad_outcomes), 'change the roster');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_facets BEFORE INSERT OR UPDATE OR DELETE ON collaborators_collaboratorfacets
FOR EACH ROW EXECUTE FUNCTION cre_check_facets();

-- Row security asks who may write a row; this asks who may write these two columns of it. Others who keep the roster
-- may enter somebody as nominated, who then sees only what is public.
CREATE FUNCTION cre_check_vetting() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' OR cre_holds('coordinate') THEN
        RETURN new;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM cre_refuse(new.status = 'nominated' AND new.access_level = 1, 'approve an entry of the roster');
    ELSE
        PERFORM cre_refuse((new.status, new.access_level) = (old.status, old.access_level),
                           'approve an entry of the roster');
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_vetting BEFORE INSERT OR UPDATE ON collaborators_collaborator
FOR EACH ROW EXECUTE FUNCTION cre_check_vetting();

-- People are read before anybody acts, so they have no row security. Nobody but set-up makes a system account or a
-- superuser, and only those who look after accounts open or close somebody else's.
CREATE FUNCTION cre_check_person() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM cre_refuse(NOT (new.is_system OR new.is_superuser OR new.is_staff), 'make such an account');
        RETURN new;
    END IF;
    PERFORM cre_refuse((new.is_system, new.is_superuser, new.is_staff)
                     = (old.is_system, old.is_superuser, old.is_staff), 'change what an account is');
    PERFORM cre_refuse(new.is_active = old.is_active OR cre_holds('coordinate', 'steward'), 'open or close an account');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_person BEFORE INSERT OR UPDATE ON collaborators_user
FOR EACH ROW EXECUTE FUNCTION cre_check_person();

-- Which communities and roster entries somebody sees one by one; the app that knows fills them in.
CREATE FUNCTION cre_offered_collaborators() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT '{}'::bigint[] $$;
CREATE FUNCTION cre_guarded_communities() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT '{}'::bigint[] $$;
