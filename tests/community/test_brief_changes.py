"""A brief that comes back shows what changed since the community answered it last."""

import gzip

import pytest

from collaborations.actions import approve_brief, propose_brief, send_back_brief, write_brief
from collaborations.selectors.brief_changes import Piece, words_apart
from tests import journey
from tests.community.test_weight import MOST_BYTES
from tests.community.walking import text_of
from tests.journey import BRIEF, fresh, request_of

pytestmark = pytest.mark.django_db
TEXT = "A herding community near the long lake asks for help with a bank's own rules."


def come_back(cast, first, **content):
    """A version that follows on one that the community sent back."""
    send_back_brief(first, version=first.version, wishes="Leave the lake out.", by=cast.member)
    return next_version(cast, first, **content)


def next_version(cast, earlier, **content):
    newer = write_brief(request_of(earlier, cast.facilitator), by=cast.facilitator, **(BRIEF | content))
    return fresh(propose_brief(newer, version=newer.version, by=cast.facilitator), cast.member)


def page_of(browser, brief, language="en"):
    return browser.get(f"/{language}/community/briefs/{brief.uuid}/")


def test_words_that_went_and_came_are_marked_where_they_stood():
    assert words_apart("we live near the lake and fish", "we live inland and fish") == [
        Piece("", "we live"),
        Piece("del", "near the lake"),
        Piece("ins", "inland"),
        Piece("", "and fish"),
    ]


def test_a_single_word_that_both_have_does_not_tear_a_change_apart():
    assert words_apart("down by the lake we fish", "up on the hill we fish") == [
        Piece("del", "down by the lake"),
        Piece("ins", "up on the hill"),
        Piece("", "we fish"),
    ]


def test_a_new_version_shows_what_went_and_what_came_in_marks_and_in_words(cast, browser):
    newer = come_back(cast, journey.briefed(cast, text=TEXT), text=TEXT.replace("near the long lake", "in the hills"))

    page = page_of(browser, newer)

    assert '<del><bdi class="unseen" lang="en">gone: </bdi>near the long lake</del>' in page.content.decode()
    assert '<ins><bdi class="unseen" lang="en">new: </bdi>in the hills</ins>' in page.content.decode()
    assert "What is different from version 1" in text_of(page)


def test_paragraphs_that_stayed_are_not_repeated(cast, browser):
    stays, goes = "The land is common land.", "Surveyors came in May."
    newer = come_back(cast, journey.briefed(cast, text=f"{stays}\n\n{goes}"), text=f"{stays}\n\nSurveyors came.")

    content = page_of(browser, newer).content.decode()

    assert content.count(stays) == 1
    assert content.count("in May") == 1


def test_what_allies_see_beside_the_text_is_compared_too(cast, browser):
    newer = come_back(cast, journey.briefed(cast), shown_country="")

    page = text_of(page_of(browser, newer))

    assert "gone: your country: Kenya" in page
    assert "new: your region only: Africa" in page


def test_a_version_with_the_same_words_says_so(cast, browser):
    newer = come_back(cast, journey.briefed(cast))

    assert "Nothing. Every word is as it was." in text_of(page_of(browser, newer))


def test_the_first_version_is_compared_with_nothing(cast, browser):
    assert "What is different" not in text_of(page_of(browser, journey.briefed(cast)))


def test_a_version_that_was_never_answered_is_not_what_the_new_one_is_compared_with(cast, browser):
    first = journey.briefed(cast, text=TEXT)
    unanswered = come_back(cast, first, text="Something else.")
    newest = next_version(cast, unanswered, text=TEXT)

    page = text_of(page_of(browser, newest))

    assert "What is different from version 1" in page
    assert "Nothing. Every word is as it was." in page


def test_an_approved_version_is_what_the_next_one_is_compared_with(cast, browser):
    first = journey.briefed(cast, text=TEXT)
    approve_brief(first, version=first.version, by=cast.member)
    newer = next_version(cast, first, text=TEXT.replace("herding", "fishing"))

    assert ">gone: </bdi>herding</del>" in page_of(browser, newer).content.decode()


def test_a_translation_is_read_as_a_new_text(cast, browser):
    newer = come_back(cast, journey.briefed(cast), language="sw", text="Jamii ya wafugaji inaomba msaada.")

    page = page_of(browser, newer)

    assert "It is in another language." in text_of(page)
    assert "<del>" not in page.content.decode()


def test_a_text_written_anew_is_not_shown_word_by_word(cast, browser):
    first = journey.briefed(cast, text=" ".join(f"first{number}" for number in range(300)))
    newer = come_back(cast, first, text=" ".join(f"second{number}" for number in range(300)))

    page = page_of(browser, newer)

    assert "Almost everything." in text_of(page)
    assert "<del>" not in page.content.decode()


@pytest.mark.parametrize("language", ["en", "ar", "hi"])
def test_a_long_brief_with_its_changes_stays_light(cast, browser, language):
    long = "\n\n".join(f"{TEXT} Part {number} of the story." for number in range(20))
    newer = come_back(cast, journey.briefed(cast, text=long), text=long.replace("lake", "hill"))

    assert len(gzip.compress(page_of(browser, newer, language).content)) <= MOST_BYTES
