"""Roles that need a second factor hold nothing without it."""

from django.db import migrations

from cre.core.access.guards import run_sql_file

UNDO = """
DROP FUNCTION cre_reset_factors(bigint);
DROP TRIGGER cre_check_factor ON mfa_authenticator;
DROP FUNCTION cre_check_factor();
CREATE OR REPLACE FUNCTION cre_needs_proof() RETURNS boolean LANGUAGE sql STABLE SECURITY INVOKER
AS $$ SELECT false $$;
CREATE OR REPLACE FUNCTION cre_held_region(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_regiongrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;
CREATE OR REPLACE FUNCTION cre_held_collaborator(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_collaboratorgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;
CREATE OR REPLACE FUNCTION cre_held_platform(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_platformgrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborators", "0006_sessions"),
        ("core", "0005_proven_actor"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [run_sql_file(__file__, undo=UNDO)]
