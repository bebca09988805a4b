"""The cast of the path, and browsers of those who look at the ally portal."""

from collections.abc import Callable

import pytest
from django.test import Client

from collaborators.actions import give_role
from collaborators.models import User
from tests.conftest import log_in, person
from tests.journey import Cast, cast

__all__ = ["cast"]


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """Makes a browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        return log_in(Client(), user)

    return sign_in


@pytest.fixture
def as_ally(cast: Cast, browser: Callable[[User], Client]) -> Client:
    """The browser of the ally that is asked."""
    return browser(cast.ally)


@pytest.fixture
def colleague(cast: Cast, coordinator: User) -> User:
    """Somebody of the same organisation who was not named."""
    user = person("colleague", coordinator)
    give_role(cast.collaborator, "speak_for", user, by=coordinator)
    return user
