"""The standing cast, and a database in which tests work as the application role, never as its owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest
from django.test import Client

from collaborators.actions import begin_intake, come_forward, give_role, register_collaborator, register_person
from collaborators.models import Collaborator, Community, Platform, Region, User
from collaborators.reference import install_first_coordinator, install_reference
from collaborators.states import Vetting
from cre.catalogues import compile_catalogues
from cre.core.access.keys import install_actor_key
from cre.core.security_events import SecurityEvent
from cre.core.vault import cache
from cre.core.vocabularies import AccessLevel, CollaboratorKind

BOTH = ["default", "keys"]
TESTS = Path(__file__).parent
PASSWORD = "demo-only-password"
EMAIL = "collaborators.backends.EmailBackend"
role = {"now": "cre_owner"}


def take_role(name: str) -> None:
    """Become this database role, on this connection and on those that threads open later."""
    role["now"] = name
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")


def keep_role(connection: Any, **_: Any) -> None:
    if connection.alias == "default":
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role['now']}")


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Every language speaks as it is written now."""
    compile_catalogues()


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables for a moment, to prepare or to look behind the wall."""
    before = role["now"]
    take_role("cre_owner")
    try:
        yield
    finally:
        take_role(before)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses a database uses both: the second one holds the keys."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and "databases" not in marker.kwargs:
            item.add_marker(pytest.mark.django_db(databases=BOTH, **marker.kwargs), append=False)
    # The long ones first, so that both cores end together.
    items.sort(key=lambda item: not is_long(item))


def is_long(item: pytest.Item) -> bool:
    """Whether a test walks over every address or every row; those that empty the database have to stay last."""
    fixtures, marker = set(getattr(item, "fixturenames", ())), item.get_closest_marker("django_db")
    empties = marker is not None and marker.kwargs.get("transaction", False)
    return item.path.parent == TESTS and not empties and not fixtures & {"transactional_db", "live_server"}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many inputs the fuzz sent."""
    noted = [dict(report.user_properties) for report in terminalreporter.stats.get("passed", [])]
    if inputs := sum(int(properties.get("inputs", 0)) for properties in noted):
        terminalreporter.write_line(f"{inputs} inputs were answered without a fault.")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    connection_created.connect(keep_role, dispatch_uid="keep_role")
    with django_db_blocker.unblock():
        install_actor_key("default")
        install_reference("default")


@pytest.fixture(autouse=True)
def application_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test that uses the database does it as `cre_app`, behind the second wall."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        yield
        return
    is_transactional = marker.kwargs.get("transaction", False)
    request.getfixturevalue("transactional_db" if is_transactional else "db")
    # A key that an earlier test made went with that test.
    cache.keys.clear()
    if is_transactional:
        install_reference("default")
    take_role("cre_app")
    yield
    take_role("cre_owner")


def log_in(client: Client, user: User, backend: str = EMAIL, *, is_proven: bool = True) -> Client:
    """Sign somebody in, with the second factor that roles of staff need unless `is_proven` says no."""
    client.force_login(user, backend=backend)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "password")
    if is_proven:
        record_authentication(request, user, "mfa", type="totp")
    request.session.save()
    return client


