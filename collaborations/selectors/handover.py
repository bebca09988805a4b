"""The handing over of regions: whose it is, what the pack holds, who has signed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from collaborations.models import Handover, HandoverContact, HandoverNote, HandoverSignature, SupportRequest
from collaborators.models import CommunityIdentity, Region, RegionGrant, User
from collaborators.selectors.terms import still_held
from cre.core.access import Scope
from cre.core.vault import load_keys

Side = HandoverSignature.Side


def handovers_of(scope: Scope) -> QuerySet[Handover]:
    """The handovers that the person sees, those under way first."""
    found = Handover.objects.visible_to(scope).select_related("region", "leaving", "arriving")
    return found.order_by("completed_at", "cancelled_at", "-started_at")


def signatures_of(handover: Handover, scope: Scope) -> dict[str, HandoverSignature]:
    """Who has signed, by their side."""
    found = HandoverSignature.objects.visible_to(scope).filter(handover=handover).select_related("person")
    return {signature.side: signature for signature in found}


def sides_needed(handover: Handover) -> list[Side]:
    """Whose signatures complete it; nobody waits for somebody who cannot sign."""
    return [side for side in Side if not (side == Side.LEAVING and handover.is_vanished)]


def missing_notes(handover: Handover, scope: Scope) -> QuerySet[SupportRequest]:
    """The open requests of the region that the pack does not speak of yet, as far as the person sees them."""
    written = HandoverNote.objects.visible_to(scope).filter(handover=handover).values("request")
    found = SupportRequest.objects.visible_to(scope).open().filter(region=handover.region)
    return found.exclude(pk__in=written).select_related("community").order_by("due_at", "pk")


@dataclass(frozen=True)
class PackItem:
    """One request in the pack: what it is called here, and the two sealed parts."""

    note: HandoverNote
    contact: HandoverContact | None

    @property
    def reference(self) -> str:
        return self.note.key_object.hex[:6]


def pack_of(handover: Handover, scope: Scope) -> list[PackItem]:
    """The pack, request by request; nothing is opened yet. Three queries and one for the keys."""
    notes = list(HandoverNote.objects.visible_to(scope).filter(handover=handover).order_by("pk"))
    contacts = list(HandoverContact.objects.visible_to(scope).filter(handover=handover))
    by_request = {contact.request_id: contact for contact in contacts}
    load_keys([*notes, *contacts])
    return [PackItem(note, by_request.get(note.request_id)) for note in notes]


def identities_of(requests: list[SupportRequest], scope: Scope) -> dict[int, CommunityIdentity]:
    """How these communities are reached, by the community's id."""
    found = CommunityIdentity.objects.visible_to(scope).filter(community__in=[row.community_id for row in requests])
    rows = list(found)
    load_keys(rows)
    return {row.community_id: row for row in rows}


def facilitators_of(regions: QuerySet[Region]) -> QuerySet[User]:
    """Who facilitates one of these regions, as the coordinator sees it."""
    grants = RegionGrant.objects.filter(still_held(), content_object__in=regions, permission__codename="facilitate")
    return User.objects.filter(pk__in=grants.values("user")).order_by("email")
