"""Where a request, a brief, an introduction and a collaboration stand, and the moves between."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    DRAFT = "draft", _("not sent yet")
    RECEIVED = "received", _("received")
    SAFETY_CHECK = "safety_check", _("safety first")
    CLARIFYING = "clarifying", _("we are talking")
    ACCEPTED = "accepted", _("accepted")
    BRIEF_READY = "brief_ready", _("brief approved")
    MATCHING = "matching", _("looking for allies")
    INTRODUCED = "introduced", _("introduced")
    SUPPORTED = "supported", _("working together")
    DECLINED = "declined", _("not taken on")
    PARKED = "parked", _("waiting")
    WITHDRAWN = "withdrawn", _("taken back")


R = RequestStatus
REQUEST_MOVES = {
    R.DRAFT: {R.RECEIVED, R.WITHDRAWN},
    R.RECEIVED: {R.SAFETY_CHECK, R.DECLINED, R.PARKED, R.WITHDRAWN},
    R.SAFETY_CHECK: {R.CLARIFYING, R.DECLINED, R.PARKED, R.WITHDRAWN},
    R.CLARIFYING: {R.ACCEPTED, R.DECLINED, R.PARKED, R.WITHDRAWN},
    R.ACCEPTED: {R.BRIEF_READY, R.DECLINED, R.PARKED, R.WITHDRAWN},
    R.BRIEF_READY: {R.MATCHING, R.ACCEPTED, R.DECLINED, R.PARKED, R.WITHDRAWN},
    R.MATCHING: {R.INTRODUCED, R.ACCEPTED, R.DECLINED, R.PARKED, R.WITHDRAWN},
    R.INTRODUCED: {R.SUPPORTED, R.MATCHING, R.PARKED, R.WITHDRAWN},
    R.SUPPORTED: {R.MATCHING, R.WITHDRAWN},
    R.PARKED: {R.CLARIFYING, R.DECLINED, R.WITHDRAWN},
    R.DECLINED: {R.CLARIFYING},
    R.WITHDRAWN: set(),
}
OPEN_STATUSES = (
    R.RECEIVED,
    R.SAFETY_CHECK,
    R.CLARIFYING,
    R.ACCEPTED,
    R.BRIEF_READY,
    R.MATCHING,
    R.INTRODUCED,
    R.SUPPORTED,
    R.PARKED,
)


class BriefStatus(models.TextChoices):
    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("waiting for the community")
    APPROVED = "approved", _("approved by the community")
    SENT_BACK = "sent_back", _("sent back with wishes")
    REPLACED = "replaced", _("replaced by a newer version")


B = BriefStatus
BRIEF_MOVES = {
    B.DRAFT: {B.PROPOSED, B.REPLACED},
    B.PROPOSED: {B.APPROVED, B.SENT_BACK, B.REPLACED},
    B.APPROVED: {B.REPLACED},
    B.SENT_BACK: {B.REPLACED},
    B.REPLACED: set(),
}


class IntroductionStatus(models.TextChoices):
    PROPOSED = "proposed", _("suggested to the community")
    REFUSED = "refused", _("the community said no")
    OFFERED = "offered", _("the ally is asked")
    WILLING = "willing", _("the ally is willing")
    NOT_NOW = "not_now", _("the ally cannot now")
    CONFLICT = "conflict", _("the ally has a conflict of interest")
    UNANSWERED = "unanswered", _("no answer in time")
    NOT_CHOSEN = "not_chosen", _("the community chose others")
    CHOSEN = "chosen", _("chosen, waiting for a second person")
    ACCEPTED = "accepted", _("introduced")
    ENDED = "ended", _("ended")


I = IntroductionStatus  # noqa: E741 - the initial, as above
INTRODUCTION_MOVES = {
    I.PROPOSED: {I.OFFERED, I.REFUSED},
    I.REFUSED: set(),
    I.OFFERED: {I.WILLING, I.NOT_NOW, I.CONFLICT, I.UNANSWERED, I.REFUSED},
    I.WILLING: {I.CHOSEN, I.ACCEPTED, I.NOT_CHOSEN, I.NOT_NOW, I.CONFLICT, I.REFUSED},
    I.NOT_NOW: set(),
    I.CONFLICT: set(),
    I.UNANSWERED: set(),
    I.NOT_CHOSEN: {I.CHOSEN, I.ACCEPTED},
    I.CHOSEN: {I.ACCEPTED, I.REFUSED, I.ENDED},
    I.ACCEPTED: {I.ENDED},
    I.ENDED: set(),
}
# While an introduction stands here, the ally reads the brief it carries.
BRIEF_SHOWN = (I.OFFERED, I.WILLING, I.CHOSEN, I.ACCEPTED)


class OutputStatus(models.TextChoices):
    WAITING = "waiting", _("waits for an answer")
    AGREED = "agreed", _("yes, it may be published")
    CHANGE = "change", _("something should change first")
    REFUSED = "refused", _("no, it may not be published")
    ENDED = "ended", _("no longer asked: nothing may be published")


OUTPUT_MOVES = {
    OutputStatus.WAITING: {OutputStatus.AGREED, OutputStatus.CHANGE, OutputStatus.REFUSED, OutputStatus.ENDED},
    # A yes can be taken back; a change or a no is followed by another text.
    OutputStatus.AGREED: {OutputStatus.REFUSED, OutputStatus.ENDED},
    OutputStatus.CHANGE: set(),
    OutputStatus.REFUSED: set(),
    OutputStatus.ENDED: set(),
}


class InterpretingStatus(models.TextChoices):
    ASKED = "asked", _("waits for the community")
    ALLOWED = "allowed", _("the interpreter has the text")
    DONE = "done", _("translated")
    REFUSED = "refused", _("the community said no")
    ENDED = "ended", _("ended")


INTERPRETING_MOVES = {
    InterpretingStatus.ASKED: {InterpretingStatus.ALLOWED, InterpretingStatus.REFUSED, InterpretingStatus.ENDED},
    # Only the database makes it done, for the interpreter whose task it is.
    InterpretingStatus.ALLOWED: {InterpretingStatus.DONE, InterpretingStatus.ENDED},
    InterpretingStatus.DONE: set(),
    InterpretingStatus.REFUSED: set(),
    InterpretingStatus.ENDED: set(),
}


class CollaborationStatus(models.TextChoices):
    STARTING = "starting", _("starting")
    ACTIVE = "active", _("active")
    CLOSING = "closing", _("closing")
    CLOSED = "closed", _("closed")


C = CollaborationStatus
COLLABORATION_MOVES = {
    C.STARTING: {C.ACTIVE, C.CLOSING, C.CLOSED},
    C.ACTIVE: {C.CLOSING, C.CLOSED},
    C.CLOSING: {C.CLOSED},
    C.CLOSED: set(),
}
