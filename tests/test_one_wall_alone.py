"""Each wall alone: a filter that a view forgot shows nobody more, and neither does a row policy that was never written.

Both walls stand in the product; here one of them is taken away, and every page is opened by everybody again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models.signals import post_init

from collaborators.models import User
from cre.core.access import VisibleQuerySet, acting_as, current_scope
from cre.core.access.sight import _policies
from tests.access_rows import ROWS
from tests.conftest import as_owner
from tests.test_access_matrix import PEOPLE, address_of, ask, is_closed, signed_in
from tests.three_communities import RELATIONS, World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P09")]
Rows = dict[type[models.Model], set[Any]]
# Whoever may see an object but not change it is told so; with both walls the lock does not find it.
REFUSED = {
    "get": {HTTPStatus.METHOD_NOT_ALLOWED},
    "post": {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.FORBIDDEN},
}


@contextmanager
def only_the_database() -> Iterator[None]:
    """As if every view had forgotten to ask what its person may see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VisibleQuerySet, "visible_to", lambda self, _scope: self.all())
        yield


WALLS: dict[str, Any] = {"the rule in Python alone": as_owner, "row security alone": only_the_database}


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("person", PEOPLE)
def test_one_wall_alone_keeps_every_address_closed(world: World, person: str, wall: str) -> None:
    client, opened = signed_in(world.people[person]), []
    with WALLS[wall]():
        for name, row in ROWS.items():
            for relation in RELATIONS if row.kind else ():
                for method in () if row.opens(person, relation) else ("get", "post"):
                    answer = ask(client, method, address_of(name, row, world, relation))
                    if answer.status_code not in REFUSED[method] and not is_closed(answer):
                        opened.append(f"{method} {name} of {relation}: {answer.status_code}")

    assert opened == []


@contextmanager
def noting_rows() -> Iterator[list[models.Model]]:
    """Everything that is made of a row of a model with a policy meanwhile."""
    loaded: list[models.Model] = []

    def note(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
        if sender in _policies:
            loaded.append(instance)

    post_init.connect(note)
    try:
        yield loaded
    finally:
        post_init.disconnect(note)


def out_of_sight_of(user: User | None) -> Rows:
    """Every row that the rule does not show this person, even with a written reason."""
    with transaction.atomic(), acting_as(user or AnonymousUser(), reason="she asked me to call"):
        scope = current_scope()
        return {
            model: pks(model._default_manager.all()) - pks(model._default_manager.visible_to(scope))
            for model in _policies
        }


def pks(rows: models.QuerySet[Any]) -> set[Any]:
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("person", PEOPLE)
def test_the_rule_in_python_alone_lets_no_page_load_a_row_out_of_sight(world: World, person: str) -> None:
    client, loaded_unseen = signed_in(world.people[person]), set[str]()
    with as_owner():
        hidden = out_of_sight_of(world.people[person])
        for name, row in ROWS.items():
            for relation in RELATIONS if row.kind else RELATIONS[:1]:
                if row.opens(person, relation):
                    address = address_of(name, row, world, relation)
                    with noting_rows() as loaded:
                        ask(client, "get", address)
                    loaded_unseen |= {f"{name}: {type(row).__name__}" for row in loaded if row.pk in hidden[type(row)]}

    assert sorted(loaded_unseen) == []
