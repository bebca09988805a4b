"""Working with a community: what it shares, what is said, and the end."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.actions import confirm_contact, end_collaboration, write_in_collaboration
from collaborations.forms.ally import PartingForm, TalkForm
from collaborations.forms.words import VersionForm
from collaborations.models import Collaboration, CollaborationMessage
from collaborations.policies import acts
from collaborations.selectors.ally import (
    brief_of,
    disclosures_of,
    name_in,
    own_work,
    people_of,
    timeline_of,
)
from collaborations.selectors.files import as_copy, copies_for
from collaborations.selectors.threads import Turn, page_of
from collaborations.states import CollaborationStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import Stale
from cre.core.vocabularies import EndReason


@door("ally")
def collaboration(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the work with a community to one of its named participants."""
    work = get_object_or_404(own_work(request.scope), uuid=uuid)
    return show_work(request, work, TalkForm())


def show_work(request: PersonRequest, work: Collaboration, form: TalkForm) -> HttpResponse:
    """The page of a collaboration, with the message form as it is."""
    scope = request.scope
    shared = disclosures_of(scope, work)
    context = {
        "work": work,
        "name": name_in(shared),
        "disclosures": shared,
        "files": [as_copy(copy) for copy in copies_for(scope, work)],
        "brief": brief_of(scope, work.introduction),
        "people": people_of(scope, work.introduction_id),
        "timeline": timeline_of(scope, work),
        "thread": page_of(messages_in(request, work), Turn.read(request.GET), reader=request.user),
        "form": form,
        "begin": VersionForm(initial={"version": work.version}),
        "check_in_on": work.check_in_on if work.is_open and work.check_in_on >= localdate() else None,
        "parting_words": work.parting_words if not work.is_open else "",
        "can_write": acts.can_write_in(work),
        "can_end": acts.can_end_collaboration(work),
        "is_starting": work.status == CollaborationStatus.STARTING and work.is_open,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "ally/collaboration.html", context, status=status)


def messages_in(request: PersonRequest, work: Collaboration) -> QuerySet[CollaborationMessage]:
    """The thread of a collaboration; whose it is stays at hand, for the ledger."""
    found = CollaborationMessage.objects.visible_to(request.scope).filter(collaboration=work)
    return found.select_related("collaboration")


@door("ally")
def collaboration_message(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write to the community and the regional desk."""
    work = get_object_or_404(own_work(request.scope), uuid=uuid)
    if request.method != "POST":
        return redirect("ally:collaboration", uuid)
    form = TalkForm(request.POST)
    if not form.is_valid():
        return show_work(request, work, form)
    write_in_collaboration(work, language=get_language() or "en", by=request.user, **form.cleaned_data)
    messages.success(request, _("The community and the regional desk can read it now."))
    return redirect("ally:collaboration", uuid)


@door("ally")
def collaboration_spoken(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Note that the two have spoken."""
    work = get_object_or_404(own_work(request.scope), uuid=uuid)
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if work.status == CollaborationStatus.STARTING:
            confirm_contact(work, version=form.cleaned_data["version"], by=request.user)
            messages.success(request, _("Good. From now on you count as working together."))
        else:
            messages.info(request, _("This has been said already."))
    return redirect("ally:collaboration", uuid)


@door("ally")
def collaboration_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """End the work with a community, after a page that says what follows."""
    work = get_object_or_404(own_work(request.scope), uuid=uuid)
    if not work.is_open:
        messages.info(request, _("This work together has ended."))
        return redirect("ally:collaboration", uuid)
    form = PartingForm(request.POST or None, initial={"version": work.version})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            end(request, work, form)
        except Stale as stale:
            form.overtake(work.version, stale.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The work together has ended. Please delete what you noted elsewhere."))
            return redirect("ally:home")
    name = name_in(disclosures_of(request.scope, work))
    return render(request, "ally/collaboration_end.html", {"work": work, "name": name, "form": form}, status=status)


def end(request: PersonRequest, work: Collaboration, form: PartingForm) -> None:
    """Carry out what the form says."""
    end_collaboration(
        work,
        version=form.cleaned_data["version"],
        reason=EndReason(form.cleaned_data["reason"]),
        words=form.cleaned_data["words"],
        by=request.user,
    )
