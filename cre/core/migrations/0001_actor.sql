-- The signed actor. The application role can read nothing of the key; these functions can.

ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cre_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO cre_app;
GRANT USAGE ON SCHEMA public TO cre_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cre_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO cre_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations, auth_permission, django_content_type FROM cre_app;

CREATE TABLE core_actorkey (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);
REVOKE ALL ON core_actorkey FROM cre_app;

-- What the announced actor claims, verified: {person, expiry, has a written reason}. Nobody: NULL.
CREATE FUNCTION cre_claims() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    token text := current_setting('cre.actor', true);
    parts text[];
    pads core_actorkey;
    expected text;
BEGIN
    IF token IS NULL OR token = '' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO pads FROM core_actorkey;
    parts := string_to_array(token, '|');
    expected := encode(sha256(pads.outer_pad || sha256(pads.inner_pad
        || convert_to(array_to_string(parts[1:3], '|'), 'UTF8'))), 'hex');
    IF cardinality(parts) IS DISTINCT FROM 4 OR expected IS DISTINCT FROM parts[4] THEN
        RAISE EXCEPTION 'cre: the actor is not genuine' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF parts[2]::bigint < extract(epoch FROM clock_timestamp()) THEN
        RAISE EXCEPTION 'cre: the actor has expired' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN parts;
END $$;

CREATE FUNCTION cre_actor() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (cre_claims())[1]::bigint
$$;

CREATE FUNCTION cre_reasoned() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((cre_claims())[3] = '1', false)
$$;
