"""What identifies is found in every script; what does not is left in peace."""

import pytest
from django.utils import translation

from collaborations.identifying import BriefWarning, Known, Tell, warnings_in

RIVERBEND = Known(
    chosen_name="People of Riverbend",
    contact="+254 700 123 456",
    people="Amina Wanjiru, the teacher",
    wider_area="near Kisumu, north of the lake",
    story="We live at Agua Azul. In Agua Azul, and in the hills of Dunga, guards came. Old Otieno saw it.",
    project="Kapsoya Hydropower, by HydroMax",
    register=("Nachtigal Hydropower Project", "Kaliwa Dam", "Natural Resource Management"),
    sector="23220",
    financier="World Bank",
    country="KE",
)
ZAYTOUN = Known(
    chosen_name="لجنة الزيتون",
    wider_area="وادي النخلة",
    story="نعيش في قرية الرمان منذ زمن. جاءت شركة الفجر إلى قرية الرمان.",
    country="JO",
)


def found_in(text: str, known: Known = RIVERBEND, title: str = "") -> dict[str, tuple[str, ...]]:
    return {warning.code.value: warning.found for warning in warnings_in(title, text, known)}


SAFE = """An Indigenous community in East Africa lives near a planned dam. Several hundred families may lose
their land. They seek a lawyer, and a scientist who reads the study of impacts. They have written to the
ministry twice since 2019. About 300 families met; they decide in an assembly. The bank's own mechanism
may be the next step."""


def test_a_redacted_brief_gives_no_warning():
    assert warnings_in("A dam on a river", SAFE, RIVERBEND) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The People of Riverbend ask for help.", ("People of Riverbend",)),
        ("the people of RIVERBEND ask", ("people of RIVERBEND",)),
        ("A group at riverbend asks.", ("riverbend",)),
        ("Riverbend's guards", ("Riverbend",)),
        ("Riverbends are common here.", None),
        ("People ask for help.", None),
    ],
)
def test_the_chosen_name_is_found_whole_and_in_its_telling_words(text, expected):
    assert found_in(text).get("chosen-name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تطلب لجنة الزيتون الدعم", ("لجنة الزيتون",)),
        ("أرسلت الرسالة للزيتون", ("للزيتون",)),
        ("أهل زيتون يطلبون", ("زيتون",)),
        ("وبالزيتونِ نعيش", ("وبالزيتونِ",)),
        ("لجنة محلية تطلب الدعم", None),
        ("الزيتونة شجرة", None),
    ],
)
def test_arabic_names_are_found_with_what_is_written_in_front(text, expected):
    assert found_in(text, ZAYTOUN).get("chosen-name") == expected


def test_names_after_a_word_for_a_place_or_a_company_are_names_in_arabic():
    found = found_in("دخلت شركة الفجر أرض الرمان", ZAYTOUN)

    assert found == {"story-name": ("الفجر", "الرمان")}


def test_a_name_in_a_script_without_spaces_is_found():
    assert found_in("เราอยู่ที่บ้านน้ำใสริมแม่น้ำ", Known(chosen_name="บ้านน้ำใส")) == {"chosen-name": ("บ้านน้ำใส",)}


def test_vowel_signs_belong_to_the_word():
    known = Known(wider_area="नारायणी नदी")

    assert found_in("हम नारायणी के पास रहते हैं", known) == {"place": ("नारायणी",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 0700-123-456.", ("0700-123-456",)),
        ("Call ٠٧٠٠ ١٢٣ ٤٥٦ now", ("٠٧٠٠ ١٢٣ ٤٥٦",)),
        ("Call +254 (700) 123.456", ("+254 (700) 123.456",)),
    ],
)
def test_the_own_number_is_found_however_it_is_written(text, expected):
    assert found_in(text)["contact"] == expected


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("receipt-code", "1234 5678 9012 3456 7890 1234 5678"),
        ("receipt-code", "١٢٣٤-٥٦٧٨-٩٠١٢-٣٤٥٦-٧٨٩٠-١٢٣٤-٥٦٧٨"),
        ("phone", "+44 20 7946 0000"),
        ("phone", "\u200e+962 7 9000 1111\u200f"),
        ("phone", "5555-1234"),
        ("phone", "९८४१२३४५६७"),
        ("phone", "whatsapp: 55512"),
        ("phone", "TEL 5551234"),
        ("email", "mail to someone@example.org"),
        ("email", "someone (at) example.org"),
        ("email", "we are @river_voices there"),
        ("link", "see https://example.org/a?b=c"),
        ("link", "see www.example.org"),
        ("link", "see example.org for more"),
        ("link", "t.me/rivervoices"),
        ("address", "12 Mango Street"),
        ("address", "Calle 14"),
        ("address", "at km 37 of the road"),
        ("address", "P.O. Box 114"),
        ("address", "شارع النصر رقم 12"),
        ("coordinates", "-1.29210, 36.82190"),
        ("coordinates", "1°17′31″S 36°49′19″E"),
        ("coordinates", "6GCRPR6C+24"),
        ("coordinates", "٣١٫٩٥٣٩ ٣٥٫٩١٠٦"),
        ("date", "on 12/03/2024"),
        ("date", "on 2024-03-12"),
        ("date", "on 12 March"),
        ("date", "on March 12th"),
        ("date", "el 3 de agosto de 2023"),
        ("date", "le 1er mars"),
        ("date", "no dia 7 de setembro"),
        ("date", "في ١٢ آذار"),
        ("date", "يوم 5 مارس"),
        ("date", "12 марта"),
        ("date", "१२ मार्च"),
        ("date", "ngày 5 tháng 3"),
        ("project", "see P043311"),
        ("people-count", "347 families"),
        ("people-count", "1,204 people"),
        ("people-count", "5 women were arrested"),
        ("people-count", "38 hogares"),
        ("people-count", "catorce casas"),
        ("people-count", "٤٣ عائلة"),
        ("people-count", "347 Indigenous families"),
    ],
)
def test_each_shape_is_found_in_the_digits_and_languages_of_the_world(code, text):
    assert found_in(text, Known()).keys() == {code}


