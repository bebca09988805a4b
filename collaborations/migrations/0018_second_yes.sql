-- Before an ally learns who a community is, a second person agrees: another one of the community where two of it decide
-- together, and a call-back by a second person of the exchange where the choice was given by voice. Who says that
-- somebody is in danger now is not kept waiting; the call-back follows.

-- Whether the acting person is a second one for this choice.
CREATE FUNCTION cre_may_second(asked bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborations_consent c
        JOIN collaborations_supportrequest r ON r.id = c.request_id
        WHERE c.id = asked AND c.about = 'disclose' AND c.is_given AND c.recorded_by_id <> cre_actor()
          AND CASE WHEN c.form = 'portal' THEN cre_is_second(c.community_id)
              ELSE r.region_id = ANY (cre_held_region('facilitate')) OR cre_holds('coordinate') END)
$$;

-- Whether nothing stands any more between the community and an ally that it chose. What has the form of an own decision
-- counts as one only from somebody who could come in for the community.
CREATE FUNCTION cre_may_meet(asked bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM collaborations_consent c
        JOIN collaborators_community m ON m.id = c.community_id
        JOIN collaborations_supportrequest r ON r.id = c.request_id
        WHERE c.introduction_id = asked AND c.about = 'disclose' AND c.is_given
          AND NOT EXISTS (SELECT 1 FROM collaborations_consent w WHERE w.withdraws_id = c.id)
          AND (CASE WHEN c.form <> 'portal' THEN r.danger = 'now'
                    ELSE NOT m.decides_together AND EXISTS (
                        SELECT 1 FROM collaborators_historicalcommunitygrant h
                        WHERE h.content_object_id = c.community_id AND h.user_id = c.recorded_by_id) END
               OR EXISTS (SELECT 1 FROM collaborations_secondyes y WHERE y.consent_id = c.id AND y.is_yes)))
$$;

-- A no ends at once what was shared by the choice, or was to be.
CREATE FUNCTION cre_end_refused_choice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM collaborations_disclosure d WHERE d.consent_id = new.consent_id;
    RETURN new;
END $$;
CREATE TRIGGER cre_end_refused_choice AFTER INSERT ON collaborations_secondyes FOR EACH ROW
WHEN (NOT new.is_yes) EXECUTE FUNCTION cre_end_refused_choice();

CREATE FUNCTION cre_check_meeting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user <> 'cre_owner' THEN
        PERFORM cre_refuse(cre_may_meet(new.id), 'introduce before a second person has agreed');
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_meeting BEFORE UPDATE ON collaborations_introduction FOR EACH ROW
WHEN (new.status = 'accepted' AND old.status <> 'accepted') EXECUTE FUNCTION cre_check_meeting();
