"""What we tell the three sides while a community and an ally work together."""

from django.utils.translation import gettext_lazy as _

from collaborations.recipients import ally, community, desk, to_work
from cre.core.outbox import WITH_MAIL, Topic

WORK = "collaborations.Collaboration"

# --- For the desk -------------------------------------------------------------------------------------
INTRODUCED_DESK = Topic(
    "introduced-desk",
    WORK,
    recipients=desk,
    url=to_work("desk"),
    channels=WITH_MAIL,
    text=_("A community and an ally work together now."),
)
WORD_FOR_DESK = Topic(
    "word-for-desk",
    WORK,
    recipients=desk,
    url=to_work("desk"),
    text=_("There is a new message in a collaboration."),
)
ENDED_FOR_DESK = Topic(
    "ended-for-desk",
    WORK,
    recipients=desk,
    url=to_work("desk"),
    channels=WITH_MAIL,
    text=_("A collaboration has ended."),
)
PAUSED_FOR_DESK = Topic(
    "paused-for-desk", WORK, recipients=desk, url=to_work("desk"), text=_("A collaboration rests for a while.")
)
RESUMED_FOR_DESK = Topic(
    "resumed-for-desk", WORK, recipients=desk, url=to_work("desk"), text=_("A collaboration goes on.")
)

# --- For the community: in its portal only ------------------------------------------------------------
INTRODUCED_COMMUNITY = Topic(
    "introduced-community",
    WORK,
    recipients=community,
    url=to_work("community"),
    text=_("You can talk with your ally now."),
)
WORD_FOR_COMMUNITY = Topic(
    "word-for-community", WORK, recipients=community, url=to_work("community"), text=_("You have a message.")
)
ENDED_FOR_COMMUNITY = Topic(
    "ended-for-community",
    WORK,
    recipients=community,
    url=to_work("community"),
    text=_("A collaboration has ended."),
)

# --- For the ally -------------------------------------------------------------------------------------
INTRODUCED_ALLY = Topic(
    "introduced-ally",
    WORK,
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("A community chose you."),
)
WORD_FOR_ALLY = Topic(
    "word-for-ally",
    WORK,
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("There is a new message in a collaboration."),
)
ENDED_FOR_ALLY = Topic(
    "ended-for-ally",
    WORK,
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("A collaboration has ended."),
)
PAUSED_FOR_ALLY = Topic(
    "paused-for-ally",
    WORK,
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("A collaboration rests for a while."),
)
RESUMED_FOR_ALLY = Topic(
    "resumed-for-ally",
    WORK,
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("A collaboration goes on."),
)
