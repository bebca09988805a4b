"""The page behind the link of an invitation: take the role on, as a new person or as the one who has the address."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from collaborators.actions import accept_invitation
from collaborators.forms.first_password import FirstPasswordForm
from collaborators.selectors.invitations import FoundInvitation, find_invitation
from collaborators.views.doors import PASSWORD, come_in
from cre.core.access import Refused

PAGE = "account/invitation.html"


def invitation(request: HttpRequest, uuid: UUID, secret: str) -> HttpResponse:
    """Show what the invitation is about, and accept it; a link that does not work says no more than that."""
    found = find_invitation(uuid, secret)
    if found is None:
        return gone(request)
    if request.user.is_authenticated:
        return accept_as_myself(request, uuid, secret, found)
    if found.person is not None:
        login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        return render(request, PAGE, {"found": found, "login_url": login})
    return accept_as_new(request, uuid, secret, found)


def accept_as_myself(request: HttpRequest, uuid: UUID, secret: str, found: FoundInvitation) -> HttpResponse:
    """For somebody who is signed in: with that address they accept, with another one they are told so."""
    is_mine = found.person == request.user.pk
    if request.method != "POST" or not is_mine:
        return render(request, PAGE, {"found": found, "is_mine": is_mine, "is_other": not is_mine})
    try:
        accept_invitation(uuid, secret)
    except Refused:
        return gone(request)
    messages.success(request, _("Thank you. The role is yours from now on."))
    return redirect("home")


def accept_as_new(request: HttpRequest, uuid: UUID, secret: str, found: FoundInvitation) -> HttpResponse:
    """For a new person: a password first, then the second step that their role needs."""
    form = FirstPasswordForm(request.POST if request.method == "POST" else None, email=found.email)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, PAGE, {"found": found, "form": form}, status=status)
    try:
        user = accept_invitation(uuid, secret, password=form.cleaned_data["password"], language=found.language)
    except Refused:
        return gone(request)
    with come_in(request, user, PASSWORD):
        messages.success(request, _("Welcome. Your account is made."))
        return redirect("home")


def gone(request: HttpRequest) -> HttpResponse:
    """The same for every link that opens nothing."""
    return render(request, "account/invitation_gone.html", status=HTTPStatus.GONE)
