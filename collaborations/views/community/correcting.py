"""What the community wrote, and changing it part by part once it was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from collaborations.actions import correct_answers
from collaborations.actions.correcting import CLOSED
from collaborations.forms.asking import NeedForm
from collaborations.forms.parts import PARTS, CountryForm
from collaborations.forms.words import VersionForm
from collaborations.models import SupportRequest
from collaborations.policies import acts
from collaborations.selectors.answers import Answer, answers_of
from collaborations.states import RequestStatus
from collaborations.views.community.asking import answers_in, given, names_in, status_of, with_answers
from collaborations.views.community.countries import look_around
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import No, Refused, Stale, require
from cre.core.vocabularies import Danger

PAGES: dict[str, Any] = {"need": NeedForm, **PARTS}


@door("community")
def answers(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the community what it wrote, each part with the way to change it, and what it left out so far."""
    row = get_object_or_404(with_answers(request), uuid=uuid)
    may = row.status != RequestStatus.DRAFT and acts.can_correct(row)
    context = {
        "row": row,
        "rows": [as_row(row, found, can_change=bool(may)) for found in answers_of(row)],
        "left_out": [as_left_out(row, part) for part in PARTS if is_left_out(row, part)] if may else [],
        "why_not": may.sentence if isinstance(may, No) else "",
    }
    return render(request, "community/answers.html", context)


def as_row(row: SupportRequest, found: Answer, *, can_change: bool) -> dict[str, Any]:
    """An answer; how the community is reached can be changed at any time, the rest while the request is open."""
    url = reverse("community:contact", args=[row.uuid]) if found.part == "contact" else change_url(row, found.part)
    can_change = can_change or found.part == "contact"
    return {"label": found.label, "value": found.value, "lines": found.lines, "url": url if can_change else ""}


def change_url(row: SupportRequest, part: str) -> str:
    return reverse("community:answer-change", args=[row.uuid, part])


def is_left_out(row: SupportRequest, part: str) -> bool:
    return bool(PARTS[part].title) and not given(row, PARTS[part])


def as_left_out(row: SupportRequest, part: str) -> dict[str, Any]:
    return {"title": PARTS[part].title, "url": change_url(row, part)}


@door("community")
def answer_change(request: PersonRequest, uuid: UUID, part: str) -> HttpResponse:
    """Change one part of what was sent; a draft has its own pages."""
    row = get_object_or_404(with_answers(request), uuid=uuid)
    if part not in PAGES:
        raise Http404
    if row.status == RequestStatus.DRAFT:
        return redirect("community:ask-check", uuid)
    if request.method != "POST":
        require(acts.can_correct(row), CLOSED)
    form = PAGES[part](request.POST or None, initial=answers_in(row, names_in(PAGES[part])))
    is_placed = not row.region.is_waiting_room
    elsewhere = [] if is_placed else look_around(request, form, row)
    if is_placed and isinstance(form, CountryForm):
        form.stay_in(row.region, country=row.country)
    if form.is_valid() and is_corrected(request, row, form):
        messages.success(request, what_follows(row))
        return redirect("community:answers", uuid)
    context = {
        "form": form,
        "title": getattr(form, "title", ""),
        "is_single": len(names_in(PAGES[part])) == 1 or part == "need",
        "back": reverse("community:answers", args=[uuid]),
        "elsewhere": elsewhere,
        "is_sent": True,
    }
    return render(request, "community/part.html", context, status=status_of(form))


def is_corrected(request: PersonRequest, row: SupportRequest, form: VersionForm) -> bool:
    """Change the answers; where that cannot be, the form says why and keeps the words."""
    typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    try:
        correct_answers(row, version=form.cleaned_data["version"], by=request.user, **typed)
    except Stale as stale:
        if form.stands_already(answers_in(with_answers(request).get(pk=row.pk), typed)):
            return True
        form.overtake(row.version, stale.sentence)
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
    else:
        return True
    return False


def what_follows(row: SupportRequest) -> str:
    """What happens with a changed answer."""
    row.refresh_from_db()
    if row.danger == Danger.NOW:
        return _("Saved. The regional desk and its security person are told that somebody is in danger now.")
    return _("Saved. The regional desk is told that you changed something.")
