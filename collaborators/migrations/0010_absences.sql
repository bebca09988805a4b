-- Who may cover: somebody who already works on a region or coordinates, and whose account is open.
CREATE FUNCTION cre_works_here(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_user u WHERE u.id = person AND u.is_active AND NOT u.is_system)
       AND (cre_coordinates(person) OR EXISTS (SELECT 1 FROM collaborators_regiongrant g
            WHERE g.user_id = person AND cre_is_alive(g.starts_at, g.ends_at)))
$$;

CREATE FUNCTION cre_possible_covers() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(u.id), '{}') FROM collaborators_user u
    WHERE u.id <> cre_actor() AND cre_works_here(u.id)
      AND (cre_holds('coordinate') OR cardinality(cre_held_region('facilitate')) > 0)
$$;

-- The cover's dated role, given with the absence: on one's own region, for at most sixty days, to somebody who works
-- here already, and no longer than one holds it oneself.
CREATE FUNCTION cre_cover(absent bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    away collaborators_absence;
    container text;
    wanted text;
    held bigint;
    began timestamptz;
    standing timestamptz;
    found boolean;
BEGIN
    SELECT * INTO away FROM collaborators_absence WHERE id = absent;
    container := CASE WHEN away.region_id IS NULL THEN 'platform' ELSE 'region' END;
    wanted := CASE WHEN away.region_id IS NULL THEN 'coordinate' ELSE 'facilitate' END;
    held := coalesce(away.region_id, (SELECT id FROM collaborators_platform LIMIT 1));
    PERFORM cre_refuse(away.entered_by_id = cre_actor() AND away.called_off_at IS NULL AND away.cover_id <> cre_actor()
        AND away.ends_at - away.starts_at <= interval '60 days' AND away.ends_at > now() AND cre_works_here(away.cover_id)
        AND (cre_holds('coordinate') OR (away.person_id = cre_actor() AND away.region_id = ANY (
            cre_held_region('facilitate')))), 'let this person cover');
    PERFORM cre_refuse(cre_holds('coordinate') OR EXISTS (SELECT 1 FROM collaborators_regiongrant g
        JOIN auth_permission p ON p.id = g.permission_id
        WHERE g.user_id = cre_actor() AND p.codename = 'facilitate' AND g.content_object_id = held
          AND (g.ends_at IS NULL OR g.ends_at >= away.ends_at)), 'let somebody cover for longer than one''s own term');
    EXECUTE format('SELECT g.starts_at, g.ends_at, true FROM collaborators_%sgrant g
        JOIN auth_permission p ON p.id = g.permission_id
        WHERE g.user_id = $1 AND g.content_object_id = $2 AND p.codename = $3
          AND (g.ends_at IS NULL OR g.ends_at > now())', container)
    INTO began, standing, found USING away.cover_id, held, wanted;
    -- Whoever holds the role as long anyway needs nothing; a term that would be cut is for the coordinator to change.
    IF found AND began <= greatest(away.starts_at, now()) AND (standing IS NULL OR standing >= away.ends_at) THEN
        RETURN;
    END IF;
    IF found THEN
        RAISE EXCEPTION 'cre: this person has another term here' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM cre_write_grant_of(cre_actor(), container, wanted, held, away.cover_id, away.starts_at, away.ends_at);
END $$;

-- Back sooner, or never away: only the role that came with the absence ends.
CREATE FUNCTION cre_uncover(absent bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    away collaborators_absence;
    container text;
BEGIN
    SELECT * INTO away FROM collaborators_absence WHERE id = absent;
    container := CASE WHEN away.region_id IS NULL THEN 'platform' ELSE 'region' END;
    PERFORM cre_refuse(away.called_off_at IS NOT NULL
        AND (away.person_id = cre_actor() OR cre_holds('coordinate')), 'call this absence off');
    EXECUTE format('WITH ended AS (
        UPDATE collaborators_%1$sgrant g SET ends_at = statement_timestamp() FROM auth_permission p
        WHERE p.id = g.permission_id AND p.codename = $1 AND g.content_object_id = $2 AND g.user_id = $3
          AND g.ends_at = $4 AND g.ends_at > now()
        RETURNING g.*)
        INSERT INTO collaborators_historical%1$sgrant (id, permission_id, user_id, content_object_id, starts_at,
            ends_at, given_by_id, history_date, history_type, history_user_id)
        SELECT id, permission_id, user_id, content_object_id, starts_at, ends_at, given_by_id, now(), ''~'', $5
        FROM ended', container)
    USING CASE WHEN away.region_id IS NULL THEN 'coordinate' ELSE 'facilitate' END,
        coalesce(away.region_id, (SELECT id FROM collaborators_platform LIMIT 1)), away.cover_id, away.ends_at, cre_actor();
END $$;

-- An absence keeps who, where and when; it is only called off.
CREATE FUNCTION cre_check_absence() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(current_user = 'cre_owner' OR (
        (new.uuid, new.person_id, new.cover_id, new.region_id, new.starts_at, new.ends_at, new.entered_by_id)
        IS NOT DISTINCT FROM
        (old.uuid, old.person_id, old.cover_id, old.region_id, old.starts_at, old.ends_at, old.entered_by_id)
        AND old.called_off_at IS NULL), 'change an absence');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_absence BEFORE UPDATE ON collaborators_absence
FOR EACH ROW EXECUTE FUNCTION cre_check_absence();

REVOKE ALL ON FUNCTION cre_works_here FROM PUBLIC;
