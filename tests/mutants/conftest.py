"""Where a hunt begins; here, because models can be imported once Django stands."""

import os
from pathlib import Path

import pytest

from tests.mutants.session import Hunt
from tests.mutants.workers import FOLDER


def pytest_configure(config: pytest.Config) -> None:
    """Take part in the run that `python -m tests.mutants` starts, and only in that one."""
    if FOLDER in os.environ:
        config.pluginmanager.register(Hunt(Path(os.environ[FOLDER])), "mutants")
