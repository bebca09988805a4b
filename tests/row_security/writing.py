"""Who may add, change and remove which rows, in plain Python: where that is not the same as seeing them."""

from typing import Any

from django.db import models

from collaborations.models import (
    BriefVersion,
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    FileDisclosure,
    Handover,
    HandoverSignature,
    InternalNote,
    InterpreterTask,
    Introduction,
    PublicOutput,
    RequestFile,
    RequestMessage,
    SafetyCheck,
    SafetyFlag,
    SecondYes,
    SpokenDecision,
    SupportRequest,
    TimelineEntry,
    Wish,
)
from collaborators.models import (
    AccessEnd,
    AccountEvent,
    CodeHandover,
    Collaborator,
    CollaboratorGrant,
    Community,
    CommunityGrant,
    CommunityPerson,
    Composition,
    FreezeWarning,
    Panel,
    PanelGrant,
    PlatformGrant,
    ReceiptCredential,
    RegionGrant,
    Session,
    ShownName,
)
from cre.core.ledger.models import LedgerAlarm, LedgerEntry, LedgerLink
from cre.core.outbox.models import Heartbeat, Notice
from cre.core.retention.models import CondemnedFile, CondemnedKey, LegalHold, RetentionProof, RetentionRule
from tests.row_security.expectation import (
    EXPECTED,
    GUARDED_ONLY,
    Expectation,
    Eyes,
    discusses,
    sees_notice,
    sees_request,
    sees_risk,
    sees_thread,
    talks_with,
    was_sent,
)
from tests.row_security.interpreting import asks, sees_past, works_on
from tests.row_security.keeping import unless_ordered

# Written by definer functions and by nobody else; the second list only added to.
BY_FUNCTIONS: tuple[type[models.Model], ...] = (
    RegionGrant, CommunityGrant, CollaboratorGrant, PlatformGrant, PanelGrant, Session,
    AccessEnd, SafetyFlag,
)  # fmt: skip
ONLY_ADDED: tuple[type[models.Model], ...] = (
    RequestMessage, SafetyCheck, InternalNote, TimelineEntry, Consent, CollaborationMessage, LedgerEntry, LedgerAlarm,
    RetentionProof, AccountEvent, CodeHandover, CommunityPerson, Handover,
    HandoverSignature, SecondYes, SpokenDecision,
)  # fmt: skip


def nobody(_eyes: Eyes, _row: Any) -> bool:
    return False


def is_the_system(eyes: Eyes, _row: Any) -> bool:
    return eyes.is_system


def is_own(eyes: Eyes, row: Any) -> bool:
    return bool(row.user_id == eyes.pk)


def coordinates(eyes: Eyes, _row: Any) -> bool:
    return eyes.coordinates


def enters(eyes: Eyes, entry: Collaborator) -> bool:
    """Those who keep the roster; but only the coordinator enters somebody as more than nominated."""
    is_plain = entry.status == "nominated" and entry.access_level == 1
    return eyes.coordinates or (bool(eyes.regions) and is_plain)


def keeps(eyes: Eyes, entry: Collaborator) -> bool:
    return eyes.coordinates or bool(eyes.regions) or entry.pk in eyes.allies


def talks_with_community(eyes: Eyes, row: Any) -> bool:
    return talks_with(eyes, row.request)


def is_of_community(eyes: Eyes, wish: Wish) -> bool:
    return wish.request.community_id in eyes.communities


def says(eyes: Eyes, message: CollaborationMessage) -> bool:
    """Whoever reads the thread; while the community needs a pause, only it and its desk."""
    return sees_thread(eyes, message.collaboration) and may_take_a_turn(eyes, message.collaboration)


def may_take_a_turn(eyes: Eyes, work: Collaboration) -> bool:
    return work.paused_at is None or work.community_id in eyes.communities or work.region_id in eyes.regions


def puts_forward(eyes: Eyes, output: PublicOutput) -> bool:
    """The ally asks, and says nothing of the answer."""
    work = output.collaboration
    return output.status == "waiting" and eyes.joined(work.introduction) and may_take_a_turn(eyes, work)


def answers(eyes: Eyes, output: PublicOutput) -> bool:
    """The community, or its desk when it answers by voice; never the ally."""
    work = output.collaboration
    return work.community_id in eyes.communities or work.region_id in eyes.regions


def writes_down(eyes: Eyes, decision: SpokenDecision) -> bool:
    """The region's facilitator, in their own name."""
    request = decision.request
    return request.region_id in eyes.regions and was_sent(request) and decision.recorded_by_id == eyes.pk


def discloses(eyes: Eyes, disclosure: Disclosure | FileDisclosure) -> bool:
    return discusses(eyes, disclosure.introduction.request)


def discusses_file(eyes: Eyes, file: RequestFile) -> bool:
    return discusses(eyes, file.request)


def keeps_file(eyes: Eyes, file: RequestFile) -> bool:
    """Those who talk about the request may remove it; the clock notes that there is a copy."""
    return discusses(eyes, file.request) or eyes.is_system


