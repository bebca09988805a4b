"""Where an ally begins: what waits, what goes on, and how much it can do now."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.forms.ally import CapacityForm, DirectoryForm, PauseForm
from collaborations.models import Introduction
from collaborations.selectors.ally import WAITING, labels, offers_of, own_entries, own_offers, own_work
from collaborations.selectors.interpreting import languages_of, tasks_to_interpret
from collaborations.states import IntroductionStatus
from collaborators.actions import change_capacity, change_directory
from collaborators.http import PersonRequest
from collaborators.models import Collaborator
from collaborators.views.doors import door
from cre.core.outbox import notices_for, read_all_notices, read_notice
from cre.core.vocabularies import Sector, Skill, StrategyArea, country_name, language_name

MOST_OFFERS, MOST_NOTICES, PAST_OFFERS = 30, 8, 20
PAUSE = timedelta(days=30)


@door("ally")
def home(request: PersonRequest) -> HttpResponse:
    """Show the offers that wait, the work that goes on, and whether new offers are welcome."""
    scope = request.scope
    waiting = own_offers(scope).filter(status__in=WAITING).order_by("answer_due_at", "pk")[:MOST_OFFERS]
    offers = offers_of(scope, waiting)
    context = {
        "offers": [offer for offer in offers if is_unanswered(offer.introduction)],
        "answered": [offer for offer in offers if not is_unanswered(offer.introduction)],
        "tasks": [{"row": task} | languages_of(task) for task in tasks_to_interpret(scope)[:MOST_OFFERS]],
        "works": list(own_work(scope).filter(ended_at=None)[:MOST_OFFERS]),
        "entries": [as_entry(entry) for entry in own_entries(scope)[:MOST_OFFERS]],
        "notices": notices_for(scope, limit=MOST_NOTICES, unread_only=True),
    }
    return render(request, "ally/home.html", context)


def is_unanswered(introduction: Introduction) -> bool:
    return introduction.status == IntroductionStatus.OFFERED


def as_entry(entry: Collaborator) -> dict[str, Any]:
    """An entry of the roster and whether it can be asked now."""
    until = entry.facets.away_until
    is_away = until is not None and until > timezone.localdate()
    return {"entry": entry, "facets": entry.facets, "away_until": until if is_away else None}


@door("ally")
def past(request: PersonRequest) -> HttpResponse:
    """Show what is over: offers that were answered or ended, and collaborations that ended."""
    scope = request.scope
    over = own_offers(scope).exclude(status__in=WAITING).order_by("-offered_at", "-pk")[:PAST_OFFERS]
    context = {
        "offers": offers_of(scope, over),
        "works": list(own_work(scope).filter(ended_at__isnull=False)[:PAST_OFFERS]),
    }
    return render(request, "ally/past.html", context)


@door("ally")
def capacity(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show an entry as others read it, and let its people say how much it can do."""
    entry = get_object_or_404(own_entries(request.scope), uuid=uuid)
    facets = entry.facets
    names = ("hours_a_month", "parallel_limit", "away_until")
    initial = {name: getattr(facets, name) for name in names} | {"version": entry.version}
    form = CapacityForm(request.POST or None, initial=initial)
    if form.is_valid():
        change_capacity(entry, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. From now on we count with this."))
        return redirect("ally:home")
    context = {"form": form, "profile": profile_of(entry)} | as_entry(entry)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "ally/capacity.html", context, status=status)


def profile_of(entry: Collaborator) -> list[dict[str, Any]]:
    """What the roster says about an entry, as components/summary_list.html shows it."""
    locale, facets = get_language() or "en", entry.facets
    return [
        {"label": _("What you do"), "value": entry.about},
        {"label": _("Base country"), "value": country_name(entry.country, locale) if entry.country else ""},
        {"label": _("Works in"), "lines": [country_name(code, locale) for code in facets.countries]},
        {"label": _("Not in"), "lines": [country_name(code, locale) for code in facets.refused_countries]},
        {"label": _("Support"), "lines": labels(StrategyArea, facets.areas)},
        {"label": _("Skills"), "lines": labels(Skill, facets.skills)},
        {"label": _("Languages"), "lines": [language_name(tag, locale) for tag in facets.languages]},
        {"label": _("Sectors"), "lines": labels(Sector, facets.sectors)},
        {"label": _("Access level"), "value": entry.get_access_level_display()},
        {
            "label": _("Your name before an introduction"),
            "value": _("Communities see it.") if entry.shows_name else _("Communities see only what you do and where."),
        },
    ]


@door("ally")
def pause(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say "not now", or "we are back", with one click."""
    entry = get_object_or_404(own_entries(request.scope), uuid=uuid)
    form = PauseForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("ally:capacity", uuid)
    until = timezone.localdate() + PAUSE if form.cleaned_data["is_pause"] else None
    if entry.facets.away_until != until:
        change_capacity(
            entry,
            version=form.cleaned_data["version"],
            hours_a_month=entry.facets.hours_a_month,
            parallel_limit=entry.facets.parallel_limit,
            away_until=until,
            by=request.user,
        )
    said = _("We ask you nothing new for 30 days. What you have begun goes on.") if until else _("Welcome back.")
    messages.success(request, said)
    return redirect("ally:home")


@door("ally")
def directory(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Let communities find an entry, or no longer, with one click."""
    entry = get_object_or_404(own_entries(request.scope), uuid=uuid)
    form = DirectoryForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("ally:capacity", uuid)
    is_shown = form.cleaned_data["is_shown"]
    if entry.shows_to_communities != is_shown:
        change_directory(entry, version=form.cleaned_data["version"], is_shown=is_shown, by=request.user)
    said = _("Communities find you in their directory now.") if is_shown else _("Communities no longer find you.")
    messages.success(request, said)
    return redirect("ally:capacity", uuid)


@door("ally")
def notice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Follow a notice to what it is about; from then on it is read."""
    return redirect(read_notice(uuid, by=request.user))


@door("ally")
def notices_read(request: PersonRequest) -> HttpResponse:
    """Put all notices aside."""
    if request.method == "POST":
        read_all_notices(by=request.user)
    return redirect("ally:home")
