"""Worlds in which nothing is left to chance but the states: what each branch of both walls alone shows is there."""

from random import Random

import pytest

from cre.core.access import acting_as
from tests.row_security.world import FullWorld
from tests.row_security.writing import HISTORY_SHOWS
from tests.test_row_security import HISTORIES, all_eyes, differences, ids, in_a_world, table_ids

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P10")]


NUMBERS = range(8)
WORLDS = pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"world {number}")


@WORLDS
def test_both_walls_show_everybody_exactly_what_is_there_for_them(number):
    def look(world):
        return [line for eyes in all_eyes(world) for line in differences(world, eyes)]

    assert in_a_world(Random(number), look, FullWorld) == []


def differences_of_history(world, eyes, histories=HISTORIES):
    """Histories that show this person more or fewer rows than the living ones."""
    with acting_as(eyes.person, reason=eyes.reason):
        shown = table_ids(*((model, "id") for model in histories))
    for model in histories:
        rows = world.all(model.instance_type)
        expected = ids(row for row in rows if HISTORY_SHOWS[model.instance_type](eyes, row))
        if shown[model] & ids(rows) != expected:
            yield f"{eyes.name}: {model.__name__} shows {sorted(shown[model])}, expected {sorted(expected)}"


@WORLDS
def test_history_shows_everybody_exactly_what_is_there_for_them(number):
    def look(world):
        return [line for eyes in all_eyes(world) for line in differences_of_history(world, eyes)]

    assert in_a_world(Random(number), look, FullWorld) == []
