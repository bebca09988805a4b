"""The brief: written with warnings beside it, shown to the community, its answer by voice written down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import approve_brief, propose_brief, send_back_brief, write_brief
from collaborations.forms.desk.briefs import BriefForm, BriefVoiceForm, ProposeForm
from collaborations.models import BriefVersion, RequestStory, SupportRequest
from collaborations.policies import acts
from collaborations.selectors.desk_brief import is_high_risk, warnings_about
from collaborations.selectors.desk_request import one, rows_about
from collaborations.states import BriefStatus
from collaborations.views.desk.deciding import done_already
from collaborations.views.desk.labels import line, place, tongue
from collaborations.views.desk.pages import (
    is_second_click,
    of_desk_or_404,
    posted,
    request_or_404,
    status_of,
)
from collaborations.views.desk.parts import labels, story
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import require
from cre.core.vocabularies import Sector, Skill, StrategyArea

SAID = ("title", "text", "language", "areas", "languages", "skills", "sector", "financier", "shown_country")


@door("desk")
def brief_write(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write the next version; the button "check" only shows what could identify."""
    about = request_or_404(request, uuid)
    require(acts.can_write_brief(about), _("A brief is written once the request is accepted."))
    latest = rows_about(BriefVersion, about, request.scope).first()
    form = BriefForm(posted(request), request=about, initial=first_words(about, latest))
    is_sent = form.is_valid()
    if is_sent and "check" not in request.POST:
        brief = write_brief(about, by=request.user, **form.content)
        messages.success(request, _("Version {number} is stored. Nobody else sees it yet.").format(number=brief.number))
        return redirect("desk:brief-propose", brief.uuid)
    context = {
        "form": form,
        "about": about,
        "line": line(about),
        "latest": latest,
        "story": story(about, one(about, rows_about(RequestStory, about, request.scope))),
        "checked": is_sent,
        "warnings": warnings_about(about, request.scope, form.content) if is_sent else [],
    }
    return render(request, "desk/brief_write.html", context, status=status_of(form))


def first_words(about: SupportRequest, latest: BriefVersion | None) -> dict[str, Any]:
    """What a new version starts from: the one before, else what the request says."""
    if latest is not None:
        return {
            **{name: getattr(latest, name) for name in SAID},
            "shows_country": bool(latest.shown_country),
        }
    return {
        "language": about.language,
        "languages": [about.language],
        "areas": about.areas,
        "shows_country": bool(about.country) and not is_high_risk(about),
    }


def words_of_brief(brief: BriefVersion) -> dict[str, Any]:
    """A version's words, opened once."""
    return {name: getattr(brief, name) for name in SAID}


def sheet(brief: BriefVersion, words: dict[str, Any]) -> dict[str, Any]:
    """A version as a page shows it."""
    about = brief.request
    facets = [
        {
            "label": _("Place that allies read"),
            "value": place(about) if words["shown_country"] else str(about.region),
        },
        {"label": _("Strategy areas"), "lines": labels(words["areas"], StrategyArea)},
        {
            "label": _("Languages in which an ally has to work"),
            "lines": [tongue(tag) for tag in words["languages"]],
        },
        {"label": _("Skills"), "lines": labels(words["skills"], Skill)},
        {
            "label": _("Kind of project (only for the search)"),
            "lines": labels(filter(None, [words["sector"]]), Sector),
        },
        {"label": _("Financier (only for the search)"), "value": words["financier"]},
    ]
    return {
        "brief": brief,
        "words": words,
        "facets": facets,
        "status": BriefStatus(brief.status).label,
        "language": tongue(brief.language),
        "about": about,
        "line": line(about),
    }


@require_safe
@door("desk")
def brief(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Read one version, with the wishes of the community where it sent it back."""
    found = of_desk_or_404(BriefVersion, request, uuid)
    context = sheet(found, words_of_brief(found)) | {
        "wishes": found.wishes,
        "can_propose": found.status == BriefStatus.DRAFT and acts.can_write_brief(found.request),
        "can_record": found.status == BriefStatus.PROPOSED and acts.can_record_voice(found.request),
        "can_write": acts.can_write_brief(found.request),
    }
    return render(request, "desk/brief.html", context)


@door("desk")
def brief_propose(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show a version to the community, after somebody has looked at what could identify."""
    found: BriefVersion = of_desk_or_404(BriefVersion, request, uuid)
    if is_second_click(request, found, BriefStatus.PROPOSED):
        return done_already(request, found.request.uuid)
    require(acts.can_write_brief(found.request), _("A brief is written once the request is accepted."))
    require(found.status == BriefStatus.DRAFT, _("This version was shown to the community already."))
    words = words_of_brief(found)
    warnings = warnings_about(found.request, request.scope, words)
    form = ProposeForm(posted(request), row=found, has_warnings=bool(warnings))
    if form.is_valid():
        propose_brief(found, version=found.version, by=request.user)
        messages.success(request, _("The community can read the brief now and decides about it."))
        return redirect("desk:request", found.request.uuid)
    context = sheet(found, words) | {"form": form, "warnings": warnings}
    return render(request, "desk/brief_propose.html", context, status=status_of(form))


@door("desk")
def brief_voice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down what the community said about a version; it is the community's act."""
    found: BriefVersion = of_desk_or_404(BriefVersion, request, uuid)
    if any(is_second_click(request, found, status) for status in (BriefStatus.APPROVED, BriefStatus.SENT_BACK)):
        return done_already(request, found.request.uuid)
    require(acts.can_record_voice(found.request), _("Only the region's facilitator writes this down."))
    require(found.status == BriefStatus.PROPOSED, _("This version does not wait for a decision any more."))
    form = BriefVoiceForm(posted(request), row=found, language=found.request.language)
    if form.is_valid():
        record_decision(found, form, request)
        messages.success(request, _("The community's decision is written down."))
        return redirect("desk:request", found.request.uuid)
    context = sheet(found, words_of_brief(found)) | {"form": form}
    return render(request, "desk/brief_voice.html", context, status=status_of(form))


def record_decision(found: BriefVersion, form: BriefVoiceForm, request: PersonRequest) -> None:
    """Carry out the community's yes, or its wish for another version."""
    if form.cleaned_data["decision"] == BriefVoiceForm.APPROVED:
        approve_brief(found, version=found.version, voice=form.voice, by=request.user)
    else:
        wishes = form.cleaned_data["wishes"]
        send_back_brief(found, version=found.version, wishes=wishes, voice=form.voice, by=request.user)
