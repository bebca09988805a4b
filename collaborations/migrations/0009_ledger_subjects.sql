-- Whom an entry of the ledger concerns, and by which relation its person came to the record. The database finds it
-- out when the entry is written: a list asks nothing more for it, and nobody says it of themselves.

CREATE FUNCTION cre_subject_of(label text, object uuid, given_request uuid, given_community bigint,
                               OUT community bigint, OUT request uuid, OUT region bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wanted bigint;
BEGIN
    CASE label
        WHEN 'collaborations.Introduction' THEN
            SELECT i.request_id INTO wanted FROM collaborations_introduction i WHERE i.uuid = object;
        WHEN 'collaborations.Participant' THEN
            SELECT i.request_id INTO wanted FROM collaborations_participant p
            JOIN collaborations_introduction i ON i.id = p.introduction_id WHERE p.uuid = object;
        WHEN 'collaborations.Disclosure' THEN
            SELECT i.request_id INTO wanted FROM collaborations_disclosure d
            JOIN collaborations_introduction i ON i.id = d.introduction_id WHERE d.uuid = object;
        WHEN 'collaborations.Collaboration' THEN
            SELECT c.request_id INTO wanted FROM collaborations_collaboration c WHERE c.uuid = object;
        WHEN 'collaborations.CollaborationMessage' THEN
            SELECT c.request_id INTO wanted FROM collaborations_collaborationmessage m
            JOIN collaborations_collaboration c ON c.id = m.collaboration_id WHERE m.uuid = object;
        WHEN 'collaborations.HandoverContact' THEN
            SELECT c.request_id INTO wanted FROM collaborations_handovercontact c WHERE c.uuid = object;
        WHEN 'collaborations.Consent' THEN
            SELECT c.request_id INTO wanted FROM collaborations_consent c WHERE c.uuid = object;
        WHEN 'collaborations.SupportRequest' THEN
            given_request := object;
        ELSE
            NULL;
    END CASE;
    SELECT r.community_id, r.uuid, r.region_id INTO community, request, region FROM collaborations_supportrequest r
    WHERE CASE WHEN wanted IS NULL THEN r.uuid = given_request ELSE r.id = wanted END;
    IF community IS NULL AND given_community IS NOT NULL THEN
        SELECT c.id, c.region_id INTO community, region FROM collaborators_community c WHERE c.id = given_community;
    END IF;
END $$;

-- The nearest relation that holds now; empty where there is none, which is when a reason has to be written.
-- plpgsql keeps its plans: the same in SQL was planned anew for each entry and took many times as long.
CREATE FUNCTION cre_relation_of(person bigint, community bigint, request uuid, region bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held text;
BEGIN
    IF community IS NOT NULL THEN
        SELECT CASE p.codename WHEN 'represent' THEN 'own' ELSE 'supporter' END INTO held
        FROM collaborators_communitygrant g JOIN auth_permission p ON p.id = g.permission_id
        WHERE g.user_id = person AND g.content_object_id = community AND cre_is_alive(g.starts_at, g.ends_at)
        ORDER BY p.codename LIMIT 1;
        IF FOUND THEN RETURN held; END IF;
    END IF;
    SELECT CASE p.codename WHEN 'facilitate' THEN 'facilitator' ELSE 'focal_person' END INTO held
    FROM collaborators_regiongrant g JOIN auth_permission p ON p.id = g.permission_id
    WHERE g.user_id = person AND (region IS NULL OR g.content_object_id = region)
      AND cre_is_alive(g.starts_at, g.ends_at)
    ORDER BY p.codename LIMIT 1;
    IF FOUND THEN RETURN held; END IF;
    IF request IS NOT NULL AND EXISTS (
        SELECT 1 FROM collaborators_collaboratorgrant g JOIN auth_permission p ON p.id = g.permission_id
        JOIN collaborations_introduction i ON i.collaborator_id = g.content_object_id
        JOIN collaborations_supportrequest r ON r.id = i.request_id
        WHERE g.user_id = person AND r.uuid = request AND p.codename = 'speak_for' AND i.offered_at IS NOT NULL
          AND cre_is_alive(g.starts_at, g.ends_at)) THEN
        RETURN 'ally';
    END IF;
    SELECT CASE p.codename WHEN 'coordinate' THEN 'coordinator' WHEN 'operate' THEN 'system' ELSE p.codename END
    INTO held FROM collaborators_platformgrant g JOIN auth_permission p ON p.id = g.permission_id
    WHERE g.user_id = person AND cre_is_alive(g.starts_at, g.ends_at)
    ORDER BY CASE p.codename WHEN 'coordinate' THEN 1 WHEN 'steward' THEN 2 ELSE 3 END LIMIT 1;
    RETURN coalesce(held, '');
END $$;

CREATE FUNCTION cre_complete_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found record;
BEGIN
    IF new.object_label <> '' THEN
        found := cre_subject_of(new.object_label, new.object_uuid, new.request_uuid, new.community_id);
        new.community_id := coalesce(found.community, new.community_id);
        new.request_uuid := coalesce(found.request, new.request_uuid);
        new.region_id := coalesce(found.region, new.region_id);
    END IF;
    IF new.role = '' THEN
        new.role := cre_relation_of(new.person_id, new.community_id, new.request_uuid, new.region_id);
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_complete_entry BEFORE INSERT ON core_ledgerentry
FOR EACH ROW EXECUTE FUNCTION cre_complete_entry();

REVOKE ALL ON FUNCTION cre_subject_of, cre_relation_of FROM PUBLIC;
