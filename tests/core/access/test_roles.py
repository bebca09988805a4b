"""What the application role can never do, whatever a view does."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction

from cre.core.access import acting_as
from cre.core.access.guards import guard_sql
from tests.conftest import as_owner
from tests.core.access.questions import column, rows, run

pytestmark = pytest.mark.django_db
# Every table without row security, and why that is right.
OPEN_TABLES = {
    "core_actorkey": "the application role has no right on it at all",
    "collaborators_user": "read before anybody acts; a trigger guards what an account is",
    "collaborators_user_groups": "not used: what people hold lies in grants on containers",
    "collaborators_user_user_permissions": "not used, as above",
    "collaborators_region": "public; the application role only reads",
    "collaborators_country": "public; the application role only reads",
    "collaborators_platform": "public; the application role only reads",
    "collaborators_collaboratorfacets": "ids, codes and numbers without names; matching needs its index",
    "collaborations_project": "a register of public projects; which request is about one is sealed elsewhere",
    "collaborations_projectfinance": "part of the public register",
    "account_emailaddress": "read before anybody acts, at login",
    "account_emailconfirmation": "read before anybody acts, by a link in a mail",
    "mfa_authenticator": "read before anybody acts, at login; sealed, and a trigger asks who adds, changes and removes",
    "django_content_type": "names of models; the application role only reads",
    "django_migrations": "names of migrations; the application role only reads",
    "auth_permission": "names of permissions; the application role only reads",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "guardian_userobjectpermission": "not used: grants lie in tables of their own",
    "guardian_groupobjectpermission": "not used, as above",
}
GRANTS = [
    f"collaborators_{history}{name}grant"
    for name in ("region", "community", "collaborator", "platform", "panel")
    for history in ("", "historical")
]
READ_ONLY = [
    *GRANTS,
    "collaborators_session",
    "account_emailaddress",
    "account_emailconfirmation",
    "collaborators_region",
    "collaborators_country",
    "collaborators_platform",
    "auth_permission",
    "django_content_type",
    "django_migrations",
]
ADD_ONLY = [
    "collaborators_accountevent",
    "core_ledgerentry",
    "core_ledgerlink",
    "collaborations_consent",
    "collaborations_internalnote",
    "collaborations_requestmessage",
    "collaborations_collaborationmessage",
    "collaborations_safetycheck",
    "collaborations_timelineentry",
    "collaborations_handover",
    "collaborations_handoversignature",
]
TABLES = """
SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""


def rights(table):
    """What the application role may do with a table."""
    wanted = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    return {right for right in wanted if column("SELECT has_table_privilege('cre_app', %s, %s)", table, right)[0]}


def history_tables():
    return [model._meta.db_table for model in apps.get_models() if hasattr(model, "instance_type")]


@pytest.mark.promise("P10")
def test_the_application_role_is_no_superuser_and_cannot_pass_by_row_security():
    assert rows(
        "SELECT current_user::text, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    ) == [("cre_app", False, False, False, False, False)]


@pytest.mark.promise("P10")
def test_the_application_role_is_a_member_of_no_other_role():
    assert column("SELECT roleid FROM pg_auth_members WHERE member = 'cre_app'::regrole") == []


@pytest.mark.promise("P10")
def test_the_owner_is_bound_by_row_security_too():
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'cre_owner'") == [(False, False)]


def test_what_the_application_does_cannot_be_watched_from_another_session():
    assert column("SELECT rolconfig FROM pg_roles WHERE rolname = 'cre_app'") == [["track_activities=off"]]


@pytest.mark.promise("P10")
def test_every_table_has_forced_row_security_or_a_reason_not_to():
    assert {name for name, guarded in rows(TABLES) if not guarded} == set(OPEN_TABLES)


@pytest.mark.promise("P10")
def test_every_history_table_has_forced_row_security():
    guarded = dict(rows(TABLES))
    assert [table for table in history_tables() if not guarded[table]] == []


def test_no_view_hands_out_rows_with_the_rights_of_the_owner():
    assert (
        column("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')")
        == []
    )


def test_every_function_with_the_rights_of_the_owner_has_a_fixed_search_path():
    assert (
        column(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef "
            "AND proconfig IS DISTINCT FROM '{\"search_path=public, pg_temp\"}'"
        )
        == []
    )


@pytest.mark.promise("P10")
def test_the_application_role_cannot_read_the_actor_key():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows("SELECT * FROM core_actorkey")
    assert rights("core_actorkey") == set()


@pytest.mark.promise("P10")
def test_the_application_role_cannot_become_the_owner():
    with as_owner():
        inherits = column("SELECT pg_has_role('cre_app', 'cre_owner', 'MEMBER')")
    assert inherits == [False]


def test_the_application_role_makes_no_tables():
    assert column("SELECT has_schema_privilege('cre_app', 'public', 'CREATE')") == [False]


@pytest.mark.parametrize("table", READ_ONLY)
def test_the_application_role_only_reads(table):
    assert rights(table) == {"SELECT"}


@pytest.mark.parametrize("table", ADD_ONLY)
def test_what_is_only_added_refuses_update_and_delete(table):
    assert rights(table) == {"SELECT", "INSERT"}


@pytest.mark.promise("P10")
def test_history_refuses_update_and_delete():
    changeable = {"UPDATE", "DELETE", "TRUNCATE"}
    assert [table for table in history_tables() if rights(table) & changeable] == []


def test_the_application_role_empties_no_table():
    names = [name for name, _ in rows(TABLES)]
    assert [name for name in names if rights(name) & {"TRUNCATE", "REFERENCES", "TRIGGER"}] == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET starts_at = now()", "DELETE FROM {}"])
@pytest.mark.parametrize("table", GRANTS[::2])
def test_a_grant_can_be_neither_changed_nor_removed_by_hand(statement, table, coordinator):
    with (
        acting_as(coordinator),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        run(statement.format(table))


def test_nobody_gives_themselves_a_grant_by_a_plain_insert(member, region):
    with (
        acting_as(member),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        run(
            "INSERT INTO collaborators_regiongrant (permission_id, user_id, content_object_id, starts_at) "
            "SELECT id, %s, %s, now() FROM auth_permission WHERE codename = 'facilitate'",
            member.pk,
            region.pk,
        )


@pytest.mark.parametrize("function", ["cre_write_grant", "cre_end_grant", "cre_remember_request"])
def test_the_inner_functions_cannot_be_called_directly(function):
    assert column(
        "SELECT has_function_privilege('cre_app', oid, 'EXECUTE') FROM pg_proc WHERE proname = %s", function
    ) == [False]


def test_what_somebody_does_not_see_they_cannot_change(outsider, community):
    with acting_as(outsider):
        assert run("UPDATE collaborators_community SET language = 'xx'") == 1
        assert run("UPDATE collaborators_community SET language = 'xx' WHERE id = %s", community.pk) == 0
        assert run("DELETE FROM collaborators_community WHERE id = %s", community.pk) == 0


def test_the_guard_of_an_append_only_table_has_no_policy_for_changes():
    statements = guard_sql("letters", "true", None, None, append_only=True)
    assert not [line for line in statements if "FOR UPDATE" in line or "FOR DELETE" in line]
    assert statements[-1] == "REVOKE UPDATE, DELETE, TRUNCATE ON letters FROM cre_app"
