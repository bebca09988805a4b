-- Two people of one community decide together. Nobody makes a second one on the spot: who was let in counts after a week.

-- Whether somebody has come in for a community for a week, or was its first.
CREATE FUNCTION cre_has_settled(person bigint, held bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT cre_represents(person, held) AND coalesce(min(h.starts_at) FILTER (WHERE h.user_id = person)
        <= greatest(min(h.starts_at), now() - interval '7 days'), false)
    FROM collaborators_historicalcommunitygrant h JOIN auth_permission p ON p.id = h.permission_id
    WHERE h.content_object_id = held AND p.codename = 'represent'
$$;
REVOKE ALL ON FUNCTION cre_has_settled FROM PUBLIC;

-- Whether the acting person can be the second one of a community.
CREATE FUNCTION cre_is_second(held bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT held = ANY (cre_held_community('represent')) AND cre_has_settled(cre_actor(), held)
$$;

-- Whether there is anybody beside the acting person who can be.
CREATE FUNCTION cre_has_second(held bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(held = ANY (cre_held_community('represent')), 'ask who decides for this community');
    RETURN EXISTS (SELECT 1 FROM collaborators_communitygrant g
        WHERE g.content_object_id = held AND g.user_id <> cre_actor() AND cre_has_settled(g.user_id, held));
END $$;

-- Whether one of a community cannot have everything deleted alone.
CREATE FUNCTION cre_needs_second(held bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT cre_has_second(held)
        OR EXISTS (SELECT 1 FROM collaborators_community c WHERE c.id = held AND c.decides_together)
$$;

-- Whether the acting person may agree, as the second one, to what this person of the same community asked for.
CREATE FUNCTION cre_may_agree(held bigint, asked_by bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asked_by <> cre_actor() AND cre_represents(asked_by, held) AND cre_is_second(held)
$$;

-- One person turns the rule on, where another one can come in; only two of them turn it off: one asks, another agrees.
CREATE FUNCTION cre_check_together() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    PERFORM cre_refuse(new.id = ANY (cre_held_community('represent')), 'say who decides for this community');
    IF new.decides_together AND NOT old.decides_together THEN
        PERFORM cre_refuse(cre_count_representatives(new.id) > 1 AND new.alone_asked_by_id IS NULL,
                           'demand a second person where there is none');
    ELSIF old.decides_together AND NOT new.decides_together THEN
        PERFORM cre_refuse(new.alone_asked_by_id IS NULL AND cre_may_agree(new.id, old.alone_asked_by_id),
                           'decide alone again');
    ELSE
        PERFORM cre_refuse(new.decides_together
            AND (new.alone_asked_by_id IS NULL OR new.alone_asked_by_id = cre_actor()), 'ask this for another person');
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER cre_check_together BEFORE UPDATE ON collaborators_community FOR EACH ROW
WHEN ((new.decides_together, new.alone_asked_by_id) IS DISTINCT FROM (old.decides_together, old.alone_asked_by_id))
EXECUTE FUNCTION cre_check_together();
