-- What completes an entry of the ledger, quicker: each question is a statement with one plan, which is kept, and the two
-- functions run as the trigger that calls them, which is the owner, without changing the search path once more each.

CREATE OR REPLACE FUNCTION cre_subject_of(label text, object uuid, given_request uuid, given_community bigint,
                                          OUT community bigint, OUT request uuid, OUT region bigint)
LANGUAGE plpgsql STABLE AS $$
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
    IF wanted IS NOT NULL THEN
        SELECT r.community_id, r.uuid, r.region_id INTO community, request, region
        FROM collaborations_supportrequest r WHERE r.id = wanted;
    ELSIF given_request IS NOT NULL THEN
        SELECT r.community_id, r.uuid, r.region_id INTO community, request, region
        FROM collaborations_supportrequest r WHERE r.uuid = given_request;
    END IF;
    IF community IS NULL AND given_community IS NOT NULL THEN
        SELECT c.id, c.region_id INTO community, region FROM collaborators_community c WHERE c.id = given_community;
    END IF;
END $$;

ALTER FUNCTION cre_relation_of(bigint, bigint, uuid, bigint) SECURITY INVOKER RESET ALL;
