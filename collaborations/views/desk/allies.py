"""Allies: found with reasons, suggested to the community, let in by a second person, or given up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import allow_offers, give_up_choice, propose_allies, refuse_offers
from collaborations.forms.desk.acting import ActForm
from collaborations.forms.desk.allies import MatchForm, OffersVoiceForm, WhyForm
from collaborations.matching import Exclusion, Suggestion, excluded, explain, rank
from collaborations.models import BriefVersion, Introduction
from collaborations.policies import acts
from collaborations.selectors.desk_request import rows_about
from collaborations.selectors.directory import wishes_of
from collaborations.states import BriefStatus, IntroductionStatus, RequestStatus
from collaborations.views.desk.deciding import done_already
from collaborations.views.desk.labels import line
from collaborations.views.desk.pages import (
    Asked,
    confirm,
    is_second_click,
    of_desk_or_404,
    posted,
    request_or_404,
    status_of,
)
from collaborations.views.desk.parts import reason_rows
from collaborators.actions import ask_level_raise
from collaborators.http import PersonRequest
from collaborators.models import Collaborator
from collaborators.policies import can_keep_roster
from collaborators.views.doors import door
from cre.core.access import Refused, Scope, require

MOST_ANSWERED = 5


@door("desk")
def match(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Ranked allies with reasons, those that are left out with causes, and the choice of whom to suggest."""
    about = request_or_404(request, uuid)
    if is_second_click(request, about, RequestStatus.MATCHING) and is_old(request, about.version):
        return done_already(request, uuid)
    require(acts.can_propose_allies(about), _("Allies are suggested once the community has approved a brief."))
    brief = rows_about(BriefVersion, about, request.scope).filter(status=BriefStatus.APPROVED).first()
    if brief is None:
        raise Refused(_("Allies are suggested once the community has approved a brief."))
    form = MatchForm(posted(request), row=about, roster=Collaborator.objects.visible_to(request.scope))
    if form.is_valid():
        chosen = form.cleaned_data["collaborators"]
        propose_allies(about, version=about.version, collaborators=chosen, by=request.user)
        messages.success(request, _("The community reads your suggestions and decides whom we may ask."))
        return redirect("desk:request-allies", uuid)
    why = WhyForm(request.GET)
    context = {
        "form": form,
        "about": about,
        "line": line(about),
        "suggestions": [suggestion(found) for found in rank(brief)],
        "exclusions": excluded(brief),
        "wishes": wishes_of(about, request.scope),
        "why": why,
        "answers": why_not(brief, why, request.scope),
    }
    return render(request, "desk/match.html", context, status=status_of(form))


def is_old(request: PersonRequest, version: int) -> bool:
    """Whether the page that was sent was made before the last change."""
    return request.POST.get("version") != str(version)


def suggestion(found: Suggestion) -> dict[str, Any]:
    """A suggestion as a card shows it."""
    return {"found": found, "reasons": reason_rows(found.reasons)}


def why_not(brief: BriefVersion, why: WhyForm, scope: Scope) -> list[dict[str, Any]]:
    """Why the entries whose name holds these words are suggested, or why not."""
    name = why.cleaned_data.get("name") if why.is_valid() else ""
    if not name:
        return []
    entries = Collaborator.objects.visible_to(scope).filter(display_name__icontains=name, facets__isnull=False)
    found = [explain(brief, entry) for entry in entries.order_by("display_name")[:MOST_ANSWERED]]
    return [
        {"name": answer.collaborator.display_name, "causes": answer.sentences}
        if isinstance(answer, Exclusion)
        else {
            "name": answer.collaborator.display_name,
            "score": answer.score,
            "reasons": reason_rows(answer.reasons),
        }
        for answer in found
    ]


@door("desk")
def offers_voice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down which of the suggested allies the community wants to be asked."""
    about = request_or_404(request, uuid)
    require(acts.can_record_voice(about), _("Only the region's facilitator writes this down."))
    suggested = rows_about(Introduction, about, request.scope).filter(status=IntroductionStatus.PROPOSED)
    suggested = suggested.select_related("collaborator")
    if not suggested.exists():
        return nothing_to_decide(request, uuid)
    form = OffersVoiceForm(posted(request), row=about, language=about.language, suggested=suggested)
    if form.is_valid():
        chosen = list(form.cleaned_data["introductions"])
        if form.cleaned_data["decision"] == OffersVoiceForm.ALLOWED:
            allow_offers(about, version=about.version, introductions=chosen, voice=form.voice, by=request.user)
        else:
            refuse_offers(about, version=about.version, voice=form.voice, by=request.user)
        messages.success(request, _("The community's decision is written down."))
        return redirect("desk:request-allies", uuid)
    context = {"form": form, "about": about, "line": line(about)}
    return render(request, "desk/offers_voice.html", context, status=status_of(form))


def nothing_to_decide(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """No suggestion waits: it was decided a moment ago, or nobody was suggested."""
    messages.info(request, _("No suggestion waits for the community's decision now."))
    return redirect("desk:request-allies", uuid)


@door("desk")
def level_ask(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Ask that a chosen ally may learn who a community is."""
    found: Introduction = of_desk_or_404(Introduction, request, uuid)
    about = found.request
    require(can_keep_roster() and acts.can_facilitate(about), _("Only those who keep the roster ask for this."))
    require(found.status == IntroductionStatus.CHOSEN, _("This choice has been decided."))
    form = ActForm(posted(request), row=found)
    if form.is_valid():
        ask_level_raise(found.collaborator, by=request.user)
        messages.success(request, _("A second person was asked. You will be told what was decided."))
        return redirect("desk:request-allies", about.uuid)
    asked = Asked(
        title=_("Ask that {name} may learn who a community is?").format(name=found.collaborator.display_name),
        submit=_("Ask a second person"),
        changes=[
            _("A second person decides whether this ally may receive what a community agrees to share."),
            _("With a yes, the ally is introduced at once and reads exactly what the community chose."),
            _("Until then it learns nothing."),
        ],
        told=[_("The coordinator sees it among the access levels to decide.")],
    )
    return confirm(request, about, form, asked)


@door("desk")
def choice_give_up(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """End a choice whose ally was not let in."""
    found: Introduction = of_desk_or_404(Introduction, request, uuid)
    about = found.request
    if is_second_click(request, found, IntroductionStatus.REFUSED):
        return done_already(request, about.uuid)
    require(acts.can_give_up_choice(found), _("This choice has been decided."))
    form = ActForm(posted(request), row=found)
    if form.is_valid():
        give_up_choice(found, version=found.version, by=request.user)
        messages.success(request, _("The choice has ended. The ally never learned who chose it."))
        return redirect("desk:request-allies", about.uuid)
    asked = Asked(
        title=_("Give up the choice of {name}?").format(name=found.collaborator.display_name),
        submit=_("Give it up"),
        changes=[_("What was to be shared with this ally is deleted. The ally never read it.")],
        cannot_undo=_("The community would have to choose again."),
        is_danger=True,
    )
    return confirm(request, about, form, asked)
