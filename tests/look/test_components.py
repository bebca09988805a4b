"""The shared parts: no style or script in them, and words for whatever colour says."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from lxml import html

from cre.templatetags.parts import in_groups

TEMPLATES = settings.BASE_DIR / "templates"
BANNED = ("style=", "<style", "onclick", "<script>", "data:", "http://", "https://")
PAGES = sorted(TEMPLATES.rglob("*.html"))


def part(name: str, /, **context: Any) -> Any:
    return html.fromstring(f"<div>{render_to_string(f'components/{name}.html', context)}</div>")


def words(name: str, /, **context: Any) -> str:
    return " ".join(part(name, **context).text_content().split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_carries_style_script_or_foreign_addresses(path: Path):
    text = path.read_text(encoding="utf-8")

    assert [banned for banned in BANNED if banned in text] == []


def test_a_moment_ahead_is_told_as_a_span_with_the_exact_one_beside_it():
    at = timezone.now() + timedelta(days=3, minutes=5)

    assert words("deadline", at=at) == "in 3 days"
    assert part("deadline", at=at).xpath("//time/@title") != [""]


def test_what_has_just_happened_is_not_zero_minutes_ago():
    assert words("moment", at=timezone.now()) == "just now"
    assert words("moment", at=timezone.now() - timedelta(minutes=2)) == "2 minutes ago"


def test_a_missed_deadline_says_that_it_is_late():
    late = part("deadline", at=timezone.now() - timedelta(days=2))

    assert "late by 2" in late.text_content()
    assert late.xpath("//time/@class") == ["late"]


def test_a_deadline_that_was_kept_is_not_late():
    kept = part("deadline", at=timezone.now() - timedelta(days=2), is_done=True)

    assert kept.xpath("//time/@class") == []


def test_a_receipt_code_is_read_in_fours_from_left_to_right():
    panel = part("code_panel", code="1234567890123456789012345678")

    assert panel.xpath("//bdi/@dir") == ["ltr"]
    assert panel.xpath("//bdi")[0].text == "1234 5678 9012 3456 7890 1234 5678"


@pytest.mark.parametrize(("code", "groups"), [("12345678", "1234 5678"), ("1234 56", "1234 56"), ("", "")])
def test_groups_hold_four(code, groups):
    assert in_groups(code) == groups


def test_an_answer_left_open_says_so_and_can_be_changed():
    row = {"label": "Country", "value": "", "url": "/change"}
    page = part("summary_list", rows=[row])

    assert "Not provided" in page.text_content()
    assert page.xpath("//a")[0].text_content() == "Change Country"


def test_answers_keep_the_language_of_their_words():
    page = part("summary_list", rows=[{"label": "Need", "value": "ماء", "lang": "ar"}])

    assert page.xpath("//bdi/@lang") == ["ar"]


def test_reasons_are_words_not_only_marks():
    verdicts = ["match", "mismatch", "unknown"]
    reasons = [{"component": "Language", "verdict": verdict} for verdict in verdicts]
    items = [item.text_content() for item in part("reasons", reasons=reasons).xpath("//li")]

    assert items == ["✓Language: fits", "✗Language: does not fit", "?Language: not known"]


def test_messages_are_marked_by_who_wrote_them():
    at = timezone.now()
    thread = [
        {"who": "Desk for Asia", "at": at, "text": "Hello"},
        {"who": "x", "is_mine": True, "at": at, "text": "ماء", "lang": "ar"},
        {"who": "Amina", "is_note": True, "at": at, "text": "Call"},
    ]
    page = part("message_thread", thread=thread)

    assert [item.get("class") for item in page.xpath("//ol/li")] == [None, "mine", "note"]
    assert page.xpath("//p[@lang='ar']/@dir") == ["auto"]
    assert "Internal note" in page.text_content()


def test_user_words_are_escaped():
    thread = [{"who": "<b>", "at": timezone.now(), "text": "<img src=x>"}]

    assert part("message_thread", thread=thread).xpath("//img | //b") == []


def test_the_step_of_now_is_told_to_screen_readers():
    page = part(
        "steps",
        steps=[{"text": "Sent"}, {"text": "Approve", "state": "now"}, {"text": "Match", "state": "next"}],
    )

    assert page.xpath("//li[@aria-current='step']//strong/text()") == ["Approve"]
    assert "Still to come" in page.text_content()


def test_a_confirmation_says_what_changes_and_who_is_told():
    said = words("confirm_page", title="Ask", changes=["They read the brief."], told=["River Law"], submit="Ask them")

    assert said == "Ask What changes They read the brief. Who is told River Law Ask them"


def test_a_confirmation_without_recipients_says_nobody():
    assert "Nobody." in words("confirm_page", title="Store", submit="Store")


def test_the_current_tab_and_its_count_are_told():
    tabs = [
        {"name": "Needs me", "url": "/a", "count": "12", "is_current": True},
        {"name": "All", "url": "/b"},
    ]
    page = part("view_tabs", tabs=tabs)

    assert page.xpath("//a[@aria-current='page']")[0].text_content() == "Needs me 12"
    assert page.xpath("//a[@href='/b']")[0].text_content() == "All"


def test_an_empty_table_says_so():
    assert words("data_table", caption="Regions", head=["Region"], rows=[]) == "Nothing here."


def test_numbers_of_a_table_are_aligned():
    page = part("data_table", caption="Regions", head=["Region", "Requests"], rows=[["Asia", "12"]], numbers="1")

    assert page.xpath("//td/@class") == ["number"]
    assert page.xpath("//th[@scope='row']/text()") == ["Asia"]


def test_who_is_told_by_role_and_by_name_only_where_given():
    assert words("who", role="Desk for Asia") == "Desk for Asia"
    assert words("who", role="Desk for Asia", name="Mina") == "Desk for Asia (Mina)"
    assert words("who", role="x", is_you=True) == "You"
