"""Deleting for good: the page that says what goes and what stays, the order, the second person, the way back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import answer_keeping, cancel_deletion, confirm_deletion, order_deletion
from collaborations.clocks_kept import COMMUNITY, ORDERED, REQUEST, clock_of
from collaborations.forms.keeping import DeletionForm, KeepForm
from collaborations.forms.words import VersionForm
from collaborations.models import KeepQuestion, SupportRequest
from collaborations.policies import acts
from collaborations.selectors.community import allies_who_know
from collaborations.selectors.retention import deletable_request, is_held, open_deletions, own_community
from collaborators.http import PersonRequest
from collaborators.models import Community, Deletion
from collaborators.policies import can_represent
from collaborators.views.doors import door
from cre.core.retention import rule_of


@door("community")
def delete(request: PersonRequest) -> HttpResponse:
    """Delete everything for good, after a page that says what cannot be taken back and what stays."""
    return show_deletion(request, own_or_404(request), None)


@door("community")
def request_delete(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Delete one request for good."""
    row = get_object_or_404(deletable_request(request.scope, uuid).select_related("community"))
    return show_deletion(request, row.community, row)


def own_or_404(request: PersonRequest) -> Community:
    community = own_community(request.scope)
    if community is None:
        raise Http404
    return community


def show_deletion(request: PersonRequest, community: Community, row: SupportRequest | None) -> HttpResponse:
    """The page of an order that can be given, or of one that stands and can be taken back."""
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_urgent = form.cleaned_data["is_urgent"]
        deletion = order_deletion(community, request=row, is_urgent=is_urgent, by=request.user)
        messages.success(request, said_of(deletion))
        return redirect(request.path)
    about = row.uuid if row else None
    orders = [
        order
        for order in open_deletions(request.scope, community)
        if row is None or order.request_uuid in (None, about)
    ]
    clock = clock_of(REQUEST, row.uuid) if row else clock_of(COMMUNITY, community.uuid)
    context = {
        "form": form,
        "row": row,
        "orders": [as_order(request, order) for order in orders],
        "is_ordered": any(order.request_uuid in (None, about) for order in orders),
        "waiting_days": rule_of(ORDERED).days,
        "can_order": can_represent(community.pk),
        "is_held": is_held(community.uuid) or (row is not None and is_held(row.uuid)),
        "clock": clock if clock and clock.rule != ORDERED else None,
        "knowing": [] if orders else allies_who_know(request.scope, community, row),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/delete.html", context, status=status)


def said_of(deletion: Deletion) -> str:
    """What follows from an order, right after it was given."""
    if deletion.due_at is None:
        return _("Nothing is shared any more. A second one of you has to agree before we delete.")
    if deletion.is_urgent:
        return _("Nothing is shared any more. Within minutes nobody can read it.")
    return _("Nothing is shared any more. Until the day that stands here you can take it back.")


def as_order(request: PersonRequest, order: Deletion) -> dict[str, Any]:
    """An order as its community reads it."""
    return {
        "order": order,
        "version": VersionForm(initial={"version": order.version}),
        "is_everything": order.request_uuid is None,
        "can_cancel": acts.can_cancel_deletion(order),
        "can_confirm": acts.can_confirm_deletion(request.user, order),
        "waits_for_second": order.needs_second and order.confirmed_at is None,
    }


@door("community")
def delete_cancel(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Take an order back while it waits."""
    order = get_object_or_404(Deletion.objects.visible_to(request.scope), uuid=uuid)
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if order.cancelled_at is None:
            cancel_deletion(order, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("Taken back. Nothing is deleted. What was shared before stays ended."))
        return redirect("community:home")
    return redirect("community:delete")


@door("community")
def delete_confirm(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Agree as the second person."""
    order = get_object_or_404(Deletion.objects.visible_to(request.scope), uuid=uuid)
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if order.confirmed_at is None:
            order = confirm_deletion(order, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, said_of(order))
    return redirect("community:delete")


@door("community")
def keep(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Answer whether something is kept longer."""
    found = KeepQuestion.objects.visible_to(request.scope).select_related("request")
    question = get_object_or_404(found, uuid=uuid)
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"version": question.version})
    if question.answer and request.method == "POST":
        messages.info(request, _("This has been answered already."))
        return redirect("community:keep", uuid)
    if form.is_valid():
        answer = KeepQuestion.Answer(form.cleaned_data["answer"])
        answer_keeping(question, answer, version=form.cleaned_data["version"], by=request.user)
        is_kept = answer == KeepQuestion.Answer.KEEP
        messages.success(request, _("We keep it.") if is_kept else _("It is deleted for good within a day."))
        return redirect("community:home")
    context = {"form": form, "question": question, "can_answer": acts.can_answer_keeping(question)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/keep.html", context, status=status)
