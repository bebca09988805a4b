"""No path around the second factor: without it a role of staff, or of an ally who may meet communities, is not held."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client
from django.urls import reverse

from collaborators.actions import give_role
from collaborators.models import Collaborator, Platform, Region, User
from cre.core.access import acting_as, current_scope
from cre.core.access.actor import serving
from cre.core.vocabularies import AccessLevel
from tests.access_rows import ALLY_PORTAL, DESK_PORTAL, SECRETARIAT_PORTAL
from tests.collaborators.proofs import app_of, asks_for_proof, code_of, sheet_of
from tests.conftest import PASSWORD, as_owner, holder, log_in, roster_entry
from tests.core.access.questions import column
from tests.journey import cast, introduced

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P18")]
STAFF = ("facilitator", "focal_person", "coordinator", "steward")
NEED_PROOF = (*STAFF, "ally")
# What is about the person alone, without content: their roles, acts, visits and notices.
ABOUT_ONESELF = ("grant", "core_ledgerentry", "core_notice", "session", "accountevent", "receiptcredential")


@pytest.fixture
def person(request, cast):
    """Whom the test is about, where there is something to see for everybody."""
    introduced(cast)
    return request.getfixturevalue(request.param)


def guarded_tables():
    found = column("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace")
    return sorted(table for table in found if not any(word in table for word in ABOUT_ONESELF))


def seen_tables(user, **how):
    with acting_as(user, **how):
        return [table for table in guarded_tables() if column(f"SELECT 1 FROM {table} LIMIT 1")]


def seen_models(user, **how):
    shown = []
    with acting_as(user, **how):
        for model in apps.get_models():
            rows = getattr(model._default_manager, "visible_to", None)
            if rows and not any(word in model._meta.db_table for word in ABOUT_ONESELF):
                shown += [model._meta.label] * rows(current_scope()).exists()
    return shown


@pytest.mark.parametrize("person", NEED_PROOF, indirect=True)
def test_in_the_database_an_unproven_actor_sees_what_a_stranger_sees(person, stranger):
    assert seen_tables(person, proven=False) == seen_tables(stranger)
    assert seen_tables(person, proven=True) != seen_tables(stranger)


@pytest.mark.parametrize("person", NEED_PROOF, indirect=True)
def test_in_the_models_an_unproven_person_sees_what_a_stranger_sees(person, stranger):
    assert seen_models(person, proven=False) == seen_models(stranger)


@pytest.mark.parametrize("person", NEED_PROOF, indirect=True)
def test_every_page_of_a_password_alone_asks_for_the_second_factor(person):
    client = log_in(Client(), person, is_proven=False)
    for name, row in (ALLY_PORTAL | DESK_PORTAL | SECRETARIAT_PORTAL).items():
        kwargs = {"uuid": "00000000-0000-4000-8000-000000000000"} if row.kind else {}
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(name, kwargs=kwargs | row.kwargs))
            if answer.status_code == 405:
                continue
            assert asks_for_proof(answer), (method, name, answer.status_code)


@pytest.mark.parametrize("person", STAFF, indirect=True)
def test_has_perm_says_no_without_the_second_factor(person, region):
    with acting_as(person, proven=False):
        for container, codename in [(region, "facilitate"), (region, "guard"), (Platform.objects.get(), "coordinate")]:
            assert not person.has_perm(f"collaborators.{codename}", container)


def test_who_needs_proof_is_who_holds_such_a_role(facilitator, coordinator, ally, member, stranger):
    needs = {}
    for user in (facilitator, coordinator, ally, member, stranger):
        with acting_as(user, proven=False):
            needs[user] = current_scope().needs_proof
        with acting_as(user, proven=True):
            assert not current_scope().needs_proof
    assert needs == {facilitator: True, coordinator: True, ally: True, member: False, stranger: False}


def test_an_ally_who_is_not_yet_let_in_to_communities_needs_none(coordinator):
    entry = roster_entry("River Readers", coordinator, level=AccessLevel.BRIEFS)
    ally = holder("reader", entry, "speak_for", coordinator)
    with acting_as(ally, proven=False):
        assert not current_scope().needs_proof
        assert current_scope().ids("speak_for", Collaborator) == [entry.pk]
    assert log_in(Client(), ally, is_proven=False).get("/ally/").status_code == 200


def test_a_role_that_ended_asks_for_nothing(coordinator, facilitator, region):
    with as_owner():
        region.grants.update(ends_at="2001-01-01T00:00Z")
    with acting_as(facilitator, proven=False):
        assert not current_scope().needs_proof


def test_who_acts_in_a_request_is_unproven_unless_the_session_says_so(facilitator):
    with serving():
        with acting_as(facilitator) as actor:
            assert not actor.is_proven
        with acting_as(facilitator, proven=True), acting_as(facilitator, reason="she asked") as inner:
            assert inner.is_proven
        with acting_as(facilitator, proven=False), acting_as(facilitator, reason="she asked") as inner:
            assert not inner.is_proven


def test_a_receipt_code_opens_the_community_and_nothing_of_staff(member, coordinator, region):
    give_role(region, "facilitate", member, by=coordinator)
    client = log_in(Client(), member, "collaborators.backends.ReceiptCodeBackend", is_proven=False)

    assert client.get("/community/").status_code == 200
    assert asks_for_proof(client.get("/desk/"))
    assert asks_for_proof(client.get("/home/"))


def signed_in_by_password(user: User) -> tuple[Client, str]:
    """A browser after the sign-in page, and where that led."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client, answer.url


