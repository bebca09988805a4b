"""The access matrix: for every address, whose objects of which kind open to whom. A new address needs a row."""

from dataclasses import dataclass, field
from typing import Any

Pair = tuple[str, str]

# Who stands where: a person, and the relation of the object that opens to them.
MEMBERS = {("member_own", "own"), ("member_near", "near"), ("member_far", "far")}
COMMUNITY = MEMBERS | {("supporter", "own")}
ALLIES = {("ally_own", "own"), ("ally_near", "near"), ("ally_far", "far")}
SAME_HOUSE = ALLIES | {("colleague", "own")}
FACILITATORS = {("desk_africa", "own"), ("desk_africa", "near"), ("desk_asia", "far")}
COORDINATOR = {("coordinator", relation) for relation in ("own", "near", "far")}
FOCAL = {("focal_person", "own"), ("focal_person", "near")}
KEEPERS = COORDINATOR | {
    (desk, relation) for desk in ("desk_africa", "desk_asia") for relation in ("own", "near", "far")
}
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Row:
    """One address: the kind of its object (empty: none), and the pairs of person and relation that it opens to."""

    kind: str = ""
    opens_for: Any = EVERYBODY
    kwargs: dict[str, Any] = field(default_factory=dict)

    def opens(self, person: str, relation: str) -> bool:
        """Whether the address shows something of that relation to the person."""
        return self.opens_for == EVERYBODY or (person, relation) in self.opens_for


def portal(*pairs: set[Pair]) -> Row:
    """An address without an object: it opens to people of a portal, whatever the relation."""
    people = {person for some in pairs for person, _ in some}
    return Row("", {(person, relation) for person in people for relation in ("own", "near", "far")})
