"""Fills one database of the bench by COPY, as the owner: `python -m tests.bench.fill NUMBER_OF_REQUESTS`.

A third of the requests lies in each region; in Africa one community has five. Nothing is sealed,
because lists open nothing.
"""

import os
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cre.settings")

import django

django.setup()

from django.db import connections

from collaborators.models import Platform, Region, User
from collaborators.reference import install_first_coordinator

STATUSES = [
    "received",
    "safety_check",
    "clarifying",
    "accepted",
    "brief_ready",
    "matching",
    "introduced",
    "supported",
]
COUNTRIES = {"africa": ["KE", "UG", "TZ"], "asia": ["NP", "IN", "PH"], "latin-america": ["PE", "CO", "AR"]}
# How many requests the facilitator on duty has, besides those that the others share.
FEW = 100
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def copy(table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """COPY rows into a table on the owner's connection; COPY is refused while row security is forced on it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        driver = cursor.cursor
        with driver.copy(f"COPY {table} ({columns}) FROM STDIN") as sink:
            for row in rows:
                sink.write_row(row)
        cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def communities(number: int, regions: list[Region]) -> Iterator[tuple[object, ...]]:
    for key in range(1, number + 1):
        yield key, UUID(int=key), 1, "en", NOW, region_of(key, number, regions).pk


def region_of(community: int, number: int, regions: list[Region]) -> Region:
    """The communities take the three regions in turn; the last twenty wait to be placed."""
    return regions[3] if community > number - FEW // 5 else regions[community % 3]


def requests(number: int, regions: list[Region]) -> Iterator[tuple[object, ...]]:
    """Five requests for each community; three in four are open, spread over the year."""
    chance = random.Random(7)
    for key in range(1, number + 1):
        community = (key - 1) // 5 + 1
        region = region_of(community, number // 5, regions)
        received = NOW - timedelta(minutes=chance.randrange(525_600))
        is_open = chance.random() < 0.75
        status = chance.choice(STATUSES) if is_open else chance.choice(["declined", "withdrawn"])
        danger = chance.choices(["now", "soon", "no"], [1, 4, 15])[0]
        yield (
            key, UUID(int=10**9 + key), 1, chance.choice(COUNTRIES.get(region.code, [""])), status, danger, "", "en",
            "{}", "{}",
            False, received, received, received + timedelta(days=chance.randrange(400)),
            None if status == "received" else received, None if is_open else NOW, "", community, region.pk,
        )  # fmt: skip


def people() -> None:
    """A facilitator of Africa, somebody of the first community in Africa, a coordinator."""
    coordinator = install_first_coordinator("coordinator@bench.example", None, "owner")
    with connections["owner"].cursor() as cursor:
        for email, container, codename, held in (
            (
                "facilitator@bench.example",
                "region",
                "facilitate",
                Region.objects.using("owner").get(code="africa").pk,
            ),
            (
                "few@bench.example",
                "region",
                "facilitate",
                Region.objects.using("owner").get(code="to-be-placed").pk,
            ),
            ("member@bench.example", "community", "represent", 3),
        ):
            user = User(email=email)
            user.set_unusable_password()
            user.save(using="owner")
            cursor.execute(
                f"INSERT INTO collaborators_{container}grant (permission_id, user_id, content_object_id, starts_at, "
                "given_by_id) SELECT p.id, %s, %s, now(), %s FROM auth_permission p JOIN django_content_type c "
                "ON c.id = p.content_type_id WHERE c.model = %s AND p.codename = %s",
                [user.pk, held, coordinator.pk, container, codename],
            )


def main(shared: int) -> None:
    """Fill the database that the environment names with requests shared by three regions, and a few more."""
    number = shared + FEW
    order = ["africa", "asia", "latin-america", "to-be-placed"]
    found = {region.code: region for region in Region.objects.using("owner")}
    regions = [found[code] for code in order]
    copy(
        "collaborators_community",
        "id, uuid, version, language, created_at, region_id",
        communities(number // 5, regions),
    )
    copy(
        "collaborations_supportrequest",
        "id, uuid, version, country, status, danger, risk_level, language, areas, kinds_of_help, is_assisted, "
        "created_at, "
        "received_at, due_at, first_answered_at, closed_at, decline_reason, community_id, region_id",
        requests(number, regions),
    )
    people()
    assert Platform.objects.using("owner").exists()
    with connections["owner"].cursor() as cursor:
        for table in ("collaborators_community", "collaborations_supportrequest"):
            # Their ids were given here; what a figure adds comes after them.
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
