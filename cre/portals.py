"""Where people land after they have logged in, and pages made of parts of several apps."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cre.context import portals_of


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the first portal that is theirs."""
    portals = portals_of(request)
    return redirect(portals[0]["url"] if portals else "start")
