"""Asking: one question on a page; nothing is stored before the second answer, then each page saves itself."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from collaborations.actions import change_draft, flag_request, start_request
from collaborations.forms.arriving import ArrivalForm
from collaborations.forms.asking import (
    ContactChangeForm,
    DangerForm,
    NeedForm,
    ReachForm,
)
from collaborations.forms.parts import PARTS
from collaborations.forms.words import VersionForm
from collaborations.models import SupportRequest
from collaborations.models.safety import Oddity
from collaborations.selectors.answers import answer, is_answered
from collaborations.selectors.community import own_requests, region_for
from collaborations.states import RequestStatus
from collaborations.views.community.arriving import INTAKES, haste
from collaborations.views.community.countries import look_around
from collaborations.views.community.entering import show_code
from collaborators.actions import Intake, begin_intake, change_identity
from collaborators.http import PersonRequest
from collaborators.models import Community
from collaborators.policies import communities_of
from collaborators.views.doors import CODE, OPENS, come_in, door
from cre.core.access import Stale, acting_as, current_scope, require
from cre.core.vocabularies import Danger

STAFF_ASKS = gettext_lazy("You are signed in as somebody who works here. Sign out first to ask as a community.")


# --- Before anything is stored -------------------------------------------------------------------------
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the first question. Its answer only travels along to the second page."""
    if request.method == "POST":
        return ask_reach(request)
    return render(request, "community/ask.html", {"form": DangerForm()})


