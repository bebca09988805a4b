"""Access levels: the second person decides whether an ally may meet communities."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from collaborations.actions import decide_access
from collaborations.forms.secretariat import LevelForm
from collaborations.selectors.secretariat import waiting_choices
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.http import PersonRequest
from collaborators.models import LevelRaise
from collaborators.policies import can_decide_raise
from collaborators.views.fresh import fresh


@room("coordinate")
@fresh
def level_decide(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show who asks for which ally and whom a yes would introduce, and take the decision."""
    found = LevelRaise.objects.visible_to(request.scope).select_related("collaborator", "asked_by", "decided_by")
    raised = get_object_or_404(found, uuid=uuid)
    form = LevelForm(request.POST or None)
    if request.method == "POST" and raised.decided_at is not None:
        messages.info(request, _("This has been decided already."))
        return redirect("secretariat:level-decide", uuid)
    if form.is_valid():
        is_yes = form.cleaned_data["decision"] == "yes"
        decide_access(raised, approved=is_yes, by=request.user)
        messages.success(request, _("Raised, and introduced to who chose it.") if is_yes else _("It stays as it is."))
        return redirect("secretariat:home")
    context = {
        "raised": raised,
        "choices": waiting_choices(request.scope, raised) if raised.decided_at is None else [],
        "form": form,
        "can_decide": can_decide_raise(request.user, raised),
        "is_own_wish": raised.asked_by_id == request.user.pk,
    }
    return show(request, "secretariat/level_decide.html", context, status=status_of(form))
