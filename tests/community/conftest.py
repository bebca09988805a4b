"""The cast of the path, and browsers of the people in it."""

from collections.abc import Callable

import pytest
from django.test import Client

from collaborators.actions import Intake, begin_intake, decide_together
from collaborators.models import Region, User
from cre.core.access import acting_as, join
from tests.community.several import one_more, settle
from tests.community.walking import EMAIL, signed_in
from tests.conftest import person
from tests.delivering import deliver_all
from tests.journey import Cast, cast, fresh

__all__ = ["cast"]


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The member's browser."""
    return signed_in(cast.member)


@pytest.fixture
def strange_browser(outsider: User) -> Client:
    """The browser of somebody of another community."""
    return signed_in(outsider)


@pytest.fixture
def ally_browser(cast: Cast) -> Client:
    return signed_in(cast.ally, EMAIL)


@pytest.fixture
def intake(region: Region) -> Intake:
    """Somebody who has a receipt code."""
    return begin_intake(language="en", region=region, channel="check-here", chosen_name="Coders")


@pytest.fixture
def supporter(cast: Cast, coordinator: User) -> User:
    """Somebody with an account to whom the community gave its mandate."""
    helper = person("supporter", coordinator)
    with acting_as(cast.member):
        join(cast.community, "support", helper)
    return helper


@pytest.fixture
def helper_browser(supporter: User) -> Client:
    """The browser of somebody who has the community's mandate."""
    return signed_in(supporter, EMAIL)


@pytest.fixture
def deliver() -> Callable[[], None]:
    """What relay and workers do together."""
    return deliver_all


@pytest.fixture
def other(cast: Cast) -> User:
    """Another one of the community, who came long ago."""
    found = one_more(cast)
    settle(cast.community)
    return found


@pytest.fixture
def two(cast: Cast, other: User) -> User:
    """The other one of a community in which two decide."""
    decide_together(cast.community, version=fresh(cast.community, cast.member).version, by=cast.member)
    return other
