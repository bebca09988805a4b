"""The cast of the path, somebody who interprets, and their browsers."""

from collections.abc import Callable

import pytest
from django.test import Client

from collaborations.models import InterpreterTask, SupportRequest
from collaborators.models import Collaborator, User
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.community.conftest import deliver
from tests.community.walking import signed_in
from tests.conftest import holder, log_in, roster_entry
from tests.desk.conftest import at
from tests.interpreting.walking import allowed, asked
from tests.journey import Cast, cast

__all__ = ["at", "cast", "deliver"]


@pytest.fixture
def languages(coordinator: User) -> Collaborator:
    """An entry of the roster that interprets, and reads no more than briefs."""
    return roster_entry("Two Tongues", coordinator, level=AccessLevel.BRIEFS, skills=["interpreting"])


@pytest.fixture
def interpreter(coordinator: User, languages: Collaborator) -> User:
    return holder("interpreter", languages, "speak_for", coordinator)


@pytest.fixture
def request_(cast: Cast) -> SupportRequest:
    """A request that the desk has taken on."""
    return journey.accepted(cast)


@pytest.fixture
def task(cast: Cast, request_: SupportRequest, interpreter: User, languages: Collaborator) -> InterpreterTask:
    """A text that waits for the community's answer."""
    return asked(cast, request_, interpreter, languages)


@pytest.fixture
def given(cast: Cast, request_: SupportRequest, interpreter: User, languages: Collaborator) -> InterpreterTask:
    """A text that the interpreter has."""
    return allowed(cast, request_, interpreter, languages)


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The member's browser."""
    return signed_in(cast.member)


@pytest.fixture
def their_browser(interpreter: User) -> Client:
    """The interpreter's browser."""
    return log_in(Client(), interpreter)


@pytest.fixture
def at_desk(cast: Cast, at: Callable[[User], object]) -> object:
    """The facilitator's browser."""
    return at(cast.facilitator)
