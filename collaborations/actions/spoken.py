"""What a community decided by voice, in its assembly or by letter: the record beside the act that carries it out."""

from dataclasses import dataclass

from collaborations.actions.timeline import tell
from collaborations.events import Event
from collaborations.models import Introduction, SpokenDecision, SupportRequest
from collaborations.models.talk import Side
from collaborators.models import User
from cre.core.vocabularies import ConsentForm


@dataclass(frozen=True)
class Voice:
    """A decision that the community gave by voice, assembly or letter, as somebody wrote it down."""

    form: ConsentForm
    said_by: str
    language: str
    read_back: str


def write_spoken(
    request: SupportRequest,
    what: SpokenDecision.What,
    *,
    voice: Voice | None,
    by: User,
    introduction: Introduction | None = None,
) -> None:
    """Keep who said it and what was read back, before the act itself; without `voice` there is nothing to keep.

    The database lets the desk act as the community only beside such a record (migration 0020).
    """
    if voice is None:
        return
    SpokenDecision.sealed_under(
        request.uuid,
        request=request,
        introduction=introduction,
        what=what,
        form=voice.form,
        language=voice.language,
        said_by=voice.said_by,
        read_back=voice.read_back,
        recorded_by=by,
    )
    tell(request, Event.RECORDED_BY_VOICE, Side.DESK)
