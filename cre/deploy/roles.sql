-- The roles and the two databases. Run by a superuser with psql, as often as you like:
--
--   psql -X -v ON_ERROR_STOP=1 -f cre/deploy/roles.sql
--
-- Passwords come from the environment where they are set: CRE_OWNER_PASSWORD, CRE_APP_PASSWORD, CRE_KEYS_PASSWORD,
-- CRE_BACKUP_PASSWORD. In production let the keys database live on a server of its own: run this file on both.

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['cre_owner', 'cre_app', 'cre_keys', 'cre_backup']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- Owns the tables; only migrations and set-up log in with it. Row guards are forced, so they bind it too.
ALTER ROLE cre_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION;
-- Serves people. It sees only the rows of its signed actor.
ALTER ROLE cre_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
-- Holds the keys of the vault, in a database of its own.
ALTER ROLE cre_keys LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION;
-- Dumps the main database whole and writes nothing; the keys database is dumped by cre_keys and kept for 30 days only.
ALTER ROLE cre_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
GRANT pg_read_all_data TO cre_backup;
ALTER ROLE cre_backup SET default_transaction_read_only = on;

-- The signed actor travels as a statement; another session must not read it in pg_stat_activity.
ALTER ROLE cre_app SET track_activities = off;
ALTER ROLE cre_keys SET track_activities = off;

\getenv owner_password CRE_OWNER_PASSWORD
\getenv app_password CRE_APP_PASSWORD
\getenv keys_password CRE_KEYS_PASSWORD
\getenv backup_password CRE_BACKUP_PASSWORD
\if :{?owner_password}
ALTER ROLE cre_owner PASSWORD :'owner_password';
\endif
\if :{?app_password}
ALTER ROLE cre_app PASSWORD :'app_password';
\endif
\if :{?keys_password}
ALTER ROLE cre_keys PASSWORD :'keys_password';
\endif
\if :{?backup_password}
ALTER ROLE cre_backup PASSWORD :'backup_password';
\endif

SELECT format('CREATE DATABASE %I OWNER %I', name, holder)
  FROM (VALUES ('cre', 'cre_owner'), ('cre_keys', 'cre_keys')) AS wanted (name, holder)
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

REVOKE ALL ON DATABASE cre FROM PUBLIC;
REVOKE ALL ON DATABASE cre_keys FROM PUBLIC;
GRANT CONNECT ON DATABASE cre TO cre_app, cre_backup;
