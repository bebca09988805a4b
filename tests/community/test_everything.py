"""Everything that a community may see of itself, to take with it: complete, without anybody else's words."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from lxml import html

from collaborations.actions import order_deletion, take_everything
from collaborators.actions import freeze_community
from collaborators.models import FreezingSide, User
from cre.core.access import acting_as
from cre.core.classes import CONFIDENTIAL, IDENTITY, class_of
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from cre.core.registries import portable
from tests import canaries, journey
from tests.canaries import MARK, canary
from tests.collaborators.proofs import asks_for_proof
from tests.community.walking import signed_in, text_of
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db
EVERYTHING = reverse("community:everything")
WAYS = ("page", "file", "data")
# What a copy leaves out, and why. A new confidential field stands here or comes along.
STAFF = "written among staff; the community never sees it"
SECRET = "opens an account"
NOT_THEIRS = "not of the community"
LEFT_OUT = {
    "account.EmailAddress.email": "the same address as that of the account",
    "account.EmailConfirmation.email_address": "the same address as that of the account",
    "account.EmailConfirmation.key": SECRET,
    "admin.LogEntry.object_repr": NOT_THEIRS,
    "admin.LogEntry.change_message": NOT_THEIRS,
    "collaborations.HandoverContact.safe_channel": STAFF,
    "collaborations.HandoverContact.not_to_say": STAFF,
    "collaborations.HandoverNote.last_promise": STAFF,
    "collaborations.HandoverNote.next_step": STAFF,
    "collaborations.InternalNote.text": STAFF,
    "collaborations.InterpreterTask.reader": "a person of the roster, whom a found copy would endanger",
    "collaborations.Participant.name": "a person of the ally, whom a found copy would endanger",
    "collaborations.Participant.role": "a person of the ally, whom a found copy would endanger",
    "collaborations.RequestStory.project_index": "no words: the project comes along in words",
    "collaborations.SafetyCheck.notes": STAFF,
    "collaborators.CodeHandover.talk": STAFF,
    "collaborators.CollaboratorPrivate.legal_name": NOT_THEIRS,
    "collaborators.CollaboratorPrivate.contact": NOT_THEIRS,
    "collaborators.CollaboratorPrivate.conflicts": NOT_THEIRS,
    "collaborators.Composition.origin": NOT_THEIRS,
    "collaborators.Composition.gender": NOT_THEIRS,
    "collaborators.Composition.age": NOT_THEIRS,
    "collaborators.Composition.affected": NOT_THEIRS,
    "collaborators.Composition.indigenous": NOT_THEIRS,
    "collaborators.SignInAddress.email": "one person's own way in, which a found copy would lead to",
    "collaborators.Freeze.reason": "out of its sight once staff work on the thaw",
    "collaborators.Freeze.thaw_reason": STAFF,
    "collaborators.Invitation.email": NOT_THEIRS,
    "collaborators.Session.sealed": SECRET,
    "collaborators.ShownName.name": "a person of ours, whom a found copy would endanger",
    "mfa.Authenticator.data": SECRET,
}


def take(browser, way, typed=None):
    return browser.post(EVERYTHING, {"way": way, "is_understood": "on"} | (typed or {}))


def copy_of(browser) -> dict[str, Any]:
    return json.loads(take(browser, "data").content)


def facts_in(copy) -> list[dict[str, Any]]:
    return [fact for part in copy["sections"] for record in part["records"] for fact in record["facts"]]


def confidential_fields() -> set[str]:
    """Every confidential or identity field of every model, histories aside: they hold the same words."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not hasattr(model, "instance_type") and not model._meta.label.startswith("vault_tests")
        for field in model._meta.fields
        if class_of(model, field.name) in (CONFIDENTIAL, IDENTITY)
    }


@pytest.fixture
def walked(cast):
    """A community with words of its own in every field."""
    return canaries.walk(cast)


