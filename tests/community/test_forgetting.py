"""What a community did not want us to keep is gone for good."""

import pytest

from collaborations.actions import (
    refuse_keeping,
    withdraw_request,
)
from collaborations.models import (
    Consent,
    RequestStory,
)
from collaborations.notices import FORGET_WORDS
from collaborations.states import RequestStatus
from cre.core.access import acting_as
from cre.core.outbox import emit
from cre.core.vault import Shredded
from tests import journey
from tests.community.test_path import events

pytestmark = pytest.mark.django_db


def test_refusing_to_be_kept_leaves_only_the_contact_and_a_promise_to_talk(cast):
    request = journey.draft(cast)

    talk = refuse_keeping(request, version=request.version, by=cast.member)

    with acting_as(cast.member):
        for story in RequestStory.objects.all():
            assert (story.need, story.what_happens, story.project) == ("", "", "")
        assert cast.community.identity.handle == "+000 Riverbend"
        assert not Consent.objects.exists()
    assert (talk.status, talk.country) == (RequestStatus.RECEIVED, "KE")
    assert events(talk, cast.facilitator) == ["talk_first"]


@pytest.mark.parametrize("end", [refuse_keeping, withdraw_request])
def test_the_words_of_an_unsent_draft_are_deleted_for_good_with_their_history(cast, deliver, end):
    request = journey.draft(cast)
    end(request, version=request.version, by=cast.member)

    deliver()

    with acting_as(cast.member):
        written = RequestStory.history.filter(request_id=request.pk).exclude(need__isnull=True)
        for row in written:
            assert opens(row) in ("", "gone")
        assert "gone" in {opens(row) for row in written}


def opens(row) -> str:
    """What an old row still tells."""
    try:
        return row.need
    except Shredded:
        return "gone"


def test_a_sent_request_keeps_its_words_when_somebody_asks_for_their_end(cast, deliver):
    request = journey.received(cast)
    with acting_as(cast.member):
        emit(FORGET_WORDS, request)

    deliver()

    with acting_as(cast.member):
        assert RequestStory.objects.get(request_id=request.pk).need == journey.ANSWERS["need"]
