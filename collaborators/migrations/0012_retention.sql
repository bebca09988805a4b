-- What roles may do with the tables of retention, which core does not know, and what the clock removes here.

CREATE POLICY core_retentionrule_coordinate ON core_retentionrule FOR UPDATE TO cre_app
    USING ((select cre_holds('coordinate'))) WITH CHECK ((select cre_holds('coordinate')));
CREATE POLICY core_historicalretentionrule_sight ON core_historicalretentionrule FOR SELECT TO cre_app
    USING ((select cre_holds('coordinate', 'steward')));
CREATE POLICY core_historicalretentionrule_coordinate ON core_historicalretentionrule FOR INSERT TO cre_app
    WITH CHECK ((select cre_holds('coordinate')));
CREATE POLICY core_legalhold_sight ON core_legalhold FOR SELECT TO cre_app
    USING ((select cre_holds('coordinate', 'steward')));
CREATE POLICY core_legalhold_coordinate ON core_legalhold FOR INSERT TO cre_app
    WITH CHECK ((select cre_holds('coordinate')) AND placed_by_id = (select cre_actor()) AND ended_at IS NULL);
CREATE POLICY core_legalhold_end ON core_legalhold FOR UPDATE TO cre_app
    USING ((select cre_holds('coordinate')) AND ended_at IS NULL)
    WITH CHECK ((select cre_holds('coordinate')) AND ended_by_id = (select cre_actor()));
CREATE POLICY core_historicallegalhold_sight ON core_historicallegalhold FOR SELECT TO cre_app
    USING ((select cre_holds('coordinate', 'steward')));
CREATE POLICY core_historicallegalhold_coordinate ON core_historicallegalhold FOR INSERT TO cre_app
    WITH CHECK ((select cre_holds('coordinate')));
CREATE POLICY core_retentionproof_sight ON core_retentionproof FOR SELECT TO cre_app
    USING ((select cre_holds('coordinate', 'steward')));

-- Whether an object is on legal hold: its own people are told that, never why.
CREATE FUNCTION cre_is_held(held uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT cre_actor() IS NOT NULL
        AND EXISTS (SELECT 1 FROM core_legalhold h WHERE h.object_uuid = held AND h.ended_at IS NULL)
$$;

-- Which communities of the acting person wait to be deleted, whole or one request of them: every page says so.
CREATE FUNCTION cre_deleting_communities() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT d.community_id), '{}') FROM collaborators_deletion d
    WHERE d.cancelled_at IS NULL
      AND d.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
$$;

-- How many people decide for a community: with several, a second one confirms that it is deleted.
CREATE FUNCTION cre_count_representatives(asked bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(asked = ANY (cre_held_community('represent')), 'count the people of a community');
    RETURN (SELECT count(DISTINCT g.user_id) FROM collaborators_communitygrant g
        JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
        WHERE g.content_object_id = asked AND p.codename = 'represent' AND u.is_active
          AND cre_is_alive(g.starts_at, g.ends_at));
END $$;

-- Row security lets the people of a community write its orders; this holds them to the rule of the two.
CREATE FUNCTION cre_check_deletion() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'cre_owner' THEN
        RETURN new;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM cre_refuse(new.ordered_by_id = cre_actor() AND new.confirmed_by_id IS NULL
            AND new.needs_second = (cre_count_representatives(new.community_id) > 1)
            AND new.needs_second = (new.due_at IS NULL), 'order this alone');
        RETURN new;
    END IF;
    PERFORM cre_refuse((new.community_id, new.request_uuid, new.ordered_by_id, new.needs_second)
            IS NOT DISTINCT FROM (old.community_id, old.request_uuid, old.ordered_by_id, old.needs_second)
        AND ((new.confirmed_by_id, new.due_at) IS NOT DISTINCT FROM (old.confirmed_by_id, old.due_at)
             OR (old.confirmed_by_id IS NULL AND new.confirmed_by_id = cre_actor())), 'change this order');
    RETURN new;
END $$;
CREATE TRIGGER cre_check_deletion BEFORE INSERT OR UPDATE ON collaborators_deletion
FOR EACH ROW EXECUTE FUNCTION cre_check_deletion();

-- People who only ever spoke for communities that are gone. Who holds or held anything else, or wrote, gave or decided
-- anything that stays, stays too.
CREATE FUNCTION cre_forget_people(people bigint[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    person bigint;
    link record;
    stays boolean;
    gone bigint[] := '{}';
BEGIN
    FOR person IN SELECT u.id FROM collaborators_user u
        WHERE u.id = ANY (people) AND NOT (u.is_system OR u.is_staff OR u.is_superuser)
    LOOP
        stays := false;
        FOR link IN SELECT oid::regclass AS child, 'user_id' AS named FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname LIKE 'collaborators\_historical%grant'
            UNION ALL
            SELECT c.conrelid::regclass, a.attname
            FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid = 'collaborators_user'::regclass
              AND c.confdeltype = 'a' AND a.attname NOT IN ('user_id', 'recipient_id')
        LOOP
            EXIT WHEN stays;
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE %I = $1)', link.child, link.named)
            INTO stays USING person;
        END LOOP;
        IF NOT stays THEN
            gone := gone || person;
        END IF;
    END LOOP;
    RETURN cre_forget('collaborators_user', gone);
END $$;
REVOKE ALL ON FUNCTION cre_forget_people FROM PUBLIC;

-- Rows without content that are only old: how many would go now and within thirty days.
CREATE FUNCTION cre_old_rows() RETURNS TABLE (kept text, due bigint, soon bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate', 'steward', 'operate'), 'look at what is kept');
    RETURN QUERY
    WITH old AS (
        SELECT 'notices' AS kept, created_at AS at FROM core_notice
        UNION ALL SELECT 'deliveries', done_at FROM core_outboxmessage
        UNION ALL SELECT 'codes', replaced_at FROM collaborators_receiptcredential
        UNION ALL SELECT 'invitations', expires_at FROM collaborators_invitation WHERE status <> 'open')
    SELECT r.name::text, count(*) FILTER (WHERE old.at + make_interval(days => r.days) <= now()), count(*)
    FROM old JOIN core_retentionrule r ON r.name = old.kept
    WHERE old.at + make_interval(days => r.days) <= now() + interval '30 days'
    GROUP BY r.name;
END $$;

-- Removes up to `most` replaced receipt codes, or invitations that are answered or over, with their history.
CREATE FUNCTION cre_remove_old(old text, most bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before timestamptz;
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'remove what is old');
    SELECT now() - make_interval(days => r.days) INTO before FROM core_retentionrule r WHERE r.name = old;
    IF old = 'codes' THEN
        RETURN cre_forget('collaborators_receiptcredential', ARRAY(
            SELECT c.id FROM collaborators_receiptcredential c WHERE c.replaced_at <= before LIMIT most));
    END IF;
    RETURN cre_forget('collaborators_invitation', ARRAY(
        SELECT i.id FROM collaborators_invitation i WHERE i.status <> 'open' AND i.expires_at <= before LIMIT most));
END $$;
