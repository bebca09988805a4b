"""A collaboration at the desk: what all three say, the first talk, what is shared, the end."""

from uuid import uuid4

import pytest

from collaborations.actions import confirm_contact, end_collaboration
from collaborations.models import Collaboration, CollaborationMessage, SupportRequest
from collaborations.states import CollaborationStatus, RequestStatus
from cre.core.access import acting_as
from cre.core.vocabularies import EndReason
from tests import journey
from tests.conftest import as_owner
from tests.journey import fresh

pytestmark = pytest.mark.django_db


def test_the_desk_sees_who_works_with_whom_and_which_fields_are_shared(cast, at):
    work = journey.introduced(cast)
    page = at(cast.facilitator).reads("collaboration", work.uuid)

    for words in ("Lake Law Group", "Amina of Lake Law, lawyer", "the name you want us to use", "how to reach you"):
        assert words in page
    assert "+000 Riverbend" not in page


def test_the_desk_writes_to_both_once(cast, at):
    work = journey.introduced(cast)
    data = {"text": "Shall we talk on Monday?", "language": "en", "once": uuid4()}
    desk = at(cast.facilitator)

    assert [desk.post("collaboration-message", work.uuid, **data).status_code for _ in range(2)] == [302, 302]
    with acting_as(cast.ally):
        assert [message.text for message in CollaborationMessage.objects.filter(collaboration=work)] == [data["text"]]


def test_an_empty_message_is_not_sent(cast, at):
    work = journey.introduced(cast)

    assert (
        at(cast.facilitator).post("collaboration-message", work.uuid, text=" ", language="en", once=uuid4()).status_code
        == 422
    )


def test_the_desk_writes_down_that_they_have_spoken(cast, at):
    work = journey.introduced(cast)
    desk = at(cast.facilitator)

    assert desk.get("collaboration-contact", work.uuid).status_code == 200
    assert [desk.post("collaboration-contact", work.uuid, version=work.version).status_code for _ in range(2)] == [
        302,
        302,
    ]
    assert fresh(work, cast.member).status == CollaborationStatus.ACTIVE
    with as_owner():
        assert SupportRequest.objects.get(pk=work.request_id).status == RequestStatus.SUPPORTED


def test_what_the_community_has_said_already_is_not_said_again(cast, at):
    work = journey.introduced(cast)
    confirm_contact(work, version=work.version, by=cast.member)

    assert at(cast.facilitator).post("collaboration-contact", work.uuid, version=work.version).status_code == 403


@pytest.mark.parametrize("page", ["collaboration-message", "collaboration-contact"])
def test_the_coordinator_reads_and_does_not_take_part(cast, coordinator, at, page):
    work = journey.introduced(cast)
    desk = at(coordinator)

    assert desk.get("collaboration", work.uuid).status_code == 200
    assert (
        desk.post(page, work.uuid, version=work.version, text="Hello", language="en", once=uuid4()).status_code == 403
    )


def test_a_focal_person_finds_no_collaboration(cast, focal_person, at):
    assert at(focal_person).get("collaboration", journey.introduced(cast).uuid).status_code == 404


def test_after_the_end_nobody_writes_and_nothing_is_shared(cast, at):
    work = journey.introduced(cast)
    end_collaboration(work, version=work.version, reason=EndReason.DONE, words="Thank you all.", by=cast.member)
    desk = at(cast.facilitator)
    page = desk.reads("collaboration", work.uuid)

    for words in ("Thank you all.", "nothing now, or not open to you", "The work together has ended."):
        assert words in page
    assert desk.post("collaboration-message", work.uuid, text="Hello", language="en", once=uuid4()).status_code == 403
    with acting_as(cast.facilitator):
        assert Collaboration.objects.get(pk=work.pk).messages.count() == 0
