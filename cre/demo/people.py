"""Who can log in to the demonstration: invented people with one public password."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cre.demo.files import Told, read_people

PASSWORD = "demo-only-password"
COORDINATOR = "coordinator@demo.example"
ROLES = {
    "community member": _("community member"),
    "ally": _("ally"),
    "interpreter": _("interpreter"),
    "regional facilitator": _("regional facilitator"),
    "security focal person": _("security focal person"),
    "international coordinator": _("international coordinator"),
    "supporter with a mandate": _("supporter with a mandate"),
    "fiscal host": _("fiscal host"),
    "grants officer": _("grants officer"),
    "reviewer": _("working-group member"),
    "Advisory Committee member": _("Advisory Committee member"),
    "data steward": _("data steward"),
    "evaluator": _("evaluator"),
}


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demonstration, as the files tell."""

    email: str
    name: str
    role: str | Promise
    language: str
    grants: tuple[Told, ...]


@cache
def demo_people() -> tuple[DemoPerson, ...]:
    """Everybody with a role that the product has."""
    return tuple(
        DemoPerson(told["email"], told["name"], ROLES[told["role"]], told["language"], tuple(told["grants"]))
        for told in read_people()
        if told["role"] in ROLES
    )


def holders_of(container: str, codename: str) -> list[tuple[DemoPerson, Told]]:
    """The people who hold a role on containers of one kind, each with the grant that says so."""
    return [
        (person, grant)
        for person in demo_people()
        for grant in person.grants
        if (grant["container"], grant["codename"]) == (container, codename)
    ]
