"""Who writes down what a community decided, and about what: the region's facilitator alone, of what is still open."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from collaborations.actions import (
    ask_second_look,
    end_collaboration,
    pause_collaboration,
    refuse_ally,
    say_wish,
    start_request,
    withdraw_consent,
    withdraw_request,
)
from collaborations.models import Consent, Wish
from collaborators.actions import change_directory
from cre.core.access import acting_as
from tests import journey
from tests.desk.speaking import OF_THE_ELDER
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db


def yes_of(cast, about):
    with acting_as(cast.member):
        return Consent.objects.select_related("request").get(about=about, is_given=True)


def consent_after(station):
    def walk(cast):
        station(cast)
        return yes_of(cast, Consent.About.OFFERS)

    return walk


ACTS: dict[str, tuple[Any, Any]] = {
    "pause": (journey.introduced, lambda work, **more: pause_collaboration(work, version=work.version, **more)),
    "end": (journey.introduced, lambda work, **more: end_collaboration(work, version=work.version, **more)),
    "refuse": (journey.willing, lambda row, **more: refuse_ally(row, version=row.version, **more)),
    "take back": (consent_after(journey.willing), withdraw_consent),
    "withdraw": (journey.received, lambda row, **more: withdraw_request(row, version=row.version, **more)),
    "second look": (journey.declined, lambda row, **more: ask_second_look(row, words="", **more)),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_coordinator_who_reads_it_all_writes_down_nothing(cast, coordinator, act):
    station, carry_out = ACTS[act]
    row = station(cast)

    with pytest.raises(PermissionDenied):
        carry_out(fresh(row, coordinator), voice=OF_THE_ELDER, by=coordinator)


def test_the_page_does_not_even_open_for_the_coordinator(cast, coordinator, at):
    work = journey.introduced(cast)

    assert at(coordinator).get("spoken-end", work.uuid).status_code == 403


# --- Of allies that they would like ----------------------------------------------------------------------
def wished(cast, request, by):
    entry = fresh(cast.collaborator, cast.ally)
    entry = change_directory(entry, version=entry.version, is_shown=True, by=cast.ally)
    with pytest.raises(PermissionDenied):
        say_wish(request, entry, kind=Wish.Kind.WANTED, voice=OF_THE_ELDER, by=by)


def test_the_coordinator_wishes_for_nobody(cast, coordinator):
    wished(cast, journey.accepted(cast), coordinator)


def test_nobody_is_wished_for_when_the_request_has_ended(cast):
    work = journey.introduced(cast)
    end_collaboration(work, version=work.version, by=cast.member)

    wished(cast, request_of(work, cast.facilitator), cast.facilitator)


# --- Of what is over, or was never there -----------------------------------------------------------------
def test_what_has_ended_is_not_ended_by_voice(cast):
    work = journey.introduced(cast)
    end_collaboration(work, version=work.version, by=cast.member)
    work = fresh(work, cast.facilitator)

    with pytest.raises(PermissionDenied):
        end_collaboration(work, version=work.version, voice=OF_THE_ELDER, by=cast.facilitator)


def test_an_ally_that_they_have_met_is_parted_from_and_not_left_out(cast):
    chosen = journey.chosen(cast)

    with pytest.raises(PermissionDenied):
        refuse_ally(chosen, version=chosen.version, voice=OF_THE_ELDER, by=cast.facilitator)


def test_what_was_declined_is_not_taken_back(cast):
    declined = journey.declined(cast)

    with pytest.raises(PermissionDenied):
        withdraw_request(declined, version=declined.version, voice=OF_THE_ELDER, by=cast.facilitator)


def test_what_was_never_sent_is_not_taken_back_by_voice(cast):
    draft = start_request(cast.community, danger="no", language="en", is_assisted=True, by=cast.facilitator)

    with pytest.raises(PermissionDenied):
        withdraw_request(draft, version=draft.version, voice=OF_THE_ELDER, by=cast.facilitator)


def test_a_yes_is_taken_back_once_and_its_taking_back_never(cast):
    given = consent_after(journey.willing)(cast)
    taken = withdraw_consent(given, voice=OF_THE_ELDER, by=cast.facilitator)

    for row in (given, taken):
        with pytest.raises(PermissionDenied):
            withdraw_consent(row, voice=OF_THE_ELDER, by=cast.facilitator)


def test_that_we_keep_the_request_is_not_offered_to_be_taken_back_alone(cast, at):
    request = journey.received(cast)

    page = at(cast.facilitator).reads("spoken", request.uuid)

    assert ("They take back" in page, "They take their request back" in page) == (False, True)
