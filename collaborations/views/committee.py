"""The first page of committee and working-group members: their seats, and what they say of themselves."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collaborations.forms.committee import CompositionForm
from collaborators.actions import answer_composition
from collaborators.http import PersonRequest
from collaborators.models import Composition
from collaborators.selectors.panels import own_answers, own_seats
from collaborators.views.doors import door


@door("committee")
def home(request: PersonRequest) -> HttpResponse:
    """Show one's seats and terms, and take the answers that one likes to give."""
    said = own_answers(request.scope)
    initial = {name: getattr(said, name) for name in Composition.QUESTIONS} if said else {}
    form = CompositionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        answer_composition(by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Others see only numbers of three and more."))
        return redirect("committee:home")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "committee/home.html", {"seats": own_seats(request.scope), "form": form}, status=status)
