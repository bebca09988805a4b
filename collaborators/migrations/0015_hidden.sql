-- A community, or one of its requests, that waits to be deleted is hidden from everyone but the community's own people
-- and the clock, from the order until it is taken back. The row of the community itself stays: without it nobody could
-- see that a deletion waits, and until when. So does a freeze, which only two of the staff can end.

-- Which communities are hidden whole from the acting person: few at a time, asked once for each statement.
CREATE FUNCTION cre_hidden_communities() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(d.community_id), '{}') FROM collaborators_deletion d
    WHERE d.cancelled_at IS NULL AND d.request_uuid IS NULL AND NOT (SELECT cre_holds('operate'))
      AND d.community_id <> ALL (ARRAY(SELECT unnest(cre_held_community('represent') || cre_held_community('support'))))
$$;
