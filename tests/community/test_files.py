"""Files of a community: sent from a phone without scripts, each by itself, known by content, shared as clean copies."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaborations.actions import remove_file
from collaborations.models import RequestFile, TimelineEntry
from collaborations.models.files import CopyState
from cre.core.access import acting_as
from cre.core.outbox import Notice
from cre.core.uploads.answering import NOTHING_RUNS
from tests import journey
from tests.community.walking import hidden, text_of
from tests.core.uploads import made
from tests.journey import fresh
from tests.sending import copied, sent_file

MARKS = re.compile("SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT set_config")
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P16")]


def page_of(request):
    return reverse("community:files", args=[request.uuid])


def send(browser, request, *files, once=None):
    """Send files as a browser does: the page first, then the form."""
    once = once or hidden(browser.get(page_of(request)), "once")
    uploads = [SimpleUploadedFile(name, data, "image/jpeg") for name, data in files]
    return browser.post(page_of(request), {"once": once, "uploads": uploads})


def files_in(cast, request):
    with transaction.atomic(), acting_as(cast.member):
        return [(file.number, file.kind, file.name) for file in RequestFile.objects.filter(request=request)]


def content(response):
    return b"".join(response.streaming_content)


def test_several_files_are_added_to_a_draft_at_once(browser, cast):
    draft = journey.draft(cast)

    answer = send(browser, draft, ("river.jpg", made.picture()), ("voice.bin", made.ogg()), ("plan.pdf", made.pdf()))

    assert (answer.status_code, answer["Location"]) == (302, page_of(draft))
    assert files_in(cast, draft) == [(1, "jpg", "river.jpg"), (2, "ogg", "voice.bin"), (3, "pdf", "plan.pdf")]


def test_a_file_that_is_not_taken_keeps_the_others_and_says_which_and_why(browser, cast):
    request = journey.received(cast)

    answer = send(browser, request, ("a.jpg", made.picture()), ("b.jpg", b"MZ\x00program"), ("c.png", made.huge_png()))

    assert answer.status_code == 422
    page = text_of(answer)
    assert ("b.jpg : We cannot take this kind of file" in page, "c.png : This picture has too many" in page) == (
        True, True
    )  # fmt: skip
    assert files_in(cast, request) == [(1, "jpg", "a.jpg")]


def test_a_file_that_is_too_big_is_let_by_and_the_rest_is_kept(browser, cast, settings):
    settings.UPLOAD_MB_EACH, settings.UPLOAD_MB_AT_ONCE = 1, 2
    request = journey.received(cast)
    big = made.picture() + bytes(1_200_000)

    answer = send(browser, request, ("big.jpg", big), ("small.jpg", made.picture()))

    assert (answer.status_code, "big.jpg : It is too big" in text_of(answer)) == (422, True)
    assert files_in(cast, request) == [(1, "jpg", "small.jpg")]


def test_too_much_at_once_is_asked_for_again(browser, cast, settings):
    settings.UPLOAD_MB_EACH, settings.UPLOAD_MB_AT_ONCE = 2, 2
    request = journey.received(cast)
    half = made.picture() + bytes(1_300_000)

    answer = send(browser, request, ("one.jpg", half), ("two.jpg", half), ("three.jpg", made.picture()))

    assert "two.jpg : It was too much at once" in text_of(answer)
    assert [name for _, _, name in files_in(cast, request)] == ["one.jpg", "three.jpg"]


def test_a_request_has_only_so_many_files(browser, cast, settings):
    settings.UPLOAD_FILES = 1
    request = journey.received(cast)

    answer = send(browser, request, ("a.jpg", made.picture()), ("b.jpg", made.picture()))

    assert "b.jpg : There is no more room" in text_of(answer)
    assert len(files_in(cast, request)) == 1


def test_a_request_has_only_so_many_megabytes(browser, cast, settings):
    settings.UPLOAD_MB_ALL = 1
    request = journey.received(cast)
    part = made.picture() + bytes(600_000)

    answer = send(browser, request, ("a.jpg", part), ("b.jpg", part))

    assert "b.jpg : There is no more room" in text_of(answer)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../x", "x"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("<b>&.jpg", "<b>&.jpg"),
        ("عين النهر.jpg", "عين النهر.jpg"),
    ],
    ids=["climbing", "turned", "marks", "arabic"],
)
def test_a_name_is_only_a_text_and_the_file_is_called_by_its_number(browser, cast, given, shown):
    request = journey.received(cast)
    send(browser, request, (given, made.picture()))
    ((number, kind, name),) = files_in(cast, request)

    with transaction.atomic(), acting_as(cast.member):
        uuid = RequestFile.objects.get(request=request).uuid
    answer = browser.get(reverse("community:file-open", args=[uuid]))

    assert (number, kind, name) == (1, "jpg", shown)
    assert answer["Content-Disposition"] == 'attachment; filename="file-1.jpg"'


def test_a_second_click_adds_nothing_twice(browser, cast):
    request = journey.received(cast)
    once = hidden(browser.get(page_of(request)), "once")

    for _ in range(2):
        send(browser, request, ("a.jpg", made.picture()), once=once)

    with transaction.atomic(), acting_as(cast.member):
        told = TimelineEntry.objects.filter(request=request, event="files").count()
    assert (len(files_in(cast, request)), told) == (1, 1)


def test_sending_nothing_asks_for_a_file(browser, cast):
    request = journey.received(cast)

    answer = send(browser, request)

    assert (answer.status_code, "Choose at least one file." in text_of(answer)) == (422, True)


@pytest.mark.promise("P04")
def test_only_sealed_bytes_lie_on_the_disk_and_no_name(browser, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    request = journey.received(cast)
    send(browser, request, (f"{made.CANARY}.jpg", made.picture()))

    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]

    assert len(stored) == 1
    assert made.CANARY.encode() not in stored[0].read_bytes()
    assert re.fullmatch(r"sealed/[0-9a-f]{2}/[0-9a-f]{32}", stored[0].relative_to(settings.MEDIA_ROOT).as_posix())


def test_the_community_gets_its_file_back_as_it_was(browser, cast):
    file = sent_file(journey.received(cast), cast.member)

    answer = browser.get(reverse("community:file-open", args=[file.uuid]))

    assert content(answer) == made.picture()
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "image/jpeg")
    assert answer["Content-Security-Policy"] == NOTHING_RUNS


def test_the_community_is_told_what_was_taken_out_of_the_copy(browser, cast):
    file = copied(sent_file(journey.received(cast), cast.member))

    page = text_of(browser.get(reverse("community:file", args=[file.uuid])))
    copy = content(browser.get(reverse("community:file-copy", args=[file.uuid])))

    assert ("the place where it was made" in page, "the name of the camera" in page) == (True, True)
    assert made.CANARY.encode() not in copy


def test_the_desk_is_told_once_of_files_that_came_together(browser, cast, deliver):
    request = journey.received(cast)
    deliver()

    send(browser, request, ("a.jpg", made.picture()), ("b.jpg", made.picture()))
    deliver()

    with transaction.atomic(), acting_as(cast.facilitator):
        told = Notice.objects.filter(topic="files-for-desk").count()
        steps = TimelineEntry.objects.filter(request=request, event="files").count()
        states = set(RequestFile.objects.filter(request=request).values_list("copy_state", flat=True))
    assert (told, steps, states) == (1, 1, {CopyState.READY})


def test_of_files_in_a_draft_nobody_is_told(browser, cast, deliver):
    send(browser, journey.draft(cast), ("a.jpg", made.picture()))
    deliver()

    with transaction.atomic(), acting_as(cast.facilitator):
        assert (Notice.objects.filter(topic="files-for-desk").count(), RequestFile.objects.count()) == (0, 0)


def test_another_community_neither_sees_nor_removes_a_file(strange_browser, cast, outsider):
    file = sent_file(journey.received(cast), cast.member)

    answers = [
        strange_browser.get(reverse(f"community:{name}", args=[file.uuid])).status_code
        for name in ("file", "file-open", "file-copy", "file-remove")
    ]

    assert answers == [404] * 4
    with pytest.raises(Http404):
        remove_file(file, by=outsider)
    assert fresh(file, cast.member).number == 1


@pytest.mark.promise("P29")
def test_a_body_that_is_no_form_gets_a_clear_answer(browser, cast):
    request = journey.received(cast)

    answer = browser.generic("POST", page_of(request), b"nonsense", "multipart/form-data; boundary=x")
    broken = browser.generic("POST", page_of(request), b"nonsense", "multipart/form-data")

    assert {answer.status_code, broken.status_code} <= {400, 403, 422}


def test_the_page_of_files_asks_the_same_of_the_database_for_one_and_for_three(browser, cast):
    request = journey.received(cast)
    sent_file(request, cast.member)
    one = price(browser, page_of(request))
    for _ in range(2):
        sent_file(request, cast.member)

    assert (price(browser, page_of(request)), one <= 12) == (one, True)


def price(browser, address):
    """How many statements a page needs; marks of transactions are not counted."""
    browser.get(address)
    with CaptureQueriesContext(connection) as caught:
        browser.get(address)
    return len([query for query in caught if not MARKS.match(query["sql"])])
