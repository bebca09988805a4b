"""Committees and working groups: seats with terms, vacancies, and who the members are as a whole."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborations.forms.secretariat import InviteForm, TermForm
from collaborations.forms.secretariat.committees import PanelForm
from collaborations.views.secretariat.people import INVITED
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import change_panel, give_seat, invite_person, make_panel
from collaborators.http import PersonRequest
from collaborators.models import Panel
from collaborators.policies import can_coordinate
from collaborators.selectors.panels import composition_of, members_of, seats_taken
from collaborators.selectors.people import code_of
from collaborators.views.fresh import fresh

NAME_TAKEN = gettext_lazy("There is a committee or working group of this name already.")


@room("coordinate", "steward")
def committees(request: PersonRequest) -> HttpResponse:
    """List the panels with their vacancies; the coordinator sets up another one."""
    form = PanelForm(request.POST if request.method == "POST" and can_coordinate() else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                panel = make_panel(by=request.user, **form.cleaned_data)
        except IntegrityError:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, _("Set up. Now give its seats."))
            return redirect("secretariat:panel", panel.uuid)
    context = {"panels": seats_taken(request.scope), "form": form, "can_change": can_coordinate()}
    return show(request, "secretariat/committees.html", context, status=status_of(form))


def panel_or_404(request: PersonRequest, uuid: UUID) -> Panel:
    return get_object_or_404(seats_taken(request.scope), uuid=uuid)


@room("coordinate", "steward")
def panel(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show one panel."""
    return show_panel(request, panel_or_404(request, uuid))


def show_panel(
    request: PersonRequest,
    shown: Panel,
    *,
    change: PanelForm | None = None,
    seat: Form | None = None,
    invite: Form | None = None,
) -> HttpResponse:
    """The page of a panel; of its forms the one that was sent shows its errors."""
    sent = change or seat or invite
    context = {
        "panel": shown,
        "members": members_of(shown),
        "code": code_of(shown, "review"),
        "composition": composition_of(shown),
        "can_change": can_coordinate(),
        "change": change or PanelForm(instance=shown, auto_id="panel_%s"),
        "seat": seat or TermForm(by=request.user, auto_id="seat_%s"),
        "invite": invite or InviteForm(by=request.user, auto_id="new_%s"),
        "form": sent,
    }
    return show(request, "secretariat/panel.html", context, status=status_of(sent or TermForm(by=request.user)))


@room("coordinate")
def panel_change(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give a panel another name, kind or number of seats."""
    shown = panel_or_404(request, uuid)
    form = PanelForm(request.POST if request.method == "POST" else None, instance=shown, auto_id="panel_%s")
    if not form.is_valid():
        return show_panel(request, panel_or_404(request, uuid), change=form if form.is_bound else None)
    try:
        with transaction.atomic():
            change_panel(shown, by=request.user, **form.cleaned_data)
    except IntegrityError:
        form.add_error("name", NAME_TAKEN)
        return show_panel(request, panel_or_404(request, uuid), change=form)
    messages.success(request, _("Changed."))
    return redirect("secretariat:panel", uuid)


@room("coordinate")
@fresh
def panel_seat(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give a seat to somebody with an account, for a term."""
    shown = panel_or_404(request, uuid)
    if request.method != "POST":
        return redirect("secretariat:panel", uuid)
    form = TermForm(request.POST, by=request.user, auto_id="seat_%s")
    if not form.is_valid() or form.person is None:
        return show_panel(request, shown, seat=form)
    give_seat(shown, form.person, ends_at=form.ends_at, by=request.user)
    messages.success(request, _("The seat is given. It counts from this person's next page on."))
    return redirect("secretariat:panel", uuid)


@room("coordinate")
@fresh
def panel_invite(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Ask somebody to take a seat."""
    shown = panel_or_404(request, uuid)
    if request.method != "POST":
        return redirect("secretariat:panel", uuid)
    form = InviteForm(request.POST, by=request.user, auto_id="new_%s")
    if not form.is_valid():
        return show_panel(request, shown, invite=form)
    invite_person(shown, "review", by=request.user, **form.answers)
    messages.success(request, INVITED)
    return redirect("secretariat:panel", uuid)
