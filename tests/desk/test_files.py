"""Files at the desk: listed in words, voices played on the page, everything else saved, each opening on record."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from collaborations.actions import order_deletion
from collaborations.selectors.ledger import THINGS
from cre.core.access import acting_as
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.core.uploads import made
from tests.sending import copied, sent_file

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P16")]


def content(response):
    return b"".join(response.streaming_content)


def test_the_desk_lists_files_with_what_was_taken_out(cast, at):
    request = journey.received(cast)
    copied(sent_file(request, cast.member))

    page = at(cast.facilitator).reads("request-files", request.uuid)

    assert ("river.jpg" in page, "the place where it was made" in page) == (True, True)


def test_a_voice_message_is_played_on_the_page_and_a_photo_is_not(cast, at):
    request = journey.received(cast)
    voices = [sent_file(request, cast.member, data=data) for data in (made.ogg(), made.m4a(), made.mp3())]
    sent_file(request, cast.member)

    page = at(cast.facilitator).reads("request-files", request.uuid)

    played = re.findall(r'<audio controls preload="none" src="([^"]+)"', page)
    assert played == [reverse("desk:file-open", args=[voice.uuid]) for voice in voices]


@pytest.mark.parametrize(
    ("make", "kind"),
    [(made.ogg, "audio/ogg"), (made.m4a, "audio/mp4"), (made.mp3, "audio/mpeg"), (made.pdf, "application/pdf")],
    ids=["opus", "m4a", "mp3", "pdf"],
)
def test_a_file_comes_whole_as_an_attachment_that_cannot_run(cast, at, make, kind):
    file = sent_file(journey.received(cast), cast.member, data=make())

    answer = at(cast.facilitator).get("file-open", file.uuid)

    assert (content(answer), answer["Content-Type"], answer["X-Content-Type-Options"]) == (make(), kind, "nosniff")
    assert answer["Content-Disposition"] == f'attachment; filename="file-1.{file.kind}"'
    assert "no-store" in answer["Cache-Control"]


def test_the_copy_without_hidden_details_can_be_opened_too(cast, at):
    file = copied(sent_file(journey.received(cast), cast.member))

    assert made.CANARY.encode() not in content(at(cast.facilitator).get("file-copy", file.uuid))


def test_there_is_no_copy_before_it_is_made(cast, at):
    file = sent_file(journey.received(cast), cast.member)

    assert at(cast.facilitator).get("file-copy", file.uuid).status_code == 404


@pytest.mark.promise("P13")
def test_each_opening_is_in_the_ledger_and_the_community_has_words_for_it(cast, at):
    file = sent_file(journey.received(cast), cast.member)

    at(cast.facilitator).get("file-open", file.uuid)

    with transaction.atomic(), acting_as(cast.member):
        entry = LedgerEntry.objects.get(kind=Kind.DOWNLOAD)
    assert (entry.person_id, entry.object_uuid, entry.fields, entry.role, entry.community_id) == (
        cast.facilitator.pk, file.uuid, ["stored"], "facilitator", cast.community.pk,
    )  # fmt: skip
    assert str(THINGS[entry.object_label]) == "a file that you sent"


def test_a_page_of_files_writes_no_download_before_somebody_listens(cast, at):
    request = journey.received(cast)
    sent_file(request, cast.member, data=made.ogg())

    at(cast.facilitator).reads("request-files", request.uuid)

    with transaction.atomic(), acting_as(cast.member):
        assert not LedgerEntry.objects.filter(kind=Kind.DOWNLOAD).exists()


def test_the_focal_person_and_another_desk_open_no_file(cast, at, focal_person, other_facilitator):
    file = sent_file(journey.received(cast), cast.member)

    assert at(focal_person).get("file-open", file.uuid).status_code == 404
    assert at(other_facilitator).get("file-open", file.uuid).status_code == 404


def test_a_draft_s_files_are_not_the_desk_s(cast, at):
    file = sent_file(journey.draft(cast), cast.member)

    assert at(cast.facilitator).get("file-open", file.uuid).status_code == 404


@pytest.mark.promise("P15")
def test_files_of_what_waits_to_be_deleted_are_hidden_from_the_desk(cast, at):
    request = journey.received(cast)
    file = sent_file(request, cast.member)
    order_deletion(cast.community, request=request, by=cast.member)

    assert at(cast.facilitator).get("file-open", file.uuid).status_code == 404


def test_a_file_that_the_storage_has_lost_is_not_found(cast, at, settings, tmp_path):
    file = sent_file(journey.received(cast), cast.member)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    assert at(cast.facilitator).get("file-open", file.uuid).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_three_files(cast, at):
    request = journey.received(cast)
    sent_file(request, cast.member)
    reader = at(cast.facilitator)
    one = reader.price("request-files", request.uuid)
    sent_file(request, cast.member)
    sent_file(request, cast.member)

    assert reader.price("request-files", request.uuid) == one
