"""Whom each entry concerns, and by which relation its person came to the record; the database finds it out."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from collaborations.models import RequestMessage
from cre.core import ledger
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerEntry
from cre.core.vault.sealed import sealed_fields
from tests import canaries, journey
from tests.conftest import as_owner
from tests.journey import cast

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P13")]
# Records with confidential words that concern no community, and why.
OF_NO_COMMUNITY = {
    "collaborators.CollaboratorPrivate": "an ally's own name and contact",
    "collaborators.Composition": "what a member of a panel says of themselves",
    "collaborators.ShownName": "how somebody of the staff wants to be called",
}


@pytest.fixture
def walked(cast):
    """The path with words in every confidential field, and an empty page of the ledger."""
    return canaries.walk(cast)


def read_everything(person) -> set[str]:
    """Open every sealed field that this person sees, each row fetched bare, as a list would; the labels opened."""
    opened = set()
    with transaction.atomic(), acting_as(person, view="reading"):
        for model in canaries.sealed_models():
            for row in model._default_manager.all():
                if [text for field in sealed_fields(model) if (text := getattr(row, field.name))]:
                    opened.add(model._meta.label)
    return opened


def entries(person, **wanted) -> list[LedgerEntry]:
    with as_owner():
        return list(LedgerEntry.objects.filter(person_id=person.pk, **wanted).order_by("at"))


def test_of_every_record_the_ledger_can_tell_whom_it_concerns(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'cre_subject_of'")
        (known,) = cursor.fetchone()
    silent = [
        model._meta.label
        for model in canaries.sealed_models()
        if not hasattr(model, "community_id")
        and "request" not in model.SUBJECT
        and f"'{model._meta.label}'" not in known
    ]
    assert set(silent) == set(OF_NO_COMMUNITY)


def test_every_read_names_its_community_region_and_request(cast, walked):
    read_everything(cast.facilitator)

    for entry in entries(cast.facilitator, view="reading"):
        named = (entry.community_id, entry.region_id, entry.role)
        if entry.object_label in OF_NO_COMMUNITY:
            assert named == (None, None, "facilitator")
        else:
            assert named == (cast.community.pk, cast.community.region_id, "facilitator"), entry.object_label
        has_request = entry.object_label not in {*OF_NO_COMMUNITY, "collaborators.CommunityIdentity"}
        assert (entry.request_uuid is not None) is has_request, entry.object_label


def test_an_ally_that_may_not_see_the_request_is_on_record_for_its_community(cast, walked):
    read_everything(cast.ally)

    read = [entry for entry in entries(cast.ally, view="reading") if entry.object_label not in OF_NO_COMMUNITY]
    assert {entry.object_label for entry in read} >= {"collaborations.BriefVersion", "collaborations.Disclosure"}
    with as_owner():
        uuid = walked.request.uuid
    assert {(entry.community_id, entry.request_uuid, entry.role) for entry in read} == {
        (cast.community.pk, uuid, "ally")
    }


def test_a_list_asks_nothing_more_for_it(cast):
    request = journey.talked(cast)
    with transaction.atomic(), acting_as(cast.facilitator) as actor:
        messages = list(RequestMessage.objects.filter(request=request))
        assert [message.text for message in messages]
        with CaptureQueriesContext(connection) as caught:
            ledger.flush(actor)
    assert len(caught) == 1


@pytest.mark.parametrize(
    ("who", "relation"),
    [("member", "own"), ("facilitator", "facilitator"), ("focal_person", "focal_person"),
     ("coordinator", "coordinator"), ("steward", "steward"), ("stranger", "")],
)  # fmt: skip
def test_the_relation_is_found_out_and_not_typed(cast, request, who, relation):
    about, person = journey.received(cast), request.getfixturevalue(who)
    with transaction.atomic(), acting_as(person):
        ledger.record(ledger.Kind.ACTED, "collaborations.SupportRequest", seen=ledger.Seen(
            "collaborations.SupportRequest", about.uuid))  # fmt: skip

    (entry,) = entries(person, kind="acted")
    assert (entry.role, entry.request_uuid, entry.region_id) == (relation, about.uuid, cast.community.region_id)


def test_who_facilitates_another_region_has_no_relation(cast, other_facilitator):
    about = journey.received(cast)
    with transaction.atomic(), acting_as(other_facilitator):
        ledger.record(ledger.Kind.ACTED, "", seen=ledger.Seen("collaborations.SupportRequest", about.uuid))

    (entry,) = entries(other_facilitator, kind="acted")
    assert entry.role == ""


def test_a_role_that_has_ended_is_no_relation(cast, coordinator, facilitator):
    about = journey.received(cast)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE collaborators_regiongrant SET ends_at = now() - interval '1 hour' WHERE user_id = %s",
            [facilitator.pk],
        )
    with transaction.atomic(), acting_as(facilitator):
        ledger.record(ledger.Kind.ACTED, "", seen=ledger.Seen("collaborations.SupportRequest", about.uuid))

    (entry,) = entries(facilitator, kind="acted")
    assert entry.role == ""


def test_an_entry_follows_the_record_and_not_what_was_claimed(cast, outsider_and_community):
    about, (_, other) = journey.received(cast), outsider_and_community
    with transaction.atomic(), acting_as(cast.facilitator):
        seen = ledger.Seen(
            "collaborations.SupportRequest", about.uuid, community_id=other.pk, region_id=other.region_id
        )
        ledger.record(ledger.Kind.ACTED, "", seen=seen)

    (entry,) = entries(cast.facilitator, kind="acted")
    assert (entry.community_id, entry.region_id) == (cast.community.pk, cast.community.region_id)


def test_the_inner_functions_answer_nobody(stranger):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(has_function_privilege('cre_app', oid, 'EXECUTE')) FROM pg_proc "
            "WHERE proname IN ('cre_subject_of', 'cre_relation_of')"
        )
        assert cursor.fetchone() == (False,)
