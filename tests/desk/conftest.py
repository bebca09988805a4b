"""Who works at the desk, and how their pages are asked for."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaborators.models import User
from tests.conftest import log_in
from tests.journey import cast

__all__ = ["cast"]
MARKS = re.compile("SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT set_config")


class Reader:
    """Somebody at their browser."""

    def __init__(self, user: User) -> None:
        self.client = log_in(Client(), user)

    def get(self, name: str, uuid: Any = None, /, **query: Any) -> Any:
        return self.client.get(reverse(f"desk:{name}", args=[uuid] if uuid else []), query)

    def post(self, name: str, uuid: Any = None, /, **data: Any) -> Any:
        return self.client.post(reverse(f"desk:{name}", args=[uuid] if uuid else []), data)

    def reads(self, name: str, uuid: Any = None, /, **query: Any) -> str:
        """The words of a page that opens."""
        response = self.get(name, uuid, **query)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def price(self, name: str, uuid: Any = None, /, **query: Any) -> int:
        """How many statements a page needs, once the caches are warm; marks of transactions are not counted."""
        self.reads(name, uuid, **query)
        with CaptureQueriesContext(connection) as caught:
            self.reads(name, uuid, **query)
        return len([query for query in caught if not MARKS.match(query["sql"])])


@pytest.fixture
def at() -> Callable[[User], Reader]:
    """Log somebody in: `at(facilitator).get("requests")`."""
    return Reader
