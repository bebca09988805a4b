"""Where people land after they have logged in, and pages made of parts of several apps."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from collaborators.http import PersonRequest
from collaborators.views.fresh import prove_first
from cre.context import portals_of
from cre.core.languages import open_language
from cre.language import RootedRequest, split_language


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Send a person to the first portal that is theirs, or first to the second step that their role asks for."""
    if request.scope.needs_proof:
        return prove_first(request, by_factor=True) or redirect("home")
    portals = portals_of(request)
    if portals and portals[0]["url"].endswith("/community/"):
        return redirect(in_own_language(request))
    return redirect(portals[0]["url"] if portals else "start")


def in_own_language(request: PersonRequest) -> str:
    """The community's page in the language of its person, unless the address by which they came names one."""
    language, page = open_language(request.user.language), reverse("community:home")
    is_named = split_language(request.path.removeprefix(cast(RootedRequest, request).root.rstrip("/")))[0]
    return page if is_named or language == get_language() else f"{get_script_prefix()}{language}/community/"
