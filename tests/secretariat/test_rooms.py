"""Who may enter which room of the secretariat, and what the first page shows."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaborators.selectors import deliveries
from cre.core.access import acting_as
from cre.core.outbox import OutboxMessage
from tests import journey
from tests.conftest import as_owner, community_of
from tests.journey import Cast

pytestmark = pytest.mark.django_db
PLAIN = ["home", "roster", "people", "person-invite", "role-give", "role-end", "ledger"]
ABOUT_AN_ENTRY = ["collaborator", "collaborator-private", "vetting", "speaker-give", "speaker-end"]


def addresses(cast) -> dict[str, str]:
    found = {name: reverse(f"secretariat:{name}") for name in PLAIN}
    found |= {name: reverse(f"secretariat:{name}", args=[cast.collaborator.uuid]) for name in ABOUT_AN_ENTRY}
    return found | {"level-decide": reverse("secretariat:level-decide", args=[uuid4()])}


@pytest.mark.parametrize("who", ["member", "ally", "facilitator", "focal_person", "stranger"])
def test_others_learn_nothing_of_the_secretariat(cast, browser, request, who):
    client = browser(request.getfixturevalue(who))

    answers = {client.get(url).status_code for url in addresses(cast).values()}
    answers |= {client.post(url).status_code for url in addresses(cast).values()}

    assert answers == {404}


@pytest.mark.parametrize(
    ("who", "rooms"), [("steward", {"home", "people", "ledger"}), ("grants_officer", {"home", "ledger"})]
)
def test_each_role_enters_its_own_rooms_only(cast, browser, request, who, rooms):
    client = browser(request.getfixturevalue(who))

    opened = {name for name, url in addresses(cast).items() if client.get(url).status_code == 200}

    assert opened == rooms


def test_nobody_yet_is_asked_who_they_are(client):
    response = client.get(reverse("secretariat:home"))

    assert (response.status_code, response.url.startswith(reverse("account_login"))) == (302, True)


def test_the_overview_counts_where_requests_stand(cast, as_coordinator, waiting_room):
    journey.clarifying(cast)
    member, community = community_of("Nowhere", waiting_room)
    journey.received(Cast(member, community, cast.facilitator, cast.collaborator, cast.ally), country="")

    context = as_coordinator.get(reverse("secretariat:home")).context

    assert [(line.name, line.open, line.late) for line in context["lines"]] == [
        ("Africa", 1, 0), ("To be placed", 1, 0),
    ]  # fmt: skip
    assert (context["open"], context["to_place"], context["late"]) == (2, 1, 0)


def test_the_overview_opens_nothing_that_is_sealed(cast, as_coordinator):
    journey.introduced(cast)

    page = as_coordinator.get(reverse("secretariat:home")).content.decode()

    assert [word for word in ("Riverbend", "grazing", "Long Lake") if word in page] == []


def test_the_steward_sees_the_machine_and_no_request(cast, as_steward):
    journey.clarifying(cast)

    response = as_steward.get(reverse("secretariat:home"))

    assert "lines" not in response.context
    assert response.context["deliveries"].waiting > 0


def test_what_was_given_up_is_counted_for_those_who_look_after_it(cast, as_coordinator):
    journey.received(cast)
    with as_owner():
        OutboxMessage.objects.filter(done_at=None).update(dead=True)

    state = as_coordinator.get(reverse("secretariat:home")).context["deliveries"]

    assert (state.waiting, state.dead > 0) == (0, True)


@pytest.mark.promise("P10")
def test_the_database_tells_nobody_else_how_the_deliveries_stand(cast):
    with pytest.raises(ProgrammingError, match="may not look at the deliveries"), transaction.atomic():
        deliveries_as(cast.facilitator)


def deliveries_as(user):
    with acting_as(user):
        return deliveries()


def queries_of(client, name) -> int:
    client.get(reverse(f"secretariat:{name}"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(f"secretariat:{name}")).status_code == 200
    return len([one for one in asked.captured_queries if one["sql"].startswith(("SELECT", "INSERT", "UPDATE"))])


def test_the_overview_asks_the_same_whatever_the_number_of_requests(cast, as_coordinator, region):
    journey.received(cast)
    one = queries_of(as_coordinator, "home")
    for number in range(2):
        member, community = community_of(f"Place {number}", region)
        journey.received(Cast(member, community, cast.facilitator, cast.collaborator, cast.ally))

    assert (queries_of(as_coordinator, "home"), one <= 15) == (one, True)
