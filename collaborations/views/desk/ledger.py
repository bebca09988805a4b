"""The ledger of the regions that stand at this desk: who opened what there, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from collaborations.forms.secretariat.ledger import LedgerFilter
from collaborations.views.desk.pages import status_of
from collaborations.views.ledger import entries
from collaborators.http import PersonRequest
from collaborators.views.doors import door


@require_safe
@door("desk")
def ledger(request: PersonRequest) -> HttpResponse:
    """List the entries of the person's regions, and their own; the policies say which these are."""
    form = LedgerFilter(request.GET or None)
    context = entries(request, form, reverse("desk:ledger"))
    return render(request, "desk/ledger.html", context, status=status_of(form))
