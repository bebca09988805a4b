"""Nothing belongs to nothing: keys, rows, notices and messages are looked through."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from collaborations.actions import order_deletion
from collaborators.models import CommunityGrant, Deletion
from cre.core.access import acting_as, acting_system
from cre.core.access.grants import ContainerGrant
from cre.core.outbox import Notice
from cre.core.outbox.models import OutboxMessage
from cre.core.retention import run_retention
from cre.core.retention.orphans import orphans
from cre.core.vault import shred
from cre.core.vault.models import DataKey
from tests import journey
from tests.conftest import as_owner
from tests.journey import cast
from tests.retaining import age

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]
NONE = dict.fromkeys(("keys", "locked_rows", "notices", "messages", "files", "lost_files"), 0)


def long_ago() -> None:
    """Let every key be older than a transaction can last."""
    DataKey.objects.update(created_at=timezone.now() - timedelta(days=2))


def test_after_a_whole_journey_nothing_is_an_orphan(cast, deliver):
    journey.introduced(cast)
    deliver()
    long_ago()

    assert orphans() == NONE


def test_after_a_deletion_nothing_is_an_orphan(cast, deliver):
    journey.introduced(cast)
    deletion = order_deletion(cast.community, by=cast.member)
    deliver()
    age(Deletion, 15, "ordered_at", "due_at", id=deletion.pk)
    run_retention()
    deliver()
    long_ago()

    assert orphans() == NONE


def test_each_kind_of_orphan_is_found(cast, member):
    request = journey.received(cast)
    long_ago()
    shred(request.uuid, "story")
    DataKey.objects.create(object_uuid=member.uuid, purpose="story", wrapped=b"x", master_version=1)
    long_ago()
    with acting_as(member):
        Notice.objects.create(recipient=member, topic="accepted", object_uuid=member.uuid, key="x")
    with as_owner():
        OutboxMessage.objects.create(
            key="x", topic="accepted", due_at=timezone.now(),
            payload={"label": "collaborations.SupportRequest", "uuid": str(member.uuid)},
        )  # fmt: skip

    assert orphans() == NONE | {"keys": 1, "locked_rows": 1, "notices": 1, "messages": 1}


def test_the_command_counts_and_ends_with_an_error_when_there_are_any(member, capsys):
    with acting_as(member):
        Notice.objects.create(recipient=member, topic="accepted", object_uuid=member.uuid, key="x")

    with pytest.raises(CommandError):
        call_command("check_orphans")

    assert "notices: 1" in capsys.readouterr().out


@pytest.mark.parametrize("grant", ContainerGrant.__subclasses__(), ids=lambda grant: grant.__name__)
def test_no_role_can_be_held_on_nothing(grant, member):
    with as_owner(), transaction.atomic():
        held = CommunityGrant.objects.get(user=member)
        of_nothing = grant(permission=held.permission, user=member, content_object_id=999_999, starts_at=held.starts_at)
        grant.objects.bulk_create([of_nothing])
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_only_the_clock_may_look(member):
    with acting_as(member), pytest.raises(Exception, match="may not look"), transaction.atomic():
        connection.cursor().execute("SELECT cre_count_gone('collaborators_community', '{}')")
    with acting_system():
        connection.cursor().execute("SELECT cre_count_gone('collaborators_community', '{}')")
