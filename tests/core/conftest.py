"""What relay and workers do together, for tests of the mechanisms."""

from tests.community.conftest import deliver

__all__ = ["deliver"]
