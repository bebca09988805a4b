"""Checking the answers, sending them, and what follows; or to talk first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from collaborations.actions import flag_request, refuse_keeping, send_request
from collaborations.forms.asking import TailForm
from collaborations.forms.words import VersionForm
from collaborations.models import SupportRequest
from collaborations.selectors.answers import Answer, answers_of, is_answered
from collaborations.selectors.community import own_requests, standing
from collaborations.states import RequestStatus
from collaborations.views.community.arriving import oddities_of_sending
from collaborations.views.community.asking import of_draft, status_of
from collaborations.views.community.entering import TAIL
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import Refused, Stale
from cre.core.vocabularies import Danger


@of_draft
def ask_check(request: PersonRequest, draft: SupportRequest) -> HttpResponse:
    """Show all answers; sending is the consent that they are kept and that the regional desk reads them."""
    # The action looks for itself at a form that comes back: it reads the story anyway.
    if request.method != "POST" and has_open_question(draft):
        return ask_it_first(request, draft)
    form = VersionForm(request.POST or None, initial={"version": draft.version})
    if form.is_valid():
        try:
            send_request(draft, version=form.cleaned_data["version"], by=request.user)
            flag_request(draft, oddities_of_sending(request, draft), by=request.user)
        except Stale as stale:
            form.overtake(draft.version, stale.sentence)
        except Refused:
            if has_open_question(draft):
                return ask_it_first(request, draft)
            raise
        else:
            return redirect("community:ask-sent", draft.uuid)
    rows = [as_row(draft, found) for found in answers_of(draft)]
    context = {"form": form, "draft": draft, "rows": rows, "is_urgent": draft.danger == Danger.NOW}
    return render(request, "community/check.html", context | urgent_promise(draft), status=status_of(form))


def has_open_question(draft: SupportRequest) -> bool:
    """Whether the community has not said yet what it needs: nothing else has to be answered."""
    return not (is_answered(draft, "kinds_of_help") or is_answered(draft, "need"))


def ask_it_first(request: PersonRequest, draft: SupportRequest) -> HttpResponse:
    messages.warning(request, _("One question is still open."))
    return redirect("community:ask-need", draft.uuid)


def urgent_promise(draft: SupportRequest) -> dict[str, Any]:
    """Within how many hours a person reads an urgent request, or how many working days otherwise."""
    return {"hours": draft.region.urgent_hours, "days": draft.region.answer_days}


def as_row(draft: SupportRequest, found: Answer) -> dict[str, Any]:
    """An answer with the link to change it, which comes back here."""
    if found.part in ("contact", "need"):
        name = "community:contact" if found.part == "contact" else "community:ask-need"
        address = reverse(name, args=[draft.uuid])
    else:
        address = reverse("community:ask-part", args=[draft.uuid, found.part])
    return {"label": found.label, "value": found.value, "lines": found.lines, "url": f"{address}?back=check"}


@door("community")
def ask_sent(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say what happens next and by when, and ask for the last group of a code that was just given."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    if row.status == RequestStatus.DRAFT:
        return redirect("community:ask-check", uuid)
    form = TailForm() if TAIL in request.session else None
    context = {"row": row, "standing": standing(row), "tail": form, "is_urgent": row.danger == Danger.NOW}
    return render(request, "community/sent.html", context)


@of_draft
def ask_talk(request: PersonRequest, draft: SupportRequest) -> HttpResponse:
    """Forget what was written because the community wants to talk first; the contact stays until then."""
    form = VersionForm(request.POST or None, initial={"version": draft.version})
    if form.is_valid():
        talk = refuse_keeping(draft, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("What you wrote is gone. The regional desk talks with you first."))
        return redirect("community:request", talk.uuid)
    return render(request, "community/talk.html", {"draft": draft, "form": form}, status=status_of(form))
