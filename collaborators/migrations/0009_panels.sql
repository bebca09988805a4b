-- Seats on committees and working groups: roles like those of staff, so held only in a proven session.

CREATE FUNCTION cre_held_panel(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_panelgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
      AND cre_proven()
$$;

CREATE OR REPLACE FUNCTION cre_needs_proof() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT cre_proven() AND (
        EXISTS (SELECT 1 FROM collaborators_regiongrant g
                WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_platformgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_panelgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_collaboratorgrant g
                   JOIN collaborators_collaborator c ON c.id = g.content_object_id
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at) AND c.access_level >= 3))
$$;

CREATE OR REPLACE FUNCTION cre_grant_tables() RETURNS text[] LANGUAGE sql IMMUTABLE
AS $$ SELECT ARRAY['region', 'platform', 'collaborator', 'community', 'panel'] $$;

CREATE OR REPLACE FUNCTION cre_name_of(container text, held bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE container
        WHEN 'region' THEN (SELECT name FROM collaborators_region WHERE id = held)
        WHEN 'collaborator' THEN (SELECT display_name FROM collaborators_collaborator WHERE id = held)
        WHEN 'panel' THEN (SELECT name FROM collaborators_panel WHERE id = held)
        ELSE '' END
$$;

-- A panel has so many seats; the row is locked, so that the last one is given once.
CREATE FUNCTION cre_take_seat_panel(giver bigint, wanted text, held bigint, person bigint, ends timestamptz,
                                    starts timestamptz DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    most integer;
BEGIN
    SELECT seats INTO most FROM collaborators_panel WHERE id = held FOR UPDATE;
    IF (SELECT count(*) FROM collaborators_panelgrant g WHERE g.content_object_id = held AND g.user_id <> person
        AND (g.ends_at IS NULL OR g.ends_at > clock_timestamp())) >= most THEN
        RAISE EXCEPTION 'cre: every seat of this panel is taken' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM cre_write_grant_of(giver, 'panel', wanted, held, person, starts, ends);
END $$;

CREATE FUNCTION cre_join_panel(wanted text, held bigint, person bigint, starts timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') AND person <> cre_actor(), 'give a seat on a panel');
    PERFORM cre_take_seat_panel(cre_actor(), wanted, held, person, ends, starts);
END $$;

CREATE FUNCTION cre_leave_panel(wanted text, held bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate') OR person = cre_actor(), 'end a seat on a panel');
    PERFORM cre_end_grant('panel', wanted, held, person);
END $$;

CREATE FUNCTION cre_holders_panel(wanted text, held bigint) RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT cre_holders_of('panel', wanted, held) $$;

REVOKE ALL ON FUNCTION cre_take_seat_panel FROM PUBLIC;
REVOKE INSERT, UPDATE, DELETE ON collaborators_panelgrant, collaborators_historicalpanelgrant FROM cre_app;
