"""Everybody who might try something, and whether the product lets them."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404

from collaborators.models import User
from cre.core.access import Refused
from cre.core.states import NoSuchMove
from tests.conftest import as_owner
from tests.journey import Cast

# Both walls, or the rules in Python alone: then the database lets everything pass.
BOTH_WALLS, PYTHON_ALONE = "both walls", "python alone"
WALLS = pytest.mark.parametrize("wall", [BOTH_WALLS, PYTHON_ALONE])
OURS, DESK, ALLY = {"the community"}, {"its facilitator"}, {"the ally"}
TOGETHER, GUARDS, STAFF = OURS | DESK, DESK | {"its focal person"}, DESK | {"the coordinator"}


@pytest.fixture
def people(
    cast: Cast, focal_person: User, other_facilitator: User, outsider: User, coordinator: User, steward: User
) -> dict[str, User]:
    """People of every kind, near and far; import this fixture to use it."""
    return {
        "the community": cast.member,
        "its facilitator": cast.facilitator,
        "its focal person": focal_person,
        "another facilitator": other_facilitator,
        "the coordinator": coordinator,
        "the steward": steward,
        "another community": outsider,
        "the ally": cast.ally,
    }


def simply(action: Callable[..., object]) -> Callable[[Any, Cast, User], object]:
    """An act that needs nothing but the row as it stands."""
    return lambda row, _, by: action(row, version=row.version, by=by)


def those_who_may(act: Callable[[User], object], people: dict[str, User], wall: str) -> set[str]:
    """Whom the product lets do this; whatever they did is taken back. A fault that no page answers kindly is raised."""
    with as_owner() if wall == PYTHON_ALONE else nullcontext():
        return {who for who, person in people.items() if does(act, person)}


def does(act: Callable[[User], object], person: User) -> bool:
    with transaction.atomic():
        try:
            act(person)
        except (Refused, Http404, NoSuchMove, ObjectDoesNotExist):
            return False
        finally:
            transaction.set_rollback(True)
    return True
