"""Receipt codes: made, written down, typed again, and never stored."""

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaborators import codes
from collaborators.codes import ReceiptCode, Slip, hash_secret, holds_code, is_secret, new_code, read_code

CODE = ReceiptCode("12345678", "9012345678901234567")
SCRIPTS = {
    "arabic-indic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "full-width": "０１２３４５６７８９",
    "khmer": "០១២៣៤៥៦៧៨៩",
}
digits = st.text("0123456789", min_size=27, max_size=27)


def code_of(body):
    return ReceiptCode(body[:8], body[8:])


def in_script(text, script):
    return text.translate({ord(str(value)): char for value, char in enumerate(SCRIPTS[script])})


def test_a_code_is_shown_as_seven_groups_of_four_digits():
    assert re.fullmatch(r"(\d{4} ){6}\d{4}", str(new_code()))
    assert str(CODE).replace(" ", "") == CODE.digits


def test_the_secret_has_at_least_sixty_bits():
    assert 10**codes.SECRET > 2**60


def test_codes_are_made_of_all_digits_and_never_twice():
    made = [new_code() for _ in range(300)]
    assert len({code.locator for code in made}) == len({code.secret for code in made}) == 300
    for place in range(codes.LENGTH):
        assert {code.digits[place] for code in made} == set("0123456789")


@given(digits)
def test_what_was_shown_is_read_back(body):
    assert read_code(str(code_of(body))) == code_of(body)


@pytest.mark.parametrize("script", SCRIPTS)
def test_digits_of_any_script_are_read(script):
    assert read_code(in_script(str(CODE), script)) == CODE


@pytest.mark.parametrize("between", ["", "-", " - ", "\n", "\t", "\u00a0", ".", "·", "/", "–", "\u200f", "، "])
def test_digits_are_read_whatever_stands_between_them(between):
    assert read_code(f"  {between.join(CODE.groups)} ") == CODE


def test_words_around_a_code_do_not_matter():
    assert read_code(f"My code is {CODE}.") == CODE


@given(digits, st.integers(0, 27), st.integers(1, 9))
def test_one_wrong_digit_is_a_slip(body, place, more):
    shown = code_of(body).digits
    wrong = str((int(shown[place]) + more) % 10)
    with pytest.raises(Slip):
        read_code(shown[:place] + wrong + shown[place + 1 :])


@given(digits, st.integers(0, 26))
def test_two_digits_that_changed_places_are_a_slip(body, place):
    shown = code_of(body).digits
    if shown[place] != shown[place + 1]:
        with pytest.raises(Slip):
            read_code(shown[:place] + shown[place + 1] + shown[place] + shown[place + 2 :])


@pytest.mark.parametrize("typed", ["", "   ", "hello", "1234", CODE.digits[:-1], CODE.digits + "0", "²³¼", "一二三四"])
def test_what_is_no_code_is_a_slip(typed):
    with pytest.raises(Slip):
        read_code(typed)


@pytest.mark.promise("P05")
def test_of_the_secret_only_a_slow_salted_hash_is_kept():
    first, second = hash_secret(CODE.secret), hash_secret(CODE.secret)
    assert first.startswith("$argon2id$v=19$")
    assert first != second
    assert is_secret(CODE.secret, first)
    assert is_secret(CODE.secret, second)
    assert CODE.secret not in first


@pytest.mark.promise("P05")
def test_a_wrong_secret_does_not_fit():
    assert not is_secret("0" * 19, hash_secret(CODE.secret))


@pytest.mark.promise("P05")
def test_a_hash_is_useless_without_the_pepper(settings):
    stored = hash_secret(CODE.secret)
    settings.CODE_PEPPER = "another pepper"
    assert not is_secret(CODE.secret, stored)


@pytest.mark.promise("P05")
def test_without_a_stored_hash_the_same_work_is_done_and_the_answer_is_no():
    """Same parameters, so the same memory and time; nobody's secret fits, the empty one neither."""

    def cost(stored):
        return stored.split("$")[1:4]

    assert cost(codes._dummy()) == cost(hash_secret(CODE.secret))
    assert not is_secret("nobody", None)
    assert not is_secret("", None)


def test_at_most_two_hashes_run_at_once():
    done = threading.Event()

    def hash_one_more():
        hash_secret(CODE.secret)
        done.set()

    third = threading.Thread(target=hash_one_more)
    with codes._slow, codes._slow:
        third.start()
        assert not done.wait(0.3)
    assert done.wait(10)
    third.join()


def test_no_more_than_two_places_are_given_out():
    with codes._slow, codes._slow:
        assert not codes._slow.acquire(blocking=False)
    with pytest.raises(ValueError, match="too many"):
        codes._slow.release()


@pytest.mark.promise("P06")
@given(digits)
def test_a_code_in_a_text_is_found(body):
    code = code_of(body)
    assert holds_code(f"Please help us. {code} Thank you.")
    assert holds_code(code.digits)


@pytest.mark.promise("P06")
@pytest.mark.parametrize(
    "text",
    [
        "In 2026 {} was our code",
        "Call +254 700 000 000 or use {}",
        "code:{}.",
        "({})",
        "1) {}",
        "it is {} 17 and 4",
        "كودنا {} شكرا",
    ],
)
def test_a_code_beside_other_numbers_is_found(text):
    assert holds_code(text.format(CODE))


@pytest.mark.promise("P06")
@pytest.mark.parametrize("between", ["", "-", " - ", "\n", "\r\n", "\u00a0", ".", "·", "/", "–", "_", ", ", "\u200b"])
def test_a_code_is_found_whatever_stands_between_its_groups(between):
    assert holds_code(f"see {between.join(CODE.groups)} there")


@pytest.mark.promise("P06")
@pytest.mark.parametrize("size", [1, 2, 5, 7, 8, 14])
def test_a_code_in_groups_of_another_size_is_found(size):
    groups = [CODE.digits[start : start + size] for start in range(0, 28, size)]
    assert holds_code(f"in 2026 we got {' '.join(groups)}")


@pytest.mark.promise("P06")
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_code_in_any_script_is_found(script):
    assert holds_code(f"… {in_script(str(CODE), script)} …")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They came on 12 March 2026 with 40 trucks and took 300 hectares.",
        "Call +254 700 123 456 or +254 700 123 457.",
        "1234 5678 9012 3456 7890 1234 5670",
        f"{CODE.digits}0",
        "IBAN DE89 3704 0044 0532 0130 00",
        "12 families, then 34 people, and 56 more; 1234 in all",
    ],
)
def test_other_numbers_are_no_code(text):
    assert not holds_code(text)


def test_a_long_text_of_numbers_is_read_quickly():
    assert not holds_code("1 a " * 5000)
    holds_code("12 " * 7000)
