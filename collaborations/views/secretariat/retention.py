"""What is kept for how long, what goes next, what stands still; legal holds, placed by one and ended by another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from collaborations.clocks_kept import COMMUNITY, REQUEST, clock_of
from collaborations.forms.keeping import HeldObjectForm, HoldForm, RuleForm
from collaborations.forms.words import VersionForm
from collaborations.models import SupportRequest
from collaborations.selectors.retention import class_lines, going, holds_page, last_proofs, standing
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import change_rule, end_hold, place_hold
from collaborators.http import PersonRequest
from collaborators.models import Community
from collaborators.policies import can_coordinate, can_end_hold
from cre.core.registries import retained
from cre.core.retention import LegalHold, RetentionRule


@room("coordinate", "steward")
def retention(request: PersonRequest) -> HttpResponse:
    """Show every class with its rule and numbers, what goes next, what stands and why, and the last proofs."""
    context = {
        "classes": class_lines(request.scope),
        "going": going() if can_coordinate() else [],
        "standing": standing() if can_coordinate() else [],
        "holds": [(hold, can_end_hold(request.user, hold)) for hold in holds_page(request.scope)],
        "proofs": [
            (proof, retained[proof.rule].words if proof.rule in retained else proof.rule, sum(proof.rows.values()))
            for proof in last_proofs(request.scope)
        ],
        "can_change": can_coordinate(),
    }
    return show(request, "secretariat/retention.html", context)


@room("coordinate")
def retention_rule(request: PersonRequest, name: str) -> HttpResponse:
    """Set for how long one class is kept."""
    rule = get_object_or_404(RetentionRule.objects.visible_to(request.scope), name=name)
    if name not in retained:
        raise Http404
    kept = retained[name]
    now = {"version": rule.version, "days": rule.days, "asks_before_days": rule.asks_before_days}
    form = RuleForm(request.POST if request.method == "POST" else None, kept=kept, initial=now)
    if form.is_valid():
        change_rule(rule, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. The next daily run goes by it."))
        return redirect("secretariat:retention")
    return show(request, "secretariat/retention_rule.html", {"form": form, "kept": kept}, status=status_of(form))


@room("coordinate")
def hold_place(request: PersonRequest) -> HttpResponse:
    """Stop the clock of a request or a community for a legal reason."""
    meant = HeldObjectForm(request.GET)
    about = held_object(request, meant.cleaned_data) if meant.is_valid() else None
    if about is None:
        messages.info(request, _("Choose what has to be kept from the list."))
        return redirect("secretariat:retention")
    label, found = about
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        place_hold(label, found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("It is kept now until another coordinator ends this. Its community sees that."))
        return redirect("secretariat:retention")
    context = {"form": form, "reference": found.hex[:6], "is_request": label == REQUEST}
    return show(request, "secretariat/hold_place.html", context, status=status_of(form))


def held_object(request: PersonRequest, meant: dict[str, UUID | None]) -> tuple[str, UUID] | None:
    """The request or community that is meant, if there is one that the person sees, or whose end they see coming.

    What waits to be deleted is hidden, but a legal reason to keep it can still be given.
    """
    for name, label, model in (("request", REQUEST, SupportRequest), ("community", COMMUNITY, Community)):
        uuid = meant.get(name)
        if uuid is None:
            continue
        rows: Any = model._default_manager
        if not (rows.visible_to(request.scope).filter(uuid=uuid).exists() or clock_of(label, uuid)):
            raise Http404
        return label, uuid
    return None


@room("coordinate")
def hold_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """End a legal hold as another person than the one who placed it."""
    hold = get_object_or_404(LegalHold.objects.visible_to(request.scope).select_related("placed_by"), uuid=uuid)
    if hold.ended_at is not None:
        messages.info(request, _("This has ended already."))
        return redirect("secretariat:retention")
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": hold.version})
    if form.is_valid():
        end_hold(hold, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("Ended. Its clock goes on."))
        return redirect("secretariat:retention")
    context = {"form": form, "hold": hold, "can_end": can_end_hold(request.user, hold)}
    return show(request, "secretariat/hold_end.html", context, status=status_of(form))
