-- Only for throw-away clusters on this machine: one login that may make databases and become each role, so that
-- setting up a test and the test itself share one transaction.

SELECT 'CREATE ROLE cre_test' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cre_test') \gexec

ALTER ROLE cre_test LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB;
ALTER ROLE cre_test SET track_activities = off;
-- The hunt for mutants asks which functions a test ran.
ALTER ROLE cre_test SET track_functions = 'all';
ALTER ROLE cre_owner CREATEDB;
ALTER ROLE cre_keys CREATEDB;
GRANT cre_owner, cre_app, cre_keys TO cre_test WITH INHERIT TRUE, SET TRUE;
GRANT CONNECT ON DATABASE cre, cre_keys TO cre_test;
