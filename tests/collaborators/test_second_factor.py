"""The factors themselves: sealed, used once, added and removed by nobody but their person."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import ProgrammingError, transaction

from collaborators.actions import add_app, print_sheet, remove_factor, reset_factors
from collaborators.factors.proving import factor_of_code
from collaborators.models import AccountEvent
from cre.core.access import Refused, acting_as
from cre.core.ledger.models import LedgerEntry
from cre.core.outbox.models import OutboxMessage
from tests.collaborators.proofs import app_of, code_of, sheet_of
from tests.conftest import as_owner
from tests.core.access.questions import column, run

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P18")]
USE_AGAIN = "UPDATE mfa_authenticator SET data = jsonb_set(data, %s, '0') WHERE user_id = %s"
FORGE = """INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'webauthn', '{}', now())"""


def refused(what="may not"):
    return pytest.raises(ProgrammingError, match=what)


@pytest.mark.promise("P04")
def test_the_secret_of_an_app_and_the_seed_of_a_sheet_are_sealed(facilitator):
    secret = app_of(facilitator)
    sheet_of(facilitator)
    stored = column("SELECT data::text FROM mfa_authenticator WHERE user_id = %s", facilitator.pk)

    assert len(stored) == 2
    assert not any(secret in data for data in stored)
    assert all(len(data) > 100 for data in stored)


def test_a_code_of_an_app_counts_once(facilitator):
    code = code_of(app_of(facilitator))

    assert factor_of_code(facilitator, code) is not None
    assert factor_of_code(facilitator, code) is None


def test_after_a_code_no_earlier_one_counts(facilitator):
    secret = app_of(facilitator)

    assert factor_of_code(facilitator, code_of(secret, later=1)) is not None
    assert factor_of_code(facilitator, code_of(secret)) is None


@pytest.mark.parametrize("later", [-3, 3])
def test_a_code_of_another_time_does_not_count(later, facilitator):
    assert factor_of_code(facilitator, code_of(app_of(facilitator), later=later)) is None


def test_a_code_of_a_sheet_counts_once_and_the_others_still_count(facilitator):
    codes = sheet_of(facilitator)

    assert factor_of_code(facilitator, f" {codes[3][:4]} {codes[3][4:]}") is not None
    assert factor_of_code(facilitator, codes[3]) is None
    assert factor_of_code(facilitator, codes[4]) is not None


def test_a_new_sheet_makes_the_old_one_worthless(facilitator):
    old = sheet_of(facilitator)
    new = sheet_of(facilitator)

    assert factor_of_code(facilitator, old[0]) is None
    assert factor_of_code(facilitator, new[0]) is not None


@pytest.mark.parametrize("code", ["", " ", "000000000000", "½", "\0", "x" * 200])
def test_what_is_no_code_proves_nobody(code, facilitator):
    app_of(facilitator)
    sheet_of(facilitator)

    assert factor_of_code(facilitator, code) is None


def test_the_code_of_one_person_does_not_prove_another(facilitator, coordinator):
    assert factor_of_code(coordinator, code_of(app_of(facilitator))) is None


@pytest.mark.parametrize(("kind", "mark"), [("app", "{last_counter}"), ("sheet", "{used_mask}")])
def test_the_database_lets_nobody_use_a_code_again(kind, mark, facilitator):
    if kind == "app":
        factor_of_code(facilitator, code_of(app_of(facilitator)))
    else:
        factor_of_code(facilitator, sheet_of(facilitator)[0])

    with acting_as(facilitator), refused(), transaction.atomic():
        run(USE_AGAIN, mark, facilitator.pk)


def test_the_database_lets_nobody_exchange_a_secret(facilitator):
    app_of(facilitator)

    with acting_as(facilitator), refused(), transaction.atomic():
        run('UPDATE mfa_authenticator SET data = \'{"secret": "mine"}\' WHERE user_id = %s', facilitator.pk)


def test_nobody_adds_or_removes_a_factor_of_somebody_else(coordinator, facilitator):
    app_of(facilitator)

    for statement in (FORGE, "DELETE FROM mfa_authenticator WHERE user_id = %s"):
        with acting_as(coordinator), refused(), transaction.atomic():
            run(statement, facilitator.pk)
        with refused(), transaction.atomic():
            run(statement, facilitator.pk)


def test_a_password_alone_adds_no_second_factor_beside_the_first(facilitator):
    app_of(facilitator)

    with acting_as(facilitator, proven=False):
        with pytest.raises(Refused):
            print_sheet(by=facilitator)
        with pytest.raises(Refused):
            remove_factor(Authenticator.objects.get(user=facilitator), by=facilitator)
        with refused(), transaction.atomic():
            run(FORGE, facilitator.pk)
        with refused(), transaction.atomic():
            run("DELETE FROM mfa_authenticator WHERE user_id = %s", facilitator.pk)


def test_a_first_factor_is_added_with_a_password_alone(facilitator):
    with acting_as(facilitator, proven=False):
        add_app("JBSWY3DPEHPK3PXP", used=0, by=facilitator)

    assert [factor.type for factor in Authenticator.objects.filter(user=facilitator)] == ["totp"]


def test_a_factor_is_removed_but_not_the_last_one(facilitator):
    app_of(facilitator)
    sheet_of(facilitator)
    app, sheet = Authenticator.objects.filter(user=facilitator).order_by("pk")

    remove_factor(app, by=facilitator)
    with pytest.raises(Refused):
        remove_factor(sheet, by=facilitator)

    assert list(Authenticator.objects.filter(user=facilitator)) == [sheet]


def test_a_change_of_factors_is_in_the_ledger(facilitator):
    app_of(facilitator)

    with acting_as(facilitator):
        entry = LedgerEntry.objects.get(kind="acted")
    assert (entry.person_id, entry.object_label, entry.fields) == (facilitator.pk, "mfa.Authenticator", ["totp"])


@pytest.mark.parametrize("by", ["coordinator", "steward"])
def test_somebody_who_lost_their_factors_begins_anew_after_a_talk(by, facilitator, request):
    app_of(facilitator)
    sheet_of(facilitator)

    reset_factors(facilitator, reason="Called her at home, knew her voice.", by=request.getfixturevalue(by))

    assert not Authenticator.objects.filter(user=facilitator).exists()


def test_nobody_resets_their_own_factors(coordinator):
    app_of(coordinator)

    with pytest.raises(Refused):
        reset_factors(coordinator, reason="I lost it.", by=coordinator)
    with acting_as(coordinator), refused("may not reset a second factor"), transaction.atomic():
        run("SELECT cre_reset_factors(%s)", coordinator.pk)

    assert Authenticator.objects.filter(user=coordinator).exists()


@pytest.mark.parametrize("by", ["facilitator", "focal_person", "ally", "member", "stranger"])
def test_only_the_coordinator_and_the_steward_reset_factors(by, coordinator, request):
    app_of(coordinator)
    person = request.getfixturevalue(by)

    with pytest.raises(Refused):
        reset_factors(coordinator, reason="A talk.", by=person)
    with acting_as(person), refused("may not reset a second factor"), transaction.atomic():
        run("SELECT cre_reset_factors(%s)", coordinator.pk)

    assert Authenticator.objects.filter(user=coordinator).exists()


def test_a_reset_needs_a_reason(coordinator, facilitator):
    app_of(facilitator)

    with pytest.raises(Refused):
        reset_factors(facilitator, reason="  ", by=coordinator)

    assert Authenticator.objects.filter(user=facilitator).exists()


def test_the_person_is_told_of_a_reset(coordinator, facilitator):
    reset_factors(facilitator, reason="A talk.", by=coordinator)

    with acting_as(facilitator):
        event = AccountEvent.objects.get()
    assert (event.kind, event.user_id, event.by_id) == ("factor_removed", facilitator.pk, coordinator.pk)
    with as_owner():
        assert OutboxMessage.objects.filter(topic="account-changed", payload__uuid=str(event.uuid)).count() == 1
