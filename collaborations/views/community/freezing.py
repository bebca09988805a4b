"""Stop everything: one page that says what follows, one tap, and the door closes behind whoever pressed."""

from http import HTTPStatus

from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from collaborations.forms.freezing import FreezeForm
from collaborators.actions import freeze_community
from collaborators.http import PersonRequest
from collaborators.models import Community, FreezingSide
from collaborators.policies import communities_of
from collaborators.views.doors import door
from cre.core.access import Scope


def own_communities(scope: Scope) -> QuerySet[Community]:
    """The communities that the person speaks for and that their desk knows of; a draft is shared with nobody."""
    found = Community.objects.visible_to(scope).filter(pk__in=communities_of(scope), reached_at__isnull=False)
    return found.select_related("identity")


@door("community")
def freeze(request: PersonRequest) -> HttpResponse:
    """Say what stops and who is told, and stop it; from then on nobody of the community is inside."""
    own = own_communities(request.scope)
    form = FreezeForm(request.POST if request.method == "POST" else None, communities=own)
    if form.is_valid():
        community = form.cleaned_data["community"]
        reason = form.cleaned_data["reason"]
        freeze_community(community.pk, side=FreezingSide.COMMUNITY, reason=reason, by=request.user)
        return left(request)
    context = {"form": form, "is_known": own.exists()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/freeze.html", context, status=status)


def left(request: HttpRequest) -> HttpResponse:
    """Out of the portal, with nothing kept in the browser."""
    logout(request)
    response = redirect("community:frozen")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def frozen(request: HttpRequest) -> HttpResponse:
    """What has stopped, who was told and what to do now; the page is the same for everybody, and knows nobody."""
    return render(request, "community/frozen.html")