def cares_for_notice(eyes: Eyes, notice: Notice) -> bool:
    """Whose it is; and the system removes what is old."""
    return sees_notice(eyes, notice) or eyes.is_system


ADDS: dict[type[models.Model], Expectation] = {
    **dict.fromkeys((Panel, LegalHold), coordinates),
    **dict.fromkeys((Composition, ShownName), is_own),
    **dict.fromkeys((FreezeWarning, CondemnedKey, CondemnedFile, RetentionRule), nobody),
    **dict.fromkeys(BY_FUNCTIONS, nobody),
    Community: nobody,
    Collaborator: enters,
    ReceiptCredential: is_own,
    BriefVersion: unless_ordered(sees_risk),
    # A new one was not ordered to go.
    SupportRequest: sees_request,
    Introduction: talks_with_community,
    Disclosure: discloses,
    FileDisclosure: discloses,
    RequestFile: unless_ordered(discusses_file),
    Wish: is_of_community,
    SpokenDecision: unless_ordered(writes_down),
    CollaborationMessage: says,
    PublicOutput: puts_forward,
    InterpreterTask: unless_ordered(asks),
    LedgerEntry: lambda eyes, entry: entry.person_id == eyes.pk,
    Heartbeat: is_the_system,
}
CHANGES: dict[type[models.Model], Expectation] = {
    **dict.fromkeys((Panel, LegalHold, RetentionRule), coordinates),
    **dict.fromkeys((Composition, ShownName), is_own),
    **dict.fromkeys(BY_FUNCTIONS, nobody),
    **dict.fromkeys(ONLY_ADDED, nobody),
    Collaborator: keeps,
    ReceiptCredential: is_own,
    BriefVersion: unless_ordered(talks_with_community),
    Disclosure: discloses,
    FileDisclosure: discloses,
    RequestFile: unless_ordered(keeps_file),
    Wish: is_of_community,
    PublicOutput: answers,
    InterpreterTask: unless_ordered(works_on),
    Notice: cares_for_notice,
    Heartbeat: is_the_system,
    LedgerLink: nobody,
}
# Histories that show less than their living rows: an ally reads no earlier brief, few an earlier roster.
HISTORY_SHOWS: dict[type[models.Model], Expectation] = {
    **EXPECTED,
    **GUARDED_ONLY,
    BriefVersion: unless_ordered(talks_with_community),
    InterpreterTask: unless_ordered(sees_past),
    Collaborator: keeps,
    Composition: is_own,
    RetentionRule: lambda eyes, _: eyes.is_system or eyes.coordinates or eyes.stewards,
}
# Here a freeze, a date, a signature or a definer function narrows further who may write; their own tests say how far.
# Nobody ever writes more than they see.
AT_MOST = {
    "collaborations_collaboration", "collaborations_collaborationmessage", "collaborations_consent",
    "collaborations_disclosure", "collaborations_filedisclosure", "collaborations_handover",
    "collaborations_handovercontact",
    "collaborations_handovernote", "collaborations_handoversignature", "collaborations_introduction",
    "collaborations_interpretertask", "collaborations_publicoutput", "collaborations_spokendecision",
    "collaborations_secondlook", "collaborations_secondyes",
    "collaborations_keepquestion", "collaborations_safetyflag", "collaborators_absence", "collaborators_accessend",
    "collaborators_accountevent", "collaborators_codehandover", "collaborators_composition",
    "collaborators_deletion", "collaborators_freeze", "collaborators_freezewarning", "collaborators_invitation",
    "collaborators_panel", "collaborators_panelgrant", "collaborators_session", "collaborators_shownname",
    "collaborators_signinaddress",
    "core_bulkaccess", "core_condemnedfile", "core_condemnedkey", "core_ledgeralarm", "core_legalhold",
    "core_retentionproof",
    "core_retentionrule",
}  # fmt: skip
WRITTEN = [*EXPECTED, *GUARDED_ONLY]
# A column of each table that decides about nothing and may hold the same for all rows.
HARMLESS = {
    "Heartbeat": "seen_at",
    "LedgerLink": "entry_id",
    "LogEntry": "action_flag",
    "Notice": "read_at",
    "LevelRaise": "to_level",
    "OutboxMessage": "attempts",
    "ReceiptCredential": "created_at",
}


def adds(model: type[models.Model]) -> Expectation:
    return ADDS.get(model) or (EXPECTED | GUARDED_ONLY)[model]


def changes(model: type[models.Model]) -> Expectation:
    return CHANGES.get(model) or (EXPECTED | GUARDED_ONLY)[model]


def adds_history(model: type[models.Model]) -> Expectation:
    """Who may add to the history of a row: who sees it, but nobody where definer functions write it."""
    return nobody if model in BY_FUNCTIONS else HISTORY_SHOWS[model]


def harmless_column(model: type[models.Model]) -> str:
    names = {field.column for field in model._meta.concrete_fields}
    usual = next((name for name in ("key_object", "version", "score", "role", "status") if name in names), "id")
    return HARMLESS.get(model.__name__, usual)
