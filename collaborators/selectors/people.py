"""What the secretariat reads about people: who holds what, and until when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators.models import Panel, PanelGrant, Platform, PlatformGrant, Region, RegionGrant, User
from collaborators.selectors.terms import still_held
from cre.core.access import Scope

PAGE = 50
Container = Region | Platform | Panel
# What people hold on regions and on the platform; the system account's own role is nobody's to give.
ROLES: dict[str, Promise] = {
    "facilitate": _("Facilitator"),
    "guard": _("Security focal person"),
    "coordinate": _("International coordinator"),
    "handle_grants": _("Grants officer"),
    "steward": _("Data steward"),
    "advise": _("Advisory Committee"),
    "evaluate": _("Evaluator"),
    "review": _("Member"),
    "speak_for": _("Speaks for a collaborator"),
    "host": _("Fiscal host"),
}
GRANTS = (PlatformGrant, RegionGrant, PanelGrant)
WIDE = ("coordinate", "handle_grants", "steward", "advise", "evaluate")
ON_REGIONS = ("facilitate", "guard")


@dataclass(frozen=True)
class RoleLine:
    """One role of one person: `code` as `roles_to_offer` has it."""

    code: str
    words: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class PersonLine:
    """Somebody and the roles that they hold now, or from a later day."""

    person: User
    roles: list[RoleLine]


def people_page(*, after: UUID | None = None) -> tuple[list[PersonLine], bool]:
    """A page of the people with a role on a region, a panel or the platform, by e-mail address; five queries.

    `after` names the person with whom the page before ended; not by the address, which would stand in every
    log of what was opened. The database shows these roles to the coordinator and the steward only.
    """
    held = [Exists(model.objects.filter(still_held(), user=OuterRef("pk"))) for model in GRANTS]
    found = User.objects.filter(held[0] | held[1] | held[2], is_system=False).order_by("email")
    if after:
        found = found.filter(email__gt=Subquery(User.objects.filter(uuid=after).values("email")))
    people = list(found[: PAGE + 1])
    roles = roles_of(people[:PAGE])
    return [PersonLine(person, roles[person.pk]) for person in people[:PAGE]], len(people) > PAGE


def roles_of(people: Iterable[User]) -> dict[int, list[RoleLine]]:
    """The roles of these people on regions, panels and on the platform, by their primary key."""
    lines: dict[int, list[RoleLine]] = defaultdict(list)
    for model in GRANTS:
        grants: Any = model._default_manager.filter(still_held(), user__in=list(people))
        for grant in grants.select_related("permission", "content_object").order_by("content_object_id", "pk"):
            if grant.permission.codename in ROLES:
                lines[grant.user_id].append(as_role(grant))
    return lines


def as_role(grant: Any) -> RoleLine:
    held, codename = grant.content_object, grant.permission.codename
    return RoleLine(code_of(held, codename), words_of(held, codename), grant.starts_at, grant.ends_at)


def code_of(held: Container, codename: str) -> str:
    """A role as a form carries it: `region:africa:facilitate`."""
    code = held.uuid if isinstance(held, Panel) else held.code
    return f"{held._meta.model_name}:{code}:{codename}"


def words_of(held: Container, codename: str) -> str:
    return str(ROLES[codename]) if isinstance(held, Platform) else f"{ROLES[codename]}, {held}"


def roles_to_offer(scope: Scope) -> dict[str, tuple[Container, str]]:
    """Every role that somebody can be invited to here: those to give, and seats on panels."""
    seats = {code_of(panel, "review"): (panel, "review") for panel in Panel.objects.visible_to(scope)}
    return {**roles_to_give(), **seats}


def roles_to_give() -> dict[str, tuple[Region | Platform, str]]:
    """Every role that the coordinator can give: its code, the container and the codename."""
    platform = Platform.objects.get()
    wide: list[tuple[Region | Platform, str]] = [(platform, codename) for codename in WIDE]
    regional = [(region, codename) for region in Region.objects.order_by("name") for codename in ON_REGIONS]
    return {code_of(held, codename): (held, codename) for held, codename in [*wide, *regional]}


def person_with(email: str) -> User | None:
    """Somebody with an account that is open, by e-mail address."""
    return User.objects.filter(email=email.lower(), is_active=True, is_system=False).first()


def grant_of(person: User, held: Container, codename: str) -> Any:
    """The grant with which somebody holds a role now or from a later day, or None."""
    model: Any = next(model for model in GRANTS if model._meta.get_field("content_object").related_model is type(held))
    return model._default_manager.filter(
        still_held(), user=person, content_object=held, permission__codename=codename
    ).first()
