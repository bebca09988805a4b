"""A region goes from one facilitator to the next: request by request, signed, in one act."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from collaborations.actions.handover import (
    cancel_handover,
    fill_pack,
    sign_handover,
    start_handover,
    write_pack_item,
)
from collaborations.models import Handover, HandoverContact, HandoverNote, HandoverSignature, SupportRequest
from collaborators.models import Region, RegionGrant
from cre.core.access import Refused, acting_as, current_scope
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.conftest import as_owner, person

pytestmark = pytest.mark.django_db
WORDS = {
    "last_promise": "We call on Friday.",
    "next_step": "Find a lawyer for the hearing.",
    "safe_channel": "Signal, after dark.",
    "not_to_say": "The name of the cousin.",
}


def facilitates(user, region) -> bool:
    with acting_as(user):
        return region.pk in current_scope().ids("facilitate", Region)


@pytest.fixture
def successor(coordinator):
    """Somebody with an account who will take the region over."""
    return person("successor", coordinator)


@pytest.fixture
def about(cast):
    return journey.talked(cast)


@pytest.fixture
def handover(about, facilitator, successor, region):
    return start_handover(region, facilitator, successor, by=facilitator)


def pack_read_by(user, handover, reason=""):
    with acting_as(user, reason=reason, view="test"):
        notes = HandoverNote.objects.visible_to(current_scope()).filter(handover=handover)
        contacts = HandoverContact.objects.visible_to(current_scope()).filter(handover=handover)
        return [(note.last_promise, note.next_step) for note in notes], [
            (contact.safe_channel, contact.not_to_say) for contact in contacts
        ]


def written(handover, about, facilitator):
    with acting_as(facilitator):
        request = SupportRequest.objects.select_related("community").get(pk=about.pk)
    write_pack_item(handover, request, by=facilitator, **WORDS)
    return [(WORDS["last_promise"], WORDS["next_step"])], [(WORDS["safe_channel"], WORDS["not_to_say"])]


def test_the_region_changes_hands_with_the_last_signature(handover, about, facilitator, successor, coordinator, region):
    written(handover, about, facilitator)
    done = [sign_handover(handover, by=by) for by in (facilitator, coordinator)]
    between = (facilitates(facilitator, region), facilitates(successor, region))
    done.append(sign_handover(handover, by=successor))

    with as_owner():
        grant = RegionGrant.objects.get(user=successor)
    assert (done, between) == ([False, False, True], (True, False))
    assert (facilitates(facilitator, region), facilitates(successor, region)) == (False, True)
    assert (grant.given_by_id, grant.ends_at) == (coordinator.pk, None)


def test_both_who_take_part_read_the_pack_and_nobody_else(handover, about, facilitator, successor, coordinator,
                                                          other_facilitator, steward, member):  # fmt: skip
    pack = written(handover, about, facilitator)

    assert pack_read_by(facilitator, handover) == pack_read_by(successor, handover) == pack
    for other in (coordinator, other_facilitator, steward, member):
        assert pack_read_by(other, handover) == ([], [])


@pytest.mark.promise("P14")
def test_the_coordinator_reads_the_pack_only_with_a_reason(handover, about, facilitator, coordinator):
    pack = written(handover, about, facilitator)

    assert pack_read_by(coordinator, handover) == ([], [])
    assert pack_read_by(coordinator, handover, reason="He asked me to check it.") == pack


@pytest.mark.promise("P13")
def test_who_read_the_pack_stands_in_the_ledger(handover, about, facilitator, successor):
    written(handover, about, facilitator)
    pack_read_by(successor, handover)

    with as_owner():
        read = LedgerEntry.objects.filter(person_id=successor.pk, kind="read")
        seen = {entry.object_label: (entry.community_id, sorted(entry.fields)) for entry in read}
    assert seen == {
        "collaborations.HandoverNote": (about.community_id, ["last_promise", "next_step"]),
        "collaborations.HandoverContact": (about.community_id, ["not_to_say", "safe_channel"]),
    }


@pytest.mark.promise("P04")
def test_the_words_of_the_pack_are_sealed(handover, about, facilitator):
    written(handover, about, facilitator)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM collaborations_handovernote n UNION ALL "
                       "SELECT c::text FROM collaborations_historicalhandovercontact c")  # fmt: skip
        stored = cursor.fetchall()

    assert len(stored) == 2
    assert not any(word in str(stored) for word in WORDS.values())


def test_who_arrives_sees_no_request_before_the_handover_is_done(handover, about, successor, facilitator, coordinator):
    with acting_as(successor):
        before = list(SupportRequest.objects.all())
    for by in (facilitator, coordinator, successor):
        sign_handover(handover, by=by)
    with acting_as(successor):
        after = [row.pk for row in SupportRequest.objects.all()]

    assert (before, after) == ([], [about.pk])


def test_who_left_reads_the_pack_no_more(handover, about, facilitator, successor, coordinator):
    pack = written(handover, about, facilitator)
    for by in (facilitator, coordinator, successor):
        sign_handover(handover, by=by)

    assert pack_read_by(facilitator, handover) == ([], [])
    assert pack_read_by(successor, handover) == pack


def test_the_pack_is_filled_from_the_record(handover, about, facilitator):
    number = fill_pack(handover, by=facilitator)
    notes, contacts = pack_read_by(facilitator, handover)

    assert (number, len(notes)) == (1, 1)
    assert "Signal" in contacts[0][0]
    assert "+000 Riverbend" in contacts[0][0]


def test_nobody_changes_the_pack_after_its_writer_has_signed(handover, about, facilitator):
    written(handover, about, facilitator)
    sign_handover(handover, by=facilitator)

    with pytest.raises(Refused):
        fill_pack(handover, by=facilitator)
    with acting_as(facilitator):
        changed = HandoverNote.objects.filter(handover=handover).update(version=9)
    assert changed == 0


def test_who_arrives_signs_after_the_writer(handover, successor):
    with pytest.raises(Refused):
        sign_handover(handover, by=successor)
    with acting_as(successor), pytest.raises(ProgrammingError), transaction.atomic():
        HandoverSignature.objects.create(handover=handover, side="arriving", person=successor)


@pytest.mark.promise("P24")
@pytest.mark.parametrize(("who", "side"), [("facilitator", "coordinator"), ("successor", "leaving"),
                                           ("other_facilitator", "leaving"), ("coordinator", "leaving")])  # fmt: skip
def test_nobody_signs_for_another_side(handover, who, side, request):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises(ProgrammingError), transaction.atomic():
        HandoverSignature.objects.create(handover=handover, side=side, person=user)


@pytest.mark.promise("P24")
def test_a_coordinator_who_arrives_needs_another_one(about, facilitator, coordinator, second_coordinator, region):
    handover = start_handover(region, facilitator, coordinator, by=coordinator)
    sign_handover(handover, by=facilitator)
    assert sign_handover(handover, by=coordinator) is False

    with pytest.raises(Refused):
        sign_handover(handover, by=coordinator)
    assert sign_handover(handover, by=second_coordinator) is True


@pytest.mark.promise("P24")
def test_nothing_is_complete_without_the_coordinator(handover, facilitator, successor, region):
    sign_handover(handover, by=facilitator)
    sign_handover(handover, by=successor)

    assert (facilitates(facilitator, region), facilitates(successor, region)) == (True, False)


def test_for_somebody_who_vanished_the_coordinator_fills_and_signs(about, facilitator, successor, coordinator, region):
    handover = start_handover(region, facilitator, successor, is_vanished=True, by=coordinator)
    with acting_as(coordinator, reason="He was arrested this morning.", view="test"):
        fill_pack(handover, by=coordinator)
    sign_handover(handover, by=coordinator)
    notes, _ = pack_read_by(successor, handover)

    assert len(notes) == 1
    assert sign_handover(handover, by=successor) is True
    assert (facilitates(facilitator, region), facilitates(successor, region)) == (False, True)


@pytest.mark.parametrize("who", ["other_facilitator", "steward", "focal_person", "stranger"])
def test_others_start_no_handover_of_a_region(who, facilitator, successor, region, request):
    by = request.getfixturevalue(who)
    with pytest.raises(Refused):
        start_handover(region, facilitator, successor, by=by)
    with acting_as(by), pytest.raises(ProgrammingError), transaction.atomic():
        Handover.objects.create(region=region, leaving=facilitator, arriving=successor, started_by=by)


def test_only_the_coordinator_says_that_somebody_vanished(facilitator, successor, region):
    with pytest.raises(Refused):
        start_handover(region, facilitator, successor, is_vanished=True, by=facilitator)


def test_a_region_is_not_handed_over_twice_at_a_time(handover, facilitator, coordinator, region):
    with pytest.raises(Refused):
        start_handover(region, facilitator, person("third", coordinator), by=facilitator)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            region=region, leaving=facilitator, arriving=coordinator, started_by=coordinator
        )  # fmt: skip


def test_a_stopped_handover_closes_the_pack_to_who_would_have_arrived(handover, about, facilitator, successor):
    pack = written(handover, about, facilitator)
    before = pack_read_by(successor, handover)
    cancel_handover(handover, by=facilitator)

    assert (before, pack_read_by(successor, handover)) == (pack, ([], []))


def test_the_pages_lead_through_it(about, facilitator, successor, coordinator, browser, region):
    leaving, arriving, office = browser(facilitator), browser(successor), browser(coordinator)
    started = leaving.post(
        reverse("desk:handovers"), {"region": region.code, "email": "successor@test.example"}, follow=True
    )
    handover = started.context["handover"]
    item = leaving.post(reverse("desk:handover-item", args=[about.uuid]), WORDS, follow=True)
    read = arriving.get(reverse("desk:handover", args=[handover.uuid])).content.decode()
    asked = office.get(reverse("desk:handover", args=[handover.uuid])).content.decode()
    sign = reverse("desk:handover-sign", args=[handover.uuid])
    for client in (leaving, office, arriving):
        client.post(sign)

    assert item.status_code == 200
    assert WORDS["next_step"] in read
    assert WORDS["next_step"] not in asked
    assert (facilitates(facilitator, region), facilitates(successor, region)) == (False, True)
