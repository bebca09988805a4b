"""What waits to be deleted: out of sight of everyone but its community, until it is taken back or gone."""

from functools import partial

from django.db import models
from django.db.models import Q

from collaborations.models import (
    BriefVersion,
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    FileDisclosure,
    HandoverContact,
    HandoverNote,
    InternalNote,
    InterpreterTask,
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
from collaborations.policies.sight import offered
from collaborators.hiding import of_hidden_community
from cre.core.access import Scope, hides, id_list

# The requests that are hidden from the acting person: none of their own community's, and none from the clock.
id_list("hidden_requests")
# The request of a record, as a path to its id.
REQUEST_OF: dict[str, tuple[type[models.Model], ...]] = {
    "pk": (SupportRequest,),
    "request_id": (
        RequestStory, RequestRisk, RequestMessage, Referral, SecondLook, SafetyCheck, SafetyFlag, InternalNote,
        TimelineEntry, BriefVersion, Match, Collaboration, HandoverNote, HandoverContact, RequestFile, Wish,
        InterpreterTask,
        SpokenDecision,
    ),
    "introduction__request_id": (Disclosure, FileDisclosure),
    "collaboration__request_id": (CollaborationMessage, PublicOutput),
}  # fmt: skip


def of_hidden_request(scope: Scope, path: str) -> Q | None:
    """What belongs to a request that is hidden from the person."""
    hidden = scope.listed("hidden_requests")
    return Q(**{f"{path}__in": hidden}) if hidden else None


def of_either(scope: Scope) -> Q | None:
    """As `of_hidden_request`, for what may also be about a community as a whole."""
    by_request, by_community = of_hidden_request(scope, "request_id"), of_hidden_community(scope)
    return by_request | by_community if by_request and by_community else by_request or by_community


@hides(SecondYes)
def of_hidden_choice(scope: Scope) -> Q | None:
    """A second yes goes where its consent goes."""
    hidden = scope.listed("hidden_communities")
    by_request = of_hidden_request(scope, "consent__request_id")
    by_community = Q(consent__community_id__in=hidden) if hidden else None
    return by_request | by_community if by_request and by_community else by_request or by_community


def answered_to_hidden(scope: Scope, path: str) -> Q | None:
    """An ally keeps the row of its own answer, without a word of the community: it is asked there to erase."""
    hidden = of_hidden_request(scope, f"{path}request_id")
    return hidden & ~offered(scope, path) if hidden else None


for request_path, models_of_path in REQUEST_OF.items():
    hides(*models_of_path)(partial(of_hidden_request, path=request_path))
hides(Consent, KeepQuestion)(of_either)
hides(Introduction)(partial(answered_to_hidden, path=""))
hides(Participant)(partial(answered_to_hidden, path="introduction__"))
