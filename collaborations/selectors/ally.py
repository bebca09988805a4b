"""What the ally portal shows: approved briefs, and what was disclosed to the person who looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from collaborations.events import Event
from collaborations.models import (
    BriefVersion,
    Collaboration,
    Disclosure,
    Introduction,
    Participant,
    TimelineEntry,
)
from collaborations.models.introductions import DisclosedField
from collaborations.models.talk import Side
from collaborations.states import IntroductionStatus
from collaborators.models import Collaborator, Region
from cre.core.access import Scope
from cre.core.languages import named_day
from cre.core.vault import load_keys
from cre.core.vocabularies import Sector, Skill, StrategyArea, country_name, language_name

WAITING = (IntroductionStatus.OFFERED, IntroductionStatus.WILLING, IntroductionStatus.CHOSEN)
F, I = DisclosedField, IntroductionStatus  # noqa: E741 - the initial, as in states.py

# The fields have words for the community that shares them; these are for the ally who reads them.
LABELS: dict[str, Promise] = {
    F.CHOSEN_NAME: _("The name they want you to use"),
    F.CONTACT: _("How to reach them"),
    F.SAFE_HOURS: _("When it is safe, and what you must not mention"),
    F.COUNTRY: _("Their country"),
    F.WIDER_AREA: _("The wider area"),
    F.WHAT_HAPPENS: _("What is happening, in their words"),
    F.PROJECT: _("The project, company or financier"),
    F.MUST_NOT_HAPPEN: _("What must not happen"),
    F.THREATS: _("Threats so far, and whom you must not contact"),
}
EVENTS: dict[str, Promise] = {
    Event.INTRODUCED: _("You and the community know of each other now."),
    Event.COLLABORATION_BEGUN: _("You work together now."),
    Event.COLLABORATION_PAUSED: _("The community needs a pause. You wait until it goes on."),
    Event.COLLABORATION_RESUMED: _("The pause is over. The work goes on."),
    Event.OUTPUT_PUT: _("You asked the community about something that you would like to publish."),
    Event.OUTPUT_ANSWERED: _("The community answered about what you would like to publish."),
}
STANDINGS: dict[str, Promise] = {
    I.OFFERED: _("Waits for your answer."),
    I.WILLING: _("You said yes. The community chooses; you hear from us either way."),
    I.CHOSEN: _("The community chose you. A second person at the exchange has to agree; then you are introduced."),
    I.ACCEPTED: _("The community chose you, and you work together."),
    I.REFUSED: _("This offer was taken back. The community need not say why."),
    I.NOT_NOW: _("You said that you cannot now. Nothing follows from that."),
    I.CONFLICT: _("You told us of a conflict of interest. Nothing else follows from that."),
    I.UNANSWERED: _("The time to answer is over. Nothing follows from that."),
    I.NOT_CHOSEN: _("The community chose others this time. It may still come back to you."),
    I.ENDED: _("The work together has ended."),
}


# --- What is the ally's own ----------------------------------------------------------------------------
# Somebody may hold other roles too; this portal shows only what they see as an ally.
def own_entries(scope: Scope) -> QuerySet[Collaborator]:
    """The entries of the roster that the person speaks for, with what they can do now."""
    found = Collaborator.objects.visible_to(scope).filter(pk__in=scope.ids("speak_for", Collaborator))
    return found.select_related("facets")


def own_offers(scope: Scope) -> QuerySet[Introduction]:
    """The offers to those entries; neither the request nor the community comes along."""
    found = Introduction.objects.visible_to(scope).filter(
        collaborator_id__in=scope.ids("speak_for", Collaborator), offered_at__isnull=False
    )
    return found.select_related("collaborator")


def own_work(scope: Scope) -> QuerySet[Collaboration]:
    """The collaborations in which the person is a named participant."""
    found = Collaboration.objects.visible_to(scope).filter(pk__in=scope.listed("joined_collaborations"))
    return found.select_related("introduction__collaborator")


# --- Offers --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Offer:
    """One offer in a list: the introduction, and the title of its brief where it is still shown."""

    introduction: Introduction
    title: str
    language: str
    standing: str | Promise


def offers_of(scope: Scope, found: Iterable[Introduction]) -> list[Offer]:
    """Offers with the titles of their briefs; two queries whatever their number, and one for the keys."""
    rows = list(found)
    shown = BriefVersion.objects.visible_to(scope).filter(
        pk__in={row.brief_id for row in rows} & set(scope.listed("offered_briefs"))
    )
    briefs = {brief.pk: brief for brief in shown}
    load_keys(briefs.values())
    return [as_offer(row, briefs.get(row.brief_id)) for row in rows]


def as_offer(introduction: Introduction, brief: BriefVersion | None) -> Offer:
    return Offer(
        introduction,
        brief.title if brief else "",
        brief.language if brief else "",
        STANDINGS.get(introduction.status, introduction.get_status_display()),
    )


def brief_of(scope: Scope, introduction: Introduction) -> BriefVersion | None:
    """The brief that an offer carries, while the community allows that it is read."""
    if introduction.brief_id not in scope.listed("offered_briefs"):
        return None
    return BriefVersion.objects.visible_to(scope).filter(pk=introduction.brief_id).first()


def facts_of(brief: BriefVersion) -> list[dict[str, Any]]:
    """What stands beside the words of a brief, as components/summary_list.html shows it."""
    locale = get_language() or "en"
    rows = [
        {"label": _("Where"), "value": place_of(brief, locale)},
        {"label": _("Support needed"), "lines": labels(StrategyArea, brief.areas)},
        {"label": _("Skills"), "lines": labels(Skill, brief.skills)},
        {"label": _("Languages"), "lines": [language_name(tag, locale) for tag in brief.languages]},
        {"label": _("Sector"), "value": next(iter(labels(Sector, [brief.sector])), "")},
        {"label": _("Financier"), "value": brief.financier},
    ]
    return [row for row in rows if row.get("value") or row.get("lines")]


def place_of(brief: BriefVersion, locale: str) -> str:
    """The country where the community agreed to show it, otherwise the region only."""
    if brief.shown_country:
        return country_name(brief.shown_country, locale)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_region_of_brief(%s)", [brief.pk])
        (region_id,) = cursor.fetchone()
    region = Region.objects.filter(pk=region_id, is_waiting_room=False).first()
    return str(region) if region else ""


def labels(vocabulary: Any, codes: Iterable[str]) -> list[str]:
    """The words for codes of a vocabulary; an unknown code is left out."""
    return [str(vocabulary(code).label) for code in codes if code in vocabulary.values]


def people_of(scope: Scope, introduction_id: int) -> list[Participant]:
    """Who was named for the ally, its keys at hand."""
    found = Participant.objects.visible_to(scope).filter(introduction=introduction_id, left_at=None)
    people = list(found.order_by("named_at", "pk"))
    load_keys(people)
    return people


# --- Working together ----------------------------------------------------------------------------------
def disclosures_of(scope: Scope, work: Collaboration) -> list[dict[str, Any]]:
    """Exactly what the community shares with this person now, as components/disclosure_list.html shows it."""
    if work.introduction_id not in scope.listed("joined_introductions"):
        return []
    rows = list(Disclosure.objects.visible_to(scope).filter(introduction=work.introduction_id))
    load_keys(rows)
    order = list(LABELS)
    return [as_disclosed(row) for row in sorted(rows, key=lambda row: order.index(row.field))]


def as_disclosed(row: Disclosure) -> dict[str, Any]:
    value = country_name(row.value, get_language() or "en") if row.field == F.COUNTRY else row.value
    return {"label": LABELS[row.field], "value": value, "with_whom": gettext("you"), "at": row.disclosed_at}


def name_in(disclosures: Iterable[dict[str, Any]]) -> str:
    """The name that the community wants to be called, where it shares it."""
    return next((row["value"] for row in disclosures if row["label"] == LABELS[F.CHOSEN_NAME]), "")


def timeline_of(scope: Scope, work: Collaboration) -> list[dict[str, Any]]:
    """The steps that all sides read, as components/steps.html shows them."""
    entries = TimelineEntry.objects.visible_to(scope).filter(collaboration=work, audience=TimelineEntry.Audience.ALL)
    return [as_step(entry) for entry in entries]


def as_step(entry: TimelineEntry) -> dict[str, Any]:
    promised = ""
    if entry.due_on:
        promised = gettext("First check-in of the desk: {day}.").format(day=named_day(entry.due_on))
    return {
        "text": EVENTS.get(entry.event, entry.get_event_display()),
        "at": entry.happened_at,
        "who": gettext("The ally's side") if entry.side == Side.ALLY else entry.get_side_display(),
        "detail": promised,
    }
