"""Committees and working groups: who sits there until when, how many seats are free, who they are as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators.models import Composition, Panel, PanelGrant
from collaborators.selectors.terms import still_held
from cre.core.access import Scope, acting_system, current_scope
from cre.core.disclosure import shown_counts
from cre.core.vault import load_keys

# What members may say of themselves: code and words of each answer.
ANSWERS: Mapping[str, Mapping[str, Promise]] = {
    "origin": {
        "africa": _("Africa"), "asia": _("Asia"), "latin-america": _("Latin America"), "elsewhere": _("Elsewhere"),
    },
    "gender": {"woman": _("Woman"), "man": _("Man"), "another": _("Another gender")},
    "age": {"under-30": _("Under 30"), "30-49": _("30 to 49"), "50-up": _("50 or older")},
    "affected": {"yes": _("Yes"), "no": _("No")},
    "indigenous": {"yes": _("Yes"), "no": _("No")},
}  # fmt: skip


def seats_taken(scope: Scope) -> QuerySet[Panel]:
    """The panels in the order of their names, each with how many of its seats are `taken` and `free`."""
    alive = Q(grants__ends_at=None) | Q(grants__ends_at__gt=timezone.now())
    found = Panel.objects.visible_to(scope).select_related("region")
    taken = Count("grants", filter=Q(grants__isnull=False) & alive)
    return found.annotate(taken=taken).annotate(free=F("seats") - F("taken")).order_by("name")


def members_of(panel: Panel) -> list[PanelGrant]:
    """Who sits there now or from a later day; only those who look after panels may ask."""
    found = PanelGrant.objects.filter(still_held(), content_object=panel).select_related("user")
    return list(found.order_by("ends_at", "user__email"))


@dataclass(frozen=True)
class Answered:
    """One question: how many gave each answer, as far as that tells of nobody."""

    question: str | Promise
    counts: list[tuple[str, int]]
    hidden: int = field(default=0)


def composition_of(panel: Panel) -> list[Answered]:
    """How the members of a panel describe themselves, as numbers of three and more.

    The answers are opened by the system account, one by one and in memory only; nothing but what
    `shown_counts` allows leaves this function.
    """
    members = [grant.user_id for grant in members_of(panel)]
    with acting_system():
        rows = list(Composition.objects.visible_to(current_scope()).filter(user__in=members))
        load_keys(rows)
        found = {name: Counter(getattr(row, name) for row in rows) for name in Composition.QUESTIONS}
    return [answered(name, counts, len(members)) for name, counts in found.items()]


def answered(name: str, counts: Mapping[str, int], members: int) -> Answered:
    """What may be shown of one question."""
    shown = shown_counts({code: counts.get(code, 0) for code in ANSWERS[name]}, members)
    asked: Any = Composition._meta.get_field(name)
    lines = [(str(ANSWERS[name][code]), count) for code, count in shown.items()]
    return Answered(asked.verbose_name, lines, members - sum(shown.values()))


def own_answers(scope: Scope) -> Composition | None:
    """What the person has said of themselves."""
    return Composition.objects.visible_to(scope).filter(user=scope.user_id or 0).first()


def own_seats(scope: Scope) -> list[PanelGrant]:
    """The seats that the person holds now."""
    found = PanelGrant.objects.filter(
        still_held(), user_id=scope.user_id, content_object__in=scope.ids("review", Panel)
    )
    return list(found.select_related("content_object__region").order_by("content_object__name"))
