"""People: who holds what and until when; invited, given, dated and ended by the coordinator, never to oneself."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborations.forms.secretariat import HeldRoleForm, InviteToRoleForm, PeopleFilter, RoleForm, RoleTermForm
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import end_role, give_role, invite_person
from collaborators.http import PersonRequest
from collaborators.policies import can_coordinate
from collaborators.selectors import people_page, words_of
from collaborators.selectors.absences import absences_ahead
from collaborators.selectors.invitations import open_invitations, with_words
from collaborators.selectors.people import grant_of
from collaborators.views.fresh import fresh

INVITED = gettext_lazy(
    "Invited. A link is on its way that says nothing and works once; the role begins when it is accepted."
)


@room("coordinate", "steward")
def people(request: PersonRequest) -> HttpResponse:
    """List who holds a role on a region, a panel or the platform, who is invited and who is away."""
    return show_people(request)


def show_people(
    request: PersonRequest, *, role: Form | None = None, invite: Form | None = None, status: HTTPStatus | None = None
) -> HttpResponse:
    """The page of all people; of its forms the one that was sent shows its errors."""
    turn = PeopleFilter(request.GET)
    lines, has_more = people_page(after=turn.cleaned_data["after"] if turn.is_valid() else None)
    here = reverse("secretariat:people")
    context: dict[str, Any] = {
        "lines": lines,
        "invitations": with_words(open_invitations(request.scope), request.scope),
        "absences": absences_ahead(request.scope),
        "first_url": here if request.GET.get("after") else "",
        "next_url": f"{here}?{urlencode({'after': str(lines[-1].person.uuid)})}" if has_more else "",
        "can_give": can_coordinate(),
        "form": role or invite,
    }
    if can_coordinate():
        context |= {
            "role": role or RoleForm(by=request.user, auto_id="role_%s"),
            "invite": invite or InviteToRoleForm(by=request.user, scope=request.scope, auto_id="new_%s"),
        }
    return show(request, "secretariat/people.html", context, status=status or status_of(turn))


@room("coordinate")
@fresh
def person_invite(request: PersonRequest) -> HttpResponse:
    """Ask somebody by e-mail address to take a role."""
    if request.method != "POST":
        return redirect("secretariat:people")
    form = InviteToRoleForm(request.POST, by=request.user, scope=request.scope, auto_id="new_%s")
    if not form.is_valid():
        return show_people(request, invite=form, status=status_of(form))
    held, codename = form.roles[form.cleaned_data["role"]]
    invite_person(held, codename, by=request.user, **form.answers)
    messages.success(request, INVITED)
    return redirect("secretariat:people")


@room("coordinate")
@fresh
def role_give(request: PersonRequest) -> HttpResponse:
    """Give a role until a day or for now."""
    if request.method != "POST":
        return redirect("secretariat:people")
    form = RoleForm(request.POST, by=request.user, auto_id="role_%s")
    if not form.is_valid() or form.person is None:
        return show_people(request, role=form, status=status_of(form))
    held, codename = form.roles[form.cleaned_data["role"]]
    give_role(held, codename, form.person, ends_at=form.ends_at, by=request.user)
    messages.success(request, _("Given. It counts from this person's next page on."))
    return redirect("secretariat:people")


@room("coordinate")
@fresh
def role_end(request: PersonRequest) -> HttpResponse:
    """End a role, after a page that says what follows."""
    form = HeldRoleForm(request.POST or request.GET or None, scope=request.scope)
    if not form.is_valid():
        messages.info(request, _("Choose the role that should end."))
        return redirect("secretariat:people")
    held, codename = form.roles[form.cleaned_data["role"]]
    person = form.cleaned_data["person"]
    if request.method == "POST":
        end_role(held, codename, person, by=request.user)
        messages.success(request, _("Ended. The person's next page no longer shows anything of it."))
        return redirect("secretariat:people")
    context = {
        "form": form,
        "person": person,
        "role": words_of(held, codename),
        "is_self": person.pk == request.user.pk,
        "is_region": codename == "facilitate",
    }
    return show(request, "secretariat/role_end.html", context)


@room("coordinate")
@fresh
def role_term(request: PersonRequest) -> HttpResponse:
    """Give a role that somebody holds another last day."""
    asked = HeldRoleForm(request.POST or request.GET or None, scope=request.scope)
    grant = None
    if asked.is_valid():
        held, codename = asked.roles[asked.cleaned_data["role"]]
        person = asked.cleaned_data["person"]
        grant = grant_of(person, held, codename)
    if grant is None:
        messages.info(request, _("Choose the role whose end should change."))
        return redirect("secretariat:people")
    if request.method == "POST":
        form = RoleTermForm(request.POST, scope=request.scope)
        if form.is_valid():
            give_role(held, codename, person, starts_at=grant.starts_at, ends_at=form.ends_at, by=request.user)
            messages.success(request, _("Changed."))
            return redirect("secretariat:people")
    else:
        form = RoleTermForm(scope=request.scope, initial={"role": asked.cleaned_data["role"], "person": person.uuid})
    context = {
        "form": form,
        "person": person,
        "role": words_of(held, codename),
        "grant": grant,
        "is_self": person.pk == request.user.pk,
    }
    return show(request, "secretariat/role_term.html", context, status=status_of(form))
