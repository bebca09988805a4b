"""Coming back with a receipt code."""

import time
from contextlib import ExitStack
from threading import Timer

import pytest
from django.contrib.auth import authenticate

from collaborators import codes
from collaborators.actions import begin_intake, confirm_code, replace_code
from collaborators.backends import EmailBackend, ReceiptCodeBackend
from collaborators.codes import ReceiptCode, Slip, read_code
from collaborators.models import ReceiptCredential, User
from cre.core.access import Refused, acting_as
from tests.conftest import as_owner
from tests.core.access.questions import column, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(region):
    return begin_intake(language="en", region=region, channel="signal")


def test_a_code_brings_its_person_back(intake):
    assert authenticate(None, receipt_code=intake.code) == intake.user


def test_a_wrong_secret_brings_nobody_back(intake):
    assert authenticate(None, receipt_code=ReceiptCode(intake.code.locator, "0" * 19)) is None


def test_an_unknown_code_brings_nobody_back(intake):
    assert authenticate(None, receipt_code=ReceiptCode("00000000", intake.code.secret)) is None


@pytest.mark.promise("P05")
def test_a_wrong_secret_and_an_unknown_code_ask_the_same(intake, django_assert_num_queries):
    """One look-up and one slow hash each, so that text, status and time say nothing."""
    for code in (ReceiptCode(intake.code.locator, "0" * 19), ReceiptCode("00000000", "0" * 19)):
        with django_assert_num_queries(1):
            assert authenticate(None, receipt_code=code) is None


@pytest.mark.promise("P05")
@pytest.mark.parametrize("known", [True, False])
def test_whatever_code_comes_in_it_waits_for_its_turn_to_be_hashed(known, intake):
    """An answer that skipped the slow hash for an unknown code would come at once."""
    code = ReceiptCode(intake.code.locator if known else "00000000", "0" * 19)
    both_turns = ExitStack()
    for _ in range(2):
        codes._slow.acquire()
        both_turns.callback(codes._slow.release)
    began, timer = time.monotonic(), Timer(0.2, both_turns.close)
    timer.start()
    assert authenticate(None, receipt_code=code) is None
    assert time.monotonic() - began > 0.19
    timer.join()


@pytest.mark.promise("P05")
def test_a_slip_is_told_before_anything_is_looked_up(intake, django_assert_num_queries):
    slip = str(intake.code)[:-1] + str((int(str(intake.code)[-1]) + 1) % 10)
    with django_assert_num_queries(0), pytest.raises(Slip):
        read_code(slip)


@pytest.mark.promise("P05")
def test_the_secret_is_in_no_table(intake):
    with as_owner():
        tables = column("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        holding = [
            table for table in tables
            if column(f'SELECT 1 FROM "{table}" AS row WHERE row::text LIKE %s', f"%{intake.code.secret}%")
        ]  # fmt: skip
        assert column("SELECT locator FROM collaborators_receiptcredential") == [intake.code.locator]
    assert holding == []


def test_a_replaced_code_is_dead_and_the_new_one_lives(intake):
    new = replace_code(by=intake.user)
    assert authenticate(None, receipt_code=intake.code) is None
    assert authenticate(None, receipt_code=new) == intake.user


def test_a_replacement_keeps_the_old_row(intake):
    replace_code(by=intake.user)
    kept = ReceiptCredential.objects.filter(user=intake.user).order_by("pk")
    assert [row.replaced_at is None for row in kept] == [False, True]


def test_nobody_who_came_without_a_code_gets_one(coordinator):
    with pytest.raises(Refused):
        replace_code(by=coordinator)
    assert not ReceiptCredential.objects.filter(user=coordinator).exists()


def test_a_disabled_person_does_not_come_back(intake):
    with as_owner():
        User.objects.filter(pk=intake.user.pk).update(is_active=False)
    assert authenticate(None, receipt_code=intake.code) is None


def test_writing_the_code_down_is_remembered_for_the_living_code_only(intake):
    replace_code(by=intake.user)
    confirm_code(by=intake.user)
    kept = ReceiptCredential.objects.filter(user=intake.user).order_by("pk")
    assert [row.confirmed_at is None for row in kept] == [True, False]


@pytest.mark.promise("P10")
def test_nobody_changes_somebody_elses_code(intake, outsider):
    statement = "UPDATE collaborators_receiptcredential SET secret_hash = 'mine' WHERE user_id = %s"
    with acting_as(outsider):
        assert run(statement, intake.user.pk) == 0
    assert run(statement, intake.user.pk) == 0
    with acting_as(intake.user):
        assert run(statement, intake.user.pk) == 1


@pytest.mark.parametrize("backend", [ReceiptCodeBackend(), EmailBackend()])
def test_a_session_of_a_disabled_person_or_the_system_finds_nobody(backend, intake):
    assert backend.get_user(intake.user.pk) == intake.user
    with as_owner():
        User.objects.filter(pk=intake.user.pk).update(is_active=False)
    assert backend.get_user(intake.user.pk) is None
    assert backend.get_user(User.objects.get(is_system=True).pk) is None


def test_no_backend_answers_without_its_own_proof():
    assert ReceiptCodeBackend().authenticate(None) is None
    assert not EmailBackend().has_perm(User(is_active=True), "collaborators.coordinate")


def test_the_system_account_cannot_log_in(db):
    system = User.objects.get(is_system=True)
    assert (system.has_usable_password(), system.email, system.receipt_credentials.count()) == (
        False,
        None,
        0,
    )