@transaction.non_atomic_requests
def ask_reach(request: HttpRequest) -> HttpResponse:
    """Ask the second question; its answer begins the request and gives the receipt code."""
    if request.method != "POST":
        return redirect("community:ask")
    first = DangerForm(request.POST)
    if not first.is_valid():
        return render(request, "community/ask.html", {"form": first}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    danger = first.cleaned_data["danger"]
    if request.user.is_authenticated:
        return ask_as_known(cast(PersonRequest, request), danger)
    if first.cleaned_data["safe_now"] == "no":
        return render(request, "community/not_safe.html", {"danger": danger})
    return take_in(request, danger)


def take_in(request: HttpRequest, danger: str) -> HttpResponse:
    """Show the second question, or take its answer."""
    if "channel_asked" not in request.POST:
        context = {"form": ReachForm(initial={"danger": danger}), "arrival": ArrivalForm()}
        return render(request, "community/reach.html", context)
    form, arrival = ReachForm(request.POST), ArrivalForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "arrival": arrival}
        return render(request, "community/reach.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    intake, draft = begin(form, arrival.oddities | haste(request, INTAKES))
    with come_in(request, intake.user, CODE):
        return show_code(request, intake.code, reverse("community:ask-need", args=[draft.uuid]))


@transaction.atomic
def begin(form: ReachForm, oddities: Collection[Oddity]) -> tuple[Intake, SupportRequest]:
    """Make the person, the community and the draft of its first request; the desk is told what was odd."""
    language = form.language
    intake = begin_intake(language=language, region=region_for(form.cleaned_data["region"]), **form.contact)
    with acting_as(intake.user):
        draft = start_request(intake.community, danger=form.cleaned_data["danger"], language=language, by=intake.user)
        flag_request(draft, oddities, by=intake.user)
    return intake, draft


@transaction.atomic
def ask_as_known(request: PersonRequest, danger: str) -> HttpResponse:
    """Go on with the draft of somebody who is signed in, or begin one: never a second community."""
    scope = current_scope()
    require(OPENS["community"](scope), STAFF_ASKS)
    draft = own_requests(scope).filter(status=RequestStatus.DRAFT).order_by("-created_at", "-id").first()
    if draft is None:
        community = get_object_or_404(Community.objects.visible_to(scope), pk=communities_of(scope)[0])
        language = get_language() or community.language
        draft = start_request(community, danger=danger, language=language, by=request.user)
        flag_request(draft, haste(request, INTAKES), by=request.user)
    elif draft.danger != danger:
        change_draft(draft, version=draft.version, danger=danger, by=request.user)
    return redirect("community:ask-need", draft.uuid)


# --- The draft, page by page ---------------------------------------------------------------------------
def of_draft(view: Any) -> Any:
    """Give the view the person's own draft; one that was sent already is shown where it stands now."""

    @door("community")
    def show(request: PersonRequest, /, uuid: UUID, **kwargs: Any) -> HttpResponse:
        # A form that comes back seldom needs more than one of the records with answers.
        rows = own_requests(request.scope) if request.method == "POST" else with_answers(request)
        draft = get_object_or_404(rows, uuid=uuid)
        if draft.status == RequestStatus.DRAFT:
            response: HttpResponse = view(request, draft, **kwargs)
            return response
        messages.info(request, _("You have sent this already. Here you see where it stands."))
        return redirect("community:request", uuid)

    return show


def with_answers(request: PersonRequest) -> QuerySet[SupportRequest]:
    """The person's own requests with the records that hold their answers."""
    return own_requests(request.scope).select_related("story", "risk", "community__identity")


def is_saved(request: PersonRequest, draft: SupportRequest, form: VersionForm, answers: dict[str, Any]) -> bool:
    """Save answers of a draft; when another page was quicker, the form says so and keeps the words."""
    try:
        change_draft(draft, version=form.cleaned_data["version"], by=request.user, **answers)
    except Stale as stale:
        if form.stands_already(answers_in(with_answers(request).get(pk=draft.pk), answers)):
            return True
        form.overtake(draft.version, stale.sentence)
        return False
    return True


def status_of(form: VersionForm) -> HTTPStatus:
    """What a page with this form answers: as asked, not understood, or too late."""
    if form.was_overtaken:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


def after(request: PersonRequest, draft: SupportRequest, usual: str) -> HttpResponse:
    """The next page: the check page for who came from there or is in danger, otherwise the usual one."""
    is_short = request.GET.get("back") == "check" or draft.danger == Danger.NOW
    return redirect("community:ask-check" if is_short else usual, draft.uuid)


@of_draft
def ask_need(request: PersonRequest, draft: SupportRequest) -> HttpResponse:
    """Ask the third question."""
    names = ("kinds_of_help", "need")
    form = NeedForm(request.POST or None, initial=answers_in(draft, names))
    if form.is_valid() and is_saved(request, draft, form, {name: form.cleaned_data[name] for name in names}):
        return after(request, draft, "community:ask-more")
    context = {"form": form, "draft": draft, "is_urgent": draft.danger == Danger.NOW}
    return render(request, "community/need.html", context, status=status_of(form))


def answers_in(draft: SupportRequest, names: Any) -> dict[str, Any]:
    """What a page starts from: the version, and the answers given before."""
    return {"version": draft.version} | {name: answer(draft, name) for name in names}


@of_draft
def ask_more(request: PersonRequest, draft: SupportRequest) -> HttpResponse:
    """List the optional pages; all may be skipped."""
    parts = [
        {
            "title": form.title,
            "url": reverse("community:ask-part", args=[draft.uuid, part]),
            "is_given": given(draft, form),
        }
        for part, form in PARTS.items()
        if form.title
    ]
    parts.append({
        "title": _("Photos, voice messages and files"),
        "url": reverse("community:files", args=[draft.uuid]),
        "is_given": draft.files.exists(),
    })  # fmt: skip
    return render(request, "community/more.html", {"draft": draft, "parts": parts})


def names_in(form: type[Form]) -> list[str]:
    """The answers that a form asks for."""
    return [name for name in form.base_fields if name != "version"]


def given(draft: SupportRequest, form: type[Form]) -> bool:
    return any(is_answered(draft, name) for name in names_in(form))


@of_draft
def ask_part(request: PersonRequest, draft: SupportRequest, part: str) -> HttpResponse:
    """Ask an optional question."""
    if part not in PARTS:
        raise Http404
    form = PARTS[part](request.POST or None, initial=answers_in(draft, names_in(PARTS[part])))
    elsewhere = look_around(request, form, draft)
    if form.is_valid() and is_saved(request, draft, form, form.answers):
        return after(request, draft, "community:ask-more")
    context = {
        "form": form,
        "back": reverse("community:ask-more", args=[draft.uuid]),
        "title": form.title,
        "is_single": len(names_in(PARTS[part])) == 1,
        "elsewhere": elsewhere,
    }
    return render(request, "community/part.html", context, status=status_of(form))


@door("community")
def contact(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Change how the community is reached, before or after it has sent its request."""
    row = get_object_or_404(with_answers(request), uuid=uuid)
    identity = row.community.identity
    initial = {name: getattr(identity, name) for name in names_in(ContactChangeForm)}
    form = ContactChangeForm(request.POST or None, initial=initial | {"version": identity.version})
    if form.is_valid():
        try:
            change_identity(identity, version=form.cleaned_data["version"], by=request.user, **form.contact)
        except Stale as stale:
            form.overtake(identity.version, stale.sentence)
        else:
            messages.success(request, _("Saved."))
            is_draft = row.status == RequestStatus.DRAFT
            return redirect("community:ask-check" if is_draft else "community:answers", row.uuid)
    return render(request, "community/contact.html", {"form": form, "row": row}, status=status_of(form))
