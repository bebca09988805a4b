"""Invitations that wait for an answer: sent anew, taken back; and those to speak for an entry of the roster."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from collaborations.forms.secretariat import InviteForm
from collaborations.views.secretariat.people import INVITED
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import invite_person, send_again, withdraw_invitation
from collaborators.http import PersonRequest
from collaborators.models import Collaborator, Invitation
from collaborators.views.fresh import fresh


@room("coordinate")
def invitation_again(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Mail a new link; the old one is dead."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.scope), uuid=uuid)
    if request.method == "POST":
        send_again(invitation, version=invitation.version, by=request.user)
        messages.success(request, _("A new link is on its way. The old one no longer works."))
    return redirect("secretariat:people")


@room("coordinate")
def invitation_withdraw(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.scope), uuid=uuid)
    if request.method == "POST":
        withdraw_invitation(invitation, version=invitation.version, by=request.user)
        messages.success(request, _("Taken back. The link no longer works, and the address is forgotten."))
    return redirect("secretariat:people")


@room("coordinate")
@fresh
def speaker_invite(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Ask somebody to speak for an entry of the roster."""
    entry = get_object_or_404(Collaborator.objects.visible_to(request.scope), uuid=uuid)
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        invite_person(entry, "speak_for", by=request.user, **form.answers)
        messages.success(request, INVITED)
        return redirect("secretariat:collaborator", uuid)
    return show(request, "secretariat/speaker_invite.html", {"entry": entry, "form": form}, status=status_of(form))
