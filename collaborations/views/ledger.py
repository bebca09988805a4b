"""What the pages of the ledger have in common: the entries of a search, and the ways to the next ones."""

from dataclasses import replace
from typing import Any

from django.utils.http import urlencode

from collaborations.forms.secretariat.ledger import LedgerFilter
from collaborators.http import PersonRequest
from collaborators.selectors.ledger import LedgerSearch, ledger_page


def entries(request: PersonRequest, form: LedgerFilter, here: str, *, is_own: bool = False) -> dict[str, Any]:
    """What the page at the address `here` shows of the entries that this person may read; is_own: of theirs only."""
    chosen = form.cleaned_data if form.is_valid() else {}
    search, kept = (form.search, form.query) if chosen else (LedgerSearch(), {})
    if is_own or chosen.get("own"):
        search = replace(search, person_id=request.user.pk)
    before = chosen.get("before")
    lines, following = ledger_page(request.scope, search, before=before)
    return {
        "form": form,
        "lines": lines,
        "first_url": f"{here}?{urlencode(kept)}" if before else "",
        "next_url": f"{here}?{urlencode(kept | {'before': str(following)})}" if following else "",
    }
