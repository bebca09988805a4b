"""People: who holds what and until when; given and ended by the coordinator, never to oneself."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from collaborations.forms.secretariat import EndRoleForm, PeopleFilter, RegisterForm, RoleForm
from collaborations.views.secretariat.rooms import room, show, status_of
from collaborators.actions import end_role, give_role, register_person
from collaborators.http import PersonRequest
from collaborators.policies import can_coordinate
from collaborators.selectors import people_page, words_of


@room("coordinate", "steward")
def people(request: PersonRequest) -> HttpResponse:
    """List who holds a role on a region or on the platform."""
    return show_people(request)


def show_people(
    request: PersonRequest,
    *,
    role: Form | None = None,
    register: Form | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """The page of all people; of its forms the one that was sent shows its errors."""
    turn = PeopleFilter(request.GET)
    lines, has_more = people_page(after=turn.cleaned_data["after"] if turn.is_valid() else "")
    here = reverse("secretariat:people")
    context: dict[str, Any] = {
        "lines": lines,
        "first_url": here if request.GET.get("after") else "",
        "next_url": f"{here}?{urlencode({'after': lines[-1].person.email or ''})}" if has_more else "",
        "can_give": can_coordinate(),
        "form": role or register,
    }
    if can_coordinate():
        context |= {
            "role": role or RoleForm(by=request.user, auto_id="role_%s"),
            "register": register or RegisterForm(auto_id="new_%s"),
        }
    return show(request, "secretariat/people.html", context, status=status or status_of(turn))


@room("coordinate")
def person_register(request: PersonRequest) -> HttpResponse:
    """Make an account for somebody who will be given a role."""
    if request.method != "POST":
        return redirect("secretariat:people")
    form = RegisterForm(request.POST, auto_id="new_%s")
    if form.is_valid() and is_registered(request, form):
        messages.success(
            request,
            _("Registered. The person sets a password with “Forgot your password?” on the sign-in page."),
        )
        return redirect("secretariat:people")
    return show_people(request, register=form, status=status_of(form))


def is_registered(request: PersonRequest, form: RegisterForm) -> bool:
    """Make the account; when somebody else was quicker with the same address, the form says so."""
    try:
        with transaction.atomic():
            register_person(by=request.user, **form.cleaned_data)
    except IntegrityError:
        form.add_error("email", _("Somebody has an account with this address already."))
        return False
    return True


@room("coordinate")
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
def role_end(request: PersonRequest) -> HttpResponse:
    """End a role, after a page that says what follows."""
    form = EndRoleForm(request.POST or request.GET or None)
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
    }
    return show(request, "secretariat/role_end.html", context)
