"""Opening a page changes no record; it leaves nothing but the visit itself."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collaborators.models import User
from tests.access_rows import ROWS
from tests.test_access_matrix import address_of, ask, signed_in
from tests.test_every_page import somebody_for
from tests.three_communities import World, build_world

pytestmark = pytest.mark.django_db
WRITE = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
# The session's own row, that somebody read, and that the notice which led here was seen.
LEFT_BY_A_VISIT = {"collaborators_session", "core_ledgerentry", "core_notice"}


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def test_opening_any_page_changes_no_record(world: World) -> None:
    clients = {person: signed_in(user) for person, user in world.people.items()}
    changed = set()
    for name, row in ROWS.items():
        address = address_of(name, row, world, "own")
        with CaptureQueriesContext(connection) as asked:
            ask(clients[somebody_for(name)], "get", address)
        written = {found[1] for query in asked for found in [WRITE.match(query["sql"])] if found}
        changed |= {f"{name}: {table}" for table in written - LEFT_BY_A_VISIT}

    assert sorted(changed) == []
