"""A request on its way: where it stands, what was said, taking it back, a second look."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import ask_second_look, flag_request, withdraw_request, write_message
from collaborations.forms.community import MessageForm, SecondLookForm
from collaborations.forms.words import VersionForm
from collaborations.models import Referral, RequestMessage, SecondLook, SupportRequest
from collaborations.policies import acts, deciding
from collaborations.selectors.assisted import words_given_by
from collaborations.selectors.community import (
    own_briefs,
    own_introductions,
    own_requests,
    said,
    standing,
    timeline_of,
    waiting_among,
)
from collaborations.selectors.interpreting import own_standing, own_tasks, tasks_wait
from collaborations.selectors.retention import kept_lines
from collaborations.selectors.threads import Turn, page_of
from collaborations.states import RequestStatus
from collaborations.views.community.arriving import oddities_of_message
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vault import load_keys
from cre.core.vocabularies import DeclineReason

MOST_SHOWN = 20


@door("community")
def request_page(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show where a request stands, its timeline and its messages."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    if row.status == RequestStatus.DRAFT:
        return redirect("community:ask-more", uuid)
    return show_request(request, row, MessageForm())


def show_request(request: PersonRequest, row: SupportRequest, form: MessageForm) -> HttpResponse:
    """The page of a request, with the message form as it is."""
    briefs = list(own_briefs(request.scope).filter(request=row)[:MOST_SHOWN])
    suggested = own_introductions(request.scope).filter(request=row).select_related("collaboration")
    introductions = list(suggested[:MOST_SHOWN])
    tasks = list(own_tasks(request.scope).filter(request=row)[:MOST_SHOWN])
    waiting = [*waiting_among(briefs, introductions), *tasks_wait(tasks)]
    messages_seen = RequestMessage.objects.visible_to(request.scope).filter(request=row)
    context = {
        "row": row,
        "standing": standing(row, waits=bool(waiting)),
        "waiting": waiting,
        "timeline": timeline_of(row, request.scope),
        "thread": page_of(messages_seen, Turn.read(request.GET), reader=request.user),
        "form": form,
        "given_by": words_given_by(row, request.scope),
        "can_confirm_words": acts.decides_for(row),
        "can_talk": acts.can_talk(row),
        "can_withdraw": acts.can_withdraw(row),
        "can_ask_second_look": acts.can_ask_second_look(row),
        "briefs": [(brief, said(brief)) for brief in briefs],
        "has_offers": bool(introductions) or deciding.can_wish(row),
        "tasks": [(task, own_standing(task)) for task in tasks],
        "kept": kept_lines(request.scope).get(row.uuid),
        "works": [found.collaboration for found in introductions if hasattr(found, "collaboration")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/request.html", context, status=status)


@door("community")
def message(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write to the regional desk."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    if request.method != "POST":
        return redirect("community:request", uuid)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show_request(request, row, form)
    write_message(row, language=row.language, by=request.user, **form.cleaned_data)
    flag_request(row, oddities_of_message(request), by=request.user)
    messages.success(request, _("Your message is with the regional desk."))
    return redirect("community:request", uuid)


@door("community")
def withdraw(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Take a request back, after a page that says what that ends."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    if row.status == RequestStatus.WITHDRAWN:
        messages.info(request, _("You have taken this request back."))
        return redirect("community:home")
    form = VersionForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        withdraw_request(row, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("You have taken your request back. Nothing of it is shared any more."))
        return redirect("community:home")
    context = {"form": form, "row": row, "can_withdraw": acts.can_withdraw(row)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/withdraw.html", context, status=status)


@door("community")
def second_look(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show why a request was not taken on and who else may help, and ask for a second look."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    form = SecondLookForm(request.POST or None)
    if form.is_valid():
        ask_second_look(row, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, _("Another person looks at your request again."))
        return redirect("community:second-look", uuid)
    referrals = list(Referral.objects.visible_to(request.scope).filter(request=row))
    load_keys(referrals)
    context = {
        "form": form,
        "row": row,
        "reason": DeclineReason(row.decline_reason).label if row.decline_reason else "",
        "referrals": referrals,
        "look": SecondLook.objects.visible_to(request.scope).filter(request=row).order_by("-asked_at").first(),
        "can_ask": acts.can_ask_second_look(row),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/second_look.html", context, status=status)
