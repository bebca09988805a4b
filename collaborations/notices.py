"""What we tell people about requests: for each topic its readers, one sentence without content, a page."""

from django.utils.translation import gettext_lazy as _

from collaborations import handing_over_notices
from collaborations.models import RequestStory
from collaborations.recipients import (
    ally,
    community,
    coordinator,
    desk,
    desk_and_coordinator,
    desk_and_guard,
    desk_of_request,
    to_choice,
    to_community,
    to_desk,
    to_desk_of,
    to_offer,
    to_work,
)
from collaborations.states import RequestStatus
from cre.core.outbox import WITH_MAIL, Event, Subject, Topic, Work
from cre.core.vault import shred

REQUEST, INTRODUCTION, WORK = (
    "collaborations.SupportRequest",
    "collaborations.Introduction",
    "collaborations.Collaboration",
)


# --- For the desk ------------------------------------------------------------------------------------
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
NEEDS_LEVEL = Topic(
    "needs-level",
    INTRODUCTION,
    recipients=desk,
    url=to_desk_of,
    channels=WITH_MAIL,
    text=_("A chosen ally needs a higher access level."),
)
ALLY_ANSWERED = Topic(
    "ally-answered",
    INTRODUCTION,
    recipients=desk_of_request,
    url=to_desk_of,
    channels=WITH_MAIL,
    text=_("An ally answered."),
)
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

# --- For the community: in its portal only -----------------------------------------------------------
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
ALLY_WILLING = Topic(
    "ally-willing",
    INTRODUCTION,
    recipients=community,
    url=to_choice,
    text=_("An ally would like to support you. You decide."),
)
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

# --- For the ally ------------------------------------------------------------------------------------
OFFER = Topic(
    "offer",
    INTRODUCTION,
    recipients=ally,
    url=to_offer,
    channels=WITH_MAIL,
    text=_("Somebody asks for support that you may be able to give."),
)
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


# --- What is carried out later -----------------------------------------------------------------------
def forget_words(event: Event) -> None:
    """Destroy the key of a draft's words once it is closed unsent; a request that was sent keeps its key."""
    request = event.object
    if request and request.status == RequestStatus.WITHDRAWN and request.received_at is None:
        shred(request.uuid, RequestStory.KEY_PURPOSE)


FORGET_WORDS = Work("forget-words", REQUEST, carry_out=forget_words)


# --- A region changes hands ----------------------------------------------------------------------------
HANDOVER_STARTED = handing_over_notices.STARTED
HANDOVER_SIGNED = handing_over_notices.SIGNED
HANDOVER_DONE = handing_over_notices.DONE
