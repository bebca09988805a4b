"""A request that somebody says on the phone, in a meeting or on paper: written down, gone on with, and its code."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import (
    change_draft,
    hand_over_first_code,
    keep_contact,
    refuse_keeping,
    send_request,
    write_down,
)
from collaborations.actions.assisted import waits_for_code
from collaborations.forms.desk.acting import ActForm
from collaborations.forms.desk.assisted import SAVE, AnswersForm, DraftForm, PaperForm, ReadAloudForm
from collaborations.models import SupportRequest
from collaborations.policies import acts
from collaborations.selectors.answers import answer
from collaborations.selectors.assisted import assisted_drafts
from collaborations.states import RequestStatus
from collaborations.views.desk.freezing import helped_after_talk
from collaborations.views.desk.labels import line, reference
from collaborations.views.desk.pages import posted, request_or_404, status_of
from collaborators.http import PersonRequest
from collaborators.models import Region
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.access import require
from cre.core.languages import open_language

NOT_A_FACILITATOR = translation.gettext_lazy("Only a facilitator writes down what a community of the region says.")


def read_aloud(request: PersonRequest) -> dict[str, Any]:
    """The language in which something is read aloud, as the address says or else the reader's own."""
    form = ReadAloudForm(request.GET if "spoken" in request.GET else None)
    chosen = form.cleaned_data["spoken"] if form.is_valid() else get_language() or settings.LANGUAGE_CODE
    return {"spoken": ReadAloudForm(initial={"spoken": chosen}), **in_language(chosen)}


def in_language(code: str) -> dict[str, Any]:
    """What a page needs to know of the language in which a part of it is spoken."""
    return {"tongue": code, "is_rtl": get_language_info(code)["bidi"]}


@door("desk")
def request_new(request: PersonRequest) -> HttpResponse:
    """Write down a request from a talk or from paper: its yes first, then the questions of the community's own form."""
    require(acts.can_write_down(), NOT_A_FACILITATOR)
    aloud = read_aloud(request)
    regions = list(Region.objects.filter(pk__in=request.scope.ids("facilitate", Region)).order_by("pk"))
    form = PaperForm(posted(request), regions=regions, language=aloud["tongue"])
    if form.is_valid():
        return take_in(request, form)
    return render(request, "desk/request_new.html", {"form": form, **aloud}, status=status_of(form))


def take_in(request: PersonRequest, form: PaperForm) -> HttpResponse:
    """Store what was written down, or after a no only how the community is reached."""
    given, answers = form.cleaned_data, form.answers
    where: dict[str, Any] = {"region": given["region"], "once": given["once"], "contact": form.contact}
    if not form.may_keep:
        plain = {name: answers[name] for name in ("danger", "language", "country")}
        talk = keep_contact(**where, **plain, by=request.user)
        messages.success(request, _("Nothing that they said is kept, only how to reach them. Talk with them next."))
        return redirect("desk:request", talk.uuid)
    draft = write_down(**where, answers=answers, voice=form.voice, by=request.user)
    return go_on(request, draft, is_sent=SAVE not in request.POST)


def go_on(request: PersonRequest, draft: SupportRequest, *, is_sent: bool) -> HttpResponse:
    """Send a draft that is complete, or keep it; what was sent already is shown where it stands."""
    if draft.status == RequestStatus.DRAFT and not is_sent:
        messages.success(request, _("Saved. You and the others of your region find it under Today."))
        return redirect("desk:request-draft", draft.uuid)
    if draft.status == RequestStatus.DRAFT:
        send_request(draft, version=draft.version, by=request.user)
    return redirect("desk:request-written", draft.uuid)


@door("desk")
def request_draft(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Go on with what was written down and not sent yet, or forget it because the community wants that."""
    drafts = assisted_drafts(request.scope).select_related("story", "risk", "community__identity")
    draft = drafts.filter(uuid=uuid).first()
    if draft is None:
        return redirect("desk:request", request_or_404(request, uuid).uuid)
    if "forget" in request.POST:
        return forget(request, draft)
    names = [name for name in AnswersForm.base_fields if name != "version"]
    form = DraftForm(
        posted(request), row=draft, regions=[draft.region_id], initial={name: answer(draft, name) for name in names}
    )
    if form.is_valid():
        draft = change_draft(draft, by=request.user, **form.cleaned_data)
        return go_on(request, draft, is_sent=SAVE not in request.POST)
    context = {"form": form, "draft": draft, "reference": reference(draft)}
    return render(request, "desk/request_draft.html", context, status=status_of(form))


def forget(request: PersonRequest, draft: SupportRequest) -> HttpResponse:
    """Delete the words of a draft; only how the community is reached stays until somebody has talked with it."""
    form = ActForm(posted(request), row=draft)
    if not form.is_valid():
        messages.warning(request, _("Somebody wrote on this meanwhile. Look at it again first."))
        return redirect("desk:request-draft", draft.uuid)
    talk = refuse_keeping(draft, version=draft.version, by=request.user)
    messages.success(request, _("Nothing that they said is kept, only how to reach them. Talk with them next."))
    return redirect("desk:request", talk.uuid)


@require_safe
@door("desk")
def request_written(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say that it is there, and offer a receipt code for the community."""
    about = request_or_404(request, uuid)
    is_offered = acts.can_facilitate(about) and waits_for_code(about.community)
    context = {
        "about": about,
        "line": line(about),
        "is_offered": is_offered,
        **in_language(open_language(about.language)),
    }
    return render(request, "desk/request_written.html", context)


@door("desk")
@fresh
def request_first_code(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the first receipt code of a community this once, to read it out or to print it."""
    about = helped_after_talk(request, uuid)
    if request.method != "POST":
        return redirect("desk:request-written", uuid)
    code = hand_over_first_code(about, by=request.user)
    context = {"about": about, "line": line(about), "code": code.digits, **in_language(open_language(about.language))}
    return render(request, "desk/first_code.html", context)


@require_safe
@door("desk")
def call_sheet(request: PersonRequest) -> HttpResponse:
    """The questions with room to write, to print: in any language, and without a word of any request."""
    aloud = read_aloud(request)
    with translation.override(aloud["tongue"]):
        form = PaperForm(regions=(), language=aloud["tongue"])
        context = {
            "mandatory": [as_printed(field) for field in form.mandatory],
            "consent": [as_printed(field) for field in form.consent],
            "groups": [(title, [as_printed(field) for field in fields]) for title, fields, _is_open in form.pages],
            **aloud,
        }
        return render(request, "desk/call_sheet.html", context)


def as_printed(field: BoundField) -> dict[str, Any]:
    """A question on paper: boxes to tick, or as many lines as its words need."""
    has_boxes = field.widget_type in ("radioselect", "checkboxselectmultiple")
    asked: Any = field.field
    rows = int(asked.widget.attrs.get("rows", 1))
    return {
        "label": field.label,
        "boxes": [label for value, label in asked.choices if value] if has_boxes else [],
        "lines": "" if has_boxes else "x" * min(rows, 3),
    }
