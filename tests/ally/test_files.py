"""What an ally gets of files: a copy without hidden details, of what was ticked for it, as long as the yes stands."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from collaborations.actions import order_deletion, withdraw_consent, withdraw_request
from collaborations.models import FileDisclosure, RequestFile
from collaborators.actions import freeze_community
from collaborators.models import FreezingSide
from cre.core.access import acting_as
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.core.uploads import made
from tests.journey import request_of
from tests.sending import copied, sent_file, shared_file

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11"), pytest.mark.promise("P16")]


def opens(browser, shared):
    return browser.get(reverse("ally:file-open", args=[shared.uuid]))


def test_the_ally_gets_the_copy_without_hidden_details(cast, as_ally):
    work = journey.introduced(cast)
    shared = shared_file(work, cast.member)

    page = as_ally.get(reverse("ally:collaboration", args=[work.uuid])).content.decode()
    answer = opens(as_ally, shared)
    copy = b"".join(answer.streaming_content)

    assert (f"/files/{shared.uuid}/" in page, "river.jpg" in page) == (True, False)
    assert (copy[:3], made.CANARY.encode() in copy) == (b"\xff\xd8\xff", False)
    assert answer["Content-Disposition"] == 'attachment; filename="file-1.jpg"'


def test_a_file_that_was_not_ticked_is_neither_listed_nor_opened(cast, as_ally):
    work = journey.introduced(cast)
    shared = shared_file(work, cast.member)
    other = copied(sent_file(request_of(work, cast.member), cast.member))

    page = as_ally.get(reverse("ally:collaboration", args=[work.uuid])).content.decode()

    assert page.count("/ally/files/") == 1
    assert [opens(as_ally, row).status_code for row in (other, shared.file)] == [404, 404]
    with transaction.atomic(), acting_as(cast.ally):
        assert RequestFile.objects.count() == 0


def test_a_colleague_who_was_not_named_opens_nothing(cast, browser, colleague):
    shared = shared_file(journey.introduced(cast), cast.member)

    assert opens(browser(colleague), shared).status_code == 404


def test_withdrawal_ends_it_with_the_next_request_and_destroys_the_copy(cast, as_ally):
    work = journey.introduced(cast)
    shared = shared_file(work, cast.member)
    assert opens(as_ally, shared).status_code == 200

    withdraw_consent(shared.consent, by=cast.member)

    assert opens(as_ally, shared).status_code == 404
    with transaction.atomic(), acting_as(cast.member):
        assert FileDisclosure.objects.count() == 0


def test_what_else_was_shared_stays_when_a_file_is_taken_back(cast, as_ally):
    work = journey.introduced(cast)
    withdraw_consent(shared_file(work, cast.member).consent, by=cast.member)

    assert "+000 Riverbend" in as_ally.get(reverse("ally:collaboration", args=[work.uuid])).content.decode()


def test_a_freeze_stops_it_at_once(cast, as_ally):
    shared = shared_file(journey.introduced(cast), cast.member)

    freeze_community(
        cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, reason="A phone was taken.",
        by=cast.facilitator,
    )  # fmt: skip

    assert opens(as_ally, shared).status_code == 404


def test_taking_the_request_back_ends_it(cast, as_ally):
    work = journey.introduced(cast)
    shared = shared_file(work, cast.member)
    request = request_of(work, cast.member)

    withdraw_request(request, version=request.version, by=cast.member)

    assert opens(as_ally, shared).status_code == 404


def test_an_order_to_delete_ends_it(cast, as_ally):
    shared = shared_file(journey.introduced(cast), cast.member)

    order_deletion(cast.community, by=cast.member)

    assert opens(as_ally, shared).status_code == 404


@pytest.mark.promise("P13")
def test_each_opening_is_in_the_ledger_of_the_community(cast, as_ally):
    shared = shared_file(journey.introduced(cast), cast.member)

    opens(as_ally, shared)

    with transaction.atomic(), acting_as(cast.member):
        entry = LedgerEntry.objects.get(kind=Kind.DOWNLOAD)
        assert (entry.person_id, entry.object_label, entry.community_id) == (
            cast.ally.pk, "collaborations.FileDisclosure", cast.community.pk,
        )  # fmt: skip


@pytest.mark.promise("P10")
def test_the_database_lets_no_ally_add_or_change_a_shared_file(cast):
    shared_file(journey.introduced(cast), cast.member)

    with transaction.atomic(), acting_as(cast.ally), connection.cursor() as cursor:
        cursor.execute("UPDATE collaborations_filedisclosure SET number = 9")
        assert cursor.rowcount == 0