def test_signing_in_asks_for_the_code_and_then_the_desk_opens(facilitator):
    secret = app_of(facilitator)
    client, where = signed_in_by_password(facilitator)
    assert where == reverse("mfa_authenticate")
    assert client.get("/desk/").status_code == 302
    assert client.post(where, {"proof-word": "000000"}).status_code == 422

    answer = client.post(where, {"proof-word": code_of(secret)})

    assert (answer.status_code, answer.url) == (302, "/home/")
    assert client.get("/desk/").status_code == 200


def test_a_sheet_is_a_second_factor_of_its_own(facilitator):
    codes = sheet_of(facilitator)
    client, where = signed_in_by_password(facilitator)
    assert where == reverse("mfa_authenticate")

    client.post(where, {"proof-word": codes[0]})

    assert client.get("/desk/").status_code == 200


def test_a_code_that_was_used_opens_no_second_visit(facilitator):
    secret = app_of(facilitator)
    client, where = signed_in_by_password(facilitator)
    code = code_of(secret)
    client.post(where, {"proof-word": code})
    other, where = signed_in_by_password(facilitator)

    assert other.post(where, {"proof-word": code}).status_code == 422
    assert "_auth_user_id" not in other.session


def test_somebody_without_a_factor_is_led_to_adding_one_and_then_in(facilitator):
    client, where = signed_in_by_password(facilitator)
    assert client.get(where).url == reverse("mfa_index")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert [factor.type for factor in Authenticator.objects.filter(user=facilitator)] == ["totp"]
    assert client.get("/desk/").status_code == 200


def test_a_new_password_alone_opens_nothing(facilitator):
    """Whoever reads the mail of somebody gets a new password by it, and is then asked for the code."""
    app_of(facilitator)
    with acting_as(facilitator):
        facilitator.set_password(f"{PASSWORD}-again")
        facilitator.save()
    client = Client()
    answer = client.post(reverse("account_login"), {"login": facilitator.email, "password": f"{PASSWORD}-again"})

    assert answer.url == reverse("mfa_authenticate")
    assert asks_for_proof(client.get("/desk/")) or "/accounts/login/" in client.get("/desk/").url


def test_words_typed_before_the_second_factor_go_on_with_it(facilitator):
    secret = app_of(facilitator)
    client = log_in(Client(), facilitator, is_proven=False)
    address = reverse("desk:notices-read")
    page = client.post(address, {"words": "kept"})
    assert asks_for_proof(page)
    assert ("words", "kept") in page.context["carried"]

    wrong = client.post(address, {"words": "kept", "proof-word": PASSWORD})
    assert asks_for_proof(wrong)
    right = client.post(address, {"words": "kept", "proof-word": code_of(secret)})

    assert right.status_code in {302, 405}
    assert client.get("/desk/").status_code == 200


def test_a_page_that_was_only_opened_leads_to_the_question_and_back(facilitator):
    secret = app_of(facilitator)
    client = log_in(Client(), facilitator, is_proven=False)
    question = client.get("/desk/requests/?view=all").url
    assert question == "/accounts/2fa/prove/?next=%2Fdesk%2Frequests%2F%3Fview%3Dall"
    assert asks_for_proof(client.post(question, {"proof-word": PASSWORD}))

    answer = client.post(question, {"proof-word": code_of(secret)})

    assert (answer.status_code, answer.url) == (302, "/desk/requests/?view=all")
    assert client.get("/desk/requests/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_question_leads_to_no_other_site(wanted, facilitator):
    secret = app_of(facilitator)
    client = log_in(Client(), facilitator, is_proven=False)

    answer = client.post(f"/accounts/2fa/prove/?next={wanted}", {"proof-word": code_of(secret)})

    assert answer.url == "/home/"


def test_the_proof_of_a_session_begins_a_new_key(facilitator):
    secret = app_of(facilitator)
    client = log_in(Client(), facilitator, is_proven=False)
    before = client.cookies["s"].value

    client.post("/accounts/2fa/prove/", {"proof-word": code_of(secret)})

    assert client.cookies["s"].value != before


def test_in_a_demonstration_it_is_offered_and_not_demanded(facilitator, settings):
    settings.SECOND_FACTOR_DEMANDED = False
    client = log_in(Client(), facilitator, is_proven=False)

    assert client.get("/desk/").status_code == 200


def test_the_region_of_somebody_proven_is_theirs(facilitator, region):
    with acting_as(facilitator, proven=True):
        assert current_scope().ids("facilitate", Region) == [region.pk]
