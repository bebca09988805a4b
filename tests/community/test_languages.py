"""The whole community path in every open language: no English left on a page, each part of a page on the path."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import to_locale
from lxml import html

from collaborators.models import User
from cre.catalogues import is_read_by_communities, must_be_said
from tests.access_rows import ROWS
from tests.same_words import SAME_WORDS
from tests.test_access_matrix import address_of, signed_in
from tests.three_communities import World, build_world

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
ARABIC = Path(settings.BASE_DIR) / "cre/locale/ar/LC_MESSAGES/django.po"
PUBLIC = ("start", "how", "safe", "protects", "about-allies")
# Pages of the installed packages, in our own templates.
ACCOUNT_PAGES = (
    "account_login", "account_logout", "account_signup", "account_inactive", "account_change_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done",
    "account-sessions", "mfa_index", "mfa_prove", "mfa_login_webauthn",
)  # fmt: skip
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def pages(world: World, language: str) -> Iterator[tuple[str, Any]]:
    """Every page that a community can open, as its member or as somebody who has not come in."""
    member, nobody = signed_in(world.people["member_own"]), Client()
    names = [name for name in ROWS if name.startswith("community:") or name in PUBLIC]
    for name in names:
        person = "member_own" if ROWS[name].opens("member_own", "own") else "nobody"
        client = member if person == "member_own" else nobody
        yield name, client.get(f"/{language}{address_of(name, ROWS[name], world, 'own')}")
    for name in ACCOUNT_PAGES:
        yield name, nobody.get(f"/{language}{reverse(name)}")
        yield f"{name} of a member", member.get(f"/{language}{reverse(name)}")
    yield "not found", nobody.get(f"/{language}/community/nowhere/")
    yield "wrong code", nobody.post(f"/{language}/community/code/", {"door-code": "1234"})
    yield "nothing chosen", nobody.post(f"/{language}/community/ask/reach/", {})


def shown(page: Any) -> list[str]:
    """The pieces of text on a page, those that only a reader for the blind hears included."""
    root = html.fromstring(page.content)
    found = root.xpath("//body//text()[not(ancestor::bdi)]|//@aria-label|//@title|//@placeholder|//input/@value")
    return [" ".join(str(text).split()) for text in found if str(text).strip()]


@pytest.fixture(scope="session")
def english() -> re.Pattern[str]:
    """Matches a text that is one of our own English sentences, whatever stands in its places."""
    sentences = {sentence for entry in polib.pofile(str(ARABIC)) for sentence in (entry.msgid, entry.msgid_plural)}
    kept = sorted(sentence for sentence in sentences if " " in PLACE.sub("", sentence).strip())
    return re.compile("|".join(".+".join(map(re.escape, PLACE.split(sentence))) for sentence in kept))


def test_no_page_of_a_community_shows_english(world: World, english: re.Pattern[str]) -> None:
    left: dict[str, str] = {}
    for language in OTHERS:
        known = SAME_WORDS.get(to_locale(language), set())
        for name, page in pages(world, language):
            if page.headers["Content-Type"].startswith("text/html") and page.content:
                found = {text for text in shown(page) if english.fullmatch(text)} - known
                left |= {f"{language}: {text}": name for text in found}

    assert left == {}


def test_every_part_of_a_page_of_a_community_is_on_the_path(world: World) -> None:
    folder = Path(settings.BASE_DIR)
    names = {part.name for _name, page in pages(world, "en") for part in page.templates or () if part.name}
    ours = {f"templates/{name}" for name in names if Path(f"{folder}/templates/{name}").exists()}

    assert len(ours) > 40
    assert {name for name in ours if not is_read_by_communities(name)} == set()


@pytest.mark.parametrize(
    ("locale", "file", "needed"),
    [
        ("es", "collaborations/views/community/asking.py", True),
        ("es", "cre/core/vocabularies/harm.py", True),
        ("es", "templates/public/start.html", True),
        ("es", "collaborations/matching/reasons.py", True),
        ("sw", "collaborations/matching/hurdles.py", False),
        ("sw", "collaborations/views/desk/today.py", False),
        ("sw", "templates/secretariat/home.html", False),
        ("es", "collaborations/views/desk/today.py", True),
        ("fr", "collaborations/matching/hurdles.py", True),
        ("ar", "templates/secretariat/home.html", True),
    ],
    ids=[
        "asking",
        "a vocabulary",
        "public",
        "why an ally fits",
        "why not",
        "the desk",
        "the secretariat",
        "the desk in Spanish",
        "why not in French",
        "the secretariat in Arabic",
    ],
)
def test_a_language_has_to_say_what_communities_read(locale: str, file: str, needed: bool) -> None:
    assert must_be_said(locale, ["docs/unread.py", file]) is needed
