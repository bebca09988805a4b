"""Which rows a person sees. The row guards in the migrations say the same in SQL; a test holds them equal."""

from django.db.models import Q

from collaborations.models import (
    BriefVersion,
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    FileDisclosure,
    Handover,
    HandoverContact,
    HandoverNote,
    HandoverSignature,
    InternalNote,
    Introduction,
    KeepQuestion,
    Match,
    Participant,
    PublicOutput,
    Referral,
    RequestFile,
    RequestMessage,
    RequestRisk,
    RequestStory,
    SafetyCheck,
    SafetyFlag,
    SecondLook,
    SecondYes,
    SpokenDecision,
    SupportRequest,
    TimelineEntry,
    Wish,
)
from collaborators.models import Collaborator, Region
from collaborators.policies import communities_of
from cre.core.access import Branches, Scope, id_list, sees

# What an ally sees one by one: briefs that are offered, introductions and collaborations it takes part in.
id_list("offered_briefs")
id_list("joined_introductions")
id_list("joined_collaborations")
# The handovers of a region that somebody takes part in, as who leaves or who arrives.
id_list("open_handovers")
COMMUNITY_AUDIENCES = (TimelineEntry.Audience.COMMUNITY, TimelineEntry.Audience.ALL)


def own(scope: Scope, path: str = "") -> Q:
    """The community's own people and whoever has its mandate."""
    return Q(**{f"{path}community_id__in": communities_of(scope)})


def was_sent(path: str = "") -> Q:
    """Sending is the consent that staff read it; what somebody of the desk writes down is theirs from the start."""
    return Q(**{f"{path}received_at__isnull": False}) | Q(**{f"{path}is_assisted": True})


def facilitated(scope: Scope, path: str = "") -> Q:
    """The facilitators of the region, once the request was sent."""
    return Q(**{f"{path}region_id__in": scope.ids("facilitate", Region)}) & was_sent(path)


def guarded(scope: Scope, path: str = "") -> Q:
    """The region's security focal persons, once the request was sent."""
    return Q(**{f"{path}region_id__in": scope.ids("guard", Region)}) & was_sent(path)


def coordinated(scope: Scope, path: str = "") -> Q | None:
    """The coordinator, once the request was sent."""
    return was_sent(path) if scope.holds("coordinate") else None


def offered(scope: Scope, path: str = "") -> Q:
    """The ally that was asked, unless everything about the community stands still."""
    asked = Q(**{f"{path}collaborator_id__in": scope.ids("speak_for", Collaborator)})
    asked &= Q(**{f"{path}offered_at__isnull": False})
    frozen = scope.listed("frozen_communities")
    return asked & ~Q(**{f"{path}community_id__in": frozen}) if frozen else asked


@sees(SupportRequest)
def request_branches(scope: Scope) -> Branches:
    """Never an ally: it reads the brief and what was disclosed, not the request."""
    yield own(scope)
    yield facilitated(scope)
    yield guarded(scope)
    yield coordinated(scope)
    yield scope.everywhere("operate")


@sees(RequestStory, RequestMessage, Referral, SecondLook, Wish, SpokenDecision)
def story_branches(scope: Scope) -> Branches:
    """The community and those who talk with it; a security focal person works from the brief."""
    yield own(scope, "request__")
    yield facilitated(scope, "request__")
    yield coordinated(scope, "request__")


@sees(RequestFile)
def file_branches(scope: Scope) -> Branches:
    """As the story; and the clock, which makes the copy without hidden details. Never an ally: it gets a copy."""
    yield from story_branches(scope)
    yield scope.everywhere("operate")


@sees(RequestRisk)
def risk_branches(scope: Scope) -> Branches:
    yield own(scope, "request__")
    yield facilitated(scope, "request__")
    yield guarded(scope, "request__")
    yield coordinated(scope, "request__")


@sees(SafetyCheck, SafetyFlag)
def safety_check_branches(scope: Scope) -> Branches:
    """Staff only: they may hold what a listener in the community should not read."""
    yield facilitated(scope, "request__")
    yield guarded(scope, "request__")
    yield coordinated(scope, "request__")


@sees(InternalNote)
def note_branches(scope: Scope) -> Branches:
    """Never the community, never an ally."""
    yield facilitated(scope, "request__")
    yield coordinated(scope, "request__")