@pytest.mark.parametrize(
    "text",
    [
        "US$ 120 000 000 from a bank", "a loan of 1.200.000 euros", "about 4500000 dollars",
        "12 000 000 tonnes", "from 2015-2019", "in 2019 2020 and 2021", "about 300 families", "1,200 people",
        "350 familias", "20 homes", "12 km from the coast", "at 30 °C", "version 2.1", "they may 5 times",
        "march 3 times a year", "one person", "p.m. and a.m.", "and/or", "since 1998 many families",
        "3 years, families wait", "10 hectares", "24/7", "99/99/2024", "in May", "12 may come", "١٢ سنة",
    ],
)  # fmt: skip
def test_amounts_years_distances_and_round_numbers_are_left_in_peace(text):
    assert warnings_in("", text, Known()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A place near Kisumu.", {"place": ("near Kisumu",)}),
        ("A place near kisumu.", {"place": ("near kisumu",)}),
        ("North of the lake, they fish.", {}),
        ("They met at Agua Azul.", {"story-name": ("Agua Azul",)}),
        ("The agua is azul.", {}),
        ("Otieno and others met.", {"story-name": ("Otieno",)}),
        ("Guards came in the night.", {}),
        ("Amina is in danger.", {"person": ("Amina",)}),
        ("They oppose Kapsoya hydropower.", {"project": ("Kapsoya",)}),
        ("They oppose a plan by HydroMax.", {"project": ("HydroMax",)}),
        ("It is paid by the World Bank.", {"project": ("World Bank",)}),
        ("It is like Nachtigal, they say.", {"project": ("Nachtigal",)}),
        ("The Kaliwa Dam is planned.", {"project": ("Kaliwa Dam",)}),
        ("They ask for natural resource management.", {"project": ("natural resource management",)}),
        ("They study how a resource is managed.", {}),
    ],
)
def test_names_of_places_people_and_projects_are_found(text, expected):
    assert found_in(text) == expected


def test_a_title_in_capitals_makes_no_names():
    assert (
        found_in("", title="A FOREST PEOPLE SEEKS A LAWYER", known=Known(story="A FOREST PEOPLE ASKS. THE LAWYER."))
        == {}
    )


@pytest.mark.parametrize(
    ("shown", "is_high_risk", "text", "expected"),
    [
        ("", False, "A dam in Kenya.", {"country": ("Kenya",)}),
        ("", False, "سد في كينيا", {"country": ("كينيا",)}),
        ("", False, "A dam in Uganda.", {}),
        ("KE", False, "A dam in Kenya.", {}),
        ("KE", True, "A dam.", {"country-at-risk": ("Kenya",)}),
        ("", True, "A dam in Kenya.", {"country-at-risk": ("Kenya",)}),
        ("", True, "A dam in East Africa.", {}),
    ],
)
def test_the_country_is_shown_only_where_it_may_be(shown, is_high_risk, text, expected):
    known = Known(country="KE", shown_country=shown, is_high_risk=is_high_risk)

    assert found_in(text, known) == expected


def test_country_project_and_day_together_identify():
    known = Known(country="KE", shown_country="KE", register=("Kaliwa Dam",))

    assert found_in("They filed on 12 March against the Kaliwa Dam.", known)["combination"] == (
        "Kenya",
        "Kaliwa Dam",
        "12 March",
    )


def test_a_sector_with_its_financier_and_a_day_identify_as_well():
    known = Known(shown_country="KE", sector="23220", financier="World Bank")

    assert found_in("They filed on 12 March.", known)["combination"] == ("Kenya", "World Bank", "12 March")


@pytest.mark.parametrize(
    "known",
    [
        Known(shown_country="KE"),
        Known(sector="23220", financier="World Bank"),
        Known(shown_country="KE", sector="23220"),
    ],
)
def test_two_of_the_three_do_not(known):
    assert "combination" not in found_in("They filed on 12 March.", known)


def test_a_warning_says_what_to_do_in_the_readers_language_and_shows_the_words():
    warning = BriefWarning(Tell.DATE, ("12 March", "3 May"))

    with translation.override("en"):
        assert str(warning.sentence) == "An exact day can be looked up. Say the season, the month or the year."
    assert warning.excerpt == "12 March · 3 May"


def test_the_gravest_comes_first_and_each_thing_once():
    warnings = warnings_in("", "On 12 March call 5555-1234 at Riverbend, on 12 March.", RIVERBEND)

    assert [(warning.code.value, warning.found) for warning in warnings] == [
        ("chosen-name", ("Riverbend",)),
        ("phone", ("5555-1234",)),
        ("date", ("12 March",)),
    ]
