"""The way out: end the session, clear what the browser keeps, and stand on a page that says nothing."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from collaborators.sessions import clear_browser


@never_cache
def leave_site(request: HttpRequest) -> HttpResponse:
    """Forget the visitor at once, even on a plain GET: a forged link that signs someone out does no harm.

    EXIT_URL may name another neutral page; by default it is an empty page of our own, so that no other
    site learns that somebody has just left this one.
    """
    logout(request)
    response = redirect(settings.EXIT_URL or "blank")
    return clear_browser(response)


def blank(request: HttpRequest) -> HttpResponse:
    """Show an empty page without style, links or names."""
    return render(request, "public/blank.html")
