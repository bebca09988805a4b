"""Ways to look at the outbox from behind the wall, and to deliver without a worker."""

import pytest
from django.db import transaction

from cre.core.access import acting_as, acting_system
from cre.core.outbox import Notice, OutboxMessage, emit
from cre.core.outbox.workers import app
from tests.conftest import as_owner


def send(kind, about, *, by, **options):
    """Emit as somebody, in a transaction of its own."""
    with transaction.atomic(), acting_as(by):
        emit(kind, about, **options)


def messages(**filters):
    """Outbox rows as the system account sees them, oldest first."""
    with transaction.atomic(), acting_system():
        return list(OutboxMessage.objects.filter(**filters).order_by("pk"))


def notices():
    """Everybody's notices: (recipient, topic)."""
    with as_owner():
        return list(Notice.objects.order_by("pk").values_list("recipient_id", "topic"))


def change_messages(**values):
    """Change every row as the owner: a lease that ran out, a mark that was lost."""
    with as_owner():
        OutboxMessage.objects.update(**values)


def set_broker(monkeypatch, address):
    """Point the Celery application at another broker, with no connection left to the first."""
    monkeypatch.setattr(app.conf, "broker_url", address)
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


@pytest.fixture
def member_with_mail(member):
    with as_owner():
        member.email = "river@example.org"
        member.save()
    return member
