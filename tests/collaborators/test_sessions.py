"""Sessions: what is kept of them, and everything that ends them."""

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.backends.base import UpdateError
from django.db import ProgrammingError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from collaborators.actions import end_session, end_sessions
from collaborators.models import Session, User
from collaborators.sessions import SessionMiddleware, SessionStore, hashed
from collaborators.tasks import sweep_sessions
from cre.core.access import Refused, acting_as, acting_system
from tests.community.walking import CODE
from tests.conftest import EMAIL, PASSWORD, as_owner, log_in
from tests.core.access.questions import column, rows, run

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P17")]
PAGE = "/accounts/sessions/"


def is_in(client: Client) -> bool:
    """Whether the browser is still signed in."""
    return client.get(PAGE).status_code == 200


def cookie_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def age(client: Client, **moments: str) -> None:
    """Make a session older: each moment moved back by an interval."""
    with as_owner():
        for name, interval in moments.items():
            run(
                f"UPDATE collaborators_session SET {name} = {name} - %s::interval WHERE key_hash = %s",
                interval,
                hashed(cookie_of(client)),
            )


def dumped() -> str:
    """Everything that a dump of the table holds."""
    with as_owner():
        return str(rows("SELECT s::text, encode(s.sealed, 'escape') FROM collaborators_session s"))


@pytest.fixture
def browser(member: User) -> Client:
    return log_in(Client(), member, CODE)


@pytest.fixture
def other_browser(member: User) -> Client:
    return log_in(Client(), member, CODE)


@pytest.mark.promise("P04")
def test_neither_the_cookie_nor_a_word_of_the_session_is_in_the_table(browser):
    session = browser.session
    session["typed"] = "canary of a refused form"
    session.save()

    assert cookie_of(browser).encode().hex() not in dumped()
    assert (cookie_of(browser) in dumped(), "canary" in dumped(), hashed(cookie_of(browser)) in dumped()) == (
        False,
        False,
        True,
    )
    assert SessionStore(cookie_of(browser))["typed"] == "canary of a refused form"


@pytest.mark.promise("P01")
def test_the_table_has_no_room_for_an_address_or_a_browser():
    assert {field.name for field in Session._meta.fields} == {
        "id", "uuid", "key_hash", "user", "sealed", "begun_at", "seen_at", "idle_seconds", "ends_at",
    }  # fmt: skip


@pytest.mark.promise("P04")
def test_words_that_were_copied_to_another_key_open_as_nothing(browser, outsider):
    mine, own = SessionStore(), log_in(Client(), outsider, CODE)
    mine.create()
    with as_owner():
        run(
            "UPDATE collaborators_session SET sealed = (SELECT sealed FROM collaborators_session WHERE key_hash = %s) "
            "WHERE key_hash = %s",
            hashed(cookie_of(browser)),
            hashed(mine.session_key or ""),
        )

    assert dict(SessionStore(mine.session_key)) == {}
    assert is_in(own)


def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(browser, other_browser):
    kept = cookie_of(browser)
    answer = browser.post("/accounts/logout/")

    browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert (is_in(browser), is_in(other_browser)) == (False, True)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_the_exit_link_ends_the_session_on_the_server(browser):
    kept = cookie_of(browser)
    browser.get("/exit")

    browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("moments", "goes_on"),
    [
        ({"seen_at": "28 minutes"}, True),
        ({"seen_at": "31 minutes"}, False),
        ({"ends_at": "11 hours 58 minutes"}, True),
        ({"ends_at": "12 hours 1 minute"}, False),
    ],
    ids=["idle within the limit", "idle beyond it", "old within the limit", "old beyond it"],
)
def test_a_session_ends_at_its_limits(browser, other_browser, moments, goes_on):
    age(browser, **moments)

    assert (is_in(browser), is_in(other_browser)) == (goes_on, True)


def test_using_a_session_moves_its_idle_limit_and_never_the_other(browser):
    age(browser, seen_at="28 minutes")
    assert is_in(browser)
    age(browser, seen_at="28 minutes")
    assert is_in(browser)

    age(browser, ends_at="12 hours")
    assert not is_in(browser)


def test_staff_have_limits_of_their_own(facilitator, member, settings):
    settings.SESSION_LIMITS = {"code": (600, 3600), "password": (60, 1200)}
    log_in(Client(), facilitator, EMAIL), log_in(Client(), member, CODE)

    with as_owner():
        found = dict(rows("SELECT user_id, idle_seconds FROM collaborators_session"))
    assert found == {facilitator.pk: 60, member.pk: 600}


