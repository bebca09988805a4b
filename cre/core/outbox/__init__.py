"""Telling people, and doing things later, so that nothing is lost."""

from cre.core.outbox.emitting import emit
from cre.core.outbox.heartbeat import is_alive
from cre.core.outbox.holding import hold_while, wake
from cre.core.outbox.models import Notice, OutboxMessage
from cre.core.outbox.reading import NoticeLine, notices_for, read_all_notices, read_notice, unread_count
from cre.core.outbox.topics import IN_PORTAL, WITH_MAIL, Channel, Event, Subject, Topic, Work

__all__ = [
    "IN_PORTAL",
    "WITH_MAIL",
    "Channel",
    "Event",
    "Notice",
    "NoticeLine",
    "OutboxMessage",
    "Subject",
    "Topic",
    "Work",
    "emit",
    "hold_while",
    "is_alive",
    "notices_for",
    "read_all_notices",
    "read_notice",
    "unread_count",
    "wake",
]
