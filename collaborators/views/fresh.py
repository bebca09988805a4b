"""Asking who somebody is in the middle of their visit: by a second factor for some roles, again for acts of weight."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from collaborators.factors.proving import note_proof
from collaborators.forms.proving import ProofForm
from collaborators.http import PersonRequest
from collaborators.models import User
from collaborators.selectors.factors import has_factor, owes_factor
from collaborators.views.carrying import go_on_without, put_between
from cre.core.access import acting_as, current_scope
from cre.core.access.http import give_scope, page_of
from cre.core.access.proof import is_fresh, is_proven
from cre.core.security_events import SecurityEvent, security_event

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
# What this question asks itself; it never reaches the view and is never shown again.
ASKED = ("proof-word", "proof-passkey")


def fresh(view: View[P]) -> View[P]:
    """Ask again who this is before an act of weight, unless they proved it in the last minutes.

    What was typed goes on with the right answer. Stands below the decorator that lets only the right people in.
    """

    @wraps(view)
    def ask_first(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = None if is_fresh(request) and not is_answer(request) else prove_first(request)
        return view(request, *args, **kwargs) if answer is None else answer

    return ask_first


def prove_first(request: HttpRequest, *, by_factor: bool = False) -> HttpResponse | None:
    """The question, or the way to it; None when it was answered and the view may go on with what was typed.

    A page that was only opened leads to the question and back. A form that was sent is kept on the page of the
    question. `by_factor` takes nothing but a second factor, and leads whoever has none to where one is added.
    """
    user: Any = request.user
    is_missing = by_factor and not has_factor(user)
    if request.method != "POST":
        way = f"{reverse('mfa_prove')}?{urlencode({'next': request.get_full_path()})}"
        return redirect("mfa_index" if is_missing else way)
    if is_missing:
        return show_question(request, add_url=reverse("mfa_index"))
    form = ProofForm(request, user, by_factor=by_factor)
    if not is_answered(request, form):
        return show_question(request, form=form, passkey_options=passkey_options(user))
    go_on_without(request, ASKED)
    return None


@login_required
def prove(request: HttpRequest) -> HttpResponse:
    """Ask who this is, for a page that somebody wanted to open, and lead back to it."""
    user: Any = request.user
    back = wanted_page(request)
    by_factor = not is_proven(request) and (current_scope().needs_proof or owes_factor(user))
    if is_fresh(request) and not by_factor:
        return redirect(back)
    if by_factor and not has_factor(user):
        return redirect("mfa_index")
    form = ProofForm(request, user, by_factor=by_factor)
    if is_answered(request, form):
        return redirect(back)
    return show_question(request, form=form, passkey_options=passkey_options(user), is_opening=True)


def wanted_page(request: HttpRequest) -> str:
    """The page of ours that somebody wanted to open; their own first page for anything else."""
    wanted = request.GET.get("next", "")
    # A word without a slash would be taken for the name of a page.
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else reverse("home")


def is_answered(request: HttpRequest, form: ProofForm) -> bool:
    """Whether the answer is right; the session then knows it, under a new key so that no old one gains by it."""
    if not form.is_valid():
        return False
    if form.factor is not None:
        note_proof(request, form.factor, again=True)
        return True
    request.session.cycle_key()
    reauthenticate_by_password(request)
    security_event(SecurityEvent.REAUTHENTICATED, person=form.user.pk, kind="password")
    return True


def show_question(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page that asks, with every typed word carried along and nothing stored."""
    status = HTTPStatus.OK if context.get("is_opening") and not request.POST else HTTPStatus.FORBIDDEN
    return put_between(request, "doors/prove.html", ASKED, status=status, **context)


def passkey_options(user: User | None) -> str:
    """The question that the page's script puts to a passkey, as JSON; empty for somebody who has none."""
    if user is not None and not has_factor(user, Authenticator.Type.WEBAUTHN):
        return ""
    return json.dumps(begin_authentication(user), cls=DjangoJSONEncoder)


def is_answer(request: HttpRequest) -> bool:
    """Whether what came in answers this question."""
    return any(name in request.POST for name in ASKED)


@contextmanager
def going_on(request: HttpRequest) -> Iterator[None]:
    """Go on in this request as the person of its session, as proven as the session is by now."""
    with acting_as(request.user, view=page_of(request), proven=is_proven(request)):
        give_scope(request)
        yield
