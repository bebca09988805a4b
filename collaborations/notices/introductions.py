"""What we tell people about introductions, from the offer to the answer."""

from django.utils.translation import gettext_lazy as _

from collaborations.recipients import (
    ally,
    community,
    desk,
    desk_and_coordinator,
    desk_of_request,
    to_call_back,
    to_choice,
    to_desk_of,
    to_offer,
    to_second,
)
from collaborators.notices import others_of_community
from cre.core.outbox import WITH_MAIL, Topic

INTRODUCTION = "collaborations.Introduction"

# --- For the desk -------------------------------------------------------------------------------------
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
CALL_BACK = Topic(
    "call-back",
    INTRODUCTION,
    recipients=desk_and_coordinator,
    url=to_call_back,
    channels=WITH_MAIL,
    text=_("A community chose an ally by voice. A second person calls it back."),
)

# --- For the community: in its portal only ------------------------------------------------------------
ALLY_WILLING = Topic(
    "ally-willing",
    INTRODUCTION,
    recipients=community,
    url=to_choice,
    text=_("An ally would like to support you. You decide."),
)
SECOND_ASKED = Topic(
    "second-asked",
    INTRODUCTION,
    recipients=others_of_community,
    url=to_second,
    text=_("One of you chose an ally. Another one of you has to agree."),
)

# --- For the ally -------------------------------------------------------------------------------------
OFFER = Topic(
    "offer",
    INTRODUCTION,
    recipients=ally,
    url=to_offer,
    channels=WITH_MAIL,
    text=_("Somebody asks for support that you may be able to give."),
)
