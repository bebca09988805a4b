"""The access ledger: who read, was refused or did what, when and why; never what it said."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from collaborations.forms.secretariat import LedgerFilter
from collaborations.views.secretariat.rooms import show, status_of
from collaborators.http import PersonRequest
from collaborators.selectors import ledger_page
from collaborators.views.doors import door


@door("secretariat")
def ledger(request: PersonRequest) -> HttpResponse:
    """List the entries that the person may read: all for coordinator and steward, otherwise their own."""
    form = LedgerFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    sees_all = request.scope.holds("coordinate", "steward")
    is_own = bool(chosen.get("own")) or not sees_all
    kind, before = chosen.get("kind", ""), chosen.get("before")
    lines, following = ledger_page(request.scope, is_own=is_own, kind=kind, before=before)
    here = reverse("secretariat:ledger")
    kept = {"kind": kind} | ({"own": "on"} if chosen.get("own") else {})
    context = {
        "form": form,
        "lines": lines,
        "sees_all": sees_all,
        "first_url": f"{here}?{urlencode(kept)}" if before else "",
        "next_url": f"{here}?{urlencode(kept | {'before': following})}" if following else "",
    }
    return show(request, "secretariat/ledger.html", context, status=status_of(form))
