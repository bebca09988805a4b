"""Pages of three communities that stand while forgotten filters are looked at: who would load a row out of sight."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from django.db import transaction
from django.test import Client

from collaborators.reference import install_first_coordinator
from tests.access_rows import ROWS
from tests.conftest import PASSWORD, as_owner
from tests.mutants.mutant import Mutant, Place, Wall
from tests.source import ROOT
from tests.test_access_matrix import PEOPLE, address_of, ask, signed_in
from tests.test_one_wall_alone import Rows, noting_rows, out_of_sight_of
from tests.three_communities import RELATIONS, World, build_world

TEST = "tests/test_one_wall_alone.py::test_the_rule_in_python_alone_lets_no_page_load_a_row_out_of_sight"
# A person, the address, whose it is.
Visit = tuple[str, str, str]
# So many pages of different people tell whether anybody would see more.
MOST = 60


@contextmanager
def noting_code() -> Iterator[set[CodeType]]:
    """Every function of the project that runs meanwhile."""
    ran, own = set[CodeType](), str(ROOT)

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(own):
            ran.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield ran
    finally:
        sys.setprofile(None)


class Pages:
    """Everybody's pages, which functions make them, and what nobody should find on them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients: dict[str, Client] = {name: signed_in(world.people[name]) for name in PEOPLE}
        self.hidden: dict[str, Rows] = {name: out_of_sight_of(world.people[name]) for name in PEOPLE}
        self.visits: dict[CodeType, list[Visit]] = defaultdict(list)
        for visit in self.open_pages():
            with noting_code() as ran:
                self.make(visit)
            for code in ran:
                self.visits[code].append(visit)

    def open_pages(self) -> Iterator[Visit]:
        for person in PEOPLE:
            for name, row in ROWS.items():
                for relation in RELATIONS if row.kind else RELATIONS[:1]:
                    if row.opens(person, relation):
                        yield person, name, relation

    def make(self, visit: Visit) -> None:
        person, name, relation = visit
        ask(self.clients[person], "get", address_of(name, ROWS[name], self.world, relation))

    def through(self, place: Place) -> list[Visit]:
        """The visits that run the function at this place: each person once, then all others."""
        file, first, last = place
        found = [
            visit
            for code, visits in self.visits.items()
            if code.co_filename == file and first <= code.co_firstlineno <= last
            for visit in visits
        ]
        once = {(visit[0], visit[1]): visit for visit in reversed(found)}
        return list(dict.fromkeys([*once.values(), *found]))[:MOST]

    def notice(self, mutant: Mutant) -> bool:
        """Whether a page of somebody would load a row that the rule does not show them."""
        for visit in self.through(mutant.place):
            with mutant.apply(), noting_rows() as loaded:
                self.make(visit)
            if any(row.pk in self.hidden[visit[0]][type(row)] for row in loaded):
                return True
        return False


def sift(mutants: dict[str, Mutant]) -> Iterator[tuple[str, str]]:
    """The names of the mutants that a page would betray, each with the place of the test that opens it."""
    chosen = {name: mutant for name, mutant in mutants.items() if mutant.wall == Wall.PAGES}
    if not chosen:
        return
    with transaction.atomic(), transaction.atomic("keys"):
        with as_owner():
            coordinator = install_first_coordinator("coordinator@test.example", PASSWORD, "default")
        world = build_world(coordinator)
        with as_owner():
            pages = Pages(world)
            found = [name for name, mutant in chosen.items() if pages.notice(mutant)]
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    yield from ((name, TEST) for name in found)