@pytest.fixture(autouse=True)
def the_first_wall_holds(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No page leaves a refusal to the database: `require` and `visible_to` said no before, unless `second_wall` is set.

    Otherwise a check that somebody forgot would never be missed, because the other wall gives the same answer.
    """
    yield
    if request.node.get_closest_marker("second_wall") is None:
        said = [record.getMessage() for record in caplog.get_records("call")]
        assert not [line for line in said if SecurityEvent.ROW_REFUSED in line]


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of one run of the tests lie apart from everything else."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"


@pytest.fixture(autouse=True)
def own_buckets(settings: Any) -> None:
    """Wrong tries of one test slow no other."""
    settings.REDIS_PREFIX = f"{uuid4()}:"


@pytest.fixture
def region() -> Region:
    return Region.objects.get(code="africa")


@pytest.fixture
def other_region() -> Region:
    return Region.objects.get(code="asia")


@pytest.fixture
def waiting_room() -> Region:
    return Region.objects.get(code="to-be-placed")


@pytest.fixture
def coordinator() -> User:
    with as_owner():
        return install_first_coordinator("coordinator@test.example", PASSWORD, "default")


def person(name: str, coordinator: User) -> User:
    """Somebody with an account and no role yet."""
    return register_person(email=f"{name}@test.example", password=PASSWORD, by=coordinator)


def holder(name: str, container: Any, codename: str, coordinator: User) -> User:
    """Somebody with an account and one role."""
    user = person(name, coordinator)
    give_role(container, codename, user, by=coordinator)
    return user


@pytest.fixture
def facilitator(coordinator: User, region: Region) -> User:
    return holder("facilitator", region, "facilitate", coordinator)


@pytest.fixture
def other_facilitator(coordinator: User, other_region: Region) -> User:
    return holder("other-facilitator", other_region, "facilitate", coordinator)


@pytest.fixture
def duty_facilitator(coordinator: User, waiting_room: Region) -> User:
    return holder("duty-facilitator", waiting_room, "facilitate", coordinator)


@pytest.fixture
def focal_person(coordinator: User, region: Region) -> User:
    """The region's security focal person."""
    return holder("focal-person", region, "guard", coordinator)


@pytest.fixture
def steward(coordinator: User) -> User:
    return holder("steward", Platform.objects.get(), "steward", coordinator)


@pytest.fixture
def stranger(coordinator: User) -> User:
    """Somebody with an account and no role at all."""
    return person("stranger", coordinator)


def community_of(name: str, region: Region) -> tuple[User, Community]:
    """A community that its region knows of, and the person who asks for it."""
    intake = begin_intake(
        language="en", region=region, channel="signal", handle=f"+000 {name}", chosen_name=f"People of {name}"
    )
    return intake.user, come_forward(intake.community, by=intake.user)


@pytest.fixture
def member_and_community(region: Region) -> tuple[User, Community]:
    return community_of("Riverbend", region)


@pytest.fixture
def member(member_and_community: tuple[User, Community]) -> User:
    """Somebody of the community that the tests are about."""
    return member_and_community[0]


@pytest.fixture
def community(member_and_community: tuple[User, Community]) -> Community:
    return member_and_community[1]


@pytest.fixture
def outsider_and_community(other_region: Region) -> tuple[User, Community]:
    return community_of("Saltmarsh", other_region)


@pytest.fixture
def outsider(outsider_and_community: tuple[User, Community]) -> User:
    """Somebody of another community in another region, who must see nothing."""
    return outsider_and_community[0]


def roster_entry(name: str, by: User, *, level: AccessLevel = AccessLevel.IDENTIFIED, **facets: Any) -> Collaborator:
    """An approved collaborator that can help with advocacy and courts in English and Swahili."""
    usual = {
        "areas": ["advocacy", "courts"],
        "languages": ["en", "sw"],
        "countries": ["KE"],
        "hours_a_month": 20,
    }
    return register_collaborator(
        entry={
            "kind": CollaboratorKind.ORGANISATION,
            "display_name": name,
            "country": "KE",
            "status": Vetting.APPROVED,
            "access_level": level,
        },
        private={"legal_name": f"{name} Ltd", "contact": "legal@test.example", "conflicts": ""},
        facets=usual | facets,
        by=by,
    )


@pytest.fixture
def collaborator(coordinator: User) -> Collaborator:
    return roster_entry("Lake Law Group", coordinator)


@pytest.fixture
def other_collaborator(coordinator: User) -> Collaborator:
    return roster_entry("Hill Research House", coordinator)


@pytest.fixture
def ally(coordinator: User, collaborator: Collaborator) -> User:
    """Somebody who speaks for `collaborator`."""
    return holder("ally", collaborator, "speak_for", coordinator)


@pytest.fixture
def other_ally(coordinator: User, other_collaborator: Collaborator) -> User:
    return holder("other-ally", other_collaborator, "speak_for", coordinator)
