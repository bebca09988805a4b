"""Handing a region over: start, the pack, one request of it, signing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collaborations.actions.handover import cancel_handover, fill_pack, sign_handover, start_handover, write_pack_item
from collaborations.forms.desk.handover import PackItemForm, StartHandoverForm
from collaborations.forms.desk.requests import ReasonForm
from collaborations.models import Handover, SupportRequest
from collaborations.policies.handover import can_cancel_handover, can_write_pack, side_to_sign
from collaborations.selectors.handover import (
    facilitators_of,
    handovers_of,
    missing_notes,
    pack_of,
    sides_needed,
    signatures_of,
)
from collaborations.views.desk.pages import posted, status_of
from collaborators.http import PersonRequest
from collaborators.models import Region, User
from collaborators.policies import can_coordinate
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.access import acting_as, current_scope


def start_form(request: PersonRequest) -> StartHandoverForm | None:
    """The form for whoever facilitates a region, and for the coordinator."""
    own = request.scope.ids("facilitate", Region)
    if can_coordinate():
        regions = Region.objects.order_by("name")
        people = facilitators_of(regions) | User.objects.filter(uuid__in=asked_uuids(request))
        initial = {"region": request.GET.get("region"), "leaving": request.GET.get("leaving")}
        return StartHandoverForm(
            posted(request), by=request.user, regions=regions, people=people.distinct(), initial=initial
        )
    if own:
        return StartHandoverForm(posted(request), by=request.user, regions=Region.objects.filter(pk__in=own))
    return None


def asked_uuids(request: PersonRequest) -> list[UUID]:
    """Somebody whose roles have ended already is still to be chosen, when a page led here with their name."""
    given = request.POST.get("leaving") or request.GET.get("leaving") or ""
    try:
        return [UUID(given)]
    except ValueError:
        return []


@door("desk")
def handovers(request: PersonRequest) -> HttpResponse:
    """List the handovers that one takes part in, and start one."""
    form = start_form(request)
    if form is not None and form.is_valid() and form.arriving is not None:
        chosen = form.cleaned_data
        handover = start_handover(
            chosen["region"], chosen.get("leaving") or request.user, form.arriving,
            is_vanished=chosen.get("is_vanished", False), by=request.user,
        )  # fmt: skip
        messages.success(request, _("Started. Nothing changes for anybody before all have signed."))
        return redirect("desk:handover", handover.uuid)
    context = {"form": form, "handovers": handovers_of(request.scope)}
    return render(request, "desk/handovers.html", context, status=status_of(form) if form else 200)


def handover_or_404(request: PersonRequest, uuid: UUID) -> Handover:
    return get_object_or_404(handovers_of(request.scope), uuid=uuid)


@door("desk")
def handover(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """The pack of one handover; the coordinator sees its words only after a written reason."""
    found = handover_or_404(request, uuid)
    takes_part = found.pk in request.scope.listed("open_handovers")
    if takes_part:
        return render(request, "desk/handover.html", pack_page(request, found))
    form = ReasonForm(posted(request))
    if not form.is_valid():
        context = frame(request, found) | {"form": form}
        return render(request, "desk/handover.html", context, status=status_of(form))
    with acting_as(request.user, reason=form.cleaned_data["reason"], view="desk:handover"):
        if found.is_vanished and can_write_pack(request.user, found, set(signed(found))):
            fill_pack(found, by=request.user)
        return render(request, "desk/handover.html", pack_page(request, found))


def signed(found: Handover) -> dict[str, Any]:
    return dict(signatures_of(found, current_scope()))


def frame(request: PersonRequest, found: Handover) -> dict[str, Any]:
    """What everybody who takes part sees: who, and which signatures are there."""
    signatures = signed(found)
    return {
        "handover": found,
        "sides": [(side.label, signatures.get(side)) for side in sides_needed(found)],
        "sign_as": side_to_sign(request.user, found, set(signatures)),
        "can_write": can_write_pack(request.user, found, set(signatures)),
        "can_cancel": can_cancel_handover(request.user, found),
    }


def pack_page(request: PersonRequest, found: Handover) -> dict[str, Any]:
    """The pack, and what is still missing in it."""
    context = frame(request, found)
    missing = list(missing_notes(found, current_scope())) if context["can_write"] else []
    return context | {"shows_pack": True, "items": pack_of(found, current_scope()), "missing": missing}


@require_POST
@door("desk")
def handover_fill(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Take what the record knows over into the pack."""
    found = handover_or_404(request, uuid)
    number = fill_pack(found, by=request.user)
    messages.success(request, _("Written from the record: {number}. Read each one and add what only you know.").format(
        number=number))  # fmt: skip
    return redirect("desk:handover", uuid)


@door("desk")
def handover_item(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write what the next facilitator needs to know of one request of the region that one leaves."""
    requests = SupportRequest.objects.visible_to(request.scope).select_related("community")
    about = get_object_or_404(requests, uuid=uuid)
    under_way = handovers_of(request.scope).filter(completed_at=None, cancelled_at=None)
    found = get_object_or_404(under_way, region=about.region_id, leaving=request.user)
    if not can_write_pack(request.user, found, set(signed(found))):
        raise Http404
    written = next((line for line in pack_of(found, request.scope) if line.note.request_id == about.pk), None)
    initial: dict[str, Any] = {}
    if written is not None and request.method != "POST":
        initial = {name: getattr(written.note, name) for name in ("last_promise", "next_step")}
        initial |= {name: getattr(written.contact, name, "") for name in ("safe_channel", "not_to_say")}
    form = PackItemForm(posted(request), initial=initial)
    if form.is_valid():
        write_pack_item(found, about, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written."))
        return redirect("desk:handover", found.uuid)
    context = {"handover": found, "about": about, "reference": about.uuid.hex[:6], "form": form}
    return render(request, "desk/handover_item.html", context, status=status_of(form))


@door("desk")
@fresh
def handover_sign(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Sign, after a page that says what follows."""
    found = handover_or_404(request, uuid)
    side = side_to_sign(request.user, found, set(signed(found)))
    if request.method != "POST":
        return render(request, "desk/handover_sign.html", frame(request, found) | {"side": side})
    is_complete = sign_handover(found, by=request.user)
    if not is_complete:
        messages.success(request, _("Signed. The others are told."))
        return redirect("desk:handover", uuid)
    messages.success(request, _("Signed. The region has changed hands."))
    return redirect("home")


@require_POST
@door("desk")
def handover_cancel(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Stop a handover; everything stays as it is."""
    cancel_handover(handover_or_404(request, uuid), by=request.user)
    messages.success(request, _("Stopped. Everything stays with whom it was."))
    return redirect("desk:handovers")
