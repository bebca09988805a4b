"""A page that is sent twice in one moment: what a community said is written down once."""

from uuid import uuid4

import pytest

from collaborations.actions import Voice, write_down
from collaborations.models import Consent, SupportRequest
from collaborators.models import Community
from cre.core.vocabularies import ConsentForm
from tests.concurrency.at_once import at_once, errors_in
from tests.conftest import as_owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.promise("P23")]


def test_two_clicks_at_once_make_one_community_and_one_request(facilitator, region):
    once, voice = uuid4(), Voice(ConsentForm.VOICE, "An elder", "en", "All of it.")
    answers = {"danger": "no", "language": "en", "country": "KE", "need": "Help."}

    def click():
        contact = {"channel": "call", "handle": "+000 1"}
        return write_down(region, once=once, contact=contact, answers=answers, voice=voice, by=facilitator)

    outcomes = at_once(None, click, click)

    assert errors_in(outcomes) == []
    assert outcomes[0].pk == outcomes[1].pk
    with as_owner():
        assert (Community.objects.count(), SupportRequest.objects.count(), Consent.objects.count()) == (1, 1, 1)
