-- Removing an object for good: its rows, what points at it, their history, and what was told about it. All of this
-- walks the foreign keys of the database itself, so that a table that comes later cannot be forgotten. Nobody may
-- call it but the functions of the apps, which check who acts and whether the time is really over.

-- The table that keeps the history of a table, where there is one: app_thing has app_historicalthing.
CREATE FUNCTION cre_history_of(kept regclass) RETURNS regclass
LANGUAGE sql STABLE AS $$ SELECT to_regclass(regexp_replace(kept::text, '_', '_historical')) $$;

CREATE FUNCTION cre_has_column(kept regclass, wanted text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = kept AND attname = wanted AND NOT attisdropped)
$$;

-- What was found so far: {"rows": {table: number}, "uuids": of the rows that went, "keys": whose keys sealed them}.
CREATE FUNCTION cre_counted(so_far jsonb, kept regclass, went bigint) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN went = 0 THEN so_far ELSE jsonb_set(so_far, ARRAY['rows', kept::text],
        to_jsonb(coalesce((so_far #>> ARRAY['rows', kept::text])::bigint, 0) + went)) END
$$;

CREATE FUNCTION cre_take_out(kept regclass, named text, ids bigint[], so_far jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    went bigint;
    uuids uuid[];
    keys uuid[];
BEGIN
    EXECUTE format('WITH gone AS (DELETE FROM %s WHERE %I = ANY ($1) RETURNING %s AS own, %s AS sealed_by)
        SELECT count(*), coalesce(array_agg(DISTINCT own) FILTER (WHERE own IS NOT NULL), ''{}''),
            coalesce(array_agg(DISTINCT sealed_by) FILTER (WHERE sealed_by IS NOT NULL), ''{}'') FROM gone',
        kept, named,
        CASE WHEN cre_has_column(kept, 'uuid') THEN 'uuid' ELSE 'NULL::uuid' END,
        CASE WHEN cre_has_column(kept, 'key_object') THEN 'key_object' ELSE 'NULL::uuid' END)
    INTO went, uuids, keys USING ids;
    so_far := cre_counted(so_far, kept, went);
    so_far := jsonb_set(so_far, '{uuids}', (so_far -> 'uuids') || to_jsonb(uuids));
    RETURN jsonb_set(so_far, '{keys}', (so_far -> 'keys') || to_jsonb(keys));
END $$;

-- Takes out rows and all that points at them. The rows go before what points at them, so that a circle of references
-- ends; the constraints are checked when the transaction ends. Where the database itself removes along ('c') it is the
-- other way round, so that everything is counted; where it empties the reference ('n') the row stays.
CREATE FUNCTION cre_erase(gone regclass, ids bigint[], so_far jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    link record;
    past regclass := cre_history_of(gone);
    below bigint[];
BEGIN
    IF coalesce(cardinality(ids), 0) = 0 THEN
        RETURN so_far;
    END IF;
    FOR link IN
        SELECT CASE c.confdeltype WHEN 'c' THEN 1 ELSE 3 END AS step, c.conrelid::regclass AS child, a.attname AS named
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = gone AND c.confdeltype <> 'n'
        UNION ALL SELECT 2, NULL, NULL
        ORDER BY 1, 2, 3
    LOOP
        IF link.step = 2 THEN
            so_far := cre_take_out(gone, 'id', ids, so_far);
            IF past IS NOT NULL THEN
                so_far := cre_take_out(past, 'id', ids, so_far);
            END IF;
            CONTINUE;
        END IF;
        IF cre_has_column(link.child, 'id') THEN
            EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1)', link.child, link.named)
            INTO below USING ids;
            so_far := cre_erase(link.child, below, so_far);
        ELSE
            so_far := cre_take_out(link.child, link.named, ids, so_far);
        END IF;
        IF cre_history_of(link.child) IS NOT NULL THEN
            so_far := cre_take_out(cre_history_of(link.child), link.named, ids, so_far);
        END IF;
    END LOOP;
    RETURN so_far;
END $$;

-- What knows a row by its uuid alone: notices, holds, answers that wait, and what the outbox still says. Tables that
-- take only new rows (the ledger, the proofs) keep their ids: they hold no content.
CREATE FUNCTION cre_erase_traces(so_far jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    gone uuid[] := ARRAY(SELECT DISTINCT word::uuid FROM jsonb_array_elements_text(so_far -> 'uuids') AS word);
    link record;
    went bigint;
BEGIN
    FOR link IN
        SELECT c.oid::regclass AS kept, a.attname AS named
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.atttypid = 'uuid'::regtype
          AND NOT a.attisdropped AND a.attname NOT IN ('id', 'uuid', 'key_object')
          AND c.oid <> 'core_condemnedkey'::regclass
          AND NOT EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                          WHERE t.tgrelid = c.oid AND p.proname = 'cre_insert_only')
        ORDER BY c.relname, a.attname
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', link.kept, link.named) USING gone;
        GET DIAGNOSTICS went = ROW_COUNT;
        so_far := cre_counted(so_far, link.kept, went);
    END LOOP;
    DELETE FROM core_outboxmessage WHERE (payload ->> 'uuid') = ANY (gone::text[]);
    GET DIAGNOSTICS went = ROW_COUNT;
    RETURN cre_counted(so_far, 'core_outboxmessage', went);
END $$;

-- All of the above. The keys of the objects that went are condemned: they are destroyed after the commit, for they
-- live in another database. A key that belongs to an object that stays (a community whose one request goes) stays too.
CREATE FUNCTION cre_forget(gone regclass, ids bigint[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    so_far jsonb := '{"rows": {}, "uuids": [], "keys": []}';
BEGIN
    so_far := cre_erase_traces(cre_erase(gone, ids, so_far));
    INSERT INTO core_condemnedkey (object_uuid, condemned_at)
    SELECT DISTINCT key::uuid, now() FROM jsonb_array_elements_text(so_far -> 'keys') AS key
    WHERE (so_far -> 'uuids') ? key
    ON CONFLICT (object_uuid) DO NOTHING;
    RETURN so_far -> 'rows';
END $$;

-- How many of these uuids have no row in a table, seen or not: for the search for what belongs to nothing.
CREATE FUNCTION cre_count_gone(looked_in text, uuids uuid[]) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    missing bigint;
BEGIN
    IF cre_is_system() IS NOT TRUE THEN
        RAISE EXCEPTION 'cre: this person may not look for what is gone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('SELECT count(*) FROM unnest($1) AS asked WHERE NOT EXISTS (
        SELECT 1 FROM %I t WHERE t.uuid = asked)', looked_in) INTO missing USING uuids;
    RETURN missing;
END $$;

REVOKE ALL ON FUNCTION cre_take_out, cre_erase, cre_erase_traces, cre_forget FROM PUBLIC;

-- Proofs only ever come.
CREATE TRIGGER cre_insert_only BEFORE UPDATE OR DELETE ON core_retentionproof
    FOR EACH ROW EXECUTE FUNCTION cre_insert_only();
-- A condemned key is written by cre_forget() alone and leaves when it is destroyed.
REVOKE INSERT, UPDATE ON core_condemnedkey FROM cre_app;
