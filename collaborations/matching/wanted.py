"""What a brief looks for, read and opened once for a ranking."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from collaborations.models import BriefVersion, Introduction, SupportRequest, Wish
from collaborations.states import IntroductionStatus
from collaborators.models import Country
from cre.core.access import current_scope
from cre.core.vault import load_keys
from cre.core.vocabularies import Sector

SUBSECTOR_DIGITS = 3


@dataclass(frozen=True)
class Wanted:
    """The facts of a brief and its request that a ranking compares with the roster."""

    areas: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    country: str = ""
    countries_near: tuple[str, ...] = ()
    sector: str = ""
    financiers: tuple[str, ...] = ()
    introduced: tuple[int, ...] = ()
    in_conflict: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    wished: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    not_to_contact: str = ""
    foreign_link_helps: bool = False
    today: date = date.min

    @property
    def tongues(self) -> list[str]:
        """The languages asked for, and each without its country: Spanish serves for Mexican Spanish."""
        return [*dict.fromkeys(tag for asked in self.languages for tag in (asked, asked.partition("-")[0]))]

    @property
    def similar_sectors(self) -> list[str]:
        """The sectors that share the first three digits of the code."""
        return [
            code for code in Sector.values if self.sector and code[:SUBSECTOR_DIGITS] == self.sector[:SUBSECTOR_DIGITS]
        ]


def read_wanted(brief: BriefVersion, *, foreign_link_helps: bool) -> Wanted:
    """What the brief looks for: one query, one more for keys that are not at hand.

    Raises SupportRequest.DoesNotExist when the acting person may not see the request.
    """
    request = _facts().get(pk=brief.request_id)
    if not BriefVersion._meta.get_field("request").is_cached(brief):
        brief.request = request  # The ledger says whom the reading of the brief concerns.
    risk = getattr(request, "risk", None)
    load_keys([brief] if risk is None else [brief, risk])
    return Wanted(
        areas=tuple(dict.fromkeys(brief.areas)),
        skills=tuple(dict.fromkeys(brief.skills)),
        languages=tuple(dict.fromkeys(brief.languages)),
        country=request.country,
        countries_near=tuple(request.countries_near),
        sector=brief.sector,
        financiers=tuple(name.strip() for name in re.split("[;,\n]", brief.financier) if name.strip()),
        introduced=tuple(request.introduced),
        in_conflict=tuple(request.in_conflict),
        refused=tuple(request.refused),
        wished=tuple(request.wished),
        known=tuple(request.known),
        not_to_contact="" if risk is None else bare_words(risk.not_to_contact),
        foreign_link_helps=foreign_link_helps,
        today=timezone.localdate(),
    )


def bare_words(text: str) -> str:
    """The words of a text in small letters with one space around each, so that a name can be found in it."""
    words = re.findall(r"\w+", text.lower())
    return f" {' '.join(words)} " if words else ""


def _facts() -> Any:
    """The requests that the acting person sees, with what a ranking needs to know beside them."""
    own_region = Country.objects.filter(code=OuterRef("country")).values("region")
    said = Introduction.objects.filter(request=OuterRef("pk")).order_by().values("collaborator")
    named = Wish.objects.filter(request=OuterRef("pk")).order_by().values("collaborator")
    return (
        SupportRequest.objects.visible_to(current_scope())
        .select_related("risk")
        .annotate(place_in=Coalesce(Subquery(own_region), F("region_id"), output_field=BigIntegerField()))
        .annotate(
            countries_near=ArraySubquery(Country.objects.filter(region=OuterRef("place_in")).values("code")),
            introduced=ArraySubquery(said.filter(ended_at=None)),
            in_conflict=ArraySubquery(said.filter(status=IntroductionStatus.CONFLICT)),
            refused=ArraySubquery(said.filter(status=IntroductionStatus.REFUSED)),
            wished=ArraySubquery(named.filter(kind=Wish.Kind.WANTED)),
            known=ArraySubquery(named.filter(kind=Wish.Kind.KNOWN)),
        )
    )
