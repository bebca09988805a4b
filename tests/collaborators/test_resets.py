"""Forgotten passwords: what is mailed, what the answer tells, and what else people of communities need."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from collaborators.actions import allow_reset, change_password, replace_code
from collaborators.models import User
from cre.core.access import Refused, acting_as
from cre.core.outbox.models import OutboxMessage
from tests.community.walking import text_of
from tests.conftest import PASSWORD, as_owner, log_in
from tests.core.access.questions import column, rows, run
from tests.delivering import deliver_all
from tests.log_lines import lines, log

__all__ = ["log"]
pytestmark = pytest.mark.django_db
NEW = "seven quiet otters drumming"
ASK = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://exchange.example/"


@pytest.fixture
def keeper(member: User) -> User:
    """Somebody of a community who added an e-mail address and a password."""
    with acting_as(member):
        member.email = "keeper@test.example"
        member.save(update_fields=["email"])
    change_password(PASSWORD, by=member)
    with as_owner():
        OutboxMessage.objects.all().delete()
    return member


def ask(email: str | None) -> Any:
    return Client().post(ASK, {"email": email})


def link_for(person: User) -> str:
    """The path in the mail that came after asking for it."""
    mail.outbox.clear()
    ask(person.email)
    deliver_all()
    (sent,) = [sent for sent in mail.outbox if "/password/reset/" in sent.body]
    return str(sent.body).split("https://exchange.example")[1].split()[0]


def set_anew(path: str, client: Client | None = None, **form: str):
    """Follow the link and send the form behind it."""
    client = client or Client()
    page = client.get(path, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(address, {"password1": NEW, "password2": NEW, **form})


def has_new(person: User) -> bool:
    return User.objects.get(pk=person.pk).check_password(NEW)


def test_the_link_sets_a_new_password_once_and_signs_nobody_in(stranger):
    path, client = link_for(stranger), Client()

    assert set_anew(path, client).status_code == 302
    assert (has_new(stranger), "_auth_user_id" in client.session) == (True, False)
    assert "no longer works" in text_of(Client().get(path, follow=True))


def test_a_new_password_by_link_ends_every_session(stranger):
    elsewhere, here = log_in(Client(), stranger), log_in(Client(), stranger)
    set_anew(link_for(stranger), here)

    assert [client.get("/accounts/sessions/").status_code for client in (elsewhere, here)] == [302, 302]


@pytest.mark.promise("P08")
def test_the_mail_says_nothing_but_its_link(stranger, settings):
    path = link_for(stranger)
    (sent,) = mail.outbox

    assert (sent.subject, sent.to) == ("Something waits for you", [stranger.email])
    assert "within four hours" in sent.body
    rest = sent.body.replace(path, "")
    assert not [word for word in (stranger.email, "stranger", settings.SITE_NAME, "community") if word in rest.lower()]


def test_the_link_dies_after_four_hours(stranger, time_machine):
    path = link_for(stranger)
    time_machine.move_to(timezone.now() + timedelta(hours=4, minutes=1))

    assert "no longer works" in text_of(Client().get(path, follow=True))


def test_asking_tells_nobody_whether_an_address_is_known(stranger, steward, django_assert_num_queries):
    with acting_as(steward):
        User.objects.filter(pk=stranger.pk).update(is_active=False)
    pages = [ask(email) for email in (steward.email, "nobody@test.example", stranger.email)]
    with as_owner():
        waiting = column("SELECT count(*) FROM core_outboxmessage WHERE topic = 'reset-asked'")
    deliver_all()

    assert {(page.status_code, page.url) for page in pages} == {(302, f"{ASK}done/")}
    assert waiting == [3]
    assert [sent.to for sent in mail.outbox] == [[steward.email]]


@pytest.mark.promise("P08")
def test_no_mail_of_the_package_is_ever_sent(stranger):
    folders = Path(allauth.__file__).parent.glob("templates/*/email")
    prefixes = {
        f"{folder.parent.name}/email/{file.name.rsplit('_', 1)[0]}" for folder in folders for file in folder.iterdir()
    }
    assert len(prefixes) > 15
    for prefix in prefixes:
        get_adapter().send_mail(prefix, stranger.email, {"user": stranger})
        get_adapter().send_notification_mail(prefix, stranger)

    assert mail.outbox == []


@pytest.mark.promise("P05")
def test_somebody_of_a_community_needs_their_receipt_code_too(keeper):
    code, path = replace_code(by=keeper), link_for(keeper)
    refused = set_anew(path)
    wrong = set_anew(path, code=str(type(code)(code.locator, "0" * 19)))

    assert (refused.status_code, wrong.status_code, has_new(keeper)) == (422, 422, False)
    assert "If you have a receipt code, enter it." in text_of(refused)
    assert set_anew(path, code=str(code)).status_code == 302
    assert has_new(keeper)


@pytest.mark.promise("P05")
def test_guessing_the_code_behind_the_link_becomes_slow_and_the_right_one_still_counts(keeper, log):
    code, path = replace_code(by=keeper), link_for(keeper)
    wrong = str(type(code)(code.locator, "0" * 19))
    pages = [set_anew(path, code=wrong) for _ in range(12)]

    assert "wait half a minute" in text_of(pages[-1])
    assert [page.status_code for page in pages] == [422] * 12
    assert [line["event"] for line in lines(log)].count("authn_login_slowed") > 0


def test_the_code_of_somebody_else_does_not_help(keeper, outsider):
    path = link_for(keeper)

    assert set_anew(path, code=str(replace_code(by=outsider))).status_code == 422
    assert not has_new(keeper)


def test_the_page_asks_everybody_for_a_code_so_that_it_tells_nothing(stranger, keeper):
    texts = {text_of(Client().get(link_for(who), follow=True)) for who in (stranger, keeper)}

    assert len(texts) == 1


def test_a_talk_lets_them_set_one_password_within_a_day(keeper, facilitator):
    allow_reset(keeper, by=facilitator)

    assert set_anew(link_for(keeper)).status_code == 302
    assert set_anew(link_for(keeper)).status_code == 422


def test_a_talk_of_two_days_ago_is_over(keeper, facilitator):
    allow_reset(keeper, by=facilitator)
    with as_owner():
        run("UPDATE collaborators_accountevent SET happened_at = %s", timezone.now() - timedelta(hours=25))

    assert set_anew(link_for(keeper)).status_code == 422


@pytest.mark.parametrize("person", ["member", "outsider", "other_facilitator", "coordinator", "ally", "stranger"])
def test_only_their_own_facilitator_records_a_talk(person, keeper, request):
    by = request.getfixturevalue(person)
    with pytest.raises(Refused):
        allow_reset(keeper, by=by)
    with acting_as(by):
        with pytest.raises(ProgrammingError, match="may not allow"), transaction.atomic():
            rows("SELECT cre_allow_reset(%s)", keeper.pk)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            run(
                "INSERT INTO collaborators_accountevent (uuid, user_id, kind, by_id, happened_at) "
                "VALUES (gen_random_uuid(), %s, 'reset_allowed', %s, now())",
                keeper.pk, by.pk,
            )  # fmt: skip


def test_a_weak_password_behind_the_link_is_refused(stranger):
    assert set_anew(link_for(stranger), password1="community1234", password2="community1234").status_code == 422
    assert not has_new(stranger)
