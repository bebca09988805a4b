"""The page of one's own sessions and of what changed in how one signs in."""

import pytest
from django.test import Client
from django.urls import reverse

from collaborators.actions import note_account_event
from collaborators.models import AccountEventKind, User
from tests.community.walking import CODE, text_of
from tests.conftest import as_owner, log_in
from tests.core.access.questions import column, run

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P17")]
PAGE = "/accounts/sessions/"


def uuids_of(person: User) -> list[object]:
    with as_owner():
        return column("SELECT uuid FROM collaborators_session WHERE user_id = %s ORDER BY id", person.pk)


@pytest.fixture
def here(member: User) -> Client:
    return log_in(Client(), member, CODE)


@pytest.fixture
def there(member: User) -> Client:
    return log_in(Client(), member, CODE)


def test_the_page_lists_only_ones_own_sessions(here, there, member, outsider):
    log_in(Client(), outsider, CODE)

    page = here.get(PAGE)

    assert sorted(map(str, (session.uuid for session in page.context["sessions"]))) == sorted(
        map(str, uuids_of(member))
    )
    assert text_of(page).count("This browser") == 1
    assert text_of(page).count("Another browser or device") == 1


def test_ended_sessions_are_not_listed(here, there, member):
    with as_owner():
        run("UPDATE collaborators_session SET seen_at = seen_at - interval '31 minutes' WHERE uuid = %s",
            uuids_of(member)[1])  # fmt: skip

    assert len(here.get(PAGE).context["sessions"]) == 1


def test_one_session_is_ended_from_another(here, there, member):
    answer = here.post(PAGE, {"end": str(uuids_of(member)[1])}, follow=True)

    assert "That session was ended." in text_of(answer)
    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (200, 302)


def test_all_others_are_ended_at_once(here, there, member):
    third = log_in(Client(), member, CODE)
    answer = here.post(PAGE, {"end": "others"}, follow=True)

    assert "2 other sessions were ended." in text_of(answer)
    assert [client.get(PAGE).status_code for client in (here, there, third)] == [200, 302, 302]


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wanted", ["", "x", "\0", "own of somebody else", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_session_of_mine_has_ended_already(here, outsider, wanted):
    theirs = log_in(Client(), outsider, CODE)
    if wanted.startswith("own"):
        wanted = str(uuids_of(outsider)[0])

    answer = here.post(PAGE, {"end": wanted}, follow=True)

    assert "had ended already" in text_of(answer)
    assert theirs.get(PAGE).status_code == 200


@pytest.mark.parametrize("person", ["member", "ally", "facilitator", "coordinator"])
def test_every_portal_leads_there(person, request):
    user = request.getfixturevalue(person)
    client = log_in(Client(), user, CODE if person == "member" else "collaborators.backends.EmailBackend")
    home = {"member": "community", "ally": "ally", "facilitator": "desk", "coordinator": "secretariat"}[person]

    assert f'href="{PAGE}"' in client.get(reverse(f"{home}:home")).content.decode()


def test_somebody_who_is_not_signed_in_is_asked_who_they_are():
    assert Client().get(PAGE).url == f"/accounts/login/?next={PAGE}"


def test_what_changed_is_told_to_its_person_only(here, member, outsider):
    note_account_event(AccountEventKind.FACTOR_ADDED, by=outsider)
    assert list(here.get(PAGE).context["events"]) == []
    note_account_event(AccountEventKind.FACTOR_REMOVED, by=member)

    assert "A second step was removed." in text_of(here.get(PAGE))


def test_the_page_asks_the_same_for_one_session_and_for_four(here, member, django_assert_max_num_queries):
    here.get(PAGE)
    for _ in range(3):
        log_in(Client(), member, CODE)
    with django_assert_max_num_queries(16):
        assert len(here.get(PAGE).context["sessions"]) == 4
