"""What the product writes to its log while a test runs."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from cre.logs import WithoutValues, for_machines, line_format


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The lines of every level, as the product writes them; import this fixture to use it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(line_format(for_machines()))
    handler.addFilter(WithoutValues())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    """Each line as what it says."""
    return [json.loads(line) for line in written.getvalue().splitlines()]
