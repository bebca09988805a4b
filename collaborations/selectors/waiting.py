"""What waits for a community, as its pages list it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Waiting:
    """Something that only the community can do now."""

    text: str | Promise
    url: str
    request_id: int
