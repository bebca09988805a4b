"""Offers: exactly the approved brief, and the three answers to it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborations.actions import answer_willing, decline_offer
from collaborations.forms.ally import ConflictForm, NotNowForm, WillingForm
from collaborations.forms.words import VersionForm
from collaborations.models import Introduction
from collaborations.policies import acts
from collaborations.selectors.ally import STANDINGS, brief_of, facts_of, own_offers, own_work, people_of
from collaborations.states import IntroductionStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import Stale

NO_LONGER = gettext_lazy("This offer no longer waits for an answer.")
NO_ANSWERS = (IntroductionStatus.NOT_NOW, IntroductionStatus.CONFLICT)


@door("ally")
def offer(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show an offer, and take a yes to it."""
    found = get_object_or_404(own_offers(request.scope), uuid=uuid)
    form = WillingForm(request.POST or None, initial={"version": found.version})
    if request.method != "POST":
        return show_offer(request, found, form)
    if found.status == IntroductionStatus.WILLING:
        messages.info(request, _("Your organisation has said yes to this already."))
        return redirect("ally:offer", uuid)
    if not form.is_valid():
        return show_offer(request, found, form)
    try:
        answer_willing(found, by=request.user, **form.cleaned_data)
    except Stale as stale:
        form.overtake(found.version, stale.sentence)
        return show_offer(request, found, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Thank you. The community reads your answer and chooses; you hear from us either way."))
    return redirect("ally:offer", uuid)


def show_offer(
    request: PersonRequest, found: Introduction, form: Form, *, status: HTTPStatus | None = None
) -> HttpResponse:
    """The page of an offer: the brief, what was answered, and the form while an answer is awaited."""
    brief = brief_of(request.scope, found)
    people = people_of(request.scope, found.pk)
    work = own_work(request.scope).filter(introduction=found).first()
    context: dict[str, Any] = {
        "offer": found,
        "brief": brief,
        "facts": facts_of(brief) if brief else [],
        "standing": STANDINGS[found.status],
        "people": people,
        "answer": found.answer if found.answered_at else "",
        "work": work,
        "is_colleague": found.status == IntroductionStatus.ACCEPTED and work is None,
        "form": form,
        "can_say_yes": acts.can_answer_offer(found) and found.status == IntroductionStatus.OFFERED,
        "can_say_no": acts.can_answer_offer(found),
    }
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "ally/offer.html", context, status=status or usual)


@door("ally")
def offer_decline(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say "not now" to an offer."""
    done = gettext_lazy("Thank you for telling us. Nothing follows from a no.")
    return say_no(request, uuid, NotNowForm, "ally/offer_decline.html", done=done, has_conflict=False)


@door("ally")
def offer_conflict(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Tell of a conflict of interest."""
    done = gettext_lazy("Thank you for telling us. The offer ends here, and nothing else follows.")
    return say_no(request, uuid, ConflictForm, "ally/offer_conflict.html", done=done, has_conflict=True)


def say_no(
    request: PersonRequest,
    uuid: UUID,
    kind: type[VersionForm],
    template: str,
    *,
    done: Any,
    has_conflict: bool,
) -> HttpResponse:
    """The page of a no, and what it does."""
    found = get_object_or_404(own_offers(request.scope), uuid=uuid)
    if not acts.can_answer_offer(found):
        messages.info(request, done if found.status in NO_ANSWERS else NO_LONGER)
        return redirect("ally:offer", uuid)
    form = kind(request.POST or None, initial={"version": found.version})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            decline_offer(found, has_conflict=has_conflict, by=request.user, **form.cleaned_data)
        except Stale as stale:
            form.overtake(found.version, stale.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, done)
            return redirect("ally:home")
    brief = brief_of(request.scope, found)
    return render(request, template, {"offer": found, "brief": brief, "form": form}, status=status)
