"""Somebody is away and somebody covers: a dated role that comes and goes by itself."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from collaborators.actions import call_off_absence, enter_absence, give_role
from collaborators.models import Absence, Region, RegionGrant
from cre.core.access import Refused, acting_as, current_scope
from tests.conftest import as_owner, holder, person

pytestmark = pytest.mark.django_db


def days(starts, ends):
    now = timezone.now()
    return {"starts_at": now + timedelta(days=starts), "ends_at": now + timedelta(days=ends)}


def facilitates(user, region) -> bool:
    with acting_as(user):
        return region.pk in current_scope().ids("facilitate", Region)


def grant_on(region, user):
    with as_owner():
        return RegionGrant.objects.filter(content_object=region, user=user, permission__codename="facilitate").first()


def test_whoever_covers_has_the_region_for_these_days(facilitator, other_facilitator, region):
    absence = enter_absence(facilitator, other_facilitator, region=region, **days(0, 10), by=facilitator)

    grant = grant_on(region, other_facilitator)
    assert facilitates(other_facilitator, region)
    assert (grant.ends_at, grant.given_by_id) == (absence.ends_at, facilitator.pk)


def test_a_coming_absence_gives_nothing_yet(facilitator, other_facilitator, region):
    absence = enter_absence(facilitator, other_facilitator, region=region, **days(3, 10), by=facilitator)

    assert grant_on(region, other_facilitator).starts_at == absence.starts_at
    assert not facilitates(other_facilitator, region)


def test_it_ends_by_itself(facilitator, other_facilitator, region):
    enter_absence(facilitator, other_facilitator, region=region, **days(0, 10), by=facilitator)
    before = facilitates(other_facilitator, region)
    with as_owner():
        RegionGrant.objects.filter(user=other_facilitator).update(ends_at=timezone.now() - timedelta(seconds=1))

    assert (before, facilitates(other_facilitator, region)) == (True, False)


def test_calling_it_off_ends_the_cover_and_nothing_else(facilitator, other_facilitator, region, other_region):
    absence = enter_absence(facilitator, other_facilitator, region=region, **days(0, 10), by=facilitator)
    before = facilitates(other_facilitator, region)
    call_off_absence(absence, version=absence.version, by=facilitator)

    after = (facilitates(other_facilitator, region), facilitates(other_facilitator, other_region))
    assert (before, after) == (True, (False, True))


def test_whoever_holds_the_region_anyway_keeps_it_when_it_is_called_off(coordinator, facilitator, region):
    colleague = holder("colleague", region, "facilitate", coordinator)
    absence = enter_absence(facilitator, colleague, region=region, **days(0, 10), by=facilitator)
    call_off_absence(absence, version=absence.version, by=facilitator)

    assert (facilitates(colleague, region), grant_on(region, colleague).ends_at) == (True, None)


@pytest.mark.promise("P24")
def test_nobody_gives_themselves_a_region_by_covering(coordinator, facilitator, region):
    with pytest.raises(Refused):
        enter_absence(facilitator, coordinator, region=region, **days(0, 10), by=coordinator)


def entered_in_sql(by, **values):
    with acting_as(by), transaction.atomic():
        absence = Absence.objects.create(entered_by=by, **values)
        with connection.cursor() as cursor:
            cursor.execute("SELECT cre_cover(%s)", [absence.pk])


@pytest.mark.promise("P10")
@pytest.mark.parametrize(
    ("who", "cover", "on", "term"),
    [
        ("facilitator", "stranger", "region", (0, 10)), ("facilitator", "other_facilitator", "other_region", (0, 10)),
        ("facilitator", "other_facilitator", "region", (0, 61)),
        ("focal_person", "other_facilitator", "region", (0, 5)),
        ("facilitator", "other_facilitator", "nowhere", (0, 5)), ("steward", "other_facilitator", "region", (0, 5)),
    ],
    ids=["no colleague", "not their region", "too long", "no facilitator", "coordination", "steward"],
)  # fmt: skip
def test_the_database_refuses_a_cover_that_is_not_theirs_to_give(who, cover, on, term, request):
    by = request.getfixturevalue(who)
    region = None if on == "nowhere" else request.getfixturevalue(on)
    with pytest.raises(ProgrammingError, match=r"may not|row-level"):
        entered_in_sql(by, person=by, cover=request.getfixturevalue(cover), region=region, **days(*term))


def test_nobody_lets_others_cover_for_longer_than_their_own_term(coordinator, stranger, other_facilitator, region):
    give_role(region, "facilitate", stranger, ends_at=timezone.now() + timedelta(days=5), by=coordinator)
    with pytest.raises(ProgrammingError, match="own term"):
        entered_in_sql(stranger, person=stranger, cover=other_facilitator, region=region, **days(0, 10))


def test_a_term_that_stands_is_never_cut(coordinator, facilitator, other_facilitator, region):
    first = enter_absence(facilitator, other_facilitator, region=region, **days(0, 5), by=facilitator)
    with pytest.raises(Refused):
        enter_absence(facilitator, other_facilitator, region=region, **days(3, 20), by=facilitator)

    assert grant_on(region, other_facilitator).ends_at == first.ends_at


def test_a_coordinator_who_is_away_is_covered_by_another_person(coordinator, facilitator, second_coordinator):
    enter_absence(coordinator, facilitator, region=None, **days(0, 10), by=second_coordinator)

    with acting_as(facilitator):
        assert current_scope().holds("coordinate")


def test_an_absence_keeps_who_and_when(facilitator, other_facilitator, region, coordinator):
    absence = enter_absence(facilitator, other_facilitator, region=region, **days(0, 10), by=facilitator)
    with acting_as(facilitator), pytest.raises(ProgrammingError), transaction.atomic():
        Absence.objects.filter(pk=absence.pk).update(cover=coordinator)


def test_the_desk_enters_it_and_today_shows_it(facilitator, other_facilitator, region, browser):
    client, today = browser(facilitator), timezone.localdate()
    form = {"region": region.code, "starts": today, "ends": today + timedelta(days=4), "cover": other_facilitator.uuid}
    entered = client.post(reverse("desk:absences"), form)
    page = browser(other_facilitator).get(reverse("desk:home"))

    assert (entered.status_code, facilitates(other_facilitator, region)) == (302, True)
    assert "facilitator@test.example" in page.content.decode()


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wrong", [{"ends": "2001-01-01"}, {"starts": ""}, {"cover": "nobody"}, {"region": "atlantis"}],
                         ids=["past", "empty", "nobody", "nowhere"])  # fmt: skip
def test_a_wrong_answer_enters_nothing(facilitator, other_facilitator, region, browser, wrong):
    today = timezone.localdate()
    form = {"region": region.code, "starts": today, "ends": today, "cover": other_facilitator.uuid}
    answer = browser(facilitator).post(reverse("desk:absences"), form | wrong)

    with as_owner():
        assert (answer.status_code, Absence.objects.count()) == (422, 0)


def test_only_people_who_work_here_are_offered_to_cover(facilitator, focal_person, coordinator, stranger, browser):
    person("somebody", coordinator)
    offered = browser(facilitator).get(reverse("desk:absences")).context["form"].fields["cover"].queryset

    assert set(offered) == {focal_person, coordinator}


def test_the_page_of_people_shows_who_is_away(facilitator, other_facilitator, region, as_coordinator):
    absence = enter_absence(facilitator, other_facilitator, region=region, **days(0, 10), by=facilitator)

    assert list(as_coordinator.get(reverse("secretariat:people")).context["absences"]) == [absence]
