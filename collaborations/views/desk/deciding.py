"""The acts on a request: place it, check the safety, take it on, decline it, let it wait, look again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import (
    accept_request,
    answer_second_look,
    check_safety,
    decline_request,
    park_request,
    place_request,
    resume_request,
)
from collaborations.forms.desk.acting import ActForm
from collaborations.forms.desk.requests import (
    DeclineForm,
    ParkForm,
    PlaceForm,
    SafetyForm,
    SecondLookForm,
)
from collaborations.models import SecondLook
from collaborations.models.requests import RiskLevel
from collaborations.policies import acts
from collaborations.selectors.desk import at_desk
from collaborations.selectors.desk_request import decline_of, oddities_of
from collaborations.states import RequestStatus
from collaborations.views.desk.labels import line, tongue
from collaborations.views.desk.pages import Asked, confirm, is_second_click, posted, request_or_404, status_of
from collaborations.views.desk.parts import thread
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import require
from cre.core.vocabularies import DeclineReason


def done_already(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """The answer to a second click: nothing happens twice."""
    messages.info(request, _("You have done this already."))
    return redirect("desk:request", uuid)


@door("desk")
def request_place(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give a request that waits to be placed to a region."""
    about = request_or_404(request, uuid)
    require(acts.can_place(about), _("Only the coordinator or the facilitator on duty places requests."))
    form = PlaceForm(posted(request), row=about)
    if form.is_valid():
        region = form.cleaned_data["region"]
        place_request(about, region, version=about.version, by=request.user)
        messages.success(request, _("The request went to {region}.").format(region=region))
        return redirect("desk:requests")
    context = {"form": form, "about": about, "line": line(about)}
    return render(request, "desk/request_place.html", context, status=status_of(form))


@door("desk")
def request_safety(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Judge the danger, once or again."""
    about = request_or_404(request, uuid)
    require(acts.can_check_safety(about), _("Only the region's facilitator or focal person judges the danger."))
    form = SafetyForm(posted(request), row=about)
    if form.is_valid():
        given = form.cleaned_data
        check_safety(
            about,
            version=given["version"],
            level=RiskLevel(given["level"]),
            channel_is_safe=given["channel_is_safe"],
            notes=given["notes"],
            by=request.user,
        )
        messages.success(request, _("The safety check is stored."))
        return redirect("desk:request", uuid)
    context = {"form": form, "about": about, "line": line(about), "oddities": oddities_of(about, request.scope)}
    return render(request, "desk/request_safety.html", context, status=status_of(form))


@door("desk")
def request_accept(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Take a request on."""
    about = request_or_404(request, uuid)
    if is_second_click(request, about, RequestStatus.ACCEPTED):
        return done_already(request, uuid)
    require(acts.can_accept(about), _("A request is accepted after the safety check and a talk."))
    form = ActForm(posted(request), row=about)
    if form.is_valid():
        accept_request(about, version=about.version, by=request.user)
        messages.success(request, _("The request is taken on. Write the brief next."))
        return redirect("desk:request", uuid)
    asked = Asked(
        title=_("Take the request on?"),
        submit=_("Accept this request"),
        changes=[
            _("The request counts as accepted. The next step is a brief."),
            _("The community reads on its page: “We take your request on.”"),
        ],
        told=[_("The community, by a notice without any word about the matter.")],
    )
    return confirm(request, about, form, asked)


@door("desk")
def request_decline(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say no, with a reason, a message and another door where there is one."""
    about = request_or_404(request, uuid)
    if is_second_click(request, about, RequestStatus.DECLINED):
        return done_already(request, uuid)
    require(acts.can_decline(about), _("This request can no longer be declined."))
    form = DeclineForm(posted(request), row=about)
    if form.is_valid():
        given = form.cleaned_data
        decline_request(
            about,
            version=given["version"],
            reason=DeclineReason(given["reason"]),
            message=given["message"],
            to_whom=given["to_whom"],
            words=given["words"],
            by=request.user,
        )
        messages.success(request, _("The request is declined. The community can ask for a second look."))
        return redirect("desk:request", uuid)
    context = {"form": form, "about": about, "line": line(about), "language": tongue(about.language)}
    return render(request, "desk/request_decline.html", context, status=status_of(form))


@door("desk")
def request_park(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Let a request wait for some days."""
    about = request_or_404(request, uuid)
    if is_second_click(request, about, RequestStatus.PARKED):
        return done_already(request, uuid)
    require(acts.can_park(about), _("This request cannot wait now."))
    form = ParkForm(posted(request), row=about)
    if form.is_valid():
        park_request(about, version=about.version, days=form.cleaned_data["days"], by=request.user)
        messages.success(request, _("The request waits. It comes back by itself."))
        return redirect("desk:request", uuid)
    asked = Asked(
        title=_("Let the request wait?"),
        submit=_("Let it wait"),
        changes=[
            _("It leaves the list of work until the day comes, then it is shown as late."),
            _("The community reads on its page: “Your request waits for now”, and until when."),
        ],
        told=[_("The community, by a notice without any word about the matter.")],
    )
    return confirm(request, about, form, asked)


@door("desk")
def request_resume(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Go on with a request that waited."""
    about = request_or_404(request, uuid)
    if is_second_click(request, about, RequestStatus.CLARIFYING):
        return done_already(request, uuid)
    require(acts.can_resume(about), _("This request is not waiting."))
    form = ActForm(posted(request), row=about)
    if form.is_valid():
        resume_request(about, version=about.version, by=request.user)
        messages.success(request, _("We go on with it. Talk it over with the community again."))
        return redirect("desk:request", uuid)
    asked = Asked(
        title=_("Go on with the request?"),
        submit=_("Go on with it"),
        changes=[_("You talk it over with the community again, then take it on or decline it.")],
        told=[_("The community, by a notice without any word about the matter.")],
    )
    return confirm(request, about, form, asked)


@door("desk")
def second_look(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Answer a community that asked for a second look at a decline."""
    looks = SecondLook.objects.visible_to(request.scope).select_related("request__region")
    look = get_object_or_404(looks.filter(request__in=at_desk(request.scope).order_by().values("pk")), uuid=uuid)
    about = look.request
    if request.method == "POST" and look.answered_by_id == request.user.pk:
        return done_already(request, about.uuid)
    require(
        acts.can_answer_second_look(request.user, look),
        _("Another person than the one who declined has to look."),
    )
    form = SecondLookForm(posted(request))
    if form.is_valid():
        reopen = form.cleaned_data["answer"] == SecondLookForm.GO_ON
        answer_second_look(look, reopen=reopen, message=form.cleaned_data["message"], by=request.user)
        messages.success(request, _("Your answer is with the community."))
        return redirect("desk:request", about.uuid)
    words = decline_of(about, request.scope)
    context = {
        "form": form,
        "about": about,
        "line": line(about),
        "look": look,
        "reason": DeclineReason(about.decline_reason).label if about.decline_reason else "",
        "thread": thread(words, request.user),
        "language": tongue(about.language),
    }
    return render(request, "desk/second_look.html", context, status=status_of(form))
