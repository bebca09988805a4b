"""Two workers that mail somebody of a community in one moment: one mail goes out."""

from functools import partial
from uuid import uuid4

import pytest
from django.core import mail

from collaborations.actions import write_message
from collaborators.actions import tell_by_mail
from cre.core.outbox import OutboxMessage, claims
from cre.core.outbox.delivery import deliver_message
from tests.community.ways import ADDRESS, with_address
from tests.concurrency.at_once import at_once, errors_in
from tests.conftest import as_owner
from tests.delivering import deliver_all
from tests.journey import Cast, cast, fresh, talked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.promise("P08")]
__all__ = ["cast"]


def test_two_workers_at_once_send_one_mail(cast: Cast) -> None:
    person = with_address(cast.member)
    tell_by_mail(is_told=True, by=person)
    request = talked(cast)
    deliver_all()
    mails = OutboxMessage.objects.filter(recipient=person.pk, channel="mail")
    with as_owner():
        # As if no mail had gone out for this one: both workers look at it.
        mails.update(error="")
        seen = mails.latest("pk")
    for _ in range(2):
        write_message(fresh(request, cast.facilitator), text="x", language="en", once=uuid4(), by=cast.facilitator)
    for event in claims.claim():
        deliver_message(event.pk, event.attempts)
    mail.outbox.clear()

    waiting = [message for message in claims.claim() if message.channel == "mail" and message.recipient == person.pk]
    outcomes = at_once(seen, *(partial(deliver_message, message.pk, message.attempts) for message in waiting))

    assert (len(waiting), errors_in(outcomes)) == (2, [])
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]
