"""emit(): part of the change that causes it, once for each key, ids only, never touching the broker."""

import socket
import time

import pytest
from django.db import ProgrammingError, connection, transaction

from cre.core.access import acting_as
from cre.core.outbox import emit
from tests.core.outbox.conftest import messages, send, set_broker
from tests.core.outbox.topics import TOLD, TRACE

pytestmark = pytest.mark.django_db


def test_what_is_rolled_back_was_never_said(community, facilitator):
    with transaction.atomic(), acting_as(facilitator):
        emit(TOLD, community)
        transaction.set_rollback(True)

    assert messages() == []


def test_an_event_waits_with_its_object_its_ids_and_who_caused_it(community, facilitator):
    send(TOLD, community, by=facilitator, key="k", step=3, code="a-b")

    [message] = messages()
    assert (message.key, message.topic, message.channel, message.recipient) == ("k", "test.told", "", None)
    assert message.payload == {
        "label": "collaborators.Community",
        "uuid": str(community.uuid),
        "ids": {"step": 3, "code": "a-b"},
        "by": facilitator.pk,
    }


def test_the_same_key_is_kept_once(community, facilitator):
    send(TOLD, community, by=facilitator, key="k")
    send(TOLD, community, by=facilitator, key="k")

    assert [message.key for message in messages()] == ["k"]


def test_without_a_key_each_call_is_an_event_of_its_own(community, facilitator):
    send(TOLD, community, by=facilitator)
    send(TOLD, community, by=facilitator)

    assert len(messages()) == 2


def test_nobody_cannot_emit(community):
    with pytest.raises(ProgrammingError, match="nobody is acting"), transaction.atomic():
        emit(TOLD, community)


def test_a_record_of_another_model_is_refused(region, facilitator, community):
    region.uuid = community.uuid

    with pytest.raises(ValueError, match="is about"):
        send(TOLD, region, by=facilitator)


@pytest.mark.parametrize("content", ["two words", "الماء", "x" * 65, ""])
def test_content_cannot_travel_in_a_payload(content, community, facilitator):
    with pytest.raises(ValueError, match="no id or code"):
        send(TOLD, community, by=facilitator, note=content)

    assert messages() == []


def test_nobody_can_address_a_message_past_the_fan_out(community, facilitator):
    with pytest.raises(ProgrammingError, match="only an event"), transaction.atomic(), acting_as(facilitator):
        connection.cursor().execute("SELECT cre_emit('k', 'test.told', '{}', 'mail', false, NULL)")


def test_nobody_can_emit_in_the_name_of_somebody_else(community, facilitator, outsider):
    with transaction.atomic(), acting_as(facilitator), connection.cursor() as cursor:
        cursor.execute(
            "SELECT cre_emit('k', 'test.told', jsonb_build_object('by', %s), '', false, NULL)", [outsider.pk]
        )

    assert messages()[0].payload["by"] == facilitator.pk


@pytest.mark.parametrize("kind", [TOLD, TRACE])
def test_a_broker_that_hangs_slows_nobody(kind, community, facilitator, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        set_broker(monkeypatch, f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        began = time.monotonic()
        send(kind, community, by=facilitator, person=1)

        assert time.monotonic() - began < 0.15
        silent.settimeout(0.05)
        with pytest.raises(TimeoutError):
            silent.accept()
