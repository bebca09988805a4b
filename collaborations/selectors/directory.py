"""The directory: which allies a community finds there for its request, and what it said of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from collaborations.matching import Cause, conditions
from collaborations.matching.wanted import Wanted
from collaborations.models import Introduction, SupportRequest, Wish
from collaborations.states import IntroductionStatus
from collaborators.models import Collaborator
from collaborators.selectors import page_of_entries
from cre.core.access import Scope
from cre.core.vault import load_keys

PAGE = 8
# Who is ruled out for a request for one of these is not in its directory, and nothing there tells why.
RULED_OUT = (Cause.NOT_APPROVED, Cause.LEVEL, Cause.COUNTRY_REFUSED, Cause.CONFLICT)


def directory_for(scope: Scope, request: SupportRequest) -> QuerySet[Collaborator]:
    """The entries that agreed that communities find them, without those that are ruled out for this request."""
    said = Introduction.objects.visible_to(scope).filter(request=request, status=IntroductionStatus.CONFLICT)
    in_conflict = tuple(said.values_list("collaborator", flat=True))
    must = conditions(Wanted(country=request.country, in_conflict=in_conflict))
    found = Collaborator.objects.visible_to(scope).filter(shows_to_communities=True)
    return found.filter(*(must[cause] for cause in RULED_OUT if cause in must)).select_related("facets")


def directory_page(found: QuerySet[Collaborator], chosen: Mapping[str, Any]) -> tuple[list[Collaborator], bool]:
    """A page in the order of names, and whether there is another one.

    chosen: any of country, language, area, and `after` (the entry with which the page before ended).
    """
    return page_of_entries(found, chosen, most=PAGE)


def in_directory(found: QuerySet[Collaborator]) -> tuple[set[str], set[str]]:
    """The countries and the languages that somebody in the directory works in; there are no others to choose."""
    countries: set[str] = set()
    languages: set[str] = set()
    for base, serves, spoken in found.values_list("country", "facets__countries", "facets__languages"):
        countries |= {base, *serves} - {""}
        languages |= {*spoken}
    return countries, languages


def wishes_of(request: SupportRequest, scope: Scope) -> list[Wish]:
    """What the community said of allies, as far as the person reads its words; their keys are at hand."""
    wishes = list(Wish.objects.visible_to(scope).filter(request=request).select_related("collaborator"))
    load_keys(wishes)
    return wishes
