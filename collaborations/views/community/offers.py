"""Allies: whom we may ask, whom the community chooses, and what that ally may know."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from collaborations.actions import allow_offers, choose_ally, refuse_ally, refuse_offers
from collaborations.forms.community import ChooseForm, OffersForm
from collaborations.forms.words import VersionForm
from collaborations.models import Introduction, Participant, SupportRequest
from collaborations.policies import acts, deciding
from collaborations.policies.second import is_by_voice
from collaborations.selectors.community import (
    has_met,
    name_of,
    own_collaborations,
    own_introductions,
    own_requests,
    public_reasons,
    said,
    shareable,
)
from collaborations.selectors.second import choice_to_second
from collaborations.states import IntroductionStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import Scope
from cre.core.vault import load_keys
from cre.core.vocabularies import Level

MOST_SHOWN = 30


@door("community")
def offers(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the suggested allies with their reasons, and allow some of them, or none, to be asked."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    suggested = own_introductions(request.scope).filter(request=row, status=IntroductionStatus.PROPOSED)
    form = OffersForm(request.POST or None, suggested=suggested, initial={"version": row.version})
    is_no = request.POST.get("decision") == "none"
    if form.is_valid() and not is_no and not form.cleaned_data["allies"]:
        form.add_error("allies", _("Tick at least one ally, or say no to all of them."))
    if not form.is_valid():
        return show_offers(request, row, form)
    version = form.cleaned_data["version"]
    if is_no:
        refuse_offers(row, version=version, by=request.user)
        messages.success(request, _("Nobody is asked. The regional desk looks further, or writes to you."))
    else:
        allow_offers(row, version=version, introductions=list(form.cleaned_data["allies"]), by=request.user)
        messages.success(request, _("We ask them now, without saying who you are. They have seven days to answer."))
    return redirect("community:request", uuid)


def show_offers(request: PersonRequest, row: SupportRequest, form: OffersForm) -> HttpResponse:
    """The page of all allies of a request: to decide, asked, and past."""
    found = (
        own_introductions(request.scope)
        .filter(request=row)
        .select_related("match", "collaboration", "collaborator__facets")
    )
    cards = [as_card(introduction) for introduction in found.order_by("-proposed_at", "-id")[:MOST_SHOWN]]
    is_asked = [card for card in cards if card["is_suggested"]]
    context = {
        "form": form,
        "row": row,
        "suggested": is_asked,
        "others": [card for card in cards if not card["is_suggested"]],
        "ticked": form["allies"].value() or [],
        "can_decide": acts.can_allow_offers(row),
        "can_wish": deciding.can_wish(row),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/offers.html", context, status=status)


def as_card(introduction: Introduction) -> dict[str, Any]:
    """An ally as the community may know it at this point."""
    ally, match = introduction.collaborator, getattr(introduction, "match", None)
    shows_about = ally.shows_name or has_met(introduction)
    return {
        "uuid": str(introduction.uuid),
        "name": name_of(ally, is_known=has_met(introduction)),
        "about": ally.about if shows_about else "",
        "levels": [Level(code).label for code in ally.facets.levels if code in Level.values],
        "status": said(introduction),
        "reasons": public_reasons(match.reasons) if match else [],
        "is_suggested": introduction.status == IntroductionStatus.PROPOSED,
        "url": page_of(introduction),
    }


def page_of(introduction: Introduction) -> str:
    """Where the community reads more of an ally: the work with it, or the page on which it can be chosen."""
    work = getattr(introduction, "collaboration", None)
    if work:
        return reverse("community:collaboration", args=[work.uuid])
    is_willing = introduction.status in (IntroductionStatus.WILLING, IntroductionStatus.NOT_CHOSEN)
    is_open = is_willing or acts.can_refuse_ally(introduction)
    return reverse("community:choose", args=[introduction.uuid]) if is_open else ""


@door("community")
def choose(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show a willing ally, and let the community choose it together with what it may know."""
    introduction = get_object_or_404(own_introductions(request.scope), uuid=uuid)
    if has_met(introduction):
        work = own_collaborations(request.scope).filter(introduction=introduction).first()
        return redirect("community:collaboration", work.uuid) if work else redirect("community:home")
    if request.method == "POST" and introduction.status == IntroductionStatus.CHOSEN:
        messages.info(request, _("You have chosen this ally already."))
        return redirect("community:request", introduction.request.uuid)
    can_choose = acts.can_choose(introduction)
    values = shareable(with_words(request.scope, introduction)) if can_choose else {}
    form = ChooseForm(request.POST or None, values=values, initial={"version": introduction.version})
    if request.method != "POST" or not form.is_valid():
        return show_choice(request, introduction, form, can_choose=can_choose)
    chosen = choose_ally(
        introduction,
        version=form.cleaned_data["version"],
        fields=form.cleaned_data["fields_shared"],
        by=request.user,
    )
    if chosen.status == IntroductionStatus.CHOSEN:
        messages.success(request, _("You chose this ally. A second person has to agree before it learns who you are."))
        return redirect("community:request", introduction.request.uuid)
    messages.success(request, _("You and this ally know of each other now."))
    work = get_object_or_404(own_collaborations(request.scope), introduction=introduction)
    return redirect("community:collaboration", work.uuid)


def with_words(scope: Scope, introduction: Introduction) -> SupportRequest:
    """The request of an introduction with the records that hold its words."""
    found = own_requests(scope).select_related("story", "risk", "community__identity")
    row = get_object_or_404(found, pk=introduction.request_id)
    load_keys([row.story, row.risk, row.community.identity])
    return row


def show_choice(
    request: PersonRequest, introduction: Introduction, form: ChooseForm, *, can_choose: bool
) -> HttpResponse:
    """The page of one ally that is not yet introduced."""
    card = as_card(introduction)
    is_willing = introduction.status in (IntroductionStatus.WILLING, IntroductionStatus.NOT_CHOSEN)
    named = Participant.objects.visible_to(request.scope).filter(introduction=introduction, left_at=None)
    people = list(named) if is_willing or introduction.status == IntroductionStatus.CHOSEN else []
    load_keys([introduction, *people])
    context = {
        "form": form,
        "introduction": introduction,
        "card": card,
        "people": people,
        "can_choose": can_choose,
        "can_refuse": acts.can_refuse_ally(introduction),
        "second_url": second_url(request.scope, introduction),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/choose.html", context, status=status)


def second_url(scope: Scope, introduction: Introduction) -> str:
    """Where another one of the community agrees to the choice, while that is awaited."""
    choice = choice_to_second(introduction, scope) if introduction.status == IntroductionStatus.CHOSEN else None
    return reverse("community:second", args=[introduction.uuid]) if choice and not is_by_voice(choice) else ""


@door("community")
def refuse(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Leave an ally out; no reason is asked."""
    introduction = get_object_or_404(own_introductions(request.scope), uuid=uuid)
    form = VersionForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("community:choose", uuid)
    if introduction.status in (IntroductionStatus.NOT_CHOSEN, IntroductionStatus.REFUSED):
        messages.info(request, _("You have left this ally out already."))
    else:
        refuse_ally(introduction, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("This ally is left out. It learns nothing about you."))
    return redirect("community:offers", introduction.request.uuid)
