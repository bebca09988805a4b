import json

import pytest

from tests.promises import PROMISES, REPORT, are_all_held, line_of, lines_of

pytest_plugins = ["pytester"]
SUITE = """
import pytest

@pytest.mark.promise("P01")
def test_good(): pass

@pytest.mark.promise("P01")
@pytest.mark.promise("P02")
def test_for_two(): pass

@pytest.mark.promise("P02")
def test_bad(): assert False

@pytest.mark.promise("P03")
def test_skipped(): pytest.skip("not here")

@pytest.mark.promise("P04")
@pytest.mark.skip(reason="not here")
def test_never_begun(): pass

@pytest.fixture
def broken(): raise LookupError

@pytest.mark.promise("P05")
def test_set_up_badly(broken): pass

@pytest.mark.promise("P06")
@pytest.mark.xfail(strict=True)
def test_expected_to_fail(): assert False

@pytest.fixture
def untidy():
    yield
    raise LookupError

@pytest.mark.promise("P07")
def test_cleaned_up_badly(untidy): pass

def test_of_no_promise(): assert False
"""


def test_a_promise_is_held_broken_or_untested():
    assert line_of("P01", {"a": "passed"}) == "P01 held (1 test)"
    assert line_of("P01", {"a": "passed", "b": "passed", "c": "skipped"}) == "P01 held (2 tests)"
    assert line_of("P01", {"x::b": "failed", "x::a": "failed", "c": "passed"}) == "P01 broken (a, b)"
    assert line_of("P01", {"a": "skipped"}) == line_of("P01", {}) == "P01 untested"


def test_there_is_a_line_for_each_promise_and_a_sum():
    lines = lines_of({"P30": {"a": "passed"}})
    assert [line[:3] for line in lines[:30]] == PROMISES
    assert lines[29:] == ["P30 held (1 test)", "1 of 30 promises are held."]


def test_only_thirty_held_promises_are_enough():
    held = {promise: {"a": "passed"} for promise in PROMISES}
    assert are_all_held(lines_of(held))
    assert not are_all_held(lines_of(held | {"P17": {"a": "failed"}}))
    assert not are_all_held(lines_of(held | {"P17": {}}))


def test_a_promise_that_nobody_made_is_a_mistake():
    with pytest.raises(KeyError, match="There is no promise P31"):
        lines_of({"P31": {"a": "passed"}})


def test_the_outcomes_of_real_tests_are_recorded(pytester, monkeypatch):
    report = pytester.path / "outcomes.json"
    monkeypatch.setenv(REPORT, str(report))
    pytester.makepyfile(SUITE)
    pytester.makeini("[pytest]\nmarkers = promise(name): a promise")
    pytester.runpytest_inprocess("-p", "tests.promises", "-p", "no:django", "-q")

    assert lines_of(json.loads(report.read_text()))[:8] == [
        "P01 held (2 tests)",
        "P02 broken (test_bad)",
        "P03 untested",
        "P04 untested",
        "P05 broken (test_set_up_badly)",
        "P06 broken (test_expected_to_fail)",
        "P07 broken (test_cleaned_up_badly)",
        "P08 untested",
    ]


def test_other_runs_record_nothing(pytester, monkeypatch):
    monkeypatch.delenv(REPORT, raising=False)
    pytester.makepyfile("def test_a(): pass")
    pytester.runpytest_inprocess("-p", "tests.promises", "-p", "no:django", "-q")
    assert list(pytester.path.glob("*.json")) == []
