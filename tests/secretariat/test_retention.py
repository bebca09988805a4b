"""How long things are kept, what goes and what stands: shown, set, held by one coordinator, let go by another."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from collaborations.actions import order_deletion, withdraw_request
from collaborators.actions import place_hold
from cre.core.access import acting_as
from cre.core.registries import retained
from cre.core.retention import LegalHold, RetentionRule, run_retention
from tests import journey
from tests.community.conftest import deliver
from tests.community.walking import text_of
from tests.conftest import as_owner
from tests.retaining import ask_and_wait, over_since
from tests.secretariat.test_rooms import queries_of

__all__ = ["deliver"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]
REQUEST = "collaborations.SupportRequest"


def declined_long_ago(cast):
    request = journey.declined(cast)
    over_since(request, 400)
    return request


def rule(name) -> RetentionRule:
    with as_owner():
        return RetentionRule.objects.get(name=name)


def change(client, name, **form):
    return client.post(reverse("secretariat:retention-rule", args=[name]), form)


def test_the_page_shows_what_goes_when_and_what_stands_why(as_coordinator, cast, coordinator):
    going, held = declined_long_ago(cast), journey.declined(cast)
    place_hold(REQUEST, held.uuid, reason="a court has asked", by=coordinator)
    ask_and_wait(20)

    context = as_coordinator.get(reverse("secretariat:retention")).context

    lines = {line.name: (line.due, line.soon, line.standing) for line in context["classes"]}
    assert set(lines) == {kept.name for kept in retained}
    assert lines["declined"] == (0, 1, 1)
    assert [line.uuid for line in context["going"]] == [going.uuid]
    why = ["it has to be kept for a legal reason"]
    assert {(line.uuid, *map(str, line.reasons)) for line in context["standing"]} == {
        (held.uuid, *why), (cast.community.uuid, *why),
    }  # fmt: skip


@pytest.mark.promise("P09")
def test_what_was_never_sent_is_counted_and_never_named(as_coordinator, cast):
    draft = journey.draft(cast)
    over_since(draft, 80)
    with as_owner():
        draft.history.all().delete()

    page = as_coordinator.get(reverse("secretariat:retention"))

    assert {line.name: line.soon for line in page.context["classes"]}["drafts"] == 1
    assert str(draft.uuid) not in page.content.decode()


@pytest.mark.promise("P09")
def test_of_what_its_community_ordered_only_the_order_and_its_day_are_shown(as_coordinator, cast):
    request = declined_long_ago(cast)
    before = as_coordinator.get(reverse("secretariat:retention")).context["going"]
    order = order_deletion(cast.community, request=request, by=cast.member)

    after = as_coordinator.get(reverse("secretariat:retention")).context["going"]

    assert [line.uuid for line in before] == [request.uuid]
    assert [(line.uuid, line.ends_at) for line in after] == [(request.uuid, order.due_at)]


def test_the_steward_sees_numbers_and_changes_nothing(as_steward, cast):
    declined_long_ago(cast)
    page = as_steward.get(reverse("secretariat:retention"))

    assert (page.context["going"], page.context["can_change"]) == ([], False)
    assert change(as_steward, "declined", days=5, asks_before_days=7, version=1).status_code == 404


def test_a_rule_is_changed_with_its_history(as_coordinator, coordinator):
    response = change(as_coordinator, "declined", days=200, asks_before_days=20, version=1)

    changed = rule("declined")
    assert (response.status_code, changed.days, changed.asks_before_days) == (302, 200, 20)
    with as_owner():
        assert changed.history.first().history_user_id == coordinator.pk


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("declined", {"days": "-1"}), ("declined", {"days": "x"}), ("declined", {"days": "99999"}),
        ("declined", {"days": ""}), ("declined", {"asks_before_days": "3"}), ("declined", {"asks_before_days": "400"}),
        ("ordered", {"days": "31"}),
    ],
)  # fmt: skip
def test_a_wrong_rule_changes_nothing(as_coordinator, name, wrong):
    before = rule(name).days
    response = change(as_coordinator, name, **({"days": "14", "asks_before_days": "7", "version": "1"} | wrong))

    assert (response.status_code, rule(name).days) == (422, before)


def test_a_hold_is_placed_on_the_page_with_its_reason(as_coordinator, cast, coordinator):
    request = journey.declined(cast)
    as_coordinator.post(f"{reverse('secretariat:hold-place')}?request={request.uuid}", {"reason": "a court has asked"})

    with as_owner():
        hold = LegalHold.objects.get()
    assert (hold.object_uuid, hold.placed_by_id, hold.reason) == (request.uuid, coordinator.pk, "a court has asked")


@pytest.mark.promise("P24")
def test_nobody_ends_a_hold_that_they_placed(as_coordinator, cast, coordinator):
    hold = place_hold(REQUEST, journey.declined(cast).uuid, reason="a court has asked", by=coordinator)
    page = as_coordinator.get(reverse("secretariat:hold-end", args=[hold.uuid]))
    response = as_coordinator.post(reverse("secretariat:hold-end", args=[hold.uuid]), {"version": hold.version})

    with as_owner():
        assert (page.context["can_end"], response.status_code, LegalHold.objects.get().ended_at) == (False, 403, None)


@pytest.mark.promise("P10")
def test_the_database_too_wants_another_person_to_end_a_hold(cast, coordinator):
    place_hold(REQUEST, journey.declined(cast).uuid, reason="a court has asked", by=coordinator)
    with transaction.atomic(), acting_as(coordinator), pytest.raises((IntegrityError, ProgrammingError)):
        LegalHold.objects.update(ended_by=coordinator, ended_at=timezone.now())


@pytest.mark.promise("P10")
@pytest.mark.parametrize("name", ["facilitator", "member", "steward"])
def test_only_the_coordinator_places_a_hold(name, request):
    person = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        place_hold(REQUEST, person.uuid, reason="-", by=person)
    with transaction.atomic(), acting_as(person), pytest.raises(ProgrammingError):
        LegalHold.objects.create(object_label=REQUEST, object_uuid=person.uuid, reason="-", placed_by=person)


def test_the_proofs_are_listed_without_content(as_coordinator, cast):
    request = journey.received(cast)
    withdraw_request(request, version=request.version, by=cast.member)
    over_since(request, 200)
    ask_and_wait(31)
    run_retention()

    page = as_coordinator.get(reverse("secretariat:retention"))

    assert "Requests that were taken back" in text_of(page)
    assert str(request.uuid)[:6] not in text_of(page)


def test_the_page_asks_the_same_for_one_request_and_for_three(as_coordinator, cast):
    declined_long_ago(cast)
    first = queries_of(as_coordinator, "retention")
    declined_long_ago(cast)
    declined_long_ago(cast)

    assert queries_of(as_coordinator, "retention") == first
