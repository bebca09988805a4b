-- The handovers that somebody takes part in: who leaves, until it is done; who arrives, and afterwards while the region
-- is theirs. Only in a proven session, as for every role of staff.
CREATE FUNCTION cre_open_handovers() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(h.id), '{}') FROM collaborations_handover h JOIN collaborators_user u ON u.id = cre_actor()
    WHERE u.is_active AND cre_proven() AND h.cancelled_at IS NULL AND (
        (h.leaving_id = u.id AND h.completed_at IS NULL AND h.region_id = ANY (cre_held_region('facilitate')))
        OR (h.arriving_id = u.id AND (h.completed_at IS NULL OR h.region_id = ANY (cre_held_region('facilitate')))))
$$;

-- Those whose pack somebody may still write: who leaves, until they sign; the coordinator with a reason when that
-- person cannot.
CREATE FUNCTION cre_writable_handovers() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(h.id), '{}') FROM collaborations_handover h
    WHERE h.cancelled_at IS NULL AND h.completed_at IS NULL AND (
        (h.leaving_id = cre_actor() AND NOT h.is_vanished AND h.id = ANY (cre_open_handovers()))
        OR (h.is_vanished AND cre_holds('coordinate') AND cre_reasoned()))
      AND NOT EXISTS (SELECT 1 FROM collaborations_handoversignature s WHERE s.handover_id = h.id
                      AND s.side = CASE WHEN h.is_vanished THEN 'coordinator' ELSE 'leaving' END)
$$;

CREATE FUNCTION cre_signs_as(wanted bigint, side text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborations_handover h
        WHERE h.id = wanted AND h.completed_at IS NULL AND h.cancelled_at IS NULL AND CASE side
            WHEN 'leaving' THEN h.leaving_id = cre_actor() AND NOT h.is_vanished AND h.id = ANY (cre_open_handovers())
            WHEN 'arriving' THEN h.arriving_id = cre_actor() AND h.id = ANY (cre_open_handovers())
                -- The pack no longer changes once its writer has signed; only then somebody can say they received it.
                AND EXISTS (SELECT 1 FROM collaborations_handoversignature s WHERE s.handover_id = h.id
                    AND s.side = CASE WHEN h.is_vanished THEN 'coordinator' ELSE 'leaving' END)
            WHEN 'coordinator' THEN cre_holds('coordinate') AND cre_actor() NOT IN (h.leaving_id, h.arriving_id)
            ELSE false END)
$$;

-- Somebody who arrives has no role yet, but what they read asks for a second factor all the same.
CREATE OR REPLACE FUNCTION cre_needs_proof() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT cre_proven() AND (
        EXISTS (SELECT 1 FROM collaborators_regiongrant g
                WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_platformgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborators_panelgrant g
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at))
        OR EXISTS (SELECT 1 FROM collaborations_handover h
                   WHERE h.arriving_id = cre_actor() AND h.completed_at IS NULL AND h.cancelled_at IS NULL)
        OR EXISTS (SELECT 1 FROM collaborators_collaboratorgrant g
                   JOIN collaborators_collaborator c ON c.id = g.content_object_id
                   WHERE g.user_id = cre_actor() AND cre_is_alive(g.starts_at, g.ends_at) AND c.access_level >= 3))
$$;

CREATE FUNCTION cre_remember_handover(changed bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO collaborations_historicalhandover (id, uuid, version, region_id, leaving_id, arriving_id, is_vanished,
        started_by_id, started_at, completed_at, cancelled_at, history_date, history_type, history_user_id)
    SELECT id, uuid, version, region_id, leaving_id, arriving_id, is_vanished, started_by_id, started_at, completed_at,
        cancelled_at, now(), '~', cre_actor()
    FROM collaborations_handover WHERE id = changed
$$;

-- With the last signature the old role ends and the new one begins, in one act. It is given by the coordinator who
-- signed, who must still be allowed to; true when the handover is done.
CREATE FUNCTION cre_complete_handover(wanted bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    h collaborations_handover;
    giver bigint;
BEGIN
    SELECT * INTO h FROM collaborations_handover WHERE id = wanted FOR UPDATE;
    PERFORM cre_refuse(h.completed_at IS NULL AND h.cancelled_at IS NULL
        AND (cre_holds('coordinate') OR cre_actor() IN (h.leaving_id, h.arriving_id)), 'complete this handover');
    SELECT s.person_id INTO giver FROM collaborations_handoversignature s WHERE s.handover_id = h.id
        AND s.side = 'coordinator' AND s.person_id NOT IN (h.leaving_id, h.arriving_id);
    IF giver IS NULL
        OR NOT EXISTS (SELECT 1 FROM collaborations_handoversignature s
            WHERE s.handover_id = h.id AND s.side = 'arriving' AND s.person_id = h.arriving_id)
        OR NOT (h.is_vanished OR EXISTS (SELECT 1 FROM collaborations_handoversignature s
            WHERE s.handover_id = h.id AND s.side = 'leaving' AND s.person_id = h.leaving_id)) THEN
        RETURN false;
    END IF;
    PERFORM cre_refuse(cre_coordinates(giver)
        AND EXISTS (SELECT 1 FROM collaborators_user u WHERE u.id = h.arriving_id AND u.is_active),
        'complete this handover');
    PERFORM cre_end_grant('region', 'facilitate', h.region_id, h.leaving_id);
    PERFORM cre_write_grant_of(giver, 'region', 'facilitate', h.region_id, h.arriving_id, now(), NULL);
    UPDATE collaborations_handover SET completed_at = now(), version = version + 1 WHERE id = h.id;
    PERFORM cre_remember_handover(h.id);
    RETURN true;
END $$;

CREATE FUNCTION cre_cancel_handover(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE collaborations_handover h SET cancelled_at = now(), version = version + 1
    WHERE h.id = wanted AND h.completed_at IS NULL AND h.cancelled_at IS NULL
      AND (cre_holds('coordinate') OR (h.leaving_id = cre_actor() AND h.id = ANY (cre_open_handovers())));
    PERFORM cre_refuse(FOUND, 'cancel this handover');
    PERFORM cre_remember_handover(wanted);
END $$;

REVOKE ALL ON FUNCTION cre_remember_handover FROM PUBLIC;
