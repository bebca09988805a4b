"""What we tell people about requests: for each topic its readers, one sentence without content, a page."""

from django.utils.translation import gettext_lazy as _

from collaborations.models import RequestStory
from collaborations.recipients import (
    community,
    coordinator,
    desk,
    desk_and_coordinator,
    desk_and_guard,
    to_community,
    to_desk,
)
from collaborations.states import RequestStatus
from cre.core.outbox import WITH_MAIL, Event, Subject, Topic, Work
from cre.core.vault import shred

REQUEST = "collaborations.SupportRequest"

# --- For the desk -------------------------------------------------------------------------------------
REQUEST_SENT = Topic(
    "request-sent",
    REQUEST,
    recipients=desk_and_coordinator,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A new request is here."),
)
REQUEST_URGENT = Topic(
    "request-urgent",
    REQUEST,
    recipients=desk_and_guard,
    url=to_desk,
    channels=WITH_MAIL,
    urgent=True,
    subject=Subject.SOON,
    text=_("A request says that somebody is in danger now."),
)
CRITICAL_RISK = Topic(
    "critical-risk",
    REQUEST,
    recipients=desk_and_guard,
    url=to_desk,
    channels=WITH_MAIL,
    urgent=True,
    subject=Subject.SOON,
    text=_("The danger of a request was judged critical."),
)
IDENTITY_OPENED = Topic(
    "identity-opened",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("Somebody outside the region opened who a community is, with a written reason."),
)
ONLY_TALK = Topic(
    "only-talk",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community wants to talk first. Nothing it wrote was kept."),
)
MESSAGE_TO_DESK = Topic(
    "message-to-desk",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community wrote to you."),
)
ANSWERS_CHANGED = Topic(
    "answers-changed",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community changed its answers."),
)
WITHDRAWN = Topic(
    "withdrawn",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community took its request back."),
)
BRIEF_APPROVED = Topic(
    "brief-approved",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community approved its brief."),
)
BRIEF_SENT_BACK = Topic(
    "brief-sent-back",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community sent its brief back."),
)
OFFERS_DECIDED = Topic(
    "offers-decided",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community decided whom we may ask."),
)
CONSENT_WITHDRAWN = Topic(
    "consent-withdrawn",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community shares less than before."),
)
ACCESS_DECIDED = Topic(
    "access-decided",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("It was decided whether an ally may meet a community."),
)
SECOND_LOOK = Topic(
    "second-look",
    REQUEST,
    recipients=coordinator,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community asks for a second look."),
)

# --- For the community: in its portal only ------------------------------------------------------------
MESSAGE_TO_COMMUNITY = Topic(
    "message-to-community", REQUEST, recipients=community, url=to_community, text=_("You have a message.")
)
ACCEPTED = Topic("accepted", REQUEST, recipients=community, url=to_community, text=_("There is an answer for you."))
DECLINED = Topic("declined", REQUEST, recipients=community, url=to_community, text=_("There is an answer for you."))
PARKED = Topic("parked", REQUEST, recipients=community, url=to_community, text=_("There is an answer for you."))
SECOND_LOOK_ANSWERED = Topic(
    "second-look-answered",
    REQUEST,
    recipients=community,
    url=to_community,
    text=_("There is an answer for you."),
)
BRIEF_PROPOSED = Topic(
    "brief-proposed",
    REQUEST,
    recipients=community,
    url=to_community,
    text=_("There is a brief to read. You decide."),
)
ALLIES_PROPOSED = Topic(
    "allies-proposed",
    REQUEST,
    recipients=community,
    url=to_community,
    text=_("We suggest allies. You decide."),
)


# --- What is carried out later -----------------------------------------------------------------------
def forget_words(event: Event) -> None:
    """Destroy the key of a draft's words once it is closed unsent; a request that was sent keeps its key."""
    request = event.object
    if request and request.status == RequestStatus.WITHDRAWN and request.received_at is None:
        shred(request.uuid, RequestStory.KEY_PURPOSE)


FORGET_WORDS = Work("forget-words", REQUEST, carry_out=forget_words)
