"""The cast of the path, for the tests of the community portal."""

from tests.journey import cast

__all__ = ["cast"]
