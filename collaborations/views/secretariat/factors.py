"""Somebody lost what proves them: after a talk they begin anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from collaborations.forms.secretariat.factors import ResetFactorsForm
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import reset_factors
from collaborators.http import PersonRequest
from collaborators.models import User
from collaborators.selectors.factors import has_factor
from collaborators.views.fresh import fresh


@room("coordinate", "steward")
@fresh
def factors_reset(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say what follows, take down the talk, and take the second steps away."""
    person = get_object_or_404(User.objects.filter(is_system=False), uuid=uuid)
    form = ResetFactorsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reset_factors(person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Done. At the next sign-in the person adds a second step before anything opens."))
        return redirect("secretariat:people")
    context = {
        "person": person,
        "form": form,
        "is_self": person.pk == request.user.pk,
        "has_factor": has_factor(person),
    }
    return show(request, "secretariat/factors_reset.html", context, status=status_of(form))
