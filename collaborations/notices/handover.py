"""What we tell people when a region changes hands."""

from django.utils.translation import gettext_lazy as _

from collaborations.recipients import of_handover, to_handover
from cre.core.outbox import WITH_MAIL, Topic

HANDOVER = "collaborations.Handover"
HANDOVER_STARTED = Topic(
    "handover-started",
    HANDOVER,
    recipients=of_handover,
    url=to_handover,
    channels=WITH_MAIL,
    text=_("A region is being handed over. Look at what is yours to write or sign."),
)
HANDOVER_SIGNED = Topic(
    "handover-signed",
    HANDOVER,
    recipients=of_handover,
    url=to_handover,
    text=_("Somebody signed a handover. See who has to sign next."),
)
HANDOVER_DONE = Topic(
    "handover-done",
    HANDOVER,
    recipients=of_handover,
    url=to_handover,
    channels=WITH_MAIL,
    tell_actor=True,
    text=_("A region has changed hands."),
)
