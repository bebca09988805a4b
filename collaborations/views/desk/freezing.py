"""A freeze at the desk: begun, what stands still, whom to warn, ended by two; and a code handed over after a talk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.forms.desk.freezing import DecideThawForm, FreezeForm, HandoverForm, ResetForm, ThawForm, WarnedForm
from collaborations.models import SupportRequest
from collaborations.policies import acts
from collaborations.selectors.desk import at_desk
from collaborations.views.desk.labels import line, reference
from collaborations.views.desk.pages import posted, request_or_404, status_of
from collaborators.actions import (
    allow_reset,
    confirm_thaw,
    freeze_community,
    note_warning,
    propose_thaw,
    refuse_thaw,
    replace_code_after_talk,
)
from collaborators.freezing import STANDS_STILL, can_confirm_thaw, can_freeze, can_thaw, can_warn, is_frozen
from collaborators.http import PersonRequest
from collaborators.models import Community, Freeze, FreezeWarning, FreezingSide, User
from collaborators.selectors.freezing import code_holders, open_freeze_of, warnings_of
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.access import Refused, require
from cre.core.registries import frozen

MOST_REQUESTS = 10


def freeze_or_404(request: PersonRequest, uuid: UUID) -> Freeze:
    found = Freeze.objects.visible_to(request.scope)
    return get_object_or_404(found.select_related("region", "frozen_by", "thaw_proposed_by", "thawed_by"), uuid=uuid)


@door("desk")
def request_freeze(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Stop everything about the community of a request; where that was done, lead to what stands still."""
    about = request_or_404(request, uuid)
    if is_frozen(about.community_id):
        return to_freeze(request, about)
    side = FreezingSide.DESK if acts.can_facilitate(about) else FreezingSide.SECURITY
    require(
        can_freeze(about.community_id, side, about.region_id),
        _("The region's facilitator or its security focal person stops everything. Call one of them."),
    )
    form = FreezeForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        freeze_community(about.community_id, side=side, region_id=about.region_id, reason=reason, by=request.user)
        messages.success(request, _("Everything about this community stands still. See below whom to warn."))
        return to_freeze(request, about)
    context = {"form": form, "about": about, "line": line(about), "stops": [part.label for part in frozen]}
    return render(request, "desk/freeze_confirm.html", context, status=status_of(form))


def to_freeze(request: PersonRequest, about: SupportRequest) -> HttpResponse:
    """The page of the open freeze; the desk of another region that has a request only learns that there is one."""
    found = open_freeze_of(about.community_id, request.scope)
    if found is None:
        raise Refused(STANDS_STILL)
    return redirect("desk:freeze", found.uuid)


@door("desk")
def freeze(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """What stands still and why, whom to warn by a safe channel, and how it goes on."""
    found = freeze_or_404(request, uuid)
    requests = at_desk(request.scope).filter(community_id=found.community_id).order_by("-created_at", "-id")
    rows = list(requests[:MOST_REQUESTS])
    context = {
        "freeze": found,
        "reason": found.reason,
        "thaw_reason": found.thaw_reason,
        "stops": [part.label for part in frozen],
        "warnings": warnings_of(found, request.scope),
        "requests": [{"uuid": row.uuid, "reference": reference(row)} for row in rows],
        "can_warn": can_warn(found),
        "can_propose": can_thaw(found) and found.thaw_proposed_by_id is None,
        "can_confirm": can_confirm_thaw(request.user, found),
        "is_own_proposal": found.is_open and found.thaw_proposed_by_id == request.user.pk,
        "code_request": next((row for row in rows if acts.can_facilitate(row)), None) if not found.is_open else None,
    }
    return render(request, "desk/freeze.html", context)


@door("desk")
def freeze_warned(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Tick that somebody was warned."""
    found = freeze_or_404(request, uuid)
    form = WarnedForm(posted(request), warnings=FreezeWarning.objects.visible_to(request.scope).filter(freeze=found))
    if form.is_valid():
        note_warning(form.cleaned_data["warning"], by=request.user)
        messages.success(request, _("Noted, with your name."))
    return redirect("desk:freeze", uuid)


@door("desk")
def freeze_thaw(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Propose that everything goes on, or answer as the second person."""
    found = freeze_or_404(request, uuid)
    if not found.is_open:
        messages.info(request, _("This is over: everything goes on already."))
        return redirect("desk:freeze", uuid)
    require(can_thaw(found), _("Only the region's staff and the coordinator decide this."))
    is_proposed = found.thaw_proposed_by_id is not None
    form: Any = (DecideThawForm if is_proposed else ThawForm)(posted(request), row=found)
    if form.is_valid():
        answer_thaw(request, found, form.cleaned_data)
        return redirect("desk:freeze", uuid)
    context = {
        "form": form,
        "freeze": found,
        "is_proposed": is_proposed,
        "is_own_proposal": found.thaw_proposed_by_id == request.user.pk,
        "thaw_reason": found.thaw_reason,
    }
    return render(request, "desk/freeze_thaw.html", context, status=status_of(form))


def answer_thaw(request: PersonRequest, found: Freeze, answer: dict[str, Any]) -> None:
    """Carry out what the form says."""
    if "thaw_reason" in answer:
        propose_thaw(found, version=found.version, reason=answer["thaw_reason"], by=request.user)
        messages.success(request, _("Another person has to confirm this. They are told now."))
    elif answer["decision"] == DecideThawForm.GO_ON:
        confirm_thaw(found, version=found.version, by=request.user)
        messages.success(request, _("Everything goes on. Hand over a new receipt code to those who need one."))
    else:
        refuse_thaw(found, version=found.version, by=request.user)
        messages.success(request, _("Everything goes on standing still."))


@door("desk")
@fresh
def request_reset(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Allow somebody of a community, after a talk, to set a new password with a mailed link and nothing else."""
    about = helped_after_talk(request, uuid)
    holders = code_holders(about.community_id)
    form = ResetForm(posted(request), holders=holders)
    if form.is_valid():
        allow_reset(get_object_or_404(User, uuid=form.cleaned_data["person"]), by=request.user)
        messages.success(request, _("Allowed until this time tomorrow. They ask for the link on the sign-in page."))
        return redirect("desk:request", uuid)
    context = {"form": form, "about": about, "line": line(about), "holders": holders}
    return render(request, "desk/reset.html", context, status=status_of(form))


def helped_after_talk(request: PersonRequest, uuid: UUID) -> SupportRequest:
    """The request whose community gets a new way in; only from its facilitator, and never while it stands still."""
    about = request_or_404(request, uuid)
    require(acts.can_facilitate(about), _("Only the facilitator of the region gives people a new way in."))
    require(not is_frozen(about.community_id), STANDS_STILL)
    return about


@door("desk")
@fresh
def request_code(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give somebody of a community a new receipt code, after a talk that is kept; it is shown this once."""
    about = helped_after_talk(request, uuid)
    community = get_object_or_404(Community.objects.visible_to(request.scope), pk=about.community_id)
    holders = code_holders(community.pk)
    form = HandoverForm(posted(request), holders=holders)
    context = {"form": form, "about": about, "line": line(about), "holders": holders}
    if not form.is_valid():
        return render(request, "desk/freeze_code.html", context, status=status_of(form))
    person = get_object_or_404(User, uuid=form.cleaned_data["person"])
    code = replace_code_after_talk(community, person, talk=form.cleaned_data["talk"], by=request.user)
    return render(request, "desk/freeze_code.html", context | {"code": code.digits})
