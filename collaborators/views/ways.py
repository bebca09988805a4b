"""How somebody of a community comes back: by receipt code, by e-mail address and password, by passkey."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from collaborators.actions import add_passkey, confirm_address, give_address, remove_address, tell_by_mail
from collaborators.factors.proving import note_proof
from collaborators.forms.factors import NamelessPasskeyForm
from collaborators.forms.passwords import RESETS_OF_ACCOUNT, RESETS_OF_ADDRESS
from collaborators.forms.ways import AddressForm, MailsForm
from collaborators.http import PersonRequest
from collaborators.links import address_secret
from collaborators.models import AccountEvent, SignInAddress
from collaborators.models.ways import LINK_HOLDS
from collaborators.selectors.ways import comes_with_code, own_address
from collaborators.views.doors import door
from collaborators.views.factors import posted, show
from collaborators.views.fresh import fresh
from cre.core.abuse import address_of, slow_down

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
MOST_EVENTS = 5


def own_ways(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in who came with a receipt code; whoever has an account of another kind is led to its page."""

    @door("community")
    @wraps(view)
    def guard(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not comes_with_code(request.user):
            return redirect("account-sessions")
        return view(request, *args, **kwargs)

    return guard


@own_ways
def ways(request: PersonRequest) -> HttpResponse:
    """Show each way that opens the person's page, and how to add or remove one."""
    person = request.user
    address = own_address(person)
    context = {
        "code": person.receipt_credentials.filter(replaced_at=None).first(),
        "address": address,
        "is_waiting": is_waiting(address),
        "factors": Authenticator.objects.filter(user=person).order_by("created_at"),
        "events": AccountEvent.objects.visible_to(request.scope).filter(user=person).newest_first()[:MOST_EVENTS],
    }
    return render(request, "community/ways.html", context)


def is_waiting(address: SignInAddress | None) -> bool:
    """Whether there is an address whose link still works."""
    return address is not None and address.confirmed_at is None and address.asked_at > timezone.now() - LINK_HOLDS


@own_ways
@fresh
def address_add(request: PersonRequest) -> HttpResponse:
    """Take an address and a password, and mail the link; an address that somebody else has is answered alike."""
    form = AddressForm(posted(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        slow_down((RESETS_OF_ADDRESS, address_of(request)), (RESETS_OF_ACCOUNT, email))
        give_address(email, form.cleaned_data["password"], by=request.user)
        messages.success(request, _("We mailed a link to this address. It opens nothing before you follow that link."))
        return redirect("community:ways")
    return show(request, "community/ways_address.html", form)


@own_ways
@fresh
def address_remove(request: PersonRequest) -> HttpResponse:
    """Remove the address and its password, after a page that says what follows."""
    if own_address(request.user) is None:
        return redirect("community:ways")
    if request.method == "POST":
        remove_address(by=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Removed. It opens nothing any more."))
        return redirect("community:ways")
    return render(request, "community/ways_address_remove.html")


@own_ways
def mails(request: PersonRequest) -> HttpResponse:
    """Say what a mail tells and to whom, and begin or end it; nobody of a community is mailed unasked."""
    address = own_address(request.user)
    if address is None or address.confirmed_at is None:
        return redirect("community:ways")
    form = MailsForm(posted(request))
    if form.is_valid():
        is_told = form.cleaned_data["is_told"] == MailsForm.YES
        tell_by_mail(is_told=is_told, by=request.user)
        messages.success(request, _("From now on we mail you.") if is_told else _("From now on no mail comes."))
        return redirect("community:ways")
    return show(request, "community/ways_mails.html", form, is_told=address.is_told)


@own_ways
def address_confirm(request: PersonRequest, uuid: UUID, secret: str) -> HttpResponse:
    """The page behind the mailed link. It changes nothing by being opened: programs that read mails open links too."""
    address = own_address(request.user)
    is_right = constant_time_compare(secret, address_secret(uuid))
    if address is None or address.uuid != uuid or not is_right or not is_waiting(address):
        return render(request, "community/ways_confirm.html", {"is_gone": True}, status=HTTPStatus.GONE)
    if request.method != "POST":
        return render(request, "community/ways_confirm.html")
    if confirm_address(uuid, secret, by=request.user):
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Done. From now on this address and your password bring you back."))
    else:
        messages.warning(request, _("This address cannot be used here. Nothing was added; you can take another one."))
    return redirect("community:ways")


@own_ways
@fresh
def passkey_add(request: PersonRequest) -> HttpResponse:
    """Let the person's device make a passkey, and keep its public half; the one page here that needs a script."""
    form = NamelessPasskeyForm(posted(request), user=request.user)
    if form.is_valid():
        note_proof(request, add_passkey("", form.cleaned_data["credential"], by=request.user))
        messages.success(request, _("Added. From now on this passkey brings you back."))
        return redirect("community:ways")
    options = begin_registration(request.user, passwordless=True)
    return show(request, "community/ways_passkey.html", form, options=json.dumps(options, cls=DjangoJSONEncoder))