def test_an_ended_session_is_not_written_again(browser):
    session = browser.session
    assert session[SESSION_KEY]
    age(browser, ends_at="13 hours")
    session["typed"] = "late"

    with pytest.raises(UpdateError):
        session.save()
    assert not is_in(browser)


def test_closing_an_account_ends_its_sessions_for_good(facilitator, steward, browser):
    client = log_in(Client(), facilitator)
    with acting_as(steward):
        User.objects.filter(pk=facilitator.pk).update(is_active=False)
    assert not is_in(client)
    with acting_as(steward):
        User.objects.filter(pk=facilitator.pk).update(is_active=True)

    assert (is_in(client), is_in(browser)) == (False, True)


def test_a_new_password_ends_all_sessions_but_the_one_that_set_it(facilitator, browser):
    here, elsewhere = log_in(Client(), facilitator), log_in(Client(), facilitator)
    new = "seven quiet otters drumming"
    answer = here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer.status_code == 302
    with as_owner():
        assert column("SELECT count(*) FROM collaborators_session WHERE user_id = %s", facilitator.pk) == [1]
    assert (is_in(here), is_in(elsewhere), is_in(browser)) == (True, False, True)


def test_a_session_of_somebody_who_is_gone_is_nobodys(browser, member):
    request = HttpRequest()
    request.session = SessionStore(cookie_of(browser))
    assert get_user(request) == member
    with as_owner():
        run("UPDATE collaborators_user SET is_active = false WHERE id = %s", member.pk)
    request.session = SessionStore(cookie_of(browser))

    assert get_user(request).pk is None


def test_who_ends_all_their_own_access_still_gets_their_page(browser, member):
    """The session's row goes while the request that ends it still wants to write a message into it."""

    def view(request: HttpRequest) -> HttpResponse:
        request.session["said"] = "done"
        end_sessions(member, by=member)
        return HttpResponse("the page")

    request = RequestFactory().post("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = cookie_of(browser)
    answer = SessionMiddleware(view)(request)

    assert (answer.content, answer.cookies[settings.SESSION_COOKIE_NAME].value) == (b"the page", "")
    assert not is_in(browser)


@pytest.mark.parametrize("person", ["coordinator", "steward", "facilitator", "focal_person"])
def test_those_who_look_after_somebody_end_their_sessions(person, member, browser, request):
    by = request.getfixturevalue(person)
    elsewhere = log_in(Client(), by)

    assert end_sessions(member, by=by) == 1
    assert (is_in(browser), is_in(elsewhere)) == (False, True)


@pytest.mark.parametrize("person", ["stranger", "outsider", "other_facilitator", "ally"])
def test_nobody_else_ends_somebodys_sessions(person, member, browser, request):
    by = request.getfixturevalue(person)
    with pytest.raises(Refused):
        end_sessions(member, by=by)
    with acting_as(by), pytest.raises(ProgrammingError, match="may not end"), transaction.atomic():
        rows("SELECT cre_end_sessions(%s)", member.pk)

    assert is_in(browser)


@pytest.mark.promise("P10")
def test_injected_sql_reads_and_changes_nobody_elses_session(browser, outsider):
    with acting_as(outsider):
        assert column("SELECT count(*) FROM collaborators_session") == [0]
        for statement in (
            "UPDATE collaborators_session SET user_id = %s", "DELETE FROM collaborators_session WHERE user_id <> %s",
        ):  # fmt: skip
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                run(statement, outsider.pk)
        with acting_as(outsider):
            other = column("SELECT uuid FROM collaborators_session")
    with as_owner():
        uuid = column("SELECT uuid FROM collaborators_session")[0]

    assert (other, end_session(uuid, by=outsider), is_in(browser)) == ([], False, True)


@pytest.mark.promise("P10")
def test_injected_sql_makes_no_session_of_somebody_else(member, outsider):
    with acting_as(outsider):
        rows("SELECT cre_keep_session('made up', '', 600, 600, true)")
    with as_owner():
        assert column("SELECT user_id FROM collaborators_session") == [outsider.pk]


def test_the_clock_sweeps_what_has_ended_and_nothing_else(browser, other_browser):
    age(other_browser, seen_at="31 minutes")
    with acting_system():
        sweep_sessions()

    with as_owner():
        assert column("SELECT key_hash FROM collaborators_session") == [hashed(cookie_of(browser))]


def test_nobody_but_the_clock_sweeps(coordinator):
    with acting_as(coordinator), pytest.raises(ProgrammingError, match="may not sweep"), transaction.atomic():
        SessionStore.clear_expired()


def test_a_session_costs_one_question(browser, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(cookie_of(browser)).get("_auth_user_id")
