"""What happens with a message: fanned out, put into the portal, mailed, or carried out."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cre.core.access import acting_as, acting_system, current_scope
from cre.core.languages import open_language
from cre.core.outbox.claims import finish
from cre.core.outbox.models import Notice, OutboxMessage
from cre.core.outbox.topics import WITH_MAIL, Channel, Event, Topic, Work, kind_named

# Between two mails to somebody who asked for them, and how a message says that it is the one of its day.
BETWEEN_MAILS, OF_THE_DAY = timedelta(days=1), "mail of the day"


def fan_out(message: OutboxMessage) -> None:
    """One message for each recipient and channel; their keys make a second fan-out add nothing."""
    topic, event = topic_of(message), Event.of(message.payload)
    with transaction.atomic(), acting_system():
        people = set(topic.recipients(event))
        if not topic.tell_actor:
            people.discard(event.by or 0)
        told = get_user_model().objects.told_by_mail(people)
        OutboxMessage.objects.bulk_create(
            [
                copy_for(message, person, channel)
                for person in sorted(people)
                for channel in (WITH_MAIL if person in told else topic.channels)
            ],
            ignore_conflicts=True,
        )
        finish(message)


def copy_for(message: OutboxMessage, person: int, channel: Channel) -> OutboxMessage:
    """The message for one person and channel."""
    return OutboxMessage(
        key=f"{message.key}:{person}:{channel}",
        topic=message.topic,
        payload=message.payload,
        recipient=person,
        channel=channel,
        urgent=message.urgent,
        due_at=message.due_at,
    )


def put_in_portal(message: OutboxMessage) -> None:
    """The notice and the mark that it is done are one transaction, and its key is unique: exactly once."""
    with transaction.atomic():
        person = recipient_of(message)
        if person is not None:
            with acting_as(person):
                if still_visible(message):
                    Notice.objects.bulk_create([notice_from(message)], ignore_conflicts=True)
        finish(message)


def notice_from(message: OutboxMessage) -> Notice:
    """The notice that this message becomes."""
    return Notice(
        recipient_id=message.recipient or 0,
        topic=message.topic,
        object_uuid=Event.of(message.payload).uuid,
        key=message.key,
    )


def send_mail(message: OutboxMessage) -> None:
    """A mail without content; sent between two transactions, so that a slow mail server holds no lock.

    Whoever asked for mails, and is not mailed by their role, gets one in a day at most: more would tell an observer
    of the mailbox how much goes on.
    """
    mail = None
    with transaction.atomic():
        person = recipient_of(message)
        if person is not None:
            with acting_as(person):
                address = person.notice_address
                if address and still_visible(message):
                    mail = mail_for(message, person, address)
    if mail is not None and (person.email or is_mail_of_the_day(message)):
        mail.send()
    finish(message)


def is_mail_of_the_day(message: OutboxMessage) -> bool:
    """Whether no other mail goes to the same person within a day; then this one is marked as theirs.

    Workers that ask at once wait for each other at the person's messages. A mail that fails loses the mark with its
    error, so that another one may go, and takes it again when it is tried again.
    """
    with transaction.atomic(), acting_system():
        mails = OutboxMessage.objects.filter(recipient=message.recipient, channel=Channel.MAIL)
        is_recent = Q(done_at=None) | Q(done_at__gt=timezone.now() - BETWEEN_MAILS)
        lately = list(mails.filter(is_recent).order_by("pk").select_for_update())
        if any(other.error == OF_THE_DAY and other.pk != message.pk for other in lately):
            return False
        mails.filter(pk=message.pk).update(error=OF_THE_DAY)
        return True


def mail_for(message: OutboxMessage, person: Any, address: str) -> EmailMessage:
    """The mail, the same each time: a repeated one carries the same Message-ID."""
    with translation.override(open_language(person.language)):
        body = "\n\n".join(
            [
                settings.SITE_NAME,
                _("Something waits for you. For your safety, this mail says no more."),
                _("To read it, open this page and sign in:"),
                start_page(),
            ]
        )
        subject = str(topic_of(message).subject.label)
    headers = {"Message-ID": message_id(message.key), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body + "\n", to=[address], headers=headers)


def start_page() -> str:
    """The address of the first page: no mail leads further."""
    return settings.SITE_URL or f"https://{settings.MAIL_DOMAIN}/"


def message_id(key: str) -> str:
    """The Message-ID that belongs to a key; nothing about the event can be read from it."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{settings.MAIL_DOMAIN}>"


def carry_out(message: OutboxMessage) -> None:
    """Do the work, as the system account, and mark it done, in one transaction."""
    work: Work = kind_named(message.topic, Work)
    with transaction.atomic(), acting_system():
        work.carry_out(Event.of(message.payload))
        finish(message)


def topic_of(message: OutboxMessage) -> Topic:
    """The topic of a message. Raises LookupError when no app declares it."""
    return kind_named(message.topic, Topic)


def recipient_of(message: OutboxMessage) -> Any:
    """The person a message is for, or None when they are gone or disabled."""
    people: Any = get_user_model().objects
    return people.filter(pk=message.recipient, is_active=True).first()


def still_visible(message: OutboxMessage) -> bool:
    """Whether the acting person sees the object now; a consent may have been withdrawn since."""
    event = Event.of(message.payload)
    objects: Any = apps.get_model(event.label).objects
    return bool(objects.visible_to(current_scope()).filter(uuid=event.uuid).exists())


CHANNELS: dict[str, Callable[[OutboxMessage], None]] = {
    Channel.FAN_OUT: fan_out,
    Channel.IN_APP: put_in_portal,
    Channel.MAIL: send_mail,
    Channel.WORK: carry_out,
}
