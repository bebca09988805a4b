"""Who holds what and until when: given and ended by the coordinator, never to oneself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from collaborators.models import Region
from cre.core.access import acting_as, current_scope
from tests.conftest import holder, person
from tests.secretariat.test_rooms import queries_of

pytestmark = pytest.mark.django_db
PEOPLE = "secretariat:people"


def facilitates(user, region) -> bool:
    with acting_as(user):
        return region.pk in current_scope().ids("facilitate", Region)


def roles_in(response) -> dict[str, list[str]]:
    return {line.person.email: [role.words for role in line.roles] for line in response.context["lines"]}


def give(client, **form):
    return client.post(reverse("secretariat:role-give"), form)


def test_every_role_is_listed_with_its_person(as_coordinator, facilitator, steward, ally):
    assert roles_in(as_coordinator.get(reverse(PEOPLE))) == {
        "coordinator@test.example": ["International coordinator"],
        "facilitator@test.example": ["Facilitator, Africa"],
        "steward@test.example": ["Data steward"],
    }


def test_the_steward_reads_and_gives_nothing(as_steward, stranger, region):
    page = as_steward.get(reverse(PEOPLE))
    answers = [
        as_steward.post(reverse(f"secretariat:{name}")).status_code
        for name in ("role-give", "role-end", "role-term", "person-invite")
    ]

    assert ("role" in page.context, answers) == (False, [404, 404, 404, 404])


def test_a_role_is_given_for_a_time(as_coordinator, stranger, region):
    day = timezone.localdate() + timedelta(days=30)

    response = give(as_coordinator, email="stranger@test.example", role="region:africa:facilitate", until=day)

    (line,) = [line for line in as_coordinator.get(reverse(PEOPLE)).context["lines"] if line.person.pk == stranger.pk]
    assert (response.status_code, facilitates(stranger, region)) == (302, True)
    assert timezone.localdate(line.roles[0].ends_at) == day + timedelta(days=1)


def test_one_coordinator_stays_without_an_end(as_coordinator, browser, coordinator, second_coordinator):
    day = timezone.localdate() + timedelta(days=30)
    role = {"role": "platform:cre:coordinate", "until": day}

    first = give(as_coordinator, email="second-coordinator@test.example", **role)
    second = give(browser(second_coordinator), email="coordinator@test.example", **role)

    assert (first.status_code, second.status_code) == (302, 403)
    assert "without an end" in second.content.decode()


@pytest.mark.promise("P24")
def test_nobody_gives_a_role_to_themselves(as_coordinator, coordinator, region):
    response = give(as_coordinator, email="coordinator@test.example", role="region:africa:facilitate")

    assert (response.status_code, facilitates(coordinator, region)) == (422, False)


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "platform:cre:operate"}, {"role": "region:atlantis:facilitate"}, {"role": ""}, {"email": ""},
        {"email": "x\0@test.example"}, {"until": "2001-01-01"}, {"until": "9999-12-31"},
    ],
)  # fmt: skip
def test_a_wrong_answer_gives_nothing(as_coordinator, stranger, region, wrong):
    form = {"email": "stranger@test.example", "role": "region:africa:facilitate"}

    assert give(as_coordinator, **form | wrong).status_code == 422
    assert not facilitates(stranger, region)


def test_a_role_ends_after_a_page_that_says_what_follows(as_coordinator, facilitator, region):
    form = {"role": "region:africa:facilitate", "person": str(facilitator.uuid)}
    shown = as_coordinator.get(reverse("secretariat:role-end"), form)
    before = facilitates(facilitator, region)

    as_coordinator.post(reverse("secretariat:role-end"), form)

    assert "facilitator@test.example" in shown.content.decode()
    assert (before, facilitates(facilitator, region)) == (True, False)


def test_pages_show_every_person_once(as_coordinator, coordinator, region, monkeypatch):
    monkeypatch.setattr("collaborators.selectors.people.PAGE", 2)
    for number in range(4):
        holder(f"holder-{number}", region, "guard", coordinator)
    person("nobody-special", coordinator)

    seen: list[str] = []
    url = reverse(PEOPLE)
    while url:
        response = as_coordinator.get(url)
        seen += roles_in(response)
        url = response.context["next_url"]
        assert "@" not in url

    assert seen == ["coordinator@test.example", *(f"holder-{number}@test.example" for number in range(4))]


def test_the_list_asks_the_same_for_one_person_and_for_three(as_coordinator, coordinator, region):
    holder("one", region, "guard", coordinator)
    first = queries_of(as_coordinator, "people")
    holder("two", region, "guard", coordinator)
    holder("three", region, "guard", coordinator)

    assert (queries_of(as_coordinator, "people"), first <= 15) == (first, True)
