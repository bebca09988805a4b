"""What somebody of a community said by voice, and what is kept of it."""

from typing import Any

from collaborations.actions import Voice
from collaborations.models import SpokenDecision, SupportRequest
from collaborators.models import User
from cre.core.access import acting_as
from cre.core.vocabularies import ConsentForm
from tests.journey import Cast

SAID = ("assembly", "the elder", "sw", "They see nothing of you any more.")
VOICE = {"how": SAID[0], "said_by": SAID[1], "language": SAID[2], "read_back": SAID[3]}
OF_THE_ELDER = Voice(ConsentForm.ASSEMBLY, *SAID[1:])


def kept_of(cast: Cast) -> list[tuple[str, ...]]:
    """What is on record, as the community reads it: what, how, by whom, in which language, what was read back."""
    with acting_as(cast.member):
        rows = SpokenDecision.objects.order_by("pk")
        return [(row.what, row.form, row.said_by, row.language, row.read_back) for row in rows]


def put_on_record(request: SupportRequest, what: str, by: User, **more: Any) -> SpokenDecision:
    """A record without its act, put in by this person at the database."""
    with acting_as(by):
        return SpokenDecision.sealed_under(
            request.uuid, request=request, what=what, form=SAID[0], language="sw", said_by="x", read_back="x",
            **{"recorded_by": by} | more,
        )  # fmt: skip
