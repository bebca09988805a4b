-- Several people of one community, each with a code of their own. Who they are nobody here knows, and which of them
-- come in only they themselves learn: their grants are theirs alone to read, so these functions answer for them.

-- Everybody who comes in as the community or ever did: since when, whether they used their code, when it was ended.
CREATE FUNCTION cre_people_of_community(asked bigint)
RETURNS TABLE (person uuid, user_id bigint, since timestamptz, has_come_in boolean, ended_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(asked = ANY (cre_held_community('represent')), 'ask who comes in for this community');
    RETURN QUERY
        SELECT u.uuid, u.id, min(h.starts_at), u.last_login IS NOT NULL,
            CASE WHEN NOT cre_represents(u.id, asked) THEN max(h.ends_at) END
        FROM collaborators_historicalcommunitygrant h JOIN auth_permission p ON p.id = h.permission_id
        JOIN collaborators_user u ON u.id = h.user_id
        WHERE h.content_object_id = asked AND p.codename = 'represent' GROUP BY u.id ORDER BY min(h.starts_at), u.id;
END $$;

-- Whether somebody speaks for a community now, whoever asks; a freeze shuts them out and takes nothing from them.
CREATE FUNCTION cre_represents(person bigint, held bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborators_communitygrant g JOIN auth_permission p ON p.id = g.permission_id
        JOIN collaborators_user u ON u.id = g.user_id
        WHERE g.content_object_id = held AND g.user_id = person AND p.codename = 'represent' AND u.is_active
          AND cre_is_alive(g.starts_at, g.ends_at))
$$;

-- Whether somebody has any role here, now or to come.
CREATE FUNCTION cre_has_roles(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    container text;
    has_one boolean;
BEGIN
    FOREACH container IN ARRAY cre_grant_tables() LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM collaborators_%sgrant g WHERE g.user_id = $1
            AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()))', container)
        INTO has_one USING person;
        IF has_one THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN EXISTS (SELECT 1 FROM collaborators_user u WHERE u.id = person AND (u.is_staff OR u.is_superuser));
END $$;

-- One of a community lets one more person in: somebody without a name, the grant, and a code that others have seen, so
-- that its first use replaces it. Asked again with the same uuid, nothing is made and nothing is answered. Whose
-- community stands still holds nothing, and is refused with everybody else.
CREATE FUNCTION cre_let_person_in(person uuid, held bigint, code_locator text, code_hash text, pepper smallint,
                                  OUT person_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Who lets in, or ends, waits here for whoever does the same, and counts what they made.
    PERFORM 1 FROM collaborators_community c WHERE c.id = held FOR UPDATE;
    PERFORM cre_refuse(held = ANY (cre_held_community('represent')), 'let people into this community');
    IF EXISTS (SELECT 1 FROM collaborators_user u WHERE u.uuid = person) THEN
        RETURN;
    END IF;
    PERFORM cre_refuse(NOT EXISTS (SELECT 1 FROM collaborators_deletion d
        WHERE d.community_id = held AND d.request_uuid IS NULL AND d.cancelled_at IS NULL),
        'let people into a community that waits to be deleted');
    PERFORM cre_refuse(cre_count_representatives(held) < 8, 'let in so many people');
    INSERT INTO collaborators_user (uuid, password, language, is_active, is_staff, is_superuser, is_system, joined_at)
    SELECT person, '!', u.language, true, false, false, false, now() FROM collaborators_user u WHERE u.id = cre_actor()
    RETURNING id INTO person_id;
    PERFORM cre_write_grant('community', 'represent', held, person_id, NULL, NULL);
    INSERT INTO collaborators_receiptcredential
        (user_id, locator, secret_hash, pepper_version, created_at, seen_by_helper)
    VALUES (person_id, code_locator, code_hash, pepper, now(), true);
END $$;

-- One of a community shuts another one out, at once: the grant, the sessions, the codes and, for somebody who is nobody
-- else here, the account with every other way in. Nobody does it to themselves, so one of them always stays.
CREATE FUNCTION cre_end_person(held bigint, gone bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM collaborators_community c WHERE c.id = held FOR UPDATE;
    PERFORM cre_refuse(held = ANY (cre_held_community('represent')) AND gone <> cre_actor()
        AND cre_represents(gone, held), 'end how this person comes in');
    PERFORM cre_end_grant('community', 'represent', held, gone);
    DELETE FROM collaborators_session s WHERE s.user_id = gone;
    IF NOT cre_has_roles(gone) THEN
        UPDATE collaborators_user SET is_active = false WHERE id = gone;
        UPDATE collaborators_receiptcredential SET replaced_at = now() WHERE user_id = gone AND replaced_at IS NULL;
    END IF;
END $$;

REVOKE ALL ON FUNCTION cre_represents, cre_has_roles FROM PUBLIC;
