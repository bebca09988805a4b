"""The roster: its list, one entry, its private part, its vetting, and who speaks for it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.forms.ally import DirectoryForm
from collaborations.forms.secretariat import EndSpeakerForm, RosterFilter, TermForm, VettingForm
from collaborations.selectors.ally import labels
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import change_directory, change_vetting, end_role, give_role
from collaborators.http import PersonRequest
from collaborators.models import Collaborator
from collaborators.selectors import roster_page, speakers_of
from collaborators.states import Vetting
from collaborators.views.fresh import fresh
from cre.core.access import Stale
from cre.core.vocabularies import Sector, Skill, StrategyArea, country_name, language_name

KINDS = {Vetting.APPROVED: "good", Vetting.SUSPENDED: "danger", Vetting.UNDER_REVIEW: "attention"}


@room("coordinate")
def roster(request: PersonRequest) -> HttpResponse:
    """List the entries of the roster; what is sealed stays closed."""
    form = RosterFilter(request.GET or None, scope=request.scope)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows, has_more = roster_page(request.scope, chosen)
    kept = {name: value for name, value in chosen.items() if value and name != "after"}
    here = reverse("secretariat:roster")
    context = {
        "form": form,
        "rows": [as_row(row) for row in rows],
        "first_url": f"{here}?{urlencode(kept)}" if chosen.get("after") else "",
        "next_url": f"{here}?{urlencode(kept | {'after': rows[-1].uuid})}" if has_more else "",
        "is_filtered": bool(kept),
    }
    return show(request, "secretariat/roster.html", context, status=status_of(form))


def as_row(entry: Collaborator) -> dict[str, Any]:
    """An entry as a line of the list."""
    return {
        "entry": entry,
        "country": country_name(entry.country, get_language() or "en") if entry.country else "",
        "areas": labels(StrategyArea, entry.facets.areas),
        "status_kind": KINDS.get(Vetting(entry.status), ""),
    }


def entries(request: PersonRequest) -> QuerySet[Collaborator]:
    return Collaborator.objects.visible_to(request.scope).select_related("facets")


@room("coordinate")
def collaborator(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show one entry of the roster."""
    entry = get_object_or_404(entries(request), uuid=uuid)
    return show_entry(request, entry)


def show_entry(
    request: PersonRequest,
    entry: Collaborator,
    *,
    vetting: Form | None = None,
    speaker: Form | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page of an entry; of its forms the one that was sent shows its errors."""
    usual = VettingForm(collaborator=entry, initial={"version": entry.version}, auto_id="vetting_%s")
    context = {
        "entry": entry,
        "status_kind": KINDS.get(Vetting(entry.status), ""),
        "facts": facts_of(entry),
        "capacity": capacity_of(entry),
        "speakers": speakers_of(entry),
        "vetting": vetting or usual,
        "speaker": speaker or TermForm(by=request.user, auto_id="speaker_%s"),
        "form": vetting or speaker,
        "has_moves": usual.has_moves,
    }
    return show(request, "secretariat/collaborator.html", context, status=status)


def facts_of(entry: Collaborator) -> list[dict[str, Any]]:
    """What the roster says, as components/summary_list.html shows it."""
    locale, facets = get_language() or "en", entry.facets
    return [
        {"label": _("What they do"), "value": entry.about},
        {"label": _("Kind"), "value": entry.get_kind_display()},
        {"label": _("Base country"), "value": country_name(entry.country, locale) if entry.country else ""},
        {"label": _("Works in"), "lines": [country_name(code, locale) for code in facets.countries]},
        {"label": _("Not in"), "lines": [country_name(code, locale) for code in facets.refused_countries]},
        {"label": _("Support"), "lines": labels(StrategyArea, facets.areas)},
        {"label": _("Skills"), "lines": labels(Skill, facets.skills)},
        {"label": _("Languages"), "lines": [language_name(tag, locale) for tag in facets.languages]},
        {"label": _("Sectors"), "lines": labels(Sector, facets.sectors)},
        {"label": _("Financiers known"), "lines": facets.financiers},
    ]


def capacity_of(entry: Collaborator) -> list[dict[str, Any]]:
    """How much an entry can do now."""
    facets = entry.facets
    rows: list[dict[str, Any]] = [
        {"label": _("Hours a month"), "value": facets.hours_a_month},
        {
            "label": _("Communities now, and at most"),
            "value": _("{now} of {most}").format(now=facets.parallel_now, most=facets.parallel_limit),
        },
        {"label": _("Nothing new before"), "value": facets.away_until},
        {"label": _("Last confirmed"), "value": entry.last_confirmed_on},
    ]
    return [row for row in rows if row["value"] is not None]


@room("coordinate")
def collaborator_private(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Open the private part of an entry; that it was read goes into the ledger."""
    entry = get_object_or_404(entries(request), uuid=uuid)
    rows = [
        {"label": _("Legal name"), "value": entry.private.legal_name},
        {"label": _("Safe contact"), "value": entry.private.contact},
        {"label": _("Ties and conflicts"), "value": entry.private.conflicts},
    ]
    return show(request, "secretariat/collaborator_private.html", {"entry": entry, "rows": rows})


@room("coordinate")
def directory(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that an entry wants to be found by communities, or no longer."""
    entry = get_object_or_404(entries(request), uuid=uuid)
    form = DirectoryForm(request.POST)
    if request.method == "POST" and form.is_valid():
        is_shown = form.cleaned_data["is_shown"]
        if entry.shows_to_communities != is_shown:
            change_directory(entry, version=form.cleaned_data["version"], is_shown=is_shown, by=request.user)
        messages.success(request, _("Written down."))
    return redirect("secretariat:collaborator", uuid)


@room("coordinate")
def vetting(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Decide where an entry goes from here."""
    entry = get_object_or_404(entries(request), uuid=uuid)
    if request.method != "POST":
        return redirect("secretariat:collaborator", uuid)
    form = VettingForm(request.POST, collaborator=entry, auto_id="vetting_%s")
    if request.POST.get("status") == entry.status:
        messages.info(request, _("It stands there already."))
        return redirect("secretariat:collaborator", uuid)
    if not form.is_valid():
        return show_entry(request, entry, vetting=form, status=status_of(form))
    try:
        change_vetting(
            entry, Vetting(form.cleaned_data["status"]), version=form.cleaned_data["version"], by=request.user
        )
    except Stale as stale:
        messages.error(request, stale.sentence)
        return show_entry(request, entry, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Decided. Matching follows it from now on."))
    return redirect("secretariat:collaborator", uuid)


@room("coordinate")
@fresh
def speaker_give(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Let a person speak for an entry: answer offers, take part, say what it can do."""
    entry = get_object_or_404(entries(request), uuid=uuid)
    if request.method != "POST":
        return redirect("secretariat:collaborator", uuid)
    form = TermForm(request.POST, by=request.user, auto_id="speaker_%s")
    if not form.is_valid() or form.person is None:
        return show_entry(request, entry, speaker=form, status=status_of(form))
    give_role(entry, "speak_for", form.person, ends_at=form.ends_at, by=request.user)
    messages.success(request, _("This person speaks for the entry now."))
    return redirect("secretariat:collaborator", uuid)


@room("coordinate")
@fresh
def speaker_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """End it; the person's next request no longer sees anything of the entry."""
    entry = get_object_or_404(entries(request), uuid=uuid)
    form = EndSpeakerForm(request.POST)
    if request.method == "POST" and form.is_valid():
        end_role(entry, "speak_for", form.cleaned_data["person"], by=request.user)
        messages.success(request, _("This person no longer speaks for the entry."))
    return redirect("secretariat:collaborator", uuid)
