"""What the secretariat reads about the roster: who is on it, and who speaks for an entry."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from collaborators.models import Collaborator, CollaboratorGrant
from collaborators.selectors.terms import still_held
from cre.core.access import Scope

PAGE = 50


def roster_page(scope: Scope, chosen: Mapping[str, Any]) -> tuple[list[Collaborator], bool]:
    """A page of the roster in the order of its names, and whether there is another one.

    chosen: any of status, level, area, country and `after` (the entry with which the page before ended).
    Nothing sealed is opened; one query.
    """
    found = Collaborator.objects.visible_to(scope).select_related("facets")
    return page_of_entries(found, chosen, most=PAGE)


def page_of_entries(
    found: QuerySet[Collaborator], chosen: Mapping[str, Any], *, most: int
) -> tuple[list[Collaborator], bool]:
    """So many of the chosen entries after the last one seen, by name, and whether there are more."""
    found = filtered(found, chosen)
    last: Collaborator | None = chosen.get("after")
    if last is not None:
        found = found.filter(display_name__gt=last.display_name)
    rows = list(found.order_by("display_name")[: most + 1])
    return rows[:most], len(rows) > most


def filtered(found: QuerySet[Collaborator], chosen: Mapping[str, Any]) -> QuerySet[Collaborator]:
    """Those that fit what was chosen: status, level, area, language, and a country at home or served."""
    if status := chosen.get("status"):
        found = found.filter(status=status)
    if level := chosen.get("level"):
        found = found.filter(access_level=level)
    if area := chosen.get("area"):
        found = found.filter(facets__areas__contains=[area])
    if country := chosen.get("country"):
        found = found.filter(Q(country=country) | Q(facets__countries__contains=[country]))
    if language := chosen.get("language"):
        found = found.filter(facets__languages__contains=[language])
    return found


def speakers_of(collaborator: Collaborator) -> list[CollaboratorGrant]:
    """Who speaks for an entry now or from a later day; only the coordinator and the steward may ask."""
    found = CollaboratorGrant.objects.filter(
        still_held(), content_object=collaborator, permission__codename="speak_for"
    )
    return list(found.select_related("user").order_by("user__email", "pk"))
