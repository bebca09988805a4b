"""Who should see what, in plain Python over the rows of a world: written apart from both walls."""

from collections.abc import Callable
from typing import Any

from django.db import models

from collaborations.models import (
    BriefVersion,
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    FileDisclosure,
    InternalNote,
    Introduction,
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
from collaborators.models import (
    AccountEvent,
    Collaborator,
    CollaboratorGrant,
    CollaboratorPrivate,
    Community,
    CommunityGrant,
    CommunityIdentity,
    CommunityPerson,
    LevelRaise,
    PanelGrant,
    PlatformGrant,
    ReceiptCredential,
    RegionGrant,
    Session,
    ShownName,
)
from cre.core.ledger.models import BulkAccess, LedgerAlarm, LedgerEntry
from cre.core.outbox.models import Notice
from tests.row_security.deciding import sees_collaborator
from tests.row_security.freezing import EXPECTED_OF_FREEZES, is_frozen, is_frozen_at
from tests.row_security.interpreting import EXPECTED_OF_INTERPRETING
from tests.row_security.keeping import KEPT, KEPT_GUARDED_ONLY, unless_hidden, unless_ordered
from tests.row_security.machines import MACHINES
from tests.row_security.roles import EXPECTED_OF_ROLES
from tests.row_security.world import GRANTS, World


class Eyes:
    """One person in one world: what they hold at this moment."""

    def __init__(self, world: World, name: str, *, reason: str = "") -> None:
        self.world, self.name, self.reason = world, name, reason
        self.person = world.people[name]
        self.pk = self.person.pk
        self.is_system = name == "system"
        self.regions = self.holding("facilitate")
        self.guarded = self.holding("guard")
        self.communities = self.holding("represent") | self.holding("support")
        self.allies = self.holding("speak_for")
        self.coordinates = bool(self.holding("coordinate"))
        self.stewards = bool(self.holding("steward"))

    def holding(self, codename: str) -> set[int]:
        """The ids on which the person holds this now; a disabled person holds nothing."""
        now = self.world.now
        return {
            grant.content_object_id
            for model in GRANTS.values()
            for grant in self.world.all(model)
            if grant.user_id == self.pk
            and self.person.is_active
            and grant.permission.codename == codename
            and not (model is CommunityGrant and is_frozen(self.world, grant.content_object_id))
            and grant.starts_at <= now
            and (grant.ends_at is None or grant.ends_at > now)
        }

    def joined(self, introduction: Introduction) -> bool:
        """Whether the person is named in it, has not left, and still speaks for that ally."""
        named = any(
            row.introduction_id == introduction.pk and row.user_id == self.pk and row.left_at is None
            for row in self.world.all(Participant)
        )
        is_still = is_frozen(self.world, introduction.community_id)
        return named and introduction.collaborator_id in self.allies and not is_still


def was_sent(request: SupportRequest) -> bool:
    """Sending is the consent that staff read it; an assisted one was written down by them."""
    return request.received_at is not None or request.is_assisted


def talks_with(eyes: Eyes, request: SupportRequest) -> bool:
    """The community's side, the desk of the region, and the coordinator."""
    return discusses(eyes, request) or (eyes.coordinates and was_sent(request))


def discusses(eyes: Eyes, request: SupportRequest) -> bool:
    is_theirs = request.region_id in eyes.regions and was_sent(request)
    return request.community_id in eyes.communities or is_theirs


def guards(eyes: Eyes, request: SupportRequest) -> bool:
    return request.region_id in eyes.guarded and was_sent(request)


def sees_request(eyes: Eyes, request: SupportRequest) -> bool:
    return talks_with(eyes, request) or guards(eyes, request) or eyes.is_system


def sees_part(eyes: Eyes, part: Any) -> bool:
    return talks_with(eyes, part.request)


def sees_risk(eyes: Eyes, risk: RequestRisk) -> bool:
    return talks_with(eyes, risk.request) or guards(eyes, risk.request)


def sees_check(eyes: Eyes, check: SafetyCheck | SafetyFlag) -> bool:
    is_staff = eyes.coordinates or check.request.region_id in eyes.regions | eyes.guarded
    return is_staff and was_sent(check.request)


def sees_note(eyes: Eyes, note: InternalNote) -> bool:
    return (eyes.coordinates or note.request.region_id in eyes.regions) and was_sent(note.request)


def sees_entry(eyes: Eyes, entry: TimelineEntry) -> bool:
    is_staff = eyes.coordinates or entry.request.region_id in eyes.regions | eyes.guarded
    if is_staff and was_sent(entry.request):
        return True
    if entry.request.community_id in eyes.communities and entry.audience != "desk":
        return True
    work = entry.collaboration
    return entry.audience == "all" and work is not None and eyes.joined(work.introduction)


def sees_brief(eyes: Eyes, brief: BriefVersion) -> bool:
    """An ally: the approved version, while an offer of that very version stands."""
    is_offered = brief.status == "approved" and any(
        offer.brief_id == brief.pk
        and offer.collaborator_id in eyes.allies
        and offer.offered_at is not None
        and offer.status in ("offered", "willing", "chosen", "accepted")
        and not is_frozen(eyes.world, offer.community_id)
        for offer in eyes.world.all(Introduction)
    )
    return is_offered or talks_with(eyes, brief.request) or guards(eyes, brief.request)


def sees_consent(eyes: Eyes, consent: Consent) -> bool:
    request = consent.request
    in_region = request is not None and request.region_id in eyes.regions and was_sent(request)
    return eyes.coordinates or consent.community_id in eyes.communities or in_region


def sees_introduction(eyes: Eyes, introduction: Introduction) -> bool:
    is_asked = introduction.collaborator_id in eyes.allies and introduction.offered_at is not None
    is_still = is_frozen(eyes.world, introduction.community_id)
    return (is_asked and not is_still) or talks_with(eyes, introduction.request)


def sees_participant(eyes: Eyes, participant: Participant) -> bool:
    return sees_introduction(eyes, participant.introduction)


def sees_disclosure(eyes: Eyes, disclosure: Disclosure | FileDisclosure) -> bool:
    """Not the coordinator: an ally reads it only as a named person of an introduction that stands."""
    introduction = disclosure.introduction
    is_introduced = introduction.status == "accepted" and eyes.joined(introduction)
    return is_introduced or discusses(eyes, introduction.request)


def sees_work(eyes: Eyes, work: Collaboration) -> bool:
    return eyes.is_system or sees_thread(eyes, work)


def sees_thread(eyes: Eyes, work: Collaboration) -> bool:
    by_role = work.community_id in eyes.communities or work.region_id in eyes.regions or eyes.coordinates
    return by_role or eyes.joined(work.introduction)


def is_in_danger(eyes: Eyes, community: Community) -> bool:
    """Whether it stands still, or has an open request with somebody in danger, in a region that the person guards."""
    return is_frozen_at(eyes.world, community.pk, eyes.guarded) or any(
        request.community_id == community.pk
        and request.region_id in eyes.guarded
        and request.closed_at is None
        and request.status != "draft"
        and (request.danger == "now" or request.risk_level in ("high", "critical"))
        for request in eyes.world.all(SupportRequest)
    )


def is_near(eyes: Eyes, community: Community) -> bool:
    is_theirs = community.region_id in eyes.regions and community.reached_at is not None
    return community.pk in eyes.communities or is_theirs or is_in_danger(eyes, community)


def sees_community(eyes: Eyes, community: Community) -> bool:
    is_known = eyes.coordinates and community.reached_at is not None
    return is_known or eyes.is_system or is_near(eyes, community)


def sees_identity(eyes: Eyes, identity: CommunityIdentity) -> bool:
    is_known = eyes.coordinates and bool(eyes.reason) and identity.community.reached_at is not None
    return is_near(eyes, identity.community) or is_known


def sees_private(eyes: Eyes, private: CollaboratorPrivate) -> bool:
    return eyes.coordinates or bool(eyes.regions) or private.collaborator_id in eyes.allies


def sees_notice(eyes: Eyes, notice: Notice) -> bool:
    return notice.recipient_id == eyes.pk


def sees_grant(eyes: Eyes, grant: Any) -> bool:
    return eyes.coordinates or eyes.stewards or grant.user_id == eyes.pk


def sees_ledger(eyes: Eyes, entry: LedgerEntry) -> bool:
    """Who watches over it, the entry's person, the community that it concerns, the staff of its region."""
    return (
        eyes.coordinates
        or eyes.stewards
        or eyes.is_system
        or entry.person_id == eyes.pk
        or entry.community_id in eyes.holding("represent")
        or entry.region_id in eyes.regions | eyes.guarded
    )


Expectation = Callable[[Eyes, Any], bool]
# Every model with a policy: the policy, the database and this must agree.
ANSWERS: dict[type[models.Model], Expectation] = {
    **KEPT,
    **EXPECTED_OF_FREEZES,
    **EXPECTED_OF_INTERPRETING,
    SupportRequest: sees_request,
    **dict.fromkeys((RequestStory, RequestMessage, Referral, SecondLook, Wish, SpokenDecision), sees_part),
    Match: sees_part,
    RequestRisk: sees_risk,
    SafetyCheck: sees_check,
    SafetyFlag: sees_check,
    InternalNote: sees_note,
    TimelineEntry: sees_entry,
    BriefVersion: sees_brief,
    Consent: sees_consent,
    SecondYes: lambda eyes, row: unless_ordered(sees_consent)(eyes, row.consent),
    Introduction: sees_introduction,
    Participant: sees_participant,
    Disclosure: sees_disclosure,
    FileDisclosure: sees_disclosure,
    RequestFile: lambda eyes, file: sees_part(eyes, file) or eyes.is_system,
    Collaboration: sees_work,
    CollaborationMessage: lambda eyes, message: sees_thread(eyes, message.collaboration),
    PublicOutput: lambda eyes, output: sees_thread(eyes, output.collaboration),
    Community: sees_community,
    CommunityIdentity: sees_identity,
    CommunityPerson: lambda eyes, row: row.community_id in eyes.holding("represent"),
    Collaborator: sees_collaborator,
    CollaboratorPrivate: sees_private,
    LevelRaise: lambda eyes, _: eyes.coordinates or bool(eyes.regions),
    Notice: sees_notice,
    LedgerEntry: sees_ledger,
    **EXPECTED_OF_ROLES,
    LedgerAlarm: lambda eyes, _: eyes.coordinates or eyes.stewards or eyes.is_system,
    BulkAccess: lambda eyes, access: eyes.coordinates or eyes.stewards or access.asked_by_id == eyes.pk,
    ShownName: lambda eyes, name: name.user_id == eyes.pk or bool(eyes.holding("represent")),
    Session: lambda eyes, session: session.user_id == eyes.pk,
    AccountEvent: lambda eyes, event: eyes.pk in (event.user_id, event.by_id),
}
EXPECTED = unless_hidden(ANSWERS)
# Tables that only the database guards: nobody lists them for people.
GUARDED_ONLY: dict[type[models.Model], Expectation] = {
    **KEPT_GUARDED_ONLY,
    **MACHINES,
    RegionGrant: sees_grant,
    CommunityGrant: sees_grant,
    CollaboratorGrant: sees_grant,
    PlatformGrant: sees_grant,
    PanelGrant: sees_grant,
    ReceiptCredential: lambda *_: True,
}
