"""Delivery: once in the portal, one Message-ID by mail, nothing to people who no longer see it."""

import polib
import pytest
from django.core import mail
from django.db import transaction

from cre.core.access import acting_as, acting_system, leave
from cre.core.outbox import claims
from cre.core.outbox.delivery import deliver_message
from tests.conftest import as_owner
from tests.core.outbox.conftest import change_messages, messages, notices, send
from tests.core.outbox.topics import EVERYBODY, FAILING, MAILED, TOLD, TOLD_TO_ALL, TRACE
from tests.delivering import deliver_all

pytestmark = pytest.mark.django_db


def language_of(user):
    user.refresh_from_db()
    return user.language


def test_each_recipient_is_told_but_not_whoever_did_it(community, facilitator, coordinator, member, outsider):
    send(EVERYBODY, community, by=facilitator)

    deliver_all()

    assert sorted(notices()) == sorted([(member.pk, "test.everybody"), (coordinator.pk, "test.everybody")])


def test_somebody_can_be_told_of_what_they_did_where_the_topic_says_so(community, member):
    send(TOLD_TO_ALL, community, by=member)

    deliver_all()

    assert (member.pk, "test.told-to-all") in notices()


def test_an_event_fans_out_into_one_message_for_each_person_and_channel(community, facilitator, member):
    send(MAILED, community, by=facilitator, key="k")
    [event] = claims.claim()

    for _ in range(2):
        deliver_all()
        change_messages(done_at=None, leased_until=None, due_at=event.due_at)

    keys = [message.key for message in messages()]
    assert keys == ["k", f"k:{member.pk}:in_app", f"k:{member.pk}:mail"]


def test_a_notice_appears_once_even_when_it_is_delivered_twice(community, facilitator, member):
    send(TOLD, community, by=facilitator)
    deliver_all()

    change_messages(done_at=None, leased_until=None)
    deliver_all()

    assert notices() == [(member.pk, "test.told")]
    assert [(message.tries, message.error) for message in messages()] == [(2, ""), (2, "")]


def test_a_mail_that_is_repeated_carries_the_same_message_id(community, facilitator, member_with_mail):
    send(MAILED, community, by=facilitator)
    deliver_all()

    change_messages(done_at=None, leased_until=None)
    deliver_all()

    first, second = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert first == second
    assert first.endswith("@cre.invalid>")


@pytest.mark.promise("P08")
def test_a_mail_says_that_something_waits_and_nothing_more(community, facilitator, member_with_mail, settings):
    settings.SITE_URL = "https://exchange.example/"
    send(MAILED, community, by=facilitator)

    deliver_all()

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["river@example.org"], "Something waits for you: please look soon")
    assert sent.body == (
        "Community Resource Exchange\n\n"
        "Something waits for you. For your safety, this mail says no more.\n\n"
        "To read it, open this page and sign in:\n\n"
        "https://exchange.example/\n"
    )
    assert set(sent.extra_headers) == {"Message-ID", "Auto-Submitted"}


def test_a_mail_is_written_in_the_language_of_its_reader(community, facilitator, member_with_mail, settings, tmp_path):
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    subject = polib.POEntry(msgid="Something waits for you: please look soon", msgstr="شيء ينتظرك")
    catalogue.append(subject)
    (tmp_path / "ar" / "LC_MESSAGES").mkdir(parents=True)
    catalogue.save_as_mofile(str(tmp_path / "ar" / "LC_MESSAGES" / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]
    with as_owner():
        member_with_mail.language = "ar"
        member_with_mail.save()
    send(MAILED, community, by=facilitator)

    deliver_all()

    assert [sent.subject for sent in mail.outbox] == ["شيء ينتظرك"]


def test_a_person_without_an_address_gets_the_notice_and_no_mail(community, facilitator, member):
    send(MAILED, community, by=facilitator)

    deliver_all()

    assert notices() == [(member.pk, "test.mailed")]
    assert mail.outbox == []
    assert [message.done_at is not None for message in messages()] == [True, True, True]


def test_whoever_lost_sight_of_it_since_gets_nothing(community, facilitator, member_with_mail):
    send(MAILED, community, by=facilitator)
    [event] = claims.claim()
    deliver_message(event.pk, event.attempts)
    with transaction.atomic(), acting_as(member_with_mail):
        leave(community, "represent", member_with_mail)

    deliver_all()

    assert (notices(), mail.outbox) == ([], [])
    assert [message.done_at is not None for message in messages()] == [True, True, True]


def test_a_disabled_person_gets_nothing(community, facilitator, member_with_mail):
    send(MAILED, community, by=facilitator)
    [event] = claims.claim()
    deliver_message(event.pk, event.attempts)
    with as_owner():
        member_with_mail.is_active = False
        member_with_mail.save()

    deliver_all()

    assert (notices(), mail.outbox) == ([], [])
    assert len(messages(recipient=member_with_mail.pk, error="")) == 2


def test_an_event_about_something_that_is_gone_tells_nobody(community, facilitator):
    community_gone = type(community)(uuid="00000000-0000-4000-8000-000000000000")
    send(TOLD_TO_ALL, community_gone, by=facilitator)

    deliver_all()

    assert notices() == []
    assert messages(done_at=None) == []


def test_work_is_carried_out_by_the_system_account(community, facilitator, outsider):
    send(TRACE, community, by=facilitator, person=outsider.pk)

    deliver_all()

    with acting_system() as system:
        assert language_of(outsider) == f"by-{system.user_id}"
    assert messages(done_at=None) == []


def test_work_that_fails_leaves_nothing_half_done_and_is_tried_again(community, facilitator, outsider):
    send(FAILING, community, by=facilitator, person=outsider.pk)

    deliver_all()

    [kept] = messages()
    assert language_of(outsider) == "en"
    assert (kept.done_at, kept.tries, kept.error) == (None, 1, "ValueError")


def test_a_topic_that_nobody_declares_any_more_is_kept_for_somebody_to_look_at(community, facilitator):
    send(TOLD, community, by=facilitator)
    change_messages(topic="test.gone", tries=7)

    deliver_all()

    assert [(message.dead, message.error) for message in messages()] == [(True, "LookupError")]
