-- What a community decided by voice, in its assembly or by letter. The record of who said it is the desk's only leave to
-- act as the community, and holds for the transaction in which it was written.

-- Nobody dates such a record: its moment is that of the transaction, by which it is found again. While everything stands
-- still only what protects is written down.
CREATE FUNCTION cre_check_spoken() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user <> 'cre_owner' THEN
        new.at := now();
        IF new.what NOT IN ('end', 'take_back', 'withdraw') THEN
            PERFORM cre_hold_community((SELECT r.community_id FROM collaborations_supportrequest r
                                        WHERE r.id = new.request_id));
        END IF;
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_spoken BEFORE INSERT ON collaborations_spokendecision
FOR EACH ROW EXECUTE FUNCTION cre_check_spoken();

-- About which requests the acting person writes such a decision down now.
CREATE FUNCTION cre_said_now(decision text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(s.request_id), '{}') FROM collaborations_spokendecision s
    WHERE s.recorded_by_id = cre_actor() AND s.at = now() AND s.what = decision
$$;

-- The same for one request, and for one ally where the decision is about one.
CREATE FUNCTION cre_was_said(decision text, about bigint, ally bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborations_spokendecision s
        WHERE s.recorded_by_id = cre_actor() AND s.at = now() AND s.what = decision
          AND s.request_id = about AND s.introduction_id IS NOT DISTINCT FROM ally)
$$;

CREATE FUNCTION cre_acts_for(community bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT current_user = 'cre_owner'
        OR community = ANY (cre_held_community('represent') || cre_held_community('support'))
$$;

-- A second person who says no to a choice ends what it began, and takes it back.
CREATE FUNCTION cre_said_no(ally bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborations_secondyes y JOIN collaborations_consent c ON c.id = y.consent_id
        WHERE c.introduction_id = ally AND NOT y.is_yes AND y.said_by_id = cre_actor())
$$;

CREATE OR REPLACE FUNCTION cre_check_pause() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(new.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
        OR cre_was_said(CASE WHEN new.paused_at IS NULL THEN 'resume' ELSE 'pause' END,
                        new.request_id, new.introduction_id), 'let this work rest');
    RETURN new;
END $$;

CREATE FUNCTION cre_check_parting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_acts_for(new.community_id)
        OR new.id = ANY (cre_joined_collaborations())
        OR cre_was_said('end', new.request_id, new.introduction_id)
        OR cre_was_said('withdraw', new.request_id, NULL)
        OR cre_said_no(new.introduction_id)
        -- A desk that declines a request ends the work with it; while two work together it declines nothing.
        OR EXISTS (SELECT 1 FROM collaborations_supportrequest r WHERE r.id = new.request_id
                   AND r.status NOT IN ('introduced', 'supported') AND r.region_id = ANY (cre_held_region('facilitate'))), 'end this work');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_parting BEFORE UPDATE ON collaborations_collaboration
FOR EACH ROW WHEN (old.ended_at IS NULL AND new.ended_at IS NOT NULL) EXECUTE FUNCTION cre_check_parting();

CREATE FUNCTION cre_check_refusal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_acts_for(new.community_id) OR cre_was_said('refuse', new.request_id, new.id),
                       'leave this ally out');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_refusal BEFORE UPDATE ON collaborations_introduction
FOR EACH ROW WHEN (old.status <> 'not_chosen' AND new.status = 'not_chosen') EXECUTE FUNCTION cre_check_refusal();

-- A draft ends also when somebody who wrote it down is told that nothing may be kept.
CREATE FUNCTION cre_check_withdrawal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_acts_for(new.community_id) OR cre_was_said('withdraw', new.id, NULL),
                       'take this request back');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_withdrawal BEFORE UPDATE ON collaborations_supportrequest
FOR EACH ROW WHEN (old.status NOT IN ('draft', 'withdrawn') AND new.status = 'withdrawn')
EXECUTE FUNCTION cre_check_withdrawal();

CREATE FUNCTION cre_check_taking_back() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_acts_for(new.community_id)
        OR cre_was_said('take_back', new.request_id, new.introduction_id)
        OR cre_said_no(new.introduction_id), 'take this yes back');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_taking_back BEFORE INSERT ON collaborations_consent
FOR EACH ROW WHEN (NOT new.is_given) EXECUTE FUNCTION cre_check_taking_back();

CREATE FUNCTION cre_check_second_look() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_was_said('second_look', new.request_id, NULL)
        OR cre_acts_for((SELECT r.community_id FROM collaborations_supportrequest r WHERE r.id = new.request_id)),
        'ask for a second look');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_second_look BEFORE INSERT ON collaborations_secondlook
FOR EACH ROW EXECUTE FUNCTION cre_check_second_look();

-- To end something shares nothing: it waits for no thaw.
DROP TRIGGER cre_stand_still ON collaborations_introduction;
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_introduction
FOR EACH ROW WHEN (new.ended_at IS NULL) EXECUTE FUNCTION cre_stand_still();
DROP TRIGGER cre_stand_still ON collaborations_collaboration;
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_collaboration
FOR EACH ROW WHEN (new.ended_at IS NULL) EXECUTE FUNCTION cre_stand_still();
