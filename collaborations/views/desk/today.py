"""The first page of the desk, and what was told to this person."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collaborations.clocks import CALL_BACK_WITHIN
from collaborations.models import Collaboration, Consent, Introduction, SupportRequest
from collaborations.policies import acts
from collaborations.selectors.assisted import assisted_drafts
from collaborations.selectors.desk import View
from collaborations.selectors.desk_today import FEW, FIRST, today_of
from collaborations.selectors.retention import ordered_at_desk
from collaborations.selectors.second import to_call_back
from collaborations.states import IntroductionStatus
from collaborations.views.desk.labels import line, reference
from collaborations.views.desk.queue import address, capped, sees_several
from collaborators.http import PersonRequest
from collaborators.models import Region
from collaborators.selectors.absences import absences_ahead
from collaborators.selectors.freezing import open_freezes
from collaborators.views.doors import door
from cre.core.outbox import read_all_notices, read_notice


@require_safe
@door("desk")
def home(request: PersonRequest) -> HttpResponse:
    """What waits for this person today."""
    today = today_of(request.scope)
    names = {region.pk: str(region) for region in Region.objects.all()}
    sections = [
        {
            "view": view,
            "title": View(view).label,
            "count": capped(today.counts[view]),
            "url": address(view=view),
            "rows": [line(row) | {"region": names[row.region_id]} for row in today.requests[view]],
        }
        for view in FIRST
    ]
    context = {
        "sections": [section for section in sections if section["rows"]],
        "second_looks": [{"look": look, "reference": reference(look.request)} for look in today.second_looks],
        "call_backs": [call_line(choice) for choice in to_call_back(request.scope)[:FEW]],
        "answers": [answer_line(row) for row in today.answers],
        "answer_count": capped(today.counts["answers"]),
        "check_ins": [work_line(row) for row in today.check_ins],
        "check_in_count": capped(today.counts["check_ins"]),
        "notices": today.notices,
        "absences": absences_ahead(request.scope),
        "freezes": list(open_freezes(request.scope)) if request.scope.listed("frozen_communities") else [],
        "ordered": ordered_at_desk(request.scope),
        "can_write_down": acts.can_write_down(),
        "drafts": [draft_line(row) for row in assisted_drafts(request.scope)[:FEW]],
        "has_regions": sees_several(request.scope),
        "queue_url": address(view=View.ALL),
    }
    return render(request, "desk/home.html", context)


def draft_line(row: SupportRequest) -> dict[str, Any]:
    """What was written down and not sent yet."""
    return {"uuid": row.uuid, "reference": reference(row), "at": row.created_at}


def call_line(choice: Consent) -> dict[str, Any]:
    """A choice that was given by voice and that this person can ask about again."""
    found = cast(Introduction, choice.introduction)
    is_afterwards = found.status == IntroductionStatus.ACCEPTED
    due = choice.given_at + CALL_BACK_WITHIN if is_afterwards else None
    return {"introduction": found, "reference": reference(found.request), "at": choice.given_at, "due": due}


def answer_line(row: Introduction) -> dict[str, Any]:
    """An ally that said yes."""
    return {
        "about": row.request,
        "reference": reference(row.request),
        "name": row.collaborator.display_name,
        "at": row.answered_at,
    }


def work_line(row: Collaboration) -> dict[str, Any]:
    """A collaboration whose check-in has come."""
    return {
        "work": row,
        "reference": reference(row.request),
        "name": row.introduction.collaborator.display_name,
    }


@require_POST
@door("desk")
def notice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    return redirect(read_notice(uuid, by=request.user))


@require_POST
@door("desk")
def notices_read(request: PersonRequest) -> HttpResponse:
    """Mark every notice as read."""
    read_all_notices(by=request.user)
    messages.success(request, _("All notices are marked as read."))
    return redirect("desk:home")
