"""The people of one community: who can come in, one more of them, and who should not any more."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.forms.people import LetInForm
from collaborators.actions import end_person, let_person_in
from collaborators.actions.community_people import MOST_PEOPLE, NOT_YOURSELF
from collaborators.http import PersonRequest
from collaborators.models import Community
from collaborators.selectors.community_people import OwnPerson, living, people_of
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.access import require


@door("community")
def people(request: PersonRequest) -> HttpResponse:
    """Show who of the community can come in, and who cannot any more."""
    community = represented(request)
    everybody = people_of(request.scope, community)
    now = living(everybody)
    context = {
        "people": now,
        "ended": [person for person in everybody if person not in now],
        "can_let_in": len(now) < MOST_PEOPLE,
        "decides_together": community.decides_together,
    }
    return render(request, "community/people.html", context)


def represented(request: PersonRequest) -> Community:
    """The community as which the person speaks; a 404 for somebody with only its mandate."""
    return get_object_or_404(
        Community.objects.visible_to(request.scope).filter(pk__in=request.scope.ids("represent", Community))[:1]
    )


@door("community")
def person_new(request: PersonRequest) -> HttpResponse:
    """Ask for a word for the new person, then let them in."""
    community = represented(request)
    form = LetInForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid():
        return let_in(request, community, form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/person_new.html", {"form": form}, status=status)


@fresh
def let_in(request: PersonRequest, community: Community, form: LetInForm) -> HttpResponse:
    """Show the new person's code, this once."""
    code = let_person_in(community, by=request.user, **form.cleaned_data)
    if code is None:
        messages.info(request, _("This person was let in already. Their code is shown only once."))
        return redirect("community:people")
    return render(request, "community/person_code.html", {"code": code.digits})


@door("community")
def person_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Say what follows when a person should not come in any more, then end it."""
    community = represented(request)
    person = next((one for one in people_of(request.scope, community) if one.uuid == uuid), None)
    if person is None:
        raise Http404
    require(not person.is_self, NOT_YOURSELF)
    if person.ended_at is not None:
        return said_ended(request)
    if request.method == "POST":
        return end(request, community, person)
    return render(request, "community/person_end.html", {"person": person})


@fresh
def end(request: PersonRequest, community: Community, person: OwnPerson) -> HttpResponse:
    end_person(community, person.uuid, by=request.user)
    return said_ended(request)


def said_ended(request: PersonRequest) -> HttpResponse:
    messages.success(request, _("This person cannot come in any more."))
    return redirect("community:people")
