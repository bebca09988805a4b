"""Nobody of a community is mailed unless they ask for it; then a mail says nothing, and one a day is enough."""

import gzip
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from collaborations.actions import write_message
from collaborators.actions import freeze_community, tell_by_mail
from collaborators.models import FreezingSide
from cre.core.access import Refused, acting_as
from cre.core.outbox.models import OutboxMessage
from tests.community.test_weight import MOST_BYTES
from tests.community.walking import signed_in
from tests.community.ways import ADDRESS, given, with_address
from tests.conftest import as_owner
from tests.delivering import deliver_all
from tests.journey import fresh, talked

pytestmark = pytest.mark.django_db
PAGE = "/community/ways/mails/"


@pytest.fixture
def person(cast):
    """Somebody of a community with a confirmed address."""
    found = with_address(cast.member)
    deliver_all()
    mail.outbox.clear()
    return found


@pytest.fixture
def request_(cast, person):
    """A request that is talked over, with no mail sent so far."""
    found = talked(cast)
    deliver_all()
    mail.outbox.clear()
    return found


def write(cast, request):
    """The desk writes; nothing is delivered yet."""
    write_message(
        fresh(request, cast.facilitator), text="They were here again.", language="en", once=uuid4(), by=cast.facilitator
    )


def mails():
    """What came to the address, once everything is delivered."""
    deliver_all()
    return [sent for sent in mail.outbox if ADDRESS in sent.to]


def say(cast, request):
    """The desk writes, and everything is delivered."""
    write(cast, request)
    return mails()


def ask(person, is_told="yes") -> Client:
    client = signed_in(person)
    assert client.post(PAGE, {"is_told": is_told}).url == "/community/ways/"
    return client


@pytest.mark.promise("P08")
def test_nobody_is_mailed_unasked(cast, person, request_):
    assert say(cast, request_) == []


@pytest.mark.promise("P08")
def test_an_asked_mail_says_nothing_of_what_waits(cast, person, request_):
    ask(person)

    (sent,) = say(cast, request_)
    assert "again" not in sent.body + sent.subject
    assert str(request_.uuid) not in sent.body


def test_one_mail_in_a_day_is_enough(cast, person, request_):
    ask(person)

    assert len(say(cast, request_)) == 1
    assert len(say(cast, request_)) == 1
    with as_owner():
        OutboxMessage.objects.update(done_at=timezone.now() - timedelta(days=1, minutes=1))
    assert len(say(cast, request_)) == 2


def test_no_mail_comes_after_it_was_ended(cast, person, request_):
    ask(person)
    ask(person, is_told="no")

    assert say(cast, request_) == []


def test_no_mail_comes_after_a_freeze(cast, person, request_):
    ask(person)
    write(cast, request_)
    freeze_community(
        cast.community.pk, side=FreezingSide.DESK, region_id=request_.region_id, reason="A car.", by=cast.facilitator
    )

    assert mails() == []


def test_a_mail_that_fails_leaves_the_day_to_the_next_one(cast, person, request_, settings):
    ask(person)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    # Nobody listens there.
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    write(cast, request_)
    assert mails() == []
    settings.EMAIL_BACKEND = works

    assert len(say(cast, request_)) == 1


@pytest.mark.parametrize("wrong", ["", "perhaps", "yes" * 1000])
def test_an_answer_that_the_page_does_not_know_changes_nothing(person, wrong):
    client = ask(person)

    assert client.post(PAGE, {"is_told": wrong}).status_code == 422
    assert 'value="no"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_page_is_light(person, language):
    page = signed_in(person).get(f"/{language}{PAGE}")

    assert page.status_code == 200
    assert len(gzip.compress(page.content)) <= MOST_BYTES


def test_an_address_that_nobody_confirmed_gets_nothing(cast):
    client = signed_in(cast.member)
    given(client)

    assert client.get(PAGE).url == "/community/ways/"
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.member), connection.cursor() as cursor:
        cursor.execute("SELECT cre_tell_by_mail(true)")


def test_without_an_address_nothing_can_be_asked_for(cast):
    with pytest.raises(Refused):
        tell_by_mail(is_told=True, by=cast.member)


def test_the_page_says_what_is_so_and_offers_the_other(person):
    client = ask(person)

    assert 'value="no"' in client.get(PAGE).content.decode()
    ask(person, is_told="no")
    assert 'value="yes"' in client.get(PAGE).content.decode()
