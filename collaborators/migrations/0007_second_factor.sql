-- Roles of staff and of panels, and the voice of an ally that may receive what communities share, are held only in a
-- session that a second factor proved. The communities' own roles never ask for one.

CREATE OR REPLACE FUNCTION cre_held_region(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_regiongrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
      AND cre_proven()
$$;

CREATE OR REPLACE FUNCTION cre_held_platform(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_platformgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
      AND cre_proven()
$$;

CREATE OR REPLACE FUNCTION cre_held_collaborator(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_collaboratorgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    JOIN collaborators_collaborator c ON c.id = g.content_object_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
      AND (c.access_level < 3 OR cre_proven())
$$;

-- A container type whose roles need proof joins here as well as in its own cre_held_….
CREATE OR REPLACE FUNCTION cre_needs_proof() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT cre_proven() AND (
        EXISTS (SELECT 1 FROM collaborators_regiongrant g
                WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_platformgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_collaboratorgrant g
                   JOIN collaborators_collaborator c ON c.id = g.content_object_id
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at) AND c.access_level >= 3))
$$;

-- Second factors are read before anybody acts, at login, so their table has no row security. But only their own person
-- adds or removes them, and not with a password alone where one exists already. What changes later is how often they
-- were used, and that only forward: a used code or a passed moment never becomes new again.
CREATE FUNCTION cre_check_factor() RETURNS trigger
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
    PERFORM cre_refuse(person = cre_actor() AND (cre_proven() OR NOT EXISTS (
        SELECT 1 FROM mfa_authenticator f WHERE f.user_id = person)), 'add or remove a second factor');
    RETURN CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER cre_check_factor BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator
FOR EACH ROW EXECUTE FUNCTION cre_check_factor();

-- Somebody lost what proves them: after a talk on record they begin anew, and all their visits end. Never for oneself.
CREATE FUNCTION cre_reset_factors(person bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate', 'steward') AND person <> cre_actor(), 'reset a second factor');
    DELETE FROM mfa_authenticator WHERE user_id = person;
    PERFORM cre_end_sessions(person);
    INSERT INTO collaborators_accountevent (uuid, user_id, kind, by_id, happened_at)
    VALUES (gen_random_uuid(), person, 'factor_removed', cre_actor(), statement_timestamp()) RETURNING id INTO made;
    RETURN made;
END $$;
