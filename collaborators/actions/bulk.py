"""Much at once needs a second person: copies of the ledger, asked by one, allowed by another, taken once."""

from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.models import User
from collaborators.selectors.ledger import LedgerSearch
from cre.core.access import require
from cre.core.actions import action
from cre.core.ledger import Kind, record, two_people
from cre.core.ledger.models import BulkAccess
from cre.core.outbox import emit

LEDGER_COPY = "ledger-copy"
ONLY_WATCHERS = _("Only the coordinator and the data steward look after the ledger.")


@action
def ask_ledger_copy(search: LedgerSearch, *, reason: str, by: User) -> BulkAccess:
    """Ask for the entries of a search as a file; somebody else decides."""
    require(policies.can_watch(), ONLY_WATCHERS)
    access = two_people.ask_for(LEDGER_COPY, reason=reason, chosen=search.as_codes())
    emit(notices.COPY_ASKED, access)
    return access


@action
def decide_bulk_access(access: BulkAccess, *, approved: bool, by: User) -> BulkAccess:
    """Say yes or no as the second person."""
    require(policies.can_watch(), ONLY_WATCHERS)
    decided = two_people.decide(access, approved=approved)
    emit(notices.COPY_DECIDED, decided, asked_by=decided.asked_by_id)
    return decided


@action
def take_ledger_copy(access: BulkAccess, *, by: User) -> LedgerSearch:
    """Use a yes, once; returns which entries it was given for. The ledger keeps that they left."""
    require(policies.can_watch(), ONLY_WATCHERS)
    used = two_people.use(access, LEDGER_COPY)
    record(Kind.EXPORT, "core.LedgerEntry", fields=sorted(used.chosen), reason=used.reason)
    return LedgerSearch.from_codes(used.chosen)
