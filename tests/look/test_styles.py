"""The stylesheets keep to what old phones read, to both directions of writing, and to their weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from cre.assets import JOINED, StylesFinder, join_styles

STYLES = settings.BASE_DIR / "static" / "css"
FILES = sorted(STYLES.glob("*.css"))
# No @layer, nesting, light-dark(), :dir() or :has(): unknown to Android 6 and 7. Nothing from elsewhere.
TOO_NEW = re.compile(r"@layer|light-dark\(|:dir\(|:has\(|@container|(?m:^\s*&)|@import|url\(|!important")
SIDES = re.compile(r"[\s-](left|right)\b(?!:lang)|\btext-align:\s*(left|right)|float:\s*(left|right)")


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette(is_dark: bool) -> dict[str, str]:
    """The colours by name, light or dark."""
    light, dark = (STYLES / "tokens.css").read_text(encoding="utf-8").split("@media")
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark if is_dark else light))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_old_browsers_read_every_rule(path):
    assert TOO_NEW.findall(without_comments(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_rule_names_left_or_right(path):
    assert SIDES.findall(without_comments(path)) == []


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_are_named_in_tokens_only(path):
    screen = without_comments(path).split("@media print")[0]

    assert re.findall(r"#[0-9a-fA-F]{3,6}\b|rgb\(|hsl\(", screen) == []


def test_the_joined_stylesheet_weighs_at_most_five_kilobytes():
    joined = join_styles(settings.BASE_DIR / "static" / part for part in JOINED["css/site.css"])

    assert len(gzip.compress(joined.encode(), 9)) <= 5_000


def test_joining_loses_no_rule():
    parts = [settings.BASE_DIR / "static" / part for part in JOINED["css/site.css"]]

    assert join_styles(parts).count("{") == sum(without_comments(part).count("{") for part in parts)


def test_the_joined_stylesheet_is_found_and_collected_like_any_other_file(settings, tmp_path):
    settings.JOINED_STYLES_ROOT = tmp_path
    finder = StylesFinder()

    assert finder.find("css/site.css") == str(tmp_path / "css" / "site.css")
    assert [path for path, _storage in finder.list(None)] == ["css/site.css"]
    assert finder.find("css/base.css") == []


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *[("text", paper) for paper in ("ground", "panel", "attention-ground", "danger-ground")],
        ("muted", "ground"),
        ("muted", "panel"),
        ("action", "ground"),
        ("action", "panel"),
        ("action", "attention-ground"),
        ("on-action", "action"),
        ("on-danger", "danger"),
        ("attention", "attention-ground"),
        ("danger", "ground"),
        ("danger", "danger-ground"),
    ],
)
def test_words_stand_out_seven_to_one(ink, paper, is_dark):
    colours = palette(is_dark)

    assert contrast(colours[ink], colours[paper]) >= 7


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["edge", "action", "attention-mark", "danger"])
def test_marks_stand_out_three_to_one(mark, is_dark):
    colours = palette(is_dark)

    assert min(contrast(colours[mark], colours[paper]) for paper in ("ground", "panel")) >= 3
