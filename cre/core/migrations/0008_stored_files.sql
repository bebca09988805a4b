-- However a row goes (by its person, with its request, by the clock), its files are condemned in the same transaction:
-- the storage is no part of it. The arguments of the trigger are the columns that name the files.
CREATE FUNCTION cre_condemn_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO core_condemnedfile (name, condemned_at)
    SELECT to_jsonb(old) ->> named, now() FROM unnest(TG_ARGV) AS named
    WHERE coalesce(to_jsonb(old) ->> named, '') <> ''
    ON CONFLICT (name) DO NOTHING;
    RETURN old;
END $$;

-- The names of all files that a column holds, seen or not: a file that the asker merely does not see is not forgotten.
CREATE FUNCTION cre_stored_names(looked_in text, named text) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF cre_is_system() IS NOT TRUE THEN
        RAISE EXCEPTION 'cre: this person may not look at the names of files' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY EXECUTE format('SELECT %I::text FROM %I WHERE %I <> ''''', named, looked_in, named);
END $$;

-- A condemned file is written by cre_condemn_files() alone and leaves when it is destroyed.
REVOKE INSERT, UPDATE ON core_condemnedfile FROM cre_app;
