-- A freeze. While one is open nobody acts as the community, in either wall: whoever has its phone has nothing.

-- Which communities stand still now: a list, because every statement asks it once, and there are few at a time.
CREATE FUNCTION cre_frozen_communities() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(f.community_id), '{}') FROM collaborators_freeze f WHERE f.thawed_at IS NULL
$$;

CREATE FUNCTION cre_is_frozen(held bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_freeze f WHERE f.community_id = held AND f.thawed_at IS NULL)
$$;

CREATE OR REPLACE FUNCTION cre_held_community(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_communitygrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
      AND NOT cre_is_frozen(g.content_object_id)
$$;

-- Whether a door stays shut for a person because their community is frozen; asked before anybody acts.
CREATE FUNCTION cre_is_shut_out(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_freeze f
        JOIN collaborators_communitygrant g ON g.content_object_id = f.community_id
        JOIN auth_permission p ON p.id = g.permission_id
        WHERE f.thawed_at IS NULL AND g.user_id = person AND p.codename = 'represent'
          AND cre_is_alive(g.starts_at, g.ends_at))
$$;

-- Whose desks look after a community, its own region first; the app that has the requests adds theirs.
CREATE FUNCTION cre_regions_of_community(held bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.region_id), '{}') FROM collaborators_community c
    WHERE c.id = held AND c.reached_at IS NOT NULL
$$;

CREATE FUNCTION cre_may_freeze(held bigint, from_side text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_community c WHERE c.id = held AND c.reached_at IS NOT NULL)
       AND CASE from_side
           WHEN 'community' THEN held = ANY (cre_held_community('represent') || cre_held_community('support'))
           WHEN 'desk' THEN cre_regions_of_community(held) && cre_held_region('facilitate')
           WHEN 'security' THEN cre_regions_of_community(held) && cre_held_region('guard')
           ELSE false END
$$;

-- Take hold of a community to freeze it. Whoever shares something of it holds its row until they are done
-- (cre_hold_community), so that a freeze comes before or after an introduction, never in the middle.
CREATE FUNCTION cre_take_to_freeze(held bigint, from_side text, OUT region bigint, OUT owner uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_may_freeze(held, from_side), 'freeze this community');
    SELECT c.region_id, c.uuid INTO region, owner FROM collaborators_community c WHERE c.id = held FOR UPDATE;
END $$;