@sees(TimelineEntry)
def timeline_branches(scope: Scope) -> Branches:
    yield own(scope, "request__") & Q(audience__in=COMMUNITY_AUDIENCES)
    yield facilitated(scope, "request__")
    yield guarded(scope, "request__")
    yield coordinated(scope, "request__")
    yield Q(collaboration_id__in=scope.listed("joined_collaborations")) & Q(audience=TimelineEntry.Audience.ALL)


@sees(BriefVersion)
def brief_branches(scope: Scope) -> Branches:
    """The community and the desk see every version, an ally the approved one while it is offered."""
    yield own(scope, "request__")
    yield facilitated(scope, "request__")
    yield guarded(scope, "request__")
    yield coordinated(scope, "request__")
    yield Q(pk__in=scope.listed("offered_briefs"))


@sees(Consent)
def consent_branches(scope: Scope) -> Branches:
    yield own(scope)
    yield facilitated(scope, "request__")
    yield scope.everywhere("coordinate")


@sees(SecondYes)
def second_yes_branches(scope: Scope) -> Branches:
    """Whoever sees the consent."""
    yield own(scope, "consent__")
    yield facilitated(scope, "consent__request__")
    yield scope.everywhere("coordinate")


@sees(Introduction)
def introduction_branches(scope: Scope) -> Branches:
    """An ally learns of an introduction only when the community has allowed the offer."""
    yield own(scope, "request__")
    yield facilitated(scope, "request__")
    yield coordinated(scope, "request__")
    yield offered(scope)


@sees(Match)
def match_branches(scope: Scope) -> Branches:
    """Never the ally: who was suggested, and why, is not theirs to know."""
    yield own(scope, "request__")
    yield facilitated(scope, "request__")
    yield coordinated(scope, "request__")


@sees(Participant)
def participant_branches(scope: Scope) -> Branches:
    yield own(scope, "introduction__request__")
    yield facilitated(scope, "introduction__request__")
    yield coordinated(scope, "introduction__request__")
    yield offered(scope, "introduction__")


@sees(Disclosure, FileDisclosure)
def disclosure_branches(scope: Scope) -> Branches:
    """Only named participants of an introduction that stands, not everybody in their organisation."""
    yield own(scope, "introduction__request__")
    yield facilitated(scope, "introduction__request__")
    yield Q(introduction_id__in=scope.listed("joined_introductions"))


@sees(Collaboration)
def collaboration_branches(scope: Scope) -> Branches:
    yield own(scope)
    yield Q(region_id__in=scope.ids("facilitate", Region))
    yield scope.everywhere("coordinate", "operate")
    yield Q(pk__in=scope.listed("joined_collaborations"))


@sees(CollaborationMessage, PublicOutput)
def collaboration_message_branches(scope: Scope) -> Branches:
    yield own(scope, "collaboration__")
    yield Q(collaboration__region_id__in=scope.ids("facilitate", Region))
    yield scope.everywhere("coordinate")
    yield Q(collaboration_id__in=scope.listed("joined_collaborations"))


@sees(KeepQuestion)
def keep_question_branches(scope: Scope) -> Branches:
    """The community that is asked, the desk that asks by the safe channel, and who watches over both."""
    reached = Q(community__reached_at__isnull=False)
    yield own(scope)
    yield Q(community__region_id__in=scope.ids("facilitate", Region)) & reached
    yield reached if scope.holds("coordinate") else None
    yield scope.everywhere("operate")


@sees(Handover)
def handover_branches(scope: Scope) -> Branches:
    """Both who take part, and the coordinator."""
    yield Q(pk__in=scope.listed("open_handovers"))
    yield scope.everywhere("coordinate", "operate")


@sees(HandoverSignature)
def signature_branches(scope: Scope) -> Branches:
    yield Q(handover_id__in=scope.listed("open_handovers"))
    yield scope.everywhere("coordinate", "operate")


@sees(HandoverNote, HandoverContact)
def pack_branches(scope: Scope) -> Branches:
    """Both who take part; the coordinator only with a written reason."""
    yield Q(handover_id__in=scope.listed("open_handovers"))
    yield scope.everywhere("coordinate") if scope.reason else None
