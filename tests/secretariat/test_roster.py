"""The roster: listed without opening anything, vetted by the coordinator, spoken for by people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from collaborations.forms.secretariat import RosterFilter
from collaborators.models import Collaborator
from collaborators.states import Vetting
from cre.core.access import acting_as, current_scope
from cre.core.ledger.models import LedgerEntry
from cre.core.vocabularies import AccessLevel
from tests.conftest import as_owner, holder, person, roster_entry
from tests.journey import fresh
from tests.secretariat.test_rooms import queries_of

pytestmark = pytest.mark.django_db
ROSTER = "secretariat:roster"


def address(entry, name="collaborator"):
    return reverse(f"secretariat:{name}", args=[entry.uuid])


def names_in(response) -> list[str]:
    return [row["entry"].display_name for row in response.context["rows"]]


def test_the_list_opens_nothing_that_is_sealed(as_coordinator, coordinator, collaborator):
    page = as_coordinator.get(reverse(ROSTER)).content.decode()

    assert ("Lake Law Group" in page, "Lake Law Group Ltd" in page) == (True, False)
    with as_owner():
        assert not LedgerEntry.objects.filter(person_id=coordinator.pk, view=ROSTER).exists()


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"country": "NP"}, ["Hill House"]),
        ({"level": "2"}, ["Hill House"]),
        ({"area": "media"}, ["Hill House"]),
        ({"status": "approved"}, ["Hill House", "Lake Law Group"]),
        ({"status": "retired"}, []),
        ({"area": "courts", "country": "KE"}, ["Lake Law Group"]),
    ],
)
def test_filters_leave_what_fits(as_coordinator, coordinator, collaborator, chosen, names):
    roster_entry("Hill House", coordinator, level=AccessLevel.BRIEFS, areas=["media"], countries=["NP"])

    assert names_in(as_coordinator.get(reverse(ROSTER), chosen)) == names


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong", [{"status": "x"}, {"level": "nine"}, {"after": "x"}, {"country": "\0"}, {"area": "x" * 10_000}]
)
def test_a_filter_that_cannot_be_read_is_said_and_breaks_nothing(as_coordinator, collaborator, wrong):
    assert as_coordinator.get(reverse(ROSTER), wrong).status_code == 422


def test_pages_show_every_entry_once(as_coordinator, coordinator, monkeypatch):
    monkeypatch.setattr("collaborators.selectors.roster.PAGE", 2)
    for number in range(5):
        roster_entry(f"House {number}", coordinator)

    seen, url = [], reverse(ROSTER)
    while url:
        response = as_coordinator.get(url)
        seen += names_in(response)
        url = response.context["next_url"]

    assert seen == [f"House {number}" for number in range(5)]


@pytest.mark.promise("P09")
def test_the_list_goes_on_only_after_an_entry_that_the_person_sees(ally, collaborator, other_collaborator):
    with acting_as(ally):
        scope = current_scope()
    with as_owner():
        forms = [RosterFilter({"after": entry.uuid}, scope=scope) for entry in (collaborator, other_collaborator)]
        assert [form.is_valid() for form in forms] == [True, False]


def test_the_list_asks_the_same_for_one_entry_and_for_three(as_coordinator, coordinator):
    roster_entry("House 1", coordinator)
    one = queries_of(as_coordinator, "roster")
    roster_entry("House 2", coordinator)
    roster_entry("House 3", coordinator)

    assert (queries_of(as_coordinator, "roster"), one <= 15) == (one, True)


@pytest.mark.promise("P13")
def test_the_private_part_opens_only_on_its_own_page_and_leaves_a_trace(as_coordinator, coordinator, collaborator):
    entry = as_coordinator.get(address(collaborator)).content.decode()
    private = as_coordinator.get(address(collaborator, "collaborator-private")).content.decode()

    assert ("Lake Law Group Ltd" in entry, "Lake Law Group Ltd" in private) == (False, True)
    with as_owner():
        (read,) = LedgerEntry.objects.filter(object_label="collaborators.CollaboratorPrivate", kind="read")
    assert (read.person_id, read.view, read.fields) == (
        coordinator.pk, "secretariat:collaborator-private", ["contact", "legal_name"],
    )  # fmt: skip


def decide(client, entry, status, version):
    return client.post(address(entry, "vetting"), {"status": status, "version": version})


def test_the_coordinator_suspends_an_entry_and_it_is_matched_no_more(as_coordinator, coordinator, collaborator):
    response = decide(as_coordinator, collaborator, "suspended", collaborator.version)

    entry = fresh(collaborator, coordinator)
    assert response.status_code == 302
    assert (entry.status, entry.facets.is_active) == (Vetting.SUSPENDED, False)


def test_a_second_click_on_a_decision_is_calm(as_coordinator, collaborator):
    answers = [decide(as_coordinator, collaborator, "suspended", collaborator.version).status_code for _ in range(2)]

    assert answers == [302, 302]


@pytest.mark.promise("P29")
@pytest.mark.parametrize(("status", "version", "answer"), [("nominated", 1, 422), ("x", 1, 422), ("retired", 77, 409)])
def test_an_impossible_or_late_decision_changes_nothing(
    as_coordinator, coordinator, collaborator, status, version, answer
):
    assert decide(as_coordinator, collaborator, status, version).status_code == answer
    assert fresh(collaborator, coordinator).status == Vetting.APPROVED


def speak(client, entry, **form):
    return client.post(address(entry, "speaker-give"), form)


def may_speak(user, entry) -> bool:
    with acting_as(user):
        return Collaborator.objects.filter(pk=entry.pk).exists()


def test_a_person_speaks_for_an_entry_until_the_coordinator_ends_it(as_coordinator, collaborator, stranger):
    speak(as_coordinator, collaborator, email="Stranger@test.example")
    before = may_speak(stranger, collaborator)

    as_coordinator.post(address(collaborator, "speaker-end"), {"person": stranger.uuid})

    assert (before, may_speak(stranger, collaborator)) == (True, False)


@pytest.mark.promise("P24")
@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "form",
    [
        {"email": ""}, {"email": "nobody@test.example"}, {"email": "coordinator@test.example"}, {"email": "no address"},
        {"email": "stranger@test.example", "until": "soon"}, {"email": "stranger@test.example", "until": "2001-01-01"},
    ],
)  # fmt: skip
def test_nobody_wrong_and_not_oneself_is_let_in(as_coordinator, collaborator, stranger, form):
    assert speak(as_coordinator, collaborator, **form).status_code == 422
    assert not may_speak(stranger, collaborator)


def test_who_speaks_for_it_is_listed_with_the_last_day(as_coordinator, coordinator, collaborator):
    person("guest", coordinator)
    holder("regular", collaborator, "speak_for", coordinator)
    day = timezone.localdate() + timedelta(days=10)
    speak(as_coordinator, collaborator, email="guest@test.example", until=day.isoformat())

    speakers = as_coordinator.get(address(collaborator)).context["speakers"]

    assert [grant.user.email for grant in speakers] == ["guest@test.example", "regular@test.example"]
    assert timezone.localdate(speakers[0].ends_at) == day + timedelta(days=1)
