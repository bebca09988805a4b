"""Two of us decide: the rule of a community, and an ally that waits for its second person."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborations.actions import answer_choice
from collaborations.forms.people import TogetherForm
from collaborations.forms.words import VersionForm
from collaborations.models import Disclosure, Introduction
from collaborations.models.introductions import DisclosedField
from collaborations.policies.second import can_say_second, is_by_voice
from collaborations.selectors.community import as_read, name_of, own_introductions
from collaborations.selectors.second import choice_to_second
from collaborations.states import IntroductionStatus
from collaborations.views.community.people import represented
from collaborators.actions import answer_alone, ask_to_decide_alone, decide_together
from collaborators.actions.together import may_agree
from collaborators.http import PersonRequest
from collaborators.models import Community, User
from collaborators.selectors.community_people import living, people_of
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.access import No, Scope
from cre.core.vault import load_keys

SAID: dict[str, Promise] = {
    TogetherForm.TOGETHER: gettext_lazy("From now on two of you decide."),
    TogetherForm.ALONE: gettext_lazy("Another one of you has to agree. Until then two of you decide."),
    TogetherForm.YES: gettext_lazy("One of you decides alone again."),
    TogetherForm.NO: gettext_lazy("Two of you decide, as before."),
}


@door("community")
def together(request: PersonRequest) -> HttpResponse:
    """Say what it means that two decide, and begin it, ask to end it, or agree to that."""
    community = represented(request)
    form = TogetherForm(request.POST or None, initial={"version": community.version})
    if form.is_valid():
        return decide(request, community, form)
    asked_by = community.alone_asked_by_id
    context = {
        "form": form,
        "community": community,
        "has_others": len(living(people_of(request.scope, community))) > 1,
        "is_asked": asked_by is not None,
        "is_own": asked_by == request.user.pk,
        "may_agree": asked_by is not None and may_agree(community),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/together.html", context, status=status)


@fresh
def decide(request: PersonRequest, community: Community, form: TogetherForm) -> HttpResponse:
    """Carry out what the button said; what is so already, after a second click, is only said."""
    decision, version = form.cleaned_data["decision"], form.cleaned_data["version"]
    if not is_so(community, decision, request.user):
        if decision == TogetherForm.TOGETHER:
            decide_together(community, version=version, by=request.user)
        elif decision == TogetherForm.ALONE:
            ask_to_decide_alone(community, version=version, by=request.user)
        else:
            answer_alone(community, version=version, is_yes=decision == TogetherForm.YES, by=request.user)
    messages.success(request, str(SAID[decision]))
    return redirect("community:together")


def is_so(community: Community, decision: str, user: User) -> bool:
    """Whether the community stands already where this decision leads to."""
    asked_by = community.alone_asked_by_id
    return {
        TogetherForm.TOGETHER: community.decides_together,
        TogetherForm.ALONE: asked_by == user.pk,
        TogetherForm.YES: not community.decides_together,
        TogetherForm.NO: community.decides_together and asked_by is None,
    }[decision]


@door("community")
def second(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the second person which ally was chosen and what it would read, and take their yes or no."""
    found = own_introductions(request.scope).select_related("community", "request")
    introduction = get_object_or_404(found, uuid=uuid)
    choice = choice_to_second(introduction, request.scope)
    if choice is None or is_by_voice(choice):
        messages.info(request, _("This choice has been decided."))
        return redirect("community:offers", introduction.request.uuid)
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": introduction.version})
    if form.is_valid():
        return answer(request, introduction, form.cleaned_data["version"])
    may = can_say_second(request.user, choice)
    context = {
        "form": form,
        "introduction": introduction,
        "name": name_of(introduction.collaborator),
        "shares": shares_of(request.scope, introduction),
        "is_own": choice.recorded_by_id == request.user.pk,
        "can_answer": may is True,
        "why_not": may.sentence if isinstance(may, No) else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/second.html", context, status=status)


def answer(request: PersonRequest, introduction: Introduction, version: int) -> HttpResponse:
    """Take the second person's yes or no."""
    is_yes = request.POST.get("decision") == "yes"
    decided = answer_choice(introduction, version=version, is_yes=is_yes, by=request.user)
    if not is_yes:
        messages.success(request, _("This ally learns nothing about you."))
    elif decided.status == IntroductionStatus.ACCEPTED:
        messages.success(request, _("You and this ally know of each other now."))
    else:
        messages.success(request, _("You agreed. We still look at this ally before it learns who you are."))
    return redirect("community:request", introduction.request.uuid)


def shares_of(scope: Scope, introduction: Introduction) -> list[dict[str, str]]:
    """What the ally would read, word for word."""
    rows = list(Disclosure.objects.visible_to(scope).filter(introduction=introduction).order_by("pk"))
    load_keys(rows)
    return [{"label": str(DisclosedField(row.field).label), "value": as_read(row.field, row.value)} for row in rows]
