-- The clocks of the acting person's own communities. As `cre_clocks()`, but it looks at nobody else's rows on the way:
-- the community's pages ask on every visit.
CREATE FUNCTION cre_own_clocks() RETURNS TABLE (
    label text, object_uuid uuid, object_id bigint, community_id bigint, region_id bigint,
    rule text, since timestamptz, ask_at timestamptz, ends_at timestamptz, stands text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.label, k.object_uuid, k.object_id, k.community_id, k.region_id, k.rule, k.since, k.ask_at, k.ends_at,
        k.stands
    FROM cre_all_clocks() k
    WHERE k.community_id = ANY ((select cre_held_community('represent') || cre_held_community('support'))::bigint[])
$$;
