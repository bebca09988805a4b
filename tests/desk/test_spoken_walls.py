"""The record of what was said is the desk's only leave to act for a community; the database asks for it too."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from collaborations.actions import (
    ask_second_look,
    decline_request,
    end_collaboration,
    park_request,
    pause_collaboration,
    refuse_ally,
    resume_request,
    say_wish,
    withdraw_consent,
    withdraw_request,
)
from collaborations.models import (
    Collaboration,
    Consent,
    Introduction,
    SecondLook,
    SpokenDecision,
    SupportRequest,
    Wish,
)
from collaborations.states import RequestStatus
from collaborators.actions import change_directory, freeze_community
from collaborators.models import FreezingSide
from cre.core.access import acting_as
from cre.core.vocabularies import DeclineReason
from tests import journey
from tests.conftest import as_owner, holder
from tests.desk.speaking import OF_THE_ELDER, put_on_record
from tests.journey import fresh, request_of

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P10")]
What = SpokenDecision.What


@pytest.fixture
def work(cast):
    return journey.introduced(cast)


def freeze(cast):
    freeze_community(cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, by=cast.facilitator)


def refused(words):
    return pytest.raises(ProgrammingError, match=words)


# --- Without a record, nothing --------------------------------------------------------------------------
def set_work(work, user, **values):
    with transaction.atomic(), acting_as(user):
        return Collaboration.objects.filter(pk=work.pk).update(**values)


def test_the_database_ends_no_work_for_a_desk_without_a_record(cast, work):
    with refused("end this work"):
        set_work(work, cast.facilitator, ended_at=timezone.now())


@pytest.mark.parametrize("what", [What.PAUSE, What.RESUME])
def test_a_record_of_something_else_ends_no_work(cast, work, what):
    put_on_record(request_of(work, cast.facilitator), what, cast.facilitator, introduction_id=work.introduction_id)

    with refused("end this work"):
        set_work(work, cast.facilitator, ended_at=timezone.now())


def test_a_record_about_no_ally_ends_no_work_with_one(cast, work):
    put_on_record(request_of(work, cast.facilitator), What.END, cast.facilitator)

    with refused("end this work"):
        set_work(work, cast.facilitator, ended_at=timezone.now())


def test_the_record_of_a_colleague_is_no_leave(cast, coordinator, region, work):
    colleague = holder("colleague-of-desk", region, "facilitate", coordinator)
    put_on_record(request_of(work, cast.facilitator), What.END, colleague, introduction_id=work.introduction_id)

    with refused("end this work"):
        set_work(work, cast.facilitator, ended_at=timezone.now())


def test_a_record_of_yesterday_is_no_leave(cast, work):
    kept = put_on_record(
        request_of(work, cast.facilitator), What.END, cast.facilitator, introduction_id=work.introduction_id
    )
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE collaborations_spokendecision SET at = at - interval '1 day' WHERE id = %s", [kept.pk])

    with refused("end this work"):
        set_work(work, cast.facilitator, ended_at=timezone.now())


def test_nobody_dates_a_record(cast, work):
    kept = put_on_record(request_of(work, cast.facilitator), What.END, cast.facilitator, at=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert fresh(kept, cast.facilitator).at == cursor.fetchone()[0]


@pytest.mark.parametrize(("what", "other"), [(What.PAUSE, What.RESUME), (What.RESUME, What.PAUSE)])
def test_to_go_on_is_not_to_pause(cast, work, what, other):
    if what == What.RESUME:
        pause_collaboration(work, version=work.version, by=cast.member)
    put_on_record(request_of(work, cast.facilitator), other, cast.facilitator, introduction_id=work.introduction_id)

    with refused("rest"):
        set_work(work, cast.facilitator, paused_at=timezone.now() if what == What.PAUSE else None)


def test_the_database_takes_no_request_back_for_a_desk_without_a_record(cast):
    request = journey.received(cast)

    with refused("take this request back"), transaction.atomic(), acting_as(cast.facilitator):
        SupportRequest.objects.filter(pk=request.pk).update(status=RequestStatus.WITHDRAWN)


def test_the_database_leaves_no_ally_out_for_a_desk_without_a_record(cast):
    willing = journey.willing(cast)

    with refused("leave this ally out"), transaction.atomic(), acting_as(cast.facilitator):
        Introduction.objects.filter(pk=willing.pk).update(status="not_chosen")


def test_the_database_takes_no_yes_back_for_a_desk_without_a_record(cast, work):
    with acting_as(cast.member):
        given = Consent.objects.get(about=Consent.About.DISCLOSE)

    with refused("take this yes back"), transaction.atomic(), acting_as(cast.facilitator):
        Consent.sealed_under(
            given.key_object, community_id=given.community_id, request_id=given.request_id, about=given.about,
            is_given=False, withdraws=given, introduction_id=given.introduction_id, recorded_by=cast.facilitator,
        )  # fmt: skip


def test_the_database_asks_for_no_second_look_for_a_desk_without_a_record(cast):
    request = journey.declined(cast)

    with refused("second look"), transaction.atomic(), acting_as(cast.facilitator):
        SecondLook.sealed_under(
            request.uuid, request=request, words="x", asked_by=cast.facilitator, due_at=timezone.now()
        )


def test_the_database_wishes_for_nobody_for_a_desk_without_a_record(cast):
    request = journey.accepted(cast)

    with refused("row-level security"), transaction.atomic(), acting_as(cast.facilitator):
        Wish.sealed_under(
            request.uuid, request=request, collaborator=cast.collaborator, kind="wanted", said_by=cast.facilitator
        )


@pytest.mark.parametrize(("what", "stays"), [(What.END, True), (What.WISH, False)])
def test_a_wish_goes_only_with_the_record_of_a_wish(cast, what, stays):
    request = journey.accepted(cast)
    entry = fresh(cast.collaborator, cast.ally)
    entry = change_directory(entry, version=entry.version, is_shown=True, by=cast.ally)
    wish = say_wish(request, entry, kind=Wish.Kind.WANTED, by=cast.member)
    put_on_record(request, what, cast.facilitator)

    with acting_as(cast.facilitator):
        Wish.objects.filter(pk=wish.pk).delete()
    with acting_as(cast.member):
        assert Wish.objects.exists() == stays


# --- Who writes a record ---------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["ally", "member"])
def test_nobody_but_the_regions_facilitator_puts_one_on_record(cast, work, who):
    with refused("row-level security"), transaction.atomic():
        put_on_record(request_of(work, cast.facilitator), What.END, getattr(cast, who))


def test_nobody_puts_one_on_record_in_anothers_name(cast, coordinator, work):
    with refused("row-level security"), transaction.atomic():
        put_on_record(request_of(work, cast.facilitator), What.END, cast.facilitator, recorded_by=coordinator)


def test_another_regions_facilitator_puts_none_on_record(cast, other_facilitator, work):
    with refused("row-level security"), transaction.atomic():
        put_on_record(request_of(work, cast.facilitator), What.END, other_facilitator)


def test_nobody_changes_a_record(cast, work):
    kept = put_on_record(request_of(work, cast.facilitator), What.END, cast.facilitator)

    with refused("permission denied"), transaction.atomic(), acting_as(cast.facilitator):
        SpokenDecision.objects.filter(pk=kept.pk).update(what=What.PAUSE)


# --- What the desk may do besides -------------------------------------------------------------------------
@pytest.mark.parametrize("goes_on", [False, True], ids=["waiting", "talking"])
def test_a_desk_that_declines_a_request_ends_the_work_with_it(cast, work, goes_on):
    request = request_of(work, cast.facilitator)
    request = park_request(request, version=request.version, days=7, by=cast.facilitator)
    if goes_on:
        request = resume_request(request, version=request.version, by=cast.facilitator)
    decline_request(
        request, version=request.version, reason=DeclineReason.NO_CAPACITY, message="x", by=cast.facilitator
    )

    assert not fresh(work, cast.member).is_open


# --- While everything stands still -----------------------------------------------------------------------
def test_what_protects_waits_for_no_thaw(cast, work):
    with acting_as(cast.facilitator):
        given = list(Consent.objects.filter(is_given=True).exclude(about=Consent.About.KEEP).order_by("-pk"))
    freeze(cast)
    for consent in given:
        withdraw_consent(consent, voice=OF_THE_ELDER, by=cast.facilitator)
    work = fresh(work, cast.facilitator)
    end_collaboration(work, version=work.version, voice=OF_THE_ELDER, by=cast.facilitator)
    request = request_of(work, cast.facilitator)
    withdraw_request(request, version=request.version, voice=OF_THE_ELDER, by=cast.facilitator)

    assert request_of(work, cast.facilitator).status == RequestStatus.WITHDRAWN


def test_an_offer_is_taken_back_while_everything_stands_still(cast):
    willing = journey.willing(cast)
    with acting_as(cast.facilitator):
        given = Consent.objects.get(about=Consent.About.OFFERS)
    freeze(cast)
    withdraw_consent(given, voice=OF_THE_ELDER, by=cast.facilitator)

    assert fresh(willing, cast.facilitator).status == "refused"


@pytest.mark.parametrize(
    ("station", "act"),
    [
        (journey.introduced, lambda work, **more: pause_collaboration(work, version=work.version, **more)),
        (journey.willing, lambda row, **more: refuse_ally(row, version=row.version, **more)),
        (journey.declined, lambda request, **more: ask_second_look(request, words="", **more)),
    ],
    ids=["pause", "refuse", "second look"],
)
def test_everything_else_waits_for_the_thaw(cast, station, act):
    row = fresh(station(cast), cast.facilitator)
    freeze(cast)

    with pytest.raises(PermissionDenied, match="stands still"):
        act(row, voice=OF_THE_ELDER, by=cast.facilitator)


def test_the_database_puts_nothing_else_on_record_meanwhile(cast, work):
    request = request_of(work, cast.facilitator)
    freeze(cast)
    put_on_record(request, What.WITHDRAW, cast.facilitator)

    with refused("stands still"), transaction.atomic():
        put_on_record(request, What.WISH, cast.facilitator)
