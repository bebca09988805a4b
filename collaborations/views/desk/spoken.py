"""What a community decided by voice, in its assembly or by letter: written down here, carried out as its own act."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import (
    Voice,
    ask_second_look,
    end_collaboration,
    pause_collaboration,
    refuse_ally,
    resume_collaboration,
    withdraw_consent,
    withdraw_request,
)
from collaborations.forms.desk.acting import VoiceForm
from collaborations.forms.desk.spoken import EndVoiceForm, LookVoiceForm
from collaborations.models import Collaboration, Consent, Introduction, SecondLook, SupportRequest
from collaborations.policies import acts, spoken
from collaborations.selectors.desk_request import rows_about
from collaborations.selectors.spoken import Undecided, spoken_of, undecided_of
from collaborations.states import RequestStatus
from collaborations.views.desk.labels import line
from collaborations.views.desk.next_step import Link, go
from collaborations.views.desk.pages import Sentence, of_desk_or_404, posted, request_or_404, status_of
from collaborations.views.desk.work import work_or_404
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import No, require
from cre.core.vocabularies import EndReason

Answer = bool | No


@dataclass(frozen=True)
class Saying:
    """What the page of one decision says: whether this person may write it down, and what it brings about."""

    title: Sentence
    may: Answer
    changes: Sequence[Sentence] = ()


@require_safe
@door("desk")
def decisions(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """What the community may decide now by voice, and what was written down so far."""
    about = request_or_404(request, uuid)
    context = {
        "about": about,
        "line": line(about),
        "links": list(links_of(about, undecided_of(about, request.scope))),
        "written": spoken_of(about, request.scope),
    }
    return render(request, "desk/spoken.html", context)


def links_of(about: SupportRequest, found: Undecided) -> Iterator[Link]:
    """The decisions that can be written down now, each with its page."""
    for work in found.works:
        yield from links_of_work(work)
    for introduction in filter(spoken.can_refuse, found.introductions):
        name = introduction.collaborator.display_name
        yield go(_("They do not want {name}").format(name=name), "spoken-refuse", introduction)
    for consent in filter(spoken.can_take_back, found.consents):
        yield go(_("They take back: {consent}").format(consent=named(consent)), "spoken-consent", consent)
    yield from links_of_request(about)


def links_of_work(work: Collaboration) -> Iterator[Link]:
    name = work.introduction.collaborator.display_name
    if spoken.can_rest(work) and work.is_resting:
        yield go(_("They go on with {name}").format(name=name), "spoken-resume", work)
    elif spoken.can_rest(work):
        yield go(_("They need a pause with {name}").format(name=name), "spoken-pause", work)
    if spoken.can_end(work):
        yield go(_("They end the work with {name}").format(name=name), "spoken-end", work)


def links_of_request(about: SupportRequest) -> Iterator[Link]:
    if spoken.can_wish(about):
        yield go(_("They would like an ally, or work with one already"), "spoken-wish", about)
    if spoken.can_ask_second_look(about):
        yield go(_("They ask that another person looks again"), "spoken-look", about)
    if spoken.can_withdraw(about):
        yield go(_("They take their request back"), "spoken-withdraw", about)


def named(consent: Consent) -> str:
    """A consent in words, with the ally it is for."""
    ally = consent.introduction.collaborator.display_name if consent.introduction else ""
    return " – ".join(filter(None, (str(consent.get_about_display()), ally)))


def write_down(
    request: PersonRequest, about: SupportRequest, form: VoiceForm, saying: Saying, act: Callable[[Voice], object]
) -> HttpResponse:
    """The page of one decision; what was said is carried out as the community's act."""
    require(saying.may, _("Only the region's facilitator writes this down."))
    if form.is_valid():
        act(form.voice)
        messages.success(request, _("The community's decision is written down, and carried out."))
        return redirect("desk:spoken", about.uuid)
    context = {"form": form, "about": about, "line": line(about), "saying": saying}
    return render(request, "desk/spoken_act.html", context, status=status_of(form))


def done(request: PersonRequest, about: SupportRequest) -> HttpResponse:
    """There is nothing left to decide: a second click, or somebody was quicker."""
    messages.info(request, _("This has been decided already."))
    return redirect("desk:spoken", about.uuid)


