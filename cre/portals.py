"""Where people land after they have logged in, and pages made of parts of several apps."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from collaborators.http import PersonRequest
from collaborators.views.fresh import prove_first
from cre.context import portals_of


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Send a person to the first portal that is theirs, or first to the second step that their role asks for."""
    if request.scope.needs_proof:
        return prove_first(request, by_factor=True) or redirect("home")
    portals = portals_of(request)
    return redirect(portals[0]["url"] if portals else "start")