-- Called by what shares: waits for a freeze in the making, and is refused while one is open.
CREATE FUNCTION cre_hold_community(held bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM collaborators_community c WHERE c.id = held FOR KEY SHARE;
    PERFORM cre_refuse(NOT cre_is_frozen(held), 'go on while everything about this community stands still');
END $$;

-- Row security asks who may write a freeze; this asks what of it. Nobody freezes in another's name, and nobody thaws
-- what they proposed to thaw themselves.
CREATE FUNCTION cre_check_freeze() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM cre_refuse(new.frozen_by_id = cre_actor() AND new.thawed_at IS NULL
            AND new.thaw_proposed_by_id IS NULL AND cre_may_freeze(new.community_id, new.side)
            AND new.region_id = (cre_regions_of_community(new.community_id))[1], 'freeze this community');
        RETURN new;
    END IF;
    PERFORM cre_refuse(old.thawed_at IS NULL, 'change a freeze that is over');
    PERFORM cre_refuse((new.id, new.uuid, new.key_object, new.community_id, new.region_id, new.side, new.reason_sealed,
                        new.frozen_by_id, new.frozen_at)
                     IS NOT DISTINCT FROM
                       (old.id, old.uuid, old.key_object, old.community_id, old.region_id, old.side, old.reason_sealed,
                        old.frozen_by_id, old.frozen_at), 'change who froze, when and why');
    IF new.thawed_at IS NOT NULL THEN
        PERFORM cre_refuse(new.thawed_by_id = cre_actor() AND old.thaw_proposed_by_id <> cre_actor()
            AND (new.thaw_proposed_by_id, new.thaw_proposed_at, new.thaw_reason_sealed)
              IS NOT DISTINCT FROM
                (old.thaw_proposed_by_id, old.thaw_proposed_at, old.thaw_reason_sealed), 'thaw alone');
    ELSE
        PERFORM cre_refuse(new.thaw_proposed_by_id IS NULL
            OR (old.thaw_proposed_by_id IS NULL AND new.thaw_proposed_by_id = cre_actor()),
            'propose in the name of somebody else');
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_freeze BEFORE INSERT OR UPDATE ON collaborators_freeze
FOR EACH ROW EXECUTE FUNCTION cre_check_freeze();

-- A community that is placed takes its open freeze along, or its new desk would not see it.
CREATE FUNCTION cre_take_freeze_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE collaborators_freeze SET region_id = new.region_id WHERE community_id = new.id AND thawed_at IS NULL;
    RETURN new;
END $$;
CREATE TRIGGER cre_take_freeze_along AFTER UPDATE OF region_id ON collaborators_community
FOR EACH ROW WHEN (old.region_id <> new.region_id) EXECUTE FUNCTION cre_take_freeze_along();

-- Nobody is left inside, and the receipt codes of those who speak as the community open nothing any more.
CREATE FUNCTION cre_close_doors(made bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held bigint;
BEGIN
    SELECT f.community_id INTO held FROM collaborators_freeze f
    WHERE f.id = made AND f.thawed_at IS NULL AND f.frozen_by_id = cre_actor();
    PERFORM cre_refuse(held IS NOT NULL, 'close the doors of a community');
    UPDATE collaborators_receiptcredential r SET replaced_at = statement_timestamp()
    FROM collaborators_communitygrant g JOIN auth_permission p ON p.id = g.permission_id
    WHERE r.user_id = g.user_id AND r.replaced_at IS NULL AND g.content_object_id = held
      AND p.codename = 'represent' AND cre_is_alive(g.starts_at, g.ends_at);
    DELETE FROM collaborators_session s USING collaborators_communitygrant g
    WHERE s.user_id = g.user_id AND g.content_object_id = held AND cre_is_alive(g.starts_at, g.ends_at);
END $$;

-- Who of a community came with a code, for its desk: not who they are, only since when, and if a code still opens.
CREATE FUNCTION cre_people_with_codes(held bigint) RETURNS TABLE (person uuid, since timestamptz, has_code boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_facilitates_community(held), 'ask who belongs to a community');
    RETURN QUERY
        SELECT u.uuid, min(r.created_at), bool_or(r.replaced_at IS NULL)
        FROM collaborators_communitygrant g JOIN auth_permission p ON p.id = g.permission_id
        JOIN collaborators_user u ON u.id = g.user_id JOIN collaborators_receiptcredential r ON r.user_id = u.id
        WHERE g.content_object_id = held AND p.codename = 'represent' AND u.is_active
          AND cre_is_alive(g.starts_at, g.ends_at)
        GROUP BY u.id ORDER BY min(r.created_at), u.id;
END $$;

CREATE FUNCTION cre_facilitates_community(held bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_community c WHERE c.id = held AND c.reached_at IS NOT NULL
                   AND c.region_id = ANY (cre_held_region('facilitate')))
$$;

-- A new code for somebody who lost theirs. The desk has seen it, so the person's first use replaces it.
CREATE FUNCTION cre_hand_over_code(held bigint, person bigint, code_locator text, code_hash text, pepper smallint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(person <> cre_actor() AND cre_facilitates_community(held) AND NOT cre_is_frozen(held)
        AND EXISTS (SELECT 1 FROM collaborators_communitygrant g JOIN auth_permission p ON p.id = g.permission_id
                    JOIN collaborators_user u ON u.id = g.user_id
                    WHERE g.content_object_id = held AND g.user_id = person AND p.codename = 'represent'
                      AND u.is_active AND cre_is_alive(g.starts_at, g.ends_at))
        AND EXISTS (SELECT 1 FROM collaborators_receiptcredential r WHERE r.user_id = person), 'hand over a code');
    UPDATE collaborators_receiptcredential SET replaced_at = statement_timestamp()
    WHERE user_id = person AND replaced_at IS NULL;
    INSERT INTO collaborators_receiptcredential
        (user_id, locator, secret_hash, pepper_version, created_at, seen_by_helper)
    VALUES (person, code_locator, code_hash, pepper, now(), true);
END $$;

REVOKE DELETE ON collaborators_freeze FROM cre_app;
-- Of a warning only the tick changes: who was to be warned stays as it was at the moment of the freeze.
REVOKE INSERT, UPDATE, DELETE ON collaborators_freezewarning FROM cre_app;
GRANT UPDATE (warned_by_id, warned_at) ON collaborators_freezewarning TO cre_app;
