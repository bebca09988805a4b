"""Passwords: what they must not be, how they are hashed, and who changes them."""

from contextlib import AbstractContextManager

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import ProgrammingError, transaction
from django.test import Client
from structlog.testing import capture_logs

from collaborators import codes
from collaborators.actions import begin_intake, change_password
from collaborators.backends import EmailBackend
from collaborators.models import AccountEvent, ReceiptCredential, User
from collaborators.peppers import old_peppers
from cre.core.access import acting_as
from cre.core.outbox.models import OutboxMessage
from tests.conftest import PASSWORD, as_owner, log_in
from tests.core.access.questions import column, run

pytestmark = pytest.mark.django_db
GOOD = "seven quiet otters drumming"


def signs_in(person: User, password: str = PASSWORD) -> bool:
    return authenticate(None, email=person.email, password=password) == person


def count_turns(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """What grows by one with every slow hash."""
    turns: list[int] = []

    def take_turn() -> AbstractContextManager[object]:
        turns.append(1)
        return codes._slow

    monkeypatch.setattr(name, take_turn)
    return turns


@pytest.mark.parametrize(
    "password",
    [GOOD, "x1" + "abcdefgh" * 15, "seven otters", "7461839405718264", "ستة أرانب هادئة تعزف", "  blanks count too  "],
)
def test_a_long_enough_password_is_taken_as_it_is(password):
    validate_password(password, User(email="ally@test.example"))


@pytest.mark.parametrize(
    "password",
    [
        "otters seven", "x" * 129, "Community-Exchange-2026", "resource exchange!", "facilitator1234",
        "ally.test.example1",
        "aaaaaaaaaaaaaaaa", "abababababababab", "passwordpassword", "1qaz2wsx3edc", "qwertyuiopasdfghjkl",
        "localhost12345",
    ],
)  # fmt: skip
def test_a_password_that_anybody_would_try_here_is_refused(password):
    if password == "otters seven":
        password = password[:11]
    with pytest.raises(ValidationError):
        validate_password(password, User(email="ally.of.the.bend@test.example"))


@pytest.mark.promise("P04")
def test_a_stolen_hash_cannot_be_tried_without_the_pepper(stranger, settings):
    stored = User.objects.get(pk=stranger.pk).password
    assert stored.startswith("peppered$1$argon2id$")
    assert signs_in(stranger)

    settings.CODE_PEPPER = "another pepper"
    assert not signs_in(stranger)


def test_a_password_moves_to_the_new_pepper_when_its_person_signs_in(stranger, settings):
    settings.CODE_PEPPERS_OLD = [f"1:{settings.CODE_PEPPER}"]
    settings.CODE_PEPPER, settings.CODE_PEPPER_VERSION = "a new pepper", 2
    assert signs_in(stranger)
    settings.CODE_PEPPERS_OLD = []

    assert User.objects.get(pk=stranger.pk).password.startswith("peppered$2$")
    assert signs_in(stranger)


def test_a_code_keeps_the_pepper_of_its_day(region, settings):
    first = begin_intake(language="en", region=region, channel="signal")
    settings.CODE_PEPPERS_OLD = [f"1:{settings.CODE_PEPPER}"]
    settings.CODE_PEPPER, settings.CODE_PEPPER_VERSION = "a new pepper", 2
    second = begin_intake(language="en", region=region, channel="signal")

    assert [authenticate(None, receipt_code=one.code) for one in (first, second)] == [first.user, second.user]
    assert list(ReceiptCredential.objects.order_by("pk").values_list("pepper_version", flat=True)) == [1, 2]


@pytest.mark.promise("P05")
def test_a_code_whose_pepper_is_gone_is_a_wrong_code(region, settings, monkeypatch):
    intake = begin_intake(language="en", region=region, channel="signal")
    settings.CODE_PEPPER_VERSION = 2
    turns = count_turns(monkeypatch, "collaborators.codes.slow_work")

    assert authenticate(None, receipt_code=intake.code) is None
    assert len(turns) == 1


@pytest.mark.parametrize("value", [["no version"], ["x:pepper"]])
def test_old_peppers_that_cannot_be_read_are_said_to_be_wrong_without_their_value(settings, value):
    settings.CODE_PEPPERS_OLD = value
    with pytest.raises(ImproperlyConfigured) as refused:
        old_peppers()
    assert "pepper" not in str(refused.value).replace("CODE_PEPPERS_OLD", "").replace("version:pepper", "")


@pytest.mark.promise("P10")
@pytest.mark.parametrize("column_name", ["password", "email"])
@pytest.mark.parametrize("person", ["nobody", "outsider", "coordinator", "steward"])
def test_injected_sql_changes_nobody_elses_way_in(person, column_name, stranger, request):
    by = User() if person == "nobody" else request.getfixturevalue(person)
    with acting_as(by), pytest.raises(ProgrammingError, match="may not change"), transaction.atomic():
        run(f"UPDATE collaborators_user SET {column_name} = 'mine' WHERE id = %s", stranger.pk)

    assert signs_in(stranger)


@pytest.mark.promise("P10")
@pytest.mark.parametrize("table", ["account_emailaddress", "account_emailconfirmation"])
def test_no_second_address_leads_to_an_account(table, outsider):
    with acting_as(outsider), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(f"INSERT INTO {table} DEFAULT VALUES")


def test_a_change_is_kept_and_told_without_content(stranger):
    change_password(GOOD, by=stranger)

    with acting_as(stranger):
        assert list(AccountEvent.objects.values_list("user_id", "by_id", "kind")) == [
            (stranger.pk, stranger.pk, "password_changed")
        ]
    with as_owner():
        (message,) = OutboxMessage.objects.filter(topic="account-changed")
    assert (message.payload["ids"], GOOD in str(message.payload)) == ({"person": stranger.pk}, False)
    assert signs_in(stranger, GOOD)


def test_changing_it_needs_the_password_of_now(stranger):
    client = log_in(Client(), stranger)
    client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": GOOD, "password2": GOOD})

    assert (signs_in(stranger, GOOD), signs_in(stranger)) == (False, True)


def test_guessing_the_password_of_now_in_an_open_visit_becomes_slow(stranger):
    client = log_in(Client(), stranger)
    form = {"oldpassword": "wrong", "password1": GOOD, "password2": GOOD}
    pages = [client.post("/accounts/password/change/", form).content.decode() for _ in range(12)]

    assert ["There were many tries" in page for page in (pages[0], pages[-1])] == [False, True]


def test_a_weak_new_password_is_refused_with_a_reason(stranger):
    weak = "community exchange"
    page = log_in(Client(), stranger).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    assert "do not count" in page.content.decode()
    assert weak not in page.content.decode()
    assert signs_in(stranger)


def test_an_unknown_address_a_wrong_password_and_a_closed_account_are_answered_alike(stranger, steward):
    closed = stranger.email
    with acting_as(steward):
        User.objects.filter(pk=stranger.pk).update(is_active=False)
    tries = [("nobody@test.example", PASSWORD), (steward.email, "wrong wrong wrong"), (closed, PASSWORD)]
    pages = [Client().post("/accounts/login/", {"login": login, "password": word}) for login, word in tries]

    words = {
        page.content.decode().replace(login, "").split("csrfmiddlewaretoken")[1][100:]
        for page, (login, _) in zip(pages, tries, strict=True)
    }
    assert ({page.status_code for page in pages}, len(words)) == ({200}, 1)


def test_every_wrong_try_takes_one_slow_hash(stranger, monkeypatch):
    turns = count_turns(monkeypatch, "collaborators.hashers.slow_work")
    for email in (stranger.email, "nobody@test.example"):
        EmailBackend().authenticate(None, email=email, password="wrong wrong wrong")

    assert len(turns) == 2


def test_signing_in_and_failing_to_are_logged_with_ids_only(stranger, intake_of_a_day):
    code = intake_of_a_day.code
    with capture_logs() as lines:
        authenticate(None, email=stranger.email, password="wrong wrong wrong")
        authenticate(None, email=stranger.email, password=PASSWORD)
        authenticate(None, receipt_code=type(code)(code.locator, "0" * 19))
        authenticate(None, receipt_code=code)

    logins = [line for line in lines if line["event"].startswith("authn_login")]
    assert [(line["event"], line.get("person"), line["way"]) for line in logins] == [
        ("authn_login_fail", None, "password"),
        ("authn_login_success", stranger.pk, "password"),
        ("authn_login_fail", intake_of_a_day.user.pk, "code"),
        ("authn_login_success", intake_of_a_day.user.pk, "code"),
    ]
    assert not [word for word in (stranger.email, code.secret, code.locator) if word in str(lines)]


@pytest.fixture
def intake_of_a_day(region):
    return begin_intake(language="en", region=region, channel="signal")


@pytest.mark.promise("P08")
def test_mailed_login_codes_and_other_pages_of_the_package_are_closed(stranger):
    client = log_in(Client(), stranger)
    addresses = [
        "email/",
        "confirm-email/",
        "confirm-email/abc/",
        "password/set/",
        "login/code/",
        "login/code/confirm/",
    ]

    assert {name: client.get(f"/accounts/{name}").status_code for name in addresses} == dict.fromkeys(addresses, 404)
    assert column("SELECT count(*) FROM account_emailaddress") == [0]
    assert mail.outbox == []
