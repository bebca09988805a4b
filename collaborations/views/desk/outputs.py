"""What a community said by voice of a text that an ally would like to publish."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import answer_output
from collaborations.forms.desk.outputs import OutputVoiceForm
from collaborations.models import PublicOutput
from collaborations.policies import acts
from collaborations.selectors.desk import at_desk
from collaborations.states import OutputStatus
from collaborations.views.desk.labels import line
from collaborations.views.desk.pages import posted, status_of
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import require
from cre.core.vault import load_keys


@door("desk")
def output_voice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down what the community said; it is the community's act."""
    standing = at_desk(request.scope).order_by().values("pk")
    rows = PublicOutput.objects.visible_to(request.scope).filter(collaboration__request__in=standing)
    found = get_object_or_404(rows.select_related("collaboration__request__region"), uuid=uuid)
    work = found.collaboration
    require(acts.can_record_voice(work.request), _("Only the region's facilitator writes this down."))
    if not (found.is_waiting and work.is_open):
        messages.info(request, _("This does not wait for an answer any more."))
        return redirect("desk:collaboration", work.uuid)
    load_keys([found])
    form = OutputVoiceForm(posted(request), row=found, language=work.request.language)
    if form.is_valid():
        decision, words = OutputStatus(form.cleaned_data["decision"]), form.cleaned_data["words"]
        answer_output(found, version=found.version, answer=decision, words=words, voice=form.voice, by=request.user)
        messages.success(request, _("The community's decision is written down."))
        return redirect("desk:collaboration", work.uuid)
    context = {"form": form, "output": found, "about": work.request, "line": line(work.request)}
    return render(request, "desk/output_voice.html", context, status=status_of(form))
