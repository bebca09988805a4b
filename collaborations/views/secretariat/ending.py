"""One button that ends all access of somebody arrested or compromised, and what they leave behind."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from collaborations.forms.secretariat import EndAccessForm
from collaborations.selectors.left_behind import left_regions, spoken_with
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import end_all_access
from collaborators.http import PersonRequest
from collaborators.models import AccessEnd, User
from collaborators.selectors.people import roles_of
from collaborators.views.fresh import fresh


@room("coordinate", "steward")
@fresh
def access_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say what follows, then end everything at once."""
    person = get_object_or_404(User.objects.filter(is_system=False), uuid=uuid)
    is_self = person.pk == request.user.pk
    form = EndAccessForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        end = end_all_access(person, reason=form.cleaned_data["reason"], by=request.user)
        if is_self:
            logout(request)
            return redirect("start")
        messages.success(request, _("Ended. Nobody gets in with this account any more."))
        return redirect("secretariat:left-behind", end.uuid)
    context = {"person": person, "roles": roles_of([person])[person.pk], "form": form, "is_self": is_self}
    return show(request, "secretariat/access_end.html", context, status=status_of(form))


@room("coordinate", "steward")
def left_behind(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show whose work somebody has to take over now."""
    found = AccessEnd.objects.visible_to(request.scope).select_related("person", "ended_by")
    end = get_object_or_404(found, uuid=uuid)
    context = {
        "end": end,
        "regions": left_regions(request.scope, end),
        "spoken": spoken_with(request.scope, end.person),
        "can_hand_over": request.scope.holds("coordinate"),
    }
    return show(request, "secretariat/left_behind.html", context)
