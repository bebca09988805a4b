"""The directory of allies: looking around, asking for one, saying that the two work together already."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.actions import say_wish, take_back_wish
from collaborations.forms.directory import DirectoryForm, EntryForm, WishForm
from collaborations.models import SupportRequest, Wish
from collaborations.policies import deciding
from collaborations.selectors.ally import labels
from collaborations.selectors.community import own_introductions, own_requests, said
from collaborations.selectors.directory import directory_for, directory_page, in_directory, wishes_of
from collaborators.http import PersonRequest
from collaborators.models import Collaborator
from collaborators.views.doors import door
from cre.core.vocabularies import Level, Skill, StrategyArea, country_name, language_name


@door("community")
def directory(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the directory for a request, or one entry of it with what the community says of it."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    entries = directory_for(request.scope, row)
    asked = EntryForm(request.POST or request.GET, entries=entries)
    if not asked.is_valid():
        return show_directory(request, row, entries)
    form = WishForm(request.POST or None)
    if not form.is_valid():
        return show_entry(request, row, asked.cleaned_data["ally"], form)
    decide(request, row, asked.cleaned_data["ally"], form)
    return redirect("community:directory", uuid)


def show_directory(request: PersonRequest, row: SupportRequest, entries: QuerySet[Collaborator]) -> HttpResponse:
    """A page of the directory; what was said of an entry stands beside its name."""
    countries, languages = in_directory(entries)
    form = DirectoryForm(request.GET, entries=entries, countries=countries, languages=languages)
    chosen = form.cleaned_data if form.is_valid() else {}
    found, has_more = directory_page(entries, chosen)
    here = reverse("community:directory", args=[row.uuid])
    following = (
        {**{name: value for name, value in chosen.items() if value}, "after": found[-1].uuid} if has_more else {}
    )
    context = {
        "row": row,
        "form": form,
        "can_wish": deciding.can_wish(row),
        "entries": [as_line(entry, here) for entry in found],
        "said": [(wish.collaborator, as_said(wish), url_of(here, wish.collaborator))
                 for wish in wishes_of(row, request.scope)],
        "first_url": here if chosen.get("after") else "",
        "next_url": f"{here}?{urlencode(following)}" if has_more else "",
    }  # fmt: skip
    return render(request, "community/directory.html", context)


def as_line(entry: Collaborator, here: str) -> dict[str, Any]:
    """An entry in the list: its name, where it is at home and what it helps with."""
    country = country_name(entry.country, get_language() or "en") if entry.country else ""
    facts = [country, *labels(StrategyArea, entry.facets.areas)]
    return {"name": entry.display_name, "facts": [fact for fact in facts if fact], "url": url_of(here, entry)}


def url_of(here: str, entry: Collaborator) -> str:
    return f"{here}?{urlencode({'ally': str(entry.uuid)})}"


def show_entry(request: PersonRequest, row: SupportRequest, entry: Collaborator, form: WishForm) -> HttpResponse:
    """One entry as communities may know it, and what this community said of it."""
    wish = said_of(request, row, entry)
    met = own_introductions(request.scope).filter(request=row, collaborator=entry, ended_at=None).first()
    if wish and not form.is_bound:
        form = WishForm(initial={"reason": wish.reason})
    context = {
        "row": row,
        "entry": entry,
        "facts": facts_of(entry),
        "form": form,
        "wish": wish and as_said(wish),
        "standing": said(met) if met else "",
        "can_wish": deciding.can_wish(row) and met is None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/directory_entry.html", context, status=status)


def said_of(request: PersonRequest, row: SupportRequest, entry: Collaborator) -> Wish | None:
    """What the community said of one entry."""
    return next((wish for wish in wishes_of(row, request.scope) if wish.collaborator_id == entry.pk), None)


def as_said(wish: Wish) -> str:
    """What the community said, in its own words."""
    return str(WishForm.SAID[Wish.Kind(wish.kind)])


def facts_of(entry: Collaborator) -> list[dict[str, Any]]:
    """What an entry says of itself; never how much time it has, its access level or how to reach it."""
    locale, facets = get_language() or "en", entry.facets
    home = country_name(entry.country, locale) if entry.country else ""
    rows = [
        {"label": _("Kind"), "lines": [entry.get_kind_display(), *labels(Level, facets.levels)]},
        {"label": _("Base country"), "lines": [home] if home else []},
        {"label": _("Works in"), "lines": [country_name(code, locale) for code in facets.countries]},
        {"label": _("Support"), "lines": labels(StrategyArea, facets.areas)},
        {"label": _("Skills"), "lines": labels(Skill, facets.skills)},
        {"label": _("Languages"), "lines": [language_name(tag, locale) for tag in facets.languages]},
    ]
    return [row for row in rows if row["lines"]]


def decide(request: PersonRequest, row: SupportRequest, entry: Collaborator, form: WishForm) -> None:
    """Carry out what the button says."""
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    if decision != WishForm.TAKEN_BACK:
        say_wish(row, entry, kind=Wish.Kind(decision), reason=reason, by=request.user)
        messages.success(request, _("The regional desk reads it. The ally does not learn of it."))
        return
    if wish := said_of(request, row, entry):
        take_back_wish(wish, by=request.user)
    messages.success(request, _("Taken back."))
