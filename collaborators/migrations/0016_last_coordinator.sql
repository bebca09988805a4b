-- All access of somebody ends, as before; but not all coordinators' in one moment.
CREATE OR REPLACE FUNCTION cre_end_all_access(ended uuid, person bigint, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    facilitated bigint[];
    container text;
    changed bigint;
BEGIN
    PERFORM cre_refuse(EXISTS (SELECT 1 FROM collaborators_user u WHERE u.id = person AND NOT u.is_system)
        AND (person = cre_actor() OR cre_holds('coordinate', 'steward')
             OR (cre_guards_person(person) AND NOT cre_coordinates(person))), 'end the access of this person');
    IF cre_coordinates(person) THEN
        -- Who ends a coordinator's access waits here for whoever does the same, and then counts anew. Only the steward
        -- may end the last one's: of somebody who was arrested, or whose account is in other hands.
        PERFORM pg_advisory_xact_lock(hashtext('cre coordinate'));
        IF person = cre_actor() OR NOT cre_holds('steward') THEN
            PERFORM cre_keep_a_coordinator(person);
        END IF;
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
