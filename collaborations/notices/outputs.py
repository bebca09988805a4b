"""What we tell the three sides when an ally would like to publish something."""

from django.utils.translation import gettext_lazy as _

from collaborations.recipients import ally, community, desk, to_work
from cre.core.outbox import WITH_MAIL, Topic

WORK = "collaborations.Collaboration"

OUTPUT_FOR_DESK = Topic(
    "output-for-desk",
    WORK,
    recipients=desk,
    url=to_work("desk"),
    text=_("An ally asked a community something. It has a date."),
)
OUTPUT_FOR_COMMUNITY = Topic(
    "output-for-community",
    WORK,
    recipients=community,
    url=to_work("community"),
    text=_("Your ally asks you something. It has a date."),
)
OUTPUT_ANSWERED_ALLY = Topic(
    "output-answered-ally",
    WORK,
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("A community answered your question."),
)
OUTPUT_ANSWERED_DESK = Topic(
    "output-answered-desk",
    WORK,
    recipients=desk,
    url=to_work("desk"),
    text=_("A community answered its ally."),
)
