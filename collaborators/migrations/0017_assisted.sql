-- A community that asks by voice: its region's facilitator writes down what it says. The person who will speak as the
-- community, the community and the grant between them are made as for somebody who asks alone, by another hand. The
-- facilitator gets no grant, and the receipt code that was made for the row opens nothing from the start: a code that
-- does is handed over afterwards, on record. Asked again with the same uuid, nothing is made and nothing is answered.
CREATE FUNCTION cre_begin_assisted_intake(person uuid, community uuid, region bigint, spoken text, code_locator text,
                                          code_hash text, pepper smallint, OUT community_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    person_id bigint;
BEGIN
    PERFORM cre_refuse(region = ANY (cre_held_region('facilitate')), 'write down what a community of this region says');
    -- Whoever clicks twice waits here, and then finds what the first click made.
    PERFORM pg_advisory_xact_lock(hashtext('cre assisted ' || community::text));
    IF EXISTS (SELECT 1 FROM collaborators_community c WHERE c.uuid = community) THEN
        RETURN;
    END IF;
    SELECT b.person_id, b.community_id INTO person_id, community_id
    FROM cre_begin_intake(person, community, region, spoken, code_locator, code_hash, pepper) b;
    UPDATE collaborators_receiptcredential c SET replaced_at = now() WHERE c.user_id = person_id;
    UPDATE collaborators_communitygrant g SET given_by_id = cre_actor() WHERE g.user_id = person_id;
    UPDATE collaborators_historicalcommunitygrant g SET given_by_id = cre_actor(), history_user_id = cre_actor()
    WHERE g.user_id = person_id;
    -- Its desk has just spoken with it.
    UPDATE collaborators_community c SET reached_at = now() WHERE c.id = community_id;
    UPDATE collaborators_historicalcommunity h SET reached_at = now(), history_user_id = cre_actor()
    WHERE h.id = community_id;
END $$;
