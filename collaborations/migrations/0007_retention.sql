-- The clocks of requests and communities: when each began, when it ends, and why it stands. Told here once; the pages,
-- the question before the end and the removal itself all read the same.

-- Why nothing of a request goes yet, as codes. Apps above add theirs (a remedy, a commitment, a grant, an incident).
CREATE FUNCTION cre_request_stands(asked bigint) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM collaborations_collaboration c
                          WHERE c.request_id = r.id AND c.ended_at IS NULL) THEN 'collaboration' END,
        CASE WHEN EXISTS (SELECT 1 FROM collaborations_introduction i WHERE i.request_id = r.id AND i.ended_at IS NULL
                          AND i.status IN ('offered', 'willing', 'chosen', 'accepted')
                          AND NOT EXISTS (SELECT 1 FROM collaborations_collaboration c
                                          WHERE c.introduction_id = i.id)) THEN 'introduction' END,
        CASE WHEN EXISTS (SELECT 1 FROM collaborations_secondlook s
                          WHERE s.request_id = r.id AND s.answered_at IS NULL) THEN 'second_look' END], NULL)
    FROM collaborations_supportrequest r WHERE r.id = asked
$$;

-- What holds whatever the community wishes: a legal hold, on it or on one of its requests, and a freeze.
CREATE FUNCTION cre_always_stands(asked bigint, request uuid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (
            SELECT 1 FROM core_legalhold h WHERE h.ended_at IS NULL AND (
                h.object_uuid = (SELECT c.uuid FROM collaborators_community c WHERE c.id = asked)
                OR h.object_uuid = request
                OR (request IS NULL AND h.object_uuid IN (
                    SELECT r.uuid FROM collaborations_supportrequest r WHERE r.community_id = asked)))) THEN 'hold' END,
        CASE WHEN cre_is_frozen(asked) THEN 'freeze' END], NULL)
$$;

-- When somebody of a community last came in.
CREATE FUNCTION cre_last_visit(asked bigint) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT max(u.last_login) FROM collaborators_communitygrant g JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.content_object_id = asked
$$;

-- Which rule a request is under and since when its clock runs; no rule: it is open, and kept.
CREATE FUNCTION cre_request_clock(asked bigint, OUT rule text, OUT since timestamptz)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN r.received_at IS NULL AND r.status IN ('draft', 'withdrawn') THEN 'drafts'
        WHEN NOT r.is_assisted AND r.status IN ('received', 'safety_check', 'clarifying', 'parked', 'declined', 'withdrawn')
            AND NOT EXISTS (SELECT 1 FROM collaborations_consent k
                            WHERE k.request_id = r.id AND k.about = 'keep' AND k.is_given) THEN 'talks'
        WHEN r.status IN ('declined', 'withdrawn') THEN r.status
        WHEN r.closed_at IS NOT NULL THEN 'closed' END,
    CASE
        WHEN r.status = 'draft' THEN greatest(r.created_at, cre_last_visit(r.community_id),
            (SELECT max(h.history_date) FROM collaborations_historicalsupportrequest h WHERE h.id = r.id))
        ELSE coalesce(r.closed_at, r.first_answered_at) END
    FROM collaborations_supportrequest r WHERE r.id = asked
$$;

CREATE FUNCTION cre_community_clock(asked bigint, OUT rule text, OUT since timestamptz)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN c.reached_at IS NULL THEN 'unsent'
        WHEN NOT EXISTS (SELECT 1 FROM collaborations_supportrequest r
                         WHERE r.community_id = c.id AND r.closed_at IS NULL) THEN 'communities' END,
    CASE WHEN c.reached_at IS NULL THEN greatest(c.created_at, cre_last_visit(c.id),
            (SELECT max(h.history_date) FROM collaborations_historicalsupportrequest h WHERE h.community_id = c.id))
        ELSE greatest(c.reached_at,
            (SELECT max(r.closed_at) FROM collaborations_supportrequest r WHERE r.community_id = c.id)) END
    FROM collaborators_community c WHERE c.id = asked
$$;

-- Every clock that runs. An answer "keep it longer" begins it anew, "delete it now" ends it; where people are asked
-- before, it never ends sooner than the days of asking after the question.
CREATE FUNCTION cre_all_clocks() RETURNS TABLE (
    label text, object_uuid uuid, object_id bigint, community_id bigint, region_id bigint, is_private boolean,
    rule text, since timestamptz, ask_at timestamptz, ends_at timestamptz, stands text[])
