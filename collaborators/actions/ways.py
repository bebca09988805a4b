"""Further ways in which somebody of a community comes back: an e-mail address with a password."""

from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import notices
from collaborators.actions.accounts import note_account_event
from collaborators.links import address_secret, proof_of
from collaborators.models import AccountEventKind, SignInAddress, User
from collaborators.models.ways import LINK_HOLDS
from collaborators.selectors.ways import comes_with_code, own_address
from cre.core import ledger
from cre.core.access import Refused, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event

ONLY_WITH_CODE = _("Only people who came with a receipt code add this to it.")
NO_LONGER = _("This link does not work any more.")


@action
def give_address(email: str, password: str, *, by: User) -> None:
    """Have a link mailed to an address; with the link it opens, together with the password.

    An address that somebody else has is answered alike, and nothing is mailed. Given again, the earlier link is dead.
    """
    require(comes_with_code(by), ONLY_WITH_CODE)
    found = own_address(by)
    has_one = bool(by.email) or (found is not None and found.confirmed_at is not None)
    require(not has_one, _("You have an address already. Remove it first."))
    if found is not None:
        found.delete()
    made = SignInAddress(uuid=uuid4(), user=by, email=email.strip().lower(), password=make_password(password))
    made.proof, made.asked_at = proof_of(address_secret(made.uuid)), timezone.now()
    made.save(force_insert=True)
    emit(notices.ADDRESS_GIVEN, made)
    emit(notices.ADDRESS_UNCONFIRMED, made, due_at=made.asked_at + LINK_HOLDS)


@action
def confirm_address(wanted: UUID, secret: str, *, by: User) -> bool:
    """Let the address and its password open from now on; every other session of the person ends.

    wanted, secret: of the mailed link. False for an address that opens something for somebody else.
    Raises `Refused` for a link that is dead or was mailed to another person.
    """
    address = SignInAddress(uuid=wanted, user=by)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cre_confirm_address(%s, %s)", [wanted, secret])
            is_confirmed = bool(cursor.fetchone()[0])
    except ProgrammingError:
        raise Refused(NO_LONGER) from None
    if is_confirmed:
        by.refresh_from_db(fields=["password"])
        ledger.record(ledger.Kind.ACTED, address)
        note_account_event(AccountEventKind.ADDRESS_ADDED, by=by)
        security_event(SecurityEvent.ADDRESS_ADDED, person=by.pk)
    return is_confirmed


@action
def tell_by_mail(*, is_told: bool, by: User) -> None:
    """Ask for a mail without content when something waits for the person, or for none any more."""
    address = own_address(by)
    if address is None or address.confirmed_at is None:
        raise Refused(_("Add an e-mail address first."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_tell_by_mail(%s)", [is_told])
    ledger.record(ledger.Kind.ACTED, address)


@action
def remove_address(*, by: User) -> None:
    """Forget the address and its password, confirmed or not; every other session of the person ends."""
    address = own_address(by)
    require(address is not None, _("There is no address any more."))
    if address is None:
        return
    ledger.record(ledger.Kind.ACTED, address)
    was_open = address.confirmed_at is not None
    address.delete()
    if was_open:
        by.set_unusable_password()
        by.save(update_fields=["password"])
        note_account_event(AccountEventKind.ADDRESS_REMOVED, by=by)
        security_event(SecurityEvent.ADDRESS_REMOVED, person=by.pk)
