"""Requests for support and what follows from them."""

from collaborations.models.briefs import BriefVersion
from collaborations.models.collaboration import Collaboration, CollaborationMessage
from collaborations.models.consent import Consent, SecondYes
from collaborations.models.files import FileDisclosure, RequestFile
from collaborations.models.handover import Handover, HandoverContact, HandoverNote, HandoverSignature
from collaborations.models.interpreting import InterpreterTask
from collaborations.models.introductions import Disclosure, Introduction, Match, Participant
from collaborations.models.keeping import KeepQuestion
from collaborations.models.outputs import PublicOutput
from collaborations.models.projects import Project, ProjectFinance
from collaborations.models.requests import RequestRisk, RequestStory, SafetyCheck, SupportRequest
from collaborations.models.safety import SafetyFlag
from collaborations.models.spoken import SpokenDecision
from collaborations.models.talk import InternalNote, Referral, RequestMessage, SecondLook, TimelineEntry
from collaborations.models.wishes import Wish

__all__ = [
    "BriefVersion",
    "Collaboration",
    "CollaborationMessage",
    "Consent",
    "Disclosure",
    "FileDisclosure",
    "Handover",
    "HandoverContact",
    "HandoverNote",
    "HandoverSignature",
    "InternalNote",
    "InterpreterTask",
    "Introduction",
    "KeepQuestion",
    "Match",
    "Participant",
    "Project",
    "ProjectFinance",
    "PublicOutput",
    "Referral",
    "RequestFile",
    "RequestMessage",
    "RequestRisk",
    "RequestStory",
    "SafetyCheck",
    "SafetyFlag",
    "SecondLook",
    "SecondYes",
    "SpokenDecision",
    "SupportRequest",
    "TimelineEntry",
    "Wish",
]
