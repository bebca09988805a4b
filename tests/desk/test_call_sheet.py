"""The questions on paper: in any language, without a word of any request."""

import pytest
from django.conf import settings

from collaborations.forms.desk.assisted import PaperForm
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_printed_in_every_language_and_its_direction(facilitator, at, language):
    page = at(facilitator).reads("call-sheet", spoken=language)

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_it_asks_every_question_once_and_the_urgent_ones_first(facilitator, at):
    page = at(facilitator).reads("call-sheet")
    labels = [str(field.label) for field in PaperForm.base_fields.values() if not field.widget.is_hidden]

    assert [label for label in labels if label not in page] == []
    order = [
        "Is anyone in danger?",
        "How can we reach you safely?",
        "What do you need?",
        "May we keep this?",
        "Who asks?",
    ]
    assert [page.index(f"<strong>{label}") for label in order] == sorted(
        page.index(f"<strong>{name}") for name in order
    )


@pytest.mark.promise("P08")
def test_it_holds_no_name_of_the_platform_and_nothing_of_a_request(cast, at, settings):
    request = journey.received(cast)
    before = ledger_of(request)
    page = at(cast.facilitator).reads("call-sheet")

    printed = page.split("<body>")[1]
    assert "Exchange" not in printed
    assert str(request.uuid)[:6] not in printed
    assert ledger_of(request) == before


def ledger_of(request):
    with as_owner():
        return LedgerEntry.objects.filter(request_uuid=request.uuid).count()


@pytest.mark.promise("P29")
def test_an_unknown_language_gives_the_readers_own(facilitator, at):
    assert '<html lang="en" dir="ltr">' in at(facilitator).reads("call-sheet", spoken="xx")


def test_the_text_to_read_aloud_stands_in_the_language_that_was_chosen(facilitator, at):
    page = at(facilitator).reads("request-new", spoken="ar")

    assert '<html lang="en" dir="ltr">' in page
    assert '<div lang="ar" dir="rtl">' in page


def test_the_page_asks_the_database_the_same_whatever_is_there(cast, at):
    desk = at(cast.facilitator)
    before = desk.price("request-new")
    for _ in range(3):
        journey.received(cast)

    assert desk.price("request-new") == before <= 12