LANGUAGE sql STABLE AS $$
    WITH begun AS (
        SELECT 'collaborations.SupportRequest' AS label, r.uuid, r.id, r.community_id, r.id AS request_id, r.region_id,
            r.received_at IS NULL AND NOT r.is_assisted AS is_private, k.rule, k.since,
            cre_request_stands(r.id) || cre_always_stands(r.community_id, r.uuid) AS stands
        FROM collaborations_supportrequest r, cre_request_clock(r.id) k WHERE k.rule IS NOT NULL
        UNION ALL
        SELECT 'collaborators.Community', c.uuid, c.id, c.id, NULL, c.region_id, c.reached_at IS NULL, k.rule, k.since,
            ARRAY(SELECT DISTINCT why FROM collaborations_supportrequest r, unnest(cre_request_stands(r.id)) AS why
                  WHERE r.community_id = c.id ORDER BY why) || cre_always_stands(c.id, NULL)
        FROM collaborators_community c, cre_community_clock(c.id) k WHERE k.rule IS NOT NULL)
    SELECT b.label, b.uuid, b.id, b.community_id, b.region_id, b.is_private, b.rule, t.since,
        CASE WHEN n.asks_before_days > 0 AND q.asked_at IS NULL
             THEN t.since + make_interval(days => n.days - n.asks_before_days) END,
        CASE WHEN q.answer = 'delete' THEN q.answered_at
             WHEN n.asks_before_days = 0 THEN t.since + make_interval(days => n.days)
             ELSE greatest(t.since + make_interval(days => n.days),
                           coalesce(q.asked_at, statement_timestamp()) + make_interval(days => n.asks_before_days)) END,
        b.stands
    FROM begun b JOIN core_retentionrule n ON n.name = b.rule
    CROSS JOIN LATERAL (
        SELECT greatest(b.since, max(k.answered_at)) AS since FROM collaborations_keepquestion k
        WHERE k.community_id = b.community_id AND k.request_id IS NOT DISTINCT FROM b.request_id AND k.answer = 'keep') t
    LEFT JOIN LATERAL (
        SELECT k.asked_at, k.answer, k.answered_at FROM collaborations_keepquestion k
        WHERE k.community_id = b.community_id AND k.request_id IS NOT DISTINCT FROM b.request_id
          AND k.answer <> 'keep' AND k.asked_at >= t.since
        ORDER BY k.asked_at DESC LIMIT 1) q ON true
    WHERE t.since IS NOT NULL
    UNION ALL
    -- What its community has ordered: its will goes before everything but a legal hold and a freeze.
    SELECT 'collaborations.SupportRequest', r.uuid, r.id, r.community_id, r.region_id,
        r.received_at IS NULL AND NOT r.is_assisted, 'ordered', d.ordered_at, NULL, d.due_at,
        cre_always_stands(r.community_id, r.uuid)
    FROM collaborators_deletion d JOIN collaborations_supportrequest r ON r.uuid = d.request_uuid
    WHERE d.cancelled_at IS NULL
    UNION ALL
    SELECT 'collaborators.Community', c.uuid, c.id, c.id, c.region_id, c.reached_at IS NULL, 'ordered', d.ordered_at,
        NULL, d.due_at, cre_always_stands(c.id, NULL)
    FROM collaborators_deletion d JOIN collaborators_community c ON c.id = d.community_id
    WHERE d.cancelled_at IS NULL AND d.request_uuid IS NULL
$$;

-- The clocks that the acting person may see: the community its own, staff those of what was sent, the clock all.
CREATE FUNCTION cre_clocks() RETURNS TABLE (
    label text, object_uuid uuid, object_id bigint, community_id bigint, region_id bigint,
    rule text, since timestamptz, ask_at timestamptz, ends_at timestamptz, stands text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.label, k.object_uuid, k.object_id, k.community_id, k.region_id, k.rule, k.since, k.ask_at, k.ends_at,
        k.stands
    FROM cre_all_clocks() k
    WHERE (select cre_holds('operate'))
        OR (NOT k.is_private AND (select cre_holds('coordinate')))
        OR (NOT k.is_private AND k.region_id = ANY ((select cre_held_region('facilitate'))::bigint[]))
        OR k.community_id = ANY ((select cre_held_community('represent') || cre_held_community('support'))::bigint[])
$$;

-- How many of each rule go now, go within thirty days, and stand; numbers only, drafts among them.
CREATE FUNCTION cre_count_clocks() RETURNS TABLE (kept text, due bigint, soon bigint, standing bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate', 'steward', 'operate'), 'look at what is kept');
    RETURN QUERY
    SELECT k.rule, count(*) FILTER (WHERE k.ends_at <= statement_timestamp() AND k.stands = '{}'),
        count(*) FILTER (WHERE k.ends_at <= statement_timestamp() + interval '30 days' AND k.stands = '{}'),
        count(*) FILTER (WHERE k.stands <> '{}')
    FROM cre_all_clocks() k GROUP BY k.rule;
END $$;

-- Whether the time of an object is really over, by a rule or by an order of its community.
CREATE FUNCTION cre_is_over(asked_label text, asked bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cre_all_clocks() k
        WHERE k.label = asked_label AND k.object_id = asked AND k.ends_at <= statement_timestamp() AND k.stands = '{}')
$$;

CREATE FUNCTION cre_forget_request(gone bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'forget a request');
    PERFORM 1 FROM collaborations_supportrequest r WHERE r.id = gone FOR UPDATE;
    PERFORM cre_refuse(cre_is_over('collaborations.SupportRequest', gone), 'forget a request before its time');
    RETURN cre_forget('collaborations_supportrequest', ARRAY[gone]);
END $$;

-- The community, its requests, and its people who are nobody else here.
CREATE FUNCTION cre_forget_community(gone bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    people bigint[];
    went jsonb;
    more record;
BEGIN
    PERFORM cre_refuse(cre_holds('operate'), 'forget a community');
    PERFORM 1 FROM collaborators_community c WHERE c.id = gone FOR UPDATE;
    PERFORM cre_refuse(cre_is_over('collaborators.Community', gone), 'forget a community before its time');
    SELECT array_agg(DISTINCT g.user_id) INTO people FROM collaborators_historicalcommunitygrant g
    JOIN auth_permission p ON p.id = g.permission_id WHERE g.content_object_id = gone AND p.codename = 'represent';
    went := cre_forget('collaborators_community', ARRAY[gone]);
    FOR more IN SELECT key, value FROM jsonb_each_text(cre_forget_people(people)) LOOP
        went := jsonb_set(went, ARRAY[more.key], to_jsonb(coalesce((went ->> more.key)::bigint, 0) + more.value::bigint));
    END LOOP;
    RETURN went;
END $$;

REVOKE ALL ON FUNCTION cre_request_stands, cre_always_stands, cre_last_visit, cre_request_clock,
    cre_community_clock, cre_all_clocks, cre_is_over FROM PUBLIC;
