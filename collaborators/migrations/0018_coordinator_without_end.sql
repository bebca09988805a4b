-- Two coordinators who leave, or whose roles get an end, wait for each other here, so that the second one counts the
-- first. Who stays must stay without an end: two dated roles would leave nobody on the later of the two days.
CREATE OR REPLACE FUNCTION cre_keep_a_coordinator(leaving bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('cre coordinate'));
    PERFORM cre_refuse(EXISTS (SELECT 1 FROM collaborators_platformgrant g
        JOIN auth_permission p ON p.id = g.permission_id
        WHERE g.user_id <> leaving AND p.codename = 'coordinate' AND g.ends_at IS NULL AND cre_coordinates(g.user_id)),
        'leave the exchange without a coordinator');
END $$;

-- A role is given by somebody, who is not always the one who acts: an invitation is accepted later.
CREATE OR REPLACE FUNCTION cre_write_grant_of(giver bigint, container text, wanted text, held bigint, person bigint,
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
    IF container = 'platform' AND wanted = 'coordinate' AND ends IS NOT NULL THEN
        PERFORM cre_keep_a_coordinator(person);
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