@door("desk")
def work_pause(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community needs a pause with an ally."""
    work = work_or_404(request, uuid)
    if work.is_resting or not work.is_open:
        return done(request, work.request)
    form = VoiceForm(posted(request), row=work, language=work.request.language)
    saying = Saying(
        title=_("Does the community need a pause with {name}?").format(name=ally_of(work)),
        may=spoken.can_rest(work),
        changes=[_("The ally is told, and waits until the community goes on."), _("No reason is asked or kept.")],
    )
    return write_down(
        request,
        work.request,
        form,
        saying,
        lambda voice: pause_collaboration(work, version=work.version, voice=voice, by=request.user),
    )


@door("desk")
def work_resume(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community goes on after a pause."""
    work = work_or_404(request, uuid)
    if not work.is_resting or not work.is_open:
        return done(request, work.request)
    form = VoiceForm(posted(request), row=work, language=work.request.language)
    saying = Saying(
        title=_("Does the community go on with {name}?").format(name=ally_of(work)),
        may=spoken.can_rest(work),
        changes=[_("The ally is told, and can write to the community again.")],
    )
    return write_down(
        request,
        work.request,
        form,
        saying,
        lambda voice: resume_collaboration(work, version=work.version, voice=voice, by=request.user),
    )


@door("desk")
def work_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community ends the work with an ally; it needs no reason, and nobody is waited for."""
    work = work_or_404(request, uuid)
    if not work.is_open:
        return done(request, work.request)
    form = EndVoiceForm(posted(request), row=work, language=work.request.language)
    saying = Saying(
        title=_("Does the community end the work with {name}?").format(name=ally_of(work)),
        may=spoken.can_end(work),
        changes=[
            _("The work ends at once, and the ally sees nothing of the community any more."),
            _("The ally is told that it ended. A reason is kept only if they want to say one."),
        ],
    )

    def end(voice: Voice) -> None:
        reason, words = form.cleaned_data["reason"] or EndReason.NOT_SAID, form.cleaned_data["words"]
        end_collaboration(
            work, version=work.version, reason=EndReason(reason), words=words, voice=voice, by=request.user
        )

    return write_down(request, work.request, form, saying, end)


def ally_of(work: Collaboration) -> str:
    return work.introduction.collaborator.display_name


@door("desk")
def ally_refuse(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community does not want an ally that it has not met."""
    found: Introduction = of_desk_or_404(Introduction, request, uuid)
    about = found.request
    if acts.can_facilitate(about) and found.status not in spoken.STILL_PENDING:
        return done(request, about)
    form = VoiceForm(posted(request), row=found, language=about.language)
    saying = Saying(
        title=_("Does the community not want {name}?").format(name=found.collaborator.display_name),
        may=spoken.can_refuse(found),
        changes=[_("This ally learns nothing of the community. No reason is asked or kept.")],
    )
    return write_down(
        request,
        about,
        form,
        saying,
        lambda voice: refuse_ally(found, version=found.version, voice=voice, by=request.user),
    )


@door("desk")
def consent_take_back(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community takes a yes back; what it allowed ends in the same moment."""
    found: Consent = of_desk_or_404(Consent, request, uuid)
    about: Any = found.request
    if hasattr(found, "withdrawal"):
        return done(request, about)
    form = VoiceForm(posted(request), row=about, language=about.language)
    saying = Saying(
        title=_("Does the community take this back? {consent}").format(consent=named(found)),
        may=spoken.can_take_back(found),
        changes=[_("What was allowed ends at once. What somebody has read already, they have read.")],
    )
    return write_down(request, about, form, saying, lambda voice: withdraw_consent(found, voice=voice, by=request.user))


@door("desk")
def request_withdraw(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community takes its request back."""
    about = request_or_404(request, uuid)
    if about.status == RequestStatus.WITHDRAWN:
        return done(request, about)
    form = VoiceForm(posted(request), row=about, language=about.language)
    saying = Saying(
        title=_("Does the community take its request back?"),
        may=spoken.can_withdraw(about),
        changes=[
            _("Every offer, introduction and work together ends at once; no ally reads anything any more."),
            _("The request cannot be opened again. They can ask anew at any time."),
        ],
    )
    return write_down(
        request,
        about,
        form,
        saying,
        lambda voice: withdraw_request(about, version=about.version, voice=voice, by=request.user),
    )


@door("desk")
def look_ask(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that the community asks another person to look again at a no."""
    about = request_or_404(request, uuid)
    if rows_about(SecondLook, about, request.scope).filter(answered_at=None).exists():
        return done(request, about)
    form = LookVoiceForm(posted(request), row=about, language=about.language)
    saying = Saying(
        title=_("Does the community ask for a second look?"),
        may=spoken.can_ask_second_look(about),
        changes=[_("The international coordinator looks again and answers. You cannot answer it yourself.")],
    )
    return write_down(
        request,
        about,
        form,
        saying,
        lambda voice: ask_second_look(about, words=form.cleaned_data["words"], voice=voice, by=request.user),
    )
