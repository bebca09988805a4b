"""A collaboration as the desk accompanies it: the shared thread, the first talk, the check-in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import confirm_contact, write_in_collaboration
from collaborations.forms.desk.acting import ActForm
from collaborations.forms.desk.requests import EarlierForm, MessageForm
from collaborations.models import Collaboration
from collaborations.models.introductions import DisclosedField
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborations.selectors.desk import at_desk
from collaborations.selectors.desk_work import work_of
from collaborations.selectors.outputs import as_output, outputs_of
from collaborations.states import CollaborationStatus
from collaborations.views.desk.labels import line
from collaborations.views.desk.pages import Asked, confirm, is_second_click, posted, status_of
from collaborations.views.desk.parts import labels, step, thread
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import require
from cre.core.vocabularies import EndReason


def work_or_404(request: PersonRequest, uuid: UUID) -> Collaboration:
    """The collaboration, if its request stands at this person's desk."""
    works = Collaboration.objects.visible_to(request.scope).filter(
        request__in=at_desk(request.scope).order_by().values("pk")
    )
    return get_object_or_404(works.select_related("request__region", "introduction__collaborator"), uuid=uuid)


@door("desk")
def collaboration(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Who works with whom, what is shared, the thread of all three, and the dates."""
    return render_work(request, work_or_404(request, uuid))


def render_work(request: PersonRequest, work: Collaboration, *, message: Form | None = None) -> HttpResponse:
    """The page, with the form that was filled in wrongly where there is one."""
    found = work_of(work, request.scope, before=EarlierForm(request.GET).before_id)
    is_desk = acts.side_in(work) == Side.DESK
    context: dict[str, Any] = {
        "work": work,
        "about": work.request,
        "line": line(work.request),
        "ally": work.introduction.collaborator.display_name,
        "status": CollaborationStatus(work.status).label,
        "people": [", ".join(filter(None, (person.name, person.role))) for person in found.people],
        "shared": labels(found.fields, DisclosedField),
        "thread": thread(found.messages, request.user),
        "earlier": found.messages[0].pk if found.has_earlier else None,
        "steps": [step(entry) for entry in found.timeline],
        "outputs": [as_output(row) for row in outputs_of(work, request.scope)],
        "can_write_down": acts.can_facilitate(work.request),
        "can_record": work.is_open and acts.can_record_voice(work.request),
        "message_form": message
        or MessageForm(language=work.request.language, hint=_("The community and the ally read this.")),
        "can_write": is_desk and acts.can_write_in(work),
        "can_confirm": is_desk and acts.can_confirm_contact(work),
        "end_reason": EndReason(work.end_reason).label if work.end_reason else "",
        "parting_words": work.parting_words,
        "form": message,
    }
    return render(request, "desk/collaboration.html", context, status=status_of(message) if message else None)


@door("desk")
def collaboration_message(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write to the community and the ally."""
    work = work_or_404(request, uuid)
    if request.method != "POST":
        return redirect("desk:collaboration", uuid)
    require(
        acts.side_in(work) == Side.DESK and acts.can_write_in(work),
        _("This work together has ended; nobody writes here now."),
    )
    form = MessageForm(request.POST, language=work.request.language, hint=_("The community and the ally read this."))
    if not form.is_valid():
        return render_work(request, work, message=form)
    write_in_collaboration(work, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your message is with the community and the ally."))
    return redirect("desk:collaboration", uuid)


@door("desk")
def collaboration_contact(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say that the community and the ally have spoken."""
    work = work_or_404(request, uuid)
    if is_second_click(request, work, CollaborationStatus.ACTIVE):
        messages.info(request, _("You have done this already."))
        return redirect("desk:collaboration", uuid)
    require(acts.side_in(work) == Side.DESK and acts.can_confirm_contact(work), _("This has been said already."))
    form = ActForm(posted(request), row=work)
    if form.is_valid():
        confirm_contact(work, version=work.version, by=request.user)
        messages.success(request, _("From now on the request counts as supported."))
        return redirect("desk:collaboration", uuid)
    asked = Asked(
        title=_("Have they spoken with each other?"),
        submit=_("Yes, they have spoken"),
        changes=[
            _("The collaboration counts as active, and the request as supported."),
            _("The timeline of all three says: “You work together now.”"),
        ],
    )
    return confirm(request, work.request, form, asked)
