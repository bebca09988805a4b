"""Who has seen what: everything that others opened of the community, in plain words, for the community alone."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from collaborations.selectors.ledger import seen_by_others
from collaborators.http import PersonRequest
from collaborators.models import Community
from collaborators.views.doors import door
from cre.core.access import require


class EarlierForm(forms.Form):
    """Where the page of earlier days begins."""

    before = forms.UUIDField(required=False)


@require_safe
@door("community")
def seen(request: PersonRequest) -> HttpResponse:
    """Days with who opened what and why; somebody with only a mandate learns nothing here."""
    require(
        bool(request.scope.ids("represent", Community)), _("Only people of the community itself see who opened what.")
    )
    turn = EarlierForm(request.GET)
    before = turn.cleaned_data["before"] if turn.is_valid() else None
    days, following = seen_by_others(request.scope, before=before)
    here = reverse("community:seen")
    context = {
        "days": days,
        "first_url": here if before else "",
        "next_url": f"{here}?{urlencode({'before': str(following)})}" if following else "",
    }
    return render(request, "community/seen.html", context)
