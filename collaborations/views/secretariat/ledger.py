"""The access ledger: who read, was refused or did what, when and why; never what it said. Copies need two people."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from collaborations.forms.secretariat.ledger import CopyForm, DecisionForm, LedgerFilter, WatchFilter
from collaborations.selectors.ledger import words_of_search
from collaborations.views.ledger import entries
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import ask_ledger_copy, decide_bulk_access, take_ledger_copy
from collaborators.exports import ledger_head, ledger_rows
from collaborators.http import PersonRequest
from collaborators.policies import can_watch
from collaborators.selectors.ledger import (
    LedgerSearch,
    alarms,
    ledger_copy,
    wishes_for_copies,
)
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.exports import csv_bytes
from cre.core.ledger.models import BulkAccess
from cre.core.ledger.two_people import is_own, is_usable


@door("secretariat")
def ledger(request: PersonRequest) -> HttpResponse:
    """List the entries that the person may read: all for coordinator and steward, otherwise their own."""
    sees_all = can_watch()
    form = (WatchFilter if sees_all else LedgerFilter)(request.GET or None)
    if not sees_all:
        del form.fields["own"], form.fields["with_own"]
    context = entries(request, form, reverse("secretariat:ledger"), is_own=not sees_all) | {"sees_all": sees_all}
    if sees_all:
        copy_url = f"{reverse('secretariat:ledger-copy-ask')}?{urlencode(form.query)}"
        context |= {"wishes": wishes_for_copies(request.scope), "alarms": alarms(request.scope), "copy_url": copy_url}
    return show(request, "secretariat/ledger.html", context, status=status_of(form))


@room("coordinate", "steward")
@fresh
def ledger_copy_ask(request: PersonRequest) -> HttpResponse:
    """Ask for the entries of a search as a file; another person decides."""
    chosen = WatchFilter(request.GET)
    if not chosen.is_valid():
        messages.info(request, _("Choose the entries first."))
        return redirect("secretariat:ledger")
    search = chosen.search
    if chosen.cleaned_data["own"]:
        search = replace(search, person_id=request.user.pk)
    form = CopyForm(request.POST or None)
    if form.is_valid():
        access = ask_ledger_copy(search, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Asked. The others who look after the ledger are told, and one of them decides."))
        return redirect("secretariat:ledger-copy", access.uuid)
    context = {"form": form, "chosen": words_of_search(search)}
    return show(request, "secretariat/ledger_copy_ask.html", context, status=status_of(form))


@room("coordinate", "steward")
@fresh
def ledger_copy_page(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show a wish for a copy, and take the decision of the second person."""
    found = BulkAccess.objects.visible_to(request.scope).select_related("asked_by", "decided_by")
    access = get_object_or_404(found, uuid=uuid)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and access.decided_at is not None:
        messages.info(request, _("This has been decided already."))
        return redirect("secretariat:ledger-copy", uuid)
    if form.is_valid():
        decide_bulk_access(access, approved=form.cleaned_data["decision"] == "yes", by=request.user)
        messages.success(request, _("Decided. The person who asked is told."))
        return redirect("secretariat:ledger")
    context = {
        "access": access,
        "chosen": words_of_search(LedgerSearch.from_codes(access.chosen)),
        "form": form,
        "is_own": is_own(access),
        "can_take": is_usable(access),
    }
    return show(request, "secretariat/ledger_copy.html", context, status=status_of(form))


@room("coordinate", "steward")
@fresh
def ledger_copy_take(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Hand over the file, once."""
    access = get_object_or_404(BulkAccess.objects.visible_to(request.scope), uuid=uuid)
    if request.method != "POST":
        return redirect("secretariat:ledger-copy", uuid)
    search = take_ledger_copy(access, by=request.user)
    table = csv_bytes(ledger_head(), ledger_rows(ledger_copy(request.scope, search)))
    return HttpResponse(
        table,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="ledger.csv"'},
    )
