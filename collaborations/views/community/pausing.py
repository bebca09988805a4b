"""A pause in the work with an ally: the community says when it begins and when it is over."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import pause_collaboration, resume_collaboration
from collaborations.forms.words import VersionForm
from collaborations.policies import deciding
from collaborations.selectors.community import own_collaborations
from collaborators.http import PersonRequest
from collaborators.views.doors import door


@door("community")
def collaboration_pause(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Let the work rest, after a page that says what this means; a second click changes nothing."""
    work = get_object_or_404(own_collaborations(request.scope), uuid=uuid)
    if work.is_resting or not work.is_open:
        messages.info(request, _("This work rests already.") if work.is_open else _("This work together has ended."))
        return redirect("community:collaboration", uuid)
    form = VersionForm(request.POST or None, initial={"version": work.version})
    if form.is_valid():
        pause_collaboration(work, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("The work rests now. Your ally was told, and waits until you go on."))
        return redirect("community:collaboration", uuid)
    context = {
        "form": form,
        "work": work,
        "ally": work.introduction.collaborator,
        "can_pause": deciding.can_pause(work),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/collaboration_pause.html", context, status=status)


@door("community")
def collaboration_resume(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Go on after a pause; a second click changes nothing."""
    work = get_object_or_404(own_collaborations(request.scope), uuid=uuid)
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if work.is_resting:
            resume_collaboration(work, version=form.cleaned_data["version"], by=request.user)
            messages.success(request, _("The work goes on. Your ally was told."))
        else:
            messages.info(request, _("This work does not rest."))
    return redirect("community:collaboration", uuid)
