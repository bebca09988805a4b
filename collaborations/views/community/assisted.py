"""What somebody else wrote down for a community: it says itself that this is right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from collaborations.actions import confirm_words
from collaborations.selectors.community import own_requests
from collaborators.http import PersonRequest
from collaborators.views.doors import door


@door("community")
def words_confirm(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Record the community's own yes to what was written down for it."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    if request.method == "POST":
        confirm_words(row, by=request.user)
        messages.success(request, _("Thank you. It is on record that you say so yourselves."))
    return redirect("community:request", uuid)
