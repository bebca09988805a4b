"""Requests for support and what follows from them."""

from collaborations.models.briefs import BriefVersion
from collaborations.models.collaboration import Collaboration, CollaborationMessage
from collaborations.models.consent import Consent
from collaborations.models.introductions import Disclosure, Introduction, Match, Participant
from collaborations.models.projects import Project, ProjectFinance
from collaborations.models.requests import RequestRisk, RequestStory, SafetyCheck, SupportRequest
from collaborations.models.talk import InternalNote, Referral, RequestMessage, SecondLook, TimelineEntry

__all__ = [
    "BriefVersion",
    "Collaboration",
    "CollaborationMessage",
    "Consent",
    "Disclosure",
    "InternalNote",
    "Introduction",
    "Match",
    "Participant",
    "Project",
    "ProjectFinance",
    "Referral",
    "RequestMessage",
    "RequestRisk",
    "RequestStory",
    "SafetyCheck",
    "SecondLook",
    "SupportRequest",
    "TimelineEntry",
]
