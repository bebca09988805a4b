"""Files of requests and their shared copies, in a random world."""

from typing import Any
from uuid import uuid4

from collaborations.models import Consent, FileDisclosure, Introduction, RequestFile, SupportRequest
from cre.core.retention import CondemnedFile
from tests.row_security.world import World


def fill_with_files(world: World) -> None:
    """A file here and there, some of them shared with an ally; and a file that waits to be destroyed."""
    world.add(CondemnedFile, name=uuid4().hex, condemned_at=world.now)
    for request in world.all(SupportRequest):
        world.perhaps(
            RequestFile, request=request, key_object=request.uuid, **made(), added_by=world.somebody()
        )  # fmt: skip
    for introduction in world.all(Introduction):
        files = [row for row in world.all(RequestFile) if row.request_id == introduction.request_id]
        consents = [row for row in world.all(Consent) if row.community_id == introduction.community_id]
        if files and consents:
            world.perhaps(
                FileDisclosure, introduction=introduction, key_object=introduction.uuid, consent=consents[0],
                community=introduction.community, file=files[0], request_uuid=introduction.request.uuid, **made(),
            )  # fmt: skip


def made() -> dict[str, Any]:
    return {"number": 1, "kind": "jpg", "size": 1, "stored": uuid4().hex}