def kept_words(reader) -> dict[str, set[str]]:
    """What stands in every confidential field now, as far as the database shows it to this person."""
    found: dict[str, set[str]] = {}
    with transaction.atomic(), acting_as(reader):
        for label in sorted(confidential_fields() - LEFT_OUT.keys()):
            name, _, field = label.rpartition(".")
            rows = apps.get_model(name)._base_manager.all()
            rows = rows.filter(pk=reader.pk) if name == "collaborators.User" else rows
            found[label] = {str(getattr(row, field)) for row in rows if getattr(row, field)}
    return found


def copies_taken(cast) -> list[list[str]]:
    with as_owner():
        taken = LedgerEntry.objects.filter(kind=Kind.EXPORT, community_id=cast.community.pk).order_by("at")
        return list(taken.values_list("fields", flat=True))


# --- What is in it -------------------------------------------------------------------------------------
def test_every_confidential_field_comes_along_or_is_left_out_for_a_reason(cast, walked, browser):
    with as_owner():
        User.objects.filter(pk=cast.member.pk).update(email="own@test.example")
    kept, values = kept_words(cast.member), {str(fact["value"]) for fact in facts_in(copy_of(browser))}

    assert {label for label, words in kept.items() if not words} == set()
    assert {label: words - values for label, words in kept.items() if words - values} == {}


def test_nothing_is_left_out_that_is_not_there():
    assert LEFT_OUT.keys() - confidential_fields() == set()


@pytest.mark.promise("P07")
@pytest.mark.parametrize("way", WAYS)
def test_no_copy_holds_what_is_not_the_communitys(walked, browser, way):
    words = take(browser, way).content.decode()
    foreign = ("note", "notes", "participant", "role", "reader", "legal_name", "contact", "conflicts")

    assert [name for name in foreign if re.search(rf"{canary(name)}\b", words)] == []


@pytest.mark.parametrize("way", ["page", "file"])
def test_the_readable_copies_hold_the_same_words_as_the_file_for_programs(walked, browser, way):
    readable = text_of(take(browser, way))

    words = {fact["code"]: " ".join(fact["words"].split()) for fact in facts_in(copy_of(browser))}
    assert {code for code, said in words.items() if said not in readable} == set()


def test_each_part_of_the_life_of_a_request_is_there(walked, browser):
    filled = {part["code"] for part in copy_of(browser)["sections"] if part["records"]}

    assert {part.name for part in portable} - filled == {"deletions", "keeping"}


def test_codes_stand_beside_words_and_moments_are_iso(cast, browser):
    request = journey.received(cast)
    copy = copy_of(browser)
    facts = {fact["code"]: fact for fact in facts_in(copy)}

    assert (copy["format"], copy["version"], copy["language"]) == ("community-copy", 1, "en")
    assert (facts["status"]["value"], facts["status"]["words"]) == ("received", "received")
    assert facts["kinds_of_help"]["value"] == ["ally"]
    assert datetime.fromisoformat(facts["received_at"]["value"]).tzinfo
    assert facts["uuid"]["value"] == str(request.uuid)


def test_the_codes_are_the_same_in_every_language(walked, browser):
    def codes(language):
        answer = browser.post(f"/{language}{EVERYTHING}", {"way": "data", "is_understood": "on"})
        return [(fact["code"], fact["value"]) for fact in facts_in(json.loads(answer.content))]

    assert codes("en") == codes("ar")


def test_an_own_secret_is_in_no_copy(intake):
    client = signed_in(intake.user)

    for way in WAYS:
        digits = re.sub(r"\D", "", take(client, way).content.decode())
        assert intake.code.secret not in digits


def test_somebody_of_another_community_takes_only_their_own(walked, strange_browser):
    for way in WAYS:
        words = take(strange_browser, way).content.decode()
        assert MARK not in words
        assert "Saltmarsh" in words


