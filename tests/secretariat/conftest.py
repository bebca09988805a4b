"""The cast of the path, and browsers of those who look at the secretariat."""

import pytest
from django.test import Client

from collaborators.models import Platform, User
from tests.ally.conftest import browser
from tests.conftest import holder
from tests.journey import cast

__all__ = ["browser", "cast"]


@pytest.fixture
def as_coordinator(coordinator: User, browser) -> Client:
    """The browser of the international coordinator."""
    return browser(coordinator)


@pytest.fixture
def as_steward(steward: User, browser) -> Client:
    """The browser of the data steward."""
    return browser(steward)


@pytest.fixture
def second_coordinator(coordinator: User) -> User:
    """Another coordinator: the second person of whatever the first one asks."""
    return holder("second-coordinator", Platform.objects.get(), "coordinate", coordinator)


@pytest.fixture
def grants_officer(coordinator: User) -> User:
    return holder("grants-officer", Platform.objects.get(), "handle_grants", coordinator)
