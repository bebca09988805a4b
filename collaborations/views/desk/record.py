"""A request's own pages: the request with its thread, briefs and allies, and what has happened."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import open_identity, write_message, write_note
from collaborations.forms.desk.requests import EarlierForm, MessageForm, NoteForm, ReasonForm
from collaborations.models import SupportRequest
from collaborations.policies import acts
from collaborations.selectors.desk_request import (
    identity_of,
    participants_of,
    past_of,
    standing_of,
    words_of,
)
from collaborations.selectors.directory import wishes_of
from collaborations.selectors.second import call_backs
from collaborations.views.desk.labels import line
from collaborations.views.desk.next_step import next_step, other_acts
from collaborations.views.desk.pages import posted, request_or_404, status_of
from collaborations.views.desk.parts import (
    ally_cards,
    brief_rows,
    check,
    contact,
    past_parts,
    risk,
    story,
    thread,
)
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import acting_as, current_scope, require


@require_safe
@door("desk")
def request_page(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """One request: who asks, what for, how dangerous it is, the thread, the notes, what to do next."""
    about = request_or_404(request, uuid)
    return render_request(request, about)


def render_request(
    request: PersonRequest, about: SupportRequest, *, message: Form | None = None, note: Form | None = None
) -> HttpResponse:
    """The request's page, with a form that was filled in wrongly where there is one."""
    earlier = EarlierForm(request.GET)
    words = words_of(about, request.scope, before=earlier.before_id)
    context = frame(request, about, "request") | {
        "contact": contact(words.identity),
        "check": check(words.checks[0]) if words.checks else None,
        "asks_for_reason": words.identity is None and request.scope.holds("coordinate"),
        "story": story(about, words.story),
        "risk": risk(about, words.risk),
        "thread": thread(words.messages, request.user),
        "earlier": words.messages[0].pk if words.has_earlier else None,
        "notes": thread(words.notes, request.user),
        "message_form": message or MessageForm(language=about.language),
        "note_form": note or NoteForm(),
        "can_talk": acts.can_talk(about),
        "can_note": acts.can_note(about),
        "reads_words": acts.can_read_words(about),
        "form": message or note,
    }
    wrong = message or note
    return render(request, "desk/request.html", context, status=status_of(wrong) if wrong else HTTPStatus.OK)


def frame(request: PersonRequest, about: SupportRequest, current: str) -> dict[str, Any]:
    """What every page of a request shows around its own part: summary, tabs, what to do next."""
    standing = standing_of(about, request.scope)
    step = next_step(about, standing, request.user)
    names = {
        "request": _("Request"),
        "request-allies": _("Brief and allies"),
        "request-files": _("Files"),
        "request-interpreting": _("Interpreters"),
        "request-history": _("What has happened"),
    }
    return {
        "about": about,
        "line": line(about),
        "standing": standing,
        "step": step,
        "others": other_acts(about, standing, step),
        "tabs": [
            {"name": name, "url": reverse(f"desk:{page}", args=[about.uuid]), "is_current": page == current}
            for page, name in names.items()
        ],
    }


@door("desk")
def request_message(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write to the community."""
    about = request_or_404(request, uuid)
    if request.method != "POST":
        return redirect("desk:request", uuid)
    require(acts.can_talk(about), _("You cannot write here."))
    form = MessageForm(request.POST, language=about.language)
    if not form.is_valid():
        return render_request(request, about, message=form)
    write_message(about, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your message is on its way. The community is told that something waits for it."))
    return redirect("desk:request", uuid)


@door("desk")
def request_note(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write a note that only staff read."""
    about = request_or_404(request, uuid)
    if request.method != "POST":
        return redirect("desk:request", uuid)
    require(acts.can_note(about), _("Notes are for the region's staff."))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render_request(request, about, note=form)
    write_note(about, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your note is stored. Only staff read it."))
    return redirect("desk:request", uuid)


@door("desk")
def request_identity(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Who they are, for the coordinator: only with a written reason, and only on the page that answers it."""
    about = request_or_404(request, uuid)
    require(request.scope.holds("coordinate"), _("The region's people see this on the request itself."))
    form = ReasonForm(posted(request))
    context = {"form": form, "about": about, "line": line(about)}
    if not form.is_valid():
        return render(request, "desk/identity.html", context, status=status_of(form))
    reason = form.cleaned_data["reason"]
    with acting_as(request.user, reason=reason, view="desk:request-identity"):
        open_identity(about, by=request.user)
        shown = contact(identity_of(about, current_scope()))
        return render(request, "desk/identity.html", context | {"contact": shown, "reason": reason})


@require_safe
@door("desk")
def request_allies(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """The versions of the brief, the allies with their reasons and answers, and the work that followed."""
    about = request_or_404(request, uuid)
    context = frame(request, about, "request-allies")
    people = participants_of(context["standing"].introductions, request.scope)
    context |= {
        "briefs": brief_rows(context["standing"].briefs),
        "allies": ally_cards(context["standing"], people, call_backs(request.scope, about)),
        "wishes": wishes_of(about, request.scope),
        "reads_words": acts.can_read_words(about),
    }
    return render(request, "desk/request_allies.html", context)


@require_safe
@door("desk")
def request_history(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """The timeline, the safety checks, what the community allowed, and to whom it was referred."""
    about = request_or_404(request, uuid)
    earlier = EarlierForm(request.GET)
    context = frame(request, about, "request-history")
    context |= past_parts(past_of(about, request.scope, before=earlier.before_id))
    return render(request, "desk/request_history.html", context)
