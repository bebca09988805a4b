"""For any text: nothing found where nothing is, a name found wherever it stands, and never a crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaborations.identifying import Known, warnings_in

PLAIN_WORDS = [
    "a",
    "the",
    "some",
    "group",
    "lives",
    "near",
    "water",
    "asks",
    "for",
    "help",
    "because",
    "guards",
    "came",
]
NAMES = ["Riverbend", "Otieno", "Agua Azul", "الزيتون", "Кедровка", "ቆላ", "Ñuñoa"]


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.sampled_from(PLAIN_WORDS), max_size=60),
    names=st.lists(st.sampled_from(NAMES), min_size=6, max_size=6),
    is_high_risk=st.booleans(),
)
def test_a_text_without_anything_that_identifies_gives_no_warning(words, names, is_high_risk):
    name, handle, person, area, story, project = names
    known = Known(
        name,
        handle,
        person,
        area,
        f"at {story}",
        project,
        names,
        "23220",
        "IFC",
        "KE",
        is_high_risk=is_high_risk,
    )

    assert warnings_in(" ".join(words[:6]), " ".join(words[6:]), known) == []


@settings(max_examples=200, deadline=None)
@given(
    before=st.lists(st.sampled_from(PLAIN_WORDS), max_size=20),
    after=st.lists(st.sampled_from(PLAIN_WORDS), max_size=20),
    name=st.sampled_from(NAMES),
)
def test_a_chosen_name_is_found_wherever_it_stands(before, after, name):
    known = Known(chosen_name=name)

    found = warnings_in("", " ".join([*before, name, *after]), known)

    assert [(warning.code.value, warning.found) for warning in found] == [("chosen-name", (name,))]


ANY_TEXT = st.text(st.characters(), max_size=300)


@settings(max_examples=150, deadline=None)
@given(title=ANY_TEXT, text=ANY_TEXT, one=ANY_TEXT, other=ANY_TEXT, code=st.text(max_size=3))
def test_no_text_of_any_script_breaks_the_scan(title, text, one, other, code):
    known = Known(one, other, one, other, one, other, (one, other), code, one, code, code, is_high_risk=bool(code))

    for warning in warnings_in(title, text, known):
        assert warning.found
        assert warning.excerpt
        assert str(warning.sentence)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "a.", "12 a ", "+1(", "@a", "1.2345 ", "calle ", "А", "ال", "\u200e1", "-"]
)
def test_a_long_text_of_one_piece_takes_no_long_time(piece):
    known = Known(chosen_name=piece * 50, story=piece * 2000, project=piece * 100)

    assert isinstance(warnings_in(piece * 50, piece * 3000, known), list)
