-- The third part of the signed actor became letters: r, a written reason was given; p, a second factor proved the person.

CREATE OR REPLACE FUNCTION cre_reasoned() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(strpos((cre_claims())[3], 'r') > 0, false)
$$;

CREATE FUNCTION cre_proven() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(strpos((cre_claims())[3], 'p') > 0, false)
$$;

-- Whether the actor holds something that opens only with a second factor; the app that knows the roles fills it in.
CREATE FUNCTION cre_needs_proof() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT false $$;
