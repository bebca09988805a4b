"""The doors of the four portals: who is nobody yet is asked to come in, who has no key learns nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from collaborators.forms.entering import CodeForm, PasswordForm
from collaborators.http import PersonRequest
from collaborators.models import Collaborator, Community, Panel, Region, User
from collaborators.selectors.freezing import has_borrowed_code
from collaborators.views.carrying import go_on_without, put_between
from collaborators.views.fresh import going_on, prove_first
from cre.core.abuse import TooManyTries
from cre.core.access import Scope, current_scope

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
CODE, PASSWORD = "collaborators.backends.ReceiptCodeBackend", "collaborators.backends.EmailBackend"
# What the door itself asks; it never reaches the view and is never shown again.
ASKED_AT_THE_DOOR = ("door-code", "door-email", "door-password")
# The same for a wrong code, a community that is gone, and somebody who tried too often (promise P05).
NOT_KNOWN = _("We could not open anything with this. Please check it, wait a minute, and try again.")
OWN_CODE_FIRST = _(
    "Come in with this code in a new tab first: you get another one there, which only you know. Then come back here."
)
SECOND_STEP = _("Your account has a second step. Sign in in a new tab, then come back here and send again.")

OPENS: dict[str, Callable[[Scope], bool]] = {
    "community": lambda scope: bool(scope.ids("represent", Community) or scope.ids("support", Community)),
    "ally": lambda scope: bool(scope.ids("speak_for", Collaborator)),
    "desk": lambda scope: bool(
        scope.ids("facilitate", Region)
        or scope.ids("guard", Region)
        or scope.holds("coordinate")
        or scope.listed("open_handovers")
    ),
    "committee": lambda scope: bool(scope.ids("review", Panel)),
    "secretariat": lambda scope: scope.holds("coordinate", "handle_grants", "steward"),
}


def door(portal: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let only people of this portal into a view.

    Nobody yet: a GET leads to the entrance; a POST is answered with the question who this is, carries what
    was typed, and goes on with the right answer. Somebody without this portal gets a 404.
    """

    def guard(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @transaction.non_atomic_requests
        @wraps(view)
        def enter(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.is_authenticated:
                return let_in(portal, view, request, *args, **kwargs)
            if request.method != "POST":
                return redirect(entrance(portal, request.get_full_path()))
            form = key_form(portal, request)
            user = whose_key(request, form)
            if user is None:
                return ask_again(request, portal, form)
            with come_in(request, user, PASSWORD if isinstance(form, PasswordForm) else CODE):
                go_on_without(request, ASKED_AT_THE_DOOR)
                return let_in(portal, view, request, *args, **kwargs)

        return enter

    return guard


def let_in(portal: str, view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    """Show the view, as one unit of work, to somebody who holds the portal's key.

    Roles that need a second factor are held by nobody without one: whoever has such a role is asked for it first.
    """
    if portal != "community" and current_scope().needs_proof:
        answer = prove_first(request, by_factor=True)
        if answer is not None:
            return answer
        with going_on(request):
            return let_in(portal, view, request, *args, **kwargs)
    if not OPENS[portal](current_scope()):
        raise Http404
    with transaction.atomic():
        return view(cast(PersonRequest, request), *args, **kwargs)


def entrance(portal: str, back_to: str) -> str:
    """Where somebody comes in, and the page they wanted."""
    name = "community:enter" if portal == "community" else "account_login"
    return f"{reverse(name)}?{urlencode({'next': back_to})}"


@contextmanager
def come_in(request: HttpRequest, user: User, backend: str) -> Iterator[None]:
    """Begin a session for somebody, under a new key, and go on in this request as this person."""
    login(request, user, backend=backend)
    record_authentication(request, user, "password" if backend == PASSWORD else "code")
    with going_on(request):
        yield


def key_form(portal: str, request: HttpRequest) -> CodeForm | PasswordForm:
    """What this portal asks at its door; bound only when it was answered."""
    kind = CodeForm if portal == "community" else PasswordForm
    is_answered = any(name in request.POST for name in ASKED_AT_THE_DOOR)
    return kind(request.POST if is_answered else None)


def whose_key(request: HttpRequest, form: CodeForm | PasswordForm) -> User | None:
    """The person whose code or password this is; otherwise the form says what is wrong.

    An account with a second step is never opened here: that would be a way round it.
    """
    if not form.is_valid():
        return None
    try:
        key = {"receipt_code": form.cleaned_data["code"]} if isinstance(form, CodeForm) else form.cleaned_data
        found = authenticate(request, **key)
    except TooManyTries as slowed:
        form.add_error(None, slowed.sentence)
        return None
    if found is None:
        form.add_error(None, NOT_KNOWN)
    elif isinstance(form, PasswordForm) and is_mfa_enabled(found):
        form.add_error(None, SECOND_STEP)
        return None
    elif isinstance(form, CodeForm) and has_borrowed_code(found):
        form.add_error(None, OWN_CODE_FIRST)
        return None
    return found


def ask_again(request: HttpRequest, portal: str, form: CodeForm | PasswordForm) -> HttpResponse:
    """Ask who this is before anything is stored, and carry every typed word along."""
    return put_between(request, "doors/again.html", ASKED_AT_THE_DOOR, form=form, is_community=portal == "community")
