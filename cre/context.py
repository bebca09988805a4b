"""What every page knows without asking the database: names, languages, the portals of the person."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from collaborators.views.doors import OPENS
from cre.demo.people import demo_people


@dataclass(frozen=True)
class Portal:
    """One front door of the product; `doors.OPENS` knows who has its key."""

    code: str
    name: str | Promise


PORTALS = (
    Portal("community", _("Community")),
    Portal("ally", _("Ally")),
    Portal("desk", _("Desk")),
    Portal("committee", _("Committee")),
    Portal("secretariat", _("Secretariat")),
)


def portals_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The portals that open for this person, each with `name`, `url` and whether it `is_current`."""
    scope = getattr(request, "scope", None)
    if scope is None:
        return []
    return [
        {
            "name": portal.name,
            "url": f"{get_script_prefix()}{portal.code}/",
            "is_current": request.path_info.startswith(f"/{portal.code}/"),
        }
        for portal in PORTALS
        if OPENS[portal.code](scope)
    ]


def own_name(code: str) -> str:
    """What the speakers of a language call it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return str(dict(settings.LANGUAGES)[code])


def languages_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Each open language: `code`, `name`, whether it `is_current`, and the `url` of this very page in it."""
    root = getattr(request, "root", "/")
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": f"{root}{code}{request.path_info}{query}",
            "is_current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]


def site(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` and `staff.html` use; portals are worked out only where a page shows them."""
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "demo_people": demo_people() if settings.DEMO else (),
        "root": get_script_prefix(),
        "languages": languages_of(request),
        "portals": SimpleLazyObject(lambda: portals_of(request)),
    }
