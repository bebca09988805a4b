"""The pages of the second step: what somebody has, adding and removing, and signing in with it."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborators import actions
from collaborators.backends import may_enter
from collaborators.factors.proving import note_proof
from collaborators.forms.factors import AppForm, PasskeyForm, RemoveForm
from collaborators.forms.proving import ProofForm
from collaborators.http import PersonRequest
from collaborators.selectors.factors import has_factor, owes_factor
from collaborators.selectors.ways import comes_with_code
from collaborators.views.fresh import going_on, is_answer, passkey_options, prove_first
from cre.core.access.proof import is_fresh, is_proven
from cre.core.security_events import SecurityEvent, security_event

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
WRONG = gettext_lazy("This did not prove that it is you. Please try again.")


def own_factors(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a person change their factors: with a factor where they have one, and proved lately in any case."""

    @login_required
    @wraps(view)
    def guard(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        by_factor = not is_proven(request) and owes_factor(request.user)
        if by_factor or not is_fresh(request) or is_answer(request):
            answer = prove_first(request, by_factor=by_factor)
            if answer is not None:
                return answer
        with going_on(request):
            return view(request, *args, **kwargs)

    return guard


@login_required
def index(request: PersonRequest) -> HttpResponse:
    """What the person has, what is missing, and the ways to add; of a community they have a page of their own."""
    if comes_with_code(request.user):
        return redirect("community:ways")
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    context = {
        "factors": factors,
        "kinds": {factor.type for factor in factors},
        "is_needed": request.scope.needs_proof and not factors,
    }
    return render(request, "mfa/index.html", context)


@own_factors
def app_add(request: PersonRequest) -> HttpResponse:
    """Show the secret of a new app, and take the first code that the app shows for it."""
    form = AppForm(posted(request))
    if form.is_valid():
        factor = actions.add_app(form.secret, used=form.counter, by=request.user)
        clear_totp_secret(request)
        return is_added(request, factor)
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, form.secret)
    return show(request, "mfa/app.html", form, picture=adapter.build_totp_svg(address))


@own_factors
def sheet_print(request: PersonRequest) -> HttpResponse:
    """Make a new sheet of codes, and show it this once."""
    if request.method != "POST":
        return show(request, "mfa/sheet.html", None, has_sheet=has_factor(request.user, "recovery_codes"))
    return show(request, "mfa/sheet.html", None, codes=actions.print_sheet(by=request.user))


@own_factors
def passkey_add(request: PersonRequest) -> HttpResponse:
    """Let the person's device make a passkey, and keep its public half."""
    form = PasskeyForm(posted(request), user=request.user)
    if form.is_valid():
        factor = actions.add_passkey(form.cleaned_data["name"], form.cleaned_data["credential"], by=request.user)
        return is_added(request, factor)
    options = begin_registration(request.user, passwordless=True)
    return show(request, "mfa/passkey.html", form, options=json.dumps(options, cls=DjangoJSONEncoder))


@own_factors
def factor_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one away, after a page that says what follows."""
    factor = get_object_or_404(Authenticator, pk=pk, user=request.user)
    form = RemoveForm(posted(request))
    if form.is_valid():
        actions.remove_factor(factor, by=request.user)
        messages.success(request, _("Removed. It opens nothing any more."))
        return redirect("mfa_index")
    return show(request, "mfa/remove.html", form, factor=factor, is_way=comes_with_code(request.user))


def authenticate(request: HttpRequest) -> HttpResponse:
    """The second step of signing in."""
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return redirect("account_login")
    form = ProofForm(request, stage.login.user, by_factor=True)
    if form.is_valid() and form.factor is not None:
        note_proof(request, form.factor)
        answer: HttpResponse = stage.exit()
        return answer
    return show(request, "mfa/authenticate.html", form, passkey_options=passkey_options(stage.login.user))


def passkey_login(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is something one has, opened by something one knows or is."""
    if request.user.is_authenticated:
        return redirect("home")
    form = LoginWebAuthnForm(data=posted(request))
    if is_right(form):
        factor = form.cleaned_data["credential"]
        security_event(SecurityEvent.LOGIN_SUCCEEDED, person=factor.user_id, way="passkey")
        answer: HttpResponse = perform_passwordless_login(request, factor, Login(user=factor.user))
        return answer
    return show(request, "mfa/passkey_login.html", form, passkey_options=passkey_options(None))


def is_right(form: Any) -> bool:
    """Whether a passkey's answer is good; one that is no answer at all breaks the library, and is wrong too."""
    try:
        is_good = bool(form.is_valid())
    except (AttributeError, KeyError, TypeError, ValueError):
        is_good = False
        form.add_error(None, WRONG)
    if is_good and not may_enter().filter(pk=form.cleaned_data["credential"].user_id).exists():
        # The door is shut: a closed account, or a community that stands still. It says no more than that.
        is_good = False
        form.add_error(None, WRONG)
    return is_good


def is_added(request: PersonRequest, factor: Authenticator) -> HttpResponse:
    """Whoever just added a factor has shown it: the visit counts as proven from here on."""
    note_proof(request, factor)
    messages.success(request, _("Added. Print a sheet of codes too, for the day on which the device is lost."))
    return redirect("mfa_index")


def show(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """A page, with 422 for a form that was wrong."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, **context}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def closed(request: HttpRequest) -> HttpResponse:
    """The pages of the library that we do not use are not there."""
    raise Http404
