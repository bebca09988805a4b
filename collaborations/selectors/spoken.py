"""What a community decided by voice, as it and its desk read it; and what it could decide now."""

from dataclasses import dataclass

from collaborations.models import Collaboration, Consent, Introduction, SpokenDecision, SupportRequest
from collaborators.policies import communities_of
from cre.core.access import Scope
from cre.core.vault import load_keys

# What was read back may be long, and the community's page is for a slow line.
MOST_SHOWN, MOST_OWN = 20, 5


def spoken_of(request: SupportRequest, scope: Scope) -> list[SpokenDecision]:
    """The newest decisions about a request that were written down."""
    found = SpokenDecision.objects.visible_to(scope).filter(request=request)
    rows = list(found.select_related("introduction__collaborator", "recorded_by")[:MOST_SHOWN])
    for row in rows:
        row.request = request
    load_keys(rows)
    return rows


def own_spoken(scope: Scope) -> tuple[list[SpokenDecision], bool]:
    """The newest decisions of the person's community that the desk wrote down, and whether there are older ones."""
    found = SpokenDecision.objects.visible_to(scope).filter(request__community_id__in=communities_of(scope))
    rows = list(found.select_related("introduction__collaborator", "request")[: MOST_OWN + 1])
    shown = rows[:MOST_OWN]
    load_keys(shown)
    return shown, len(rows) > MOST_OWN


@dataclass(frozen=True)
class Undecided:
    """The rows of a request about which its community may decide at any time."""

    works: list[Collaboration]
    introductions: list[Introduction]
    consents: list[Consent]


def undecided_of(request: SupportRequest, scope: Scope) -> Undecided:
    """What is open of a request; who may write down what of it, the policies say."""
    works = Collaboration.objects.visible_to(scope).filter(request=request, ended_at=None)
    introductions = Introduction.objects.visible_to(scope).filter(request=request, ended_at=None)
    consents = Consent.objects.visible_to(scope).live().filter(request=request)
    found = Undecided(
        works=list(works.select_related("introduction__collaborator").order_by("began_at", "pk")),
        introductions=list(introductions.select_related("collaborator").order_by("proposed_at", "pk")),
        consents=list(consents.select_related("introduction__collaborator", "withdrawal").order_by("given_at", "pk")),
    )
    rows: list[Collaboration | Introduction | Consent] = [*found.works, *found.introductions, *found.consents]
    for row in rows:
        row.request = request
    return found
