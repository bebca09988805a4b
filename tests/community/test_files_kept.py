"""What becomes of a file: shared with one ally, or never; removed with all its copies; gone with its draft."""

import pytest
from django.db import transaction
from django.urls import reverse

from collaborations.actions import share_file, withdraw_request
from collaborations.models import Consent, FileDisclosure, RequestFile
from collaborations.models.files import CopyState
from cre.core.access import Refused, acting_as
from tests import journey
from tests.community.walking import text_of
from tests.core.uploads import made
from tests.journey import fresh, request_of
from tests.sending import copied, introduction_of, sent_file, shared_file

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P16")]


def test_a_file_of_which_no_copy_can_be_made_is_kept_and_never_shared(browser, cast):
    work = journey.introduced(cast)
    inside = made.docx(**{"word__embeddings__a.xlsx": made.xlsx()})
    file = copied(sent_file(request_of(work, cast.member), cast.member, data=inside))

    assert file.copy_state == CopyState.NONE
    with pytest.raises(Exception, match="cannot be shared"):
        share_file(file, introduction_of(work, cast.member), by=cast.member)
    assert "no ally can get it" in text_of(browser.get(reverse("community:file", args=[file.uuid])))


@pytest.mark.promise("P11")
def test_a_file_is_shared_with_one_ally_by_a_consent_of_its_own(browser, cast):
    work = journey.introduced(cast)
    file = copied(sent_file(request_of(work, cast.member), cast.member))
    page = reverse("community:file", args=[file.uuid])

    answer = browser.post(page, {"ally": introduction_of(work, cast.member).uuid})

    assert answer.status_code == 302
    with transaction.atomic(), acting_as(cast.member):
        consent = Consent.objects.latest("id")
        assert (consent.about, consent.fields) == (Consent.About.DISCLOSE, ["file-1"])
    assert "File 1" in text_of(browser.get(reverse("community:collaboration", args=[work.uuid])))
    assert "file 1" in text_of(browser.get(reverse("community:consents")))


@pytest.mark.promise("P12")
def test_a_file_of_one_request_is_not_shared_with_the_ally_of_another(cast):
    work = journey.introduced(cast)
    file = copied(sent_file(journey.received(cast), cast.member))

    with pytest.raises(Refused, match="cannot be shared"):
        share_file(file, introduction_of(work, cast.member), by=cast.member)


@pytest.mark.promise("P15")
def test_a_file_that_is_removed_is_gone_with_its_copies_and_its_name(browser, cast, deliver, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    shared = shared_file(journey.introduced(cast), cast.member)
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 3

    answer = browser.post(reverse("community:file-remove", args=[shared.file.uuid]))
    deliver()

    assert answer.status_code == 302
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    with transaction.atomic(), acting_as(cast.member):
        assert (RequestFile.objects.count(), FileDisclosure.objects.count()) == (0, 0)
        assert not hasattr(RequestFile.history.first(), "name_sealed")
        assert Consent.objects.filter(is_given=False, about=Consent.About.DISCLOSE).count() == 1


@pytest.mark.promise("P15")
def test_a_draft_that_is_taken_back_takes_its_files_along(cast, deliver, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    draft = journey.draft(cast)
    sent_file(draft, cast.member)
    draft = fresh(draft, cast.member)

    withdraw_request(draft, version=draft.version, by=cast.member)
    deliver()

    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