# --- How it leaves -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("way", "name"), [("file", "page.html"), ("data", "page.json")])
def test_a_file_is_saved_under_a_name_that_says_nothing(browser, way, name):
    answer = take(browser, way)

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_file_asks_nobody_for_anything_and_does_not_say_where_it_is_from(walked, browser):
    content = take(browser, "file").content
    root = html.fromstring(content)

    assert root.xpath("//script | //style | //link | //img | //form | //iframe | //@style") == []
    assert list(root.iterlinks()) == []
    assert b"testserver" not in content


def test_the_file_has_the_language_and_direction_of_its_reader(browser):
    answer = browser.post(f"/ar{EVERYTHING}", {"way": "file", "is_understood": "on"})
    root = html.fromstring(answer.content)

    assert (root.get("lang"), root.get("dir"), root.findtext(".//title")) != ("en", "ltr", "")
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


def test_the_page_leads_to_each_file(cast, walked, browser):
    page = take(browser, "page")

    assert re.search(r'href="/(en/)?community/files/[^"]+/open/"', page.content.decode())


def test_before_it_the_page_says_what_it_holds_and_who_can_read_it(browser):
    page = text_of(browser.get(EVERYTHING))

    assert "Whoever finds this copy" in page
    assert "Leave this site" in page
    assert all(str(part.words) in page for part in portable)


@pytest.mark.promise("P13")
@pytest.mark.parametrize("way", WAYS)
def test_each_copy_is_in_the_ledger_by_its_way(cast, browser, way):
    take(browser, way)

    assert copies_taken(cast) == [[way]]


def test_the_next_visit_says_when_the_last_copy_was_taken(browser):
    before = text_of(browser.get(EVERYTHING))
    take(browser, "page")

    after = text_of(browser.get(EVERYTHING))
    assert ("The last copy was taken on" in before, "The last copy was taken on" in after) == (False, True)


# --- Who may, and when ---------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", [{"is_understood": ""}, {"way": "elsewhere"}, {"way": ""}])
def test_nothing_leaves_before_the_page_was_understood(cast, browser, typed):
    answer = take(browser, "data", typed)

    assert (answer.status_code, copies_taken(cast)) == (422, [])


@override_settings(FRESH_PROOF_SECONDS=0)
def test_an_open_phone_gives_nothing_away_before_the_code_was_typed_again(intake):
    client = signed_in(intake.user)

    asked = take(client, "data")
    wrong = take(client, "data", {"proof-word": "0000"})
    right = take(client, "data", {"proof-word": intake.code.digits})

    assert asks_for_proof(asked)
    assert "Your receipt code" in text_of(asked)
    assert asks_for_proof(wrong)
    assert json.loads(right.content)["format"] == "community-copy"


def test_somebody_with_only_a_mandate_takes_no_copy(cast, supporter, helper_browser):
    assert take(helper_browser, "data").status_code == 403
    assert helper_browser.get(EVERYTHING).status_code == 403
    with pytest.raises(PermissionDenied):
        take_everything(way="data", by=supporter)


@pytest.mark.parametrize("person", ["facilitator", "coordinator", "ally"])
def test_nobody_else_takes_a_copy(request, person):
    with pytest.raises(PermissionDenied):
        take_everything(way="data", by=request.getfixturevalue(person))


@pytest.mark.promise("P11")
def test_nothing_leaves_while_everything_stands_still(cast):
    freeze_community(cast.community.pk, side=FreezingSide.COMMUNITY, by=cast.member)

    with pytest.raises(PermissionDenied):
        take_everything(way="data", by=cast.member)
    assert copies_taken(cast) == []


def test_what_waits_to_be_deleted_can_be_taken_until_then(cast, walked, browser):
    order_deletion(cast.community, by=cast.member)

    assert "Take your copy before that day" in text_of(browser.get(EVERYTHING))
    assert canary("need") in {fact["words"] for fact in facts_in(copy_of(browser))}
