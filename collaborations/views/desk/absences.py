"""Being away and who covers; and the button of the security focal person for the staff of their region."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collaborations.forms.desk.absences import AbsenceForm, EndStaffAccessForm
from collaborations.views.desk.pages import posted, status_of
from collaborators.actions import call_off_absence, end_all_access, enter_absence
from collaborators.http import PersonRequest
from collaborators.models import Absence, Region
from collaborators.policies import can_call_off, can_coordinate
from collaborators.selectors.absences import absences_ahead, guarded_staff, possible_covers
from collaborators.views.doors import door
from collaborators.views.fresh import fresh


def absence_form(request: PersonRequest) -> AbsenceForm | None:
    """The form for those who can enter an absence: who facilitates, and the coordinator."""
    own = request.scope.ids("facilitate", Region)
    regions = Region.objects.order_by("name") if can_coordinate() else Region.objects.filter(pk__in=own)
    if not (can_coordinate() or own):
        return None
    covers = possible_covers()
    return AbsenceForm(
        posted(request), people=possible_covers(with_self=True), covers=covers, regions=regions,
        is_coordinator=can_coordinate(),
    )  # fmt: skip


@door("desk")
def absences(request: PersonRequest) -> HttpResponse:
    """List who is away, and enter an absence."""
    form = absence_form(request)
    if form is not None and form.is_valid():
        chosen = form.cleaned_data
        enter_absence(
            chosen.get("person") or request.user, chosen["cover"], region=chosen["region"], by=request.user, **form.term
        )
        messages.success(request, _("Entered. Whoever covers is told, and sees the region only for these days."))
        return redirect("desk:absences")
    ahead = list(absences_ahead(request.scope))
    context = {
        "form": form,
        "own": [absence for absence in ahead if can_call_off(request.user, absence)],
        "others": [absence for absence in ahead if not can_call_off(request.user, absence)],
        "can_end_access": bool(request.scope.ids("guard", Region)),
    }
    return render(request, "desk/absences.html", context, status=status_of(form) if form else 200)


@require_POST
@door("desk")
def absence_off(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Call an absence off: whoever covers has the role no more."""
    absence = get_object_or_404(Absence.objects.visible_to(request.scope), uuid=uuid)
    call_off_absence(absence, version=absence.version, by=request.user)
    messages.success(request, _("Called off. Whoever was to cover is told."))
    return redirect("desk:absences")


@door("desk")
@fresh
def access_end(request: PersonRequest) -> HttpResponse:
    """For a security focal person: end all access of somebody who works on their region."""
    if not request.scope.ids("guard", Region):
        raise Http404
    form = EndStaffAccessForm(posted(request), people=guarded_staff())
    if form.is_valid():
        end_all_access(form.cleaned_data["person"], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Ended. Nobody gets in with this account any more; the coordinators are told."))
        return redirect("desk:home")
    return render(request, "desk/access_end.html", {"form": form}, status=status_of(form))
