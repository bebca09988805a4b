"""The account of whoever is signed in: where they are signed in, signing out, and a new password by link."""

from http import HTTPStatus
from typing import cast
from uuid import UUID

from allauth.account.views import PasswordResetFromKeyView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collaborators.actions import end_session, end_sessions
from collaborators.http import PersonRequest
from collaborators.models import AccountEvent, Session
from collaborators.sessions import clear_browser, hashed
from cre.core.access import current_scope
from cre.core.security_events import SecurityEvent, security_event

MOST_EVENTS = 10
OTHERS = "others"


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the person is signed in, and end one of these sessions, or all but this one."""
    this_one = hashed(request.session.session_key or "")
    if request.method == "POST":
        return end(cast(PersonRequest, request), request.POST.get("end", ""), this_one)
    scope, person = current_scope(), cast(PersonRequest, request).user
    context = {
        "sessions": Session.objects.visible_to(scope).awake().order_by("-seen_at", "-id"),
        "this_one": this_one,
        "events": AccountEvent.objects.visible_to(scope).filter(user=person).newest_first()[:MOST_EVENTS],
        "has_password": person.has_usable_password(),
    }
    return render(request, "account/sessions.html", context)


def end(request: PersonRequest, wanted: str, this_one: str) -> HttpResponse:
    """End what the button says; anything that is no session of this person has ended, as far as they can know."""
    if wanted == OTHERS:
        count = end_sessions(request.user, kept=this_one, by=request.user)
        said = ngettext("%(count)d other session was ended.", "%(count)d other sessions were ended.", count)
        messages.success(request, said % {"count": count})
    elif is_uuid(wanted) and end_session(UUID(wanted), by=request.user):
        messages.success(request, _("That session was ended."))
    else:
        messages.info(request, _("That session had ended already."))
    return redirect("account-sessions")


def is_uuid(word: str) -> bool:
    """Whether this can name a session at all."""
    try:
        return bool(UUID(word))
    except ValueError:
        return False


def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and make the browser forget the site; a plain GET asks first."""
    if request.method != "POST":
        return render(request, "account/logout.html") if request.user.is_authenticated else redirect("start")
    if request.user.is_authenticated:
        security_event(SecurityEvent.SESSION_ENDED, person=request.user.pk, count=1)
    logout(request)
    return clear_browser(redirect("start"))


class NewPasswordView(PasswordResetFromKeyView):
    """Allauth's, but whoever was signed in is not any more, and a refused form says so in its status."""

    def form_valid(self, form: object) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            logout(self.request)
        return response

    def form_invalid(self, form: object) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """An address of the sign-in package that nobody needs here, though its own pages name it."""
    raise Http404
