"""Who may run the exchange: people, roles, committees, the roster, keeping, absences, handovers, copies, resets."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from collaborations.actions import decide_access
from collaborations.actions.handover import cancel_handover, start_handover
from collaborations.models.handover import Handover
from collaborators import actions
from collaborators.models import Absence, Collaborator, Invitation, LevelRaise, Panel, User
from collaborators.selectors.ledger import LedgerSearch
from collaborators.states import Vetting
from cre.core.ledger.models import BulkAccess
from cre.core.retention.models import LegalHold, RetentionRule
from tests.collaborations.who import WALLS, those_who_may
from tests.conftest import roster_entry
from tests.scene import Scene, scene

pytestmark = pytest.mark.django_db
__all__ = ["scene"]
COORDINATOR, DESK = {"the coordinator", "another coordinator"}, {"its facilitator"}


def away(scene: Scene, by: User) -> object:
    """The facilitator's absence in a month, with the neighbour as cover."""
    begins = timezone.now() + timedelta(days=30)
    return actions.enter_absence(
        scene.people["its facilitator"], scene.people["another facilitator"], region=scene.region,
        starts_at=begins, ends_at=begins + timedelta(days=2), by=by,
    )  # fmt: skip


def address() -> str:
    return f"{uuid4().hex}@test.example"


Act = Callable[[Scene, User], object]
ACTS: dict[str, tuple[Act, set[str]]] = {
    "register somebody": (lambda _, by: actions.register_person(email=address(), by=by), COORDINATOR),
    "invite": (
        lambda scene, by: actions.invite_person(scene.region, "guard", email=address(), by=by), COORDINATOR
    ),
    "invite again": (
        lambda scene, by: actions.send_again(scene.row(Invitation), version=scene.row(Invitation).version, by=by),
        COORDINATOR,
    ),
    "withdraw an invitation": (
        lambda scene, by: actions.withdraw_invitation(
            scene.row(Invitation), version=scene.row(Invitation).version, by=by
        ),
        COORDINATOR,
    ),
    "give a role": (
        lambda scene, by: actions.give_role(scene.region, "guard", scene.row(User), by=by), COORDINATOR
    ),
    "end a role": (
        lambda scene, by: actions.end_role(scene.region, "guard", scene.people["its focal person"], by=by),
        # Whoever holds one can lay it down.
        COORDINATOR | {"its focal person"},
    ),
    "make a committee": (
        lambda _, by: actions.make_panel(name=uuid4().hex, kind="committee", seats=3, by=by), COORDINATOR
    ),
    "change a committee": (
        lambda scene, by: actions.change_panel(scene.row(Panel), version=scene.row(Panel).version, seats=4, by=by),
        COORDINATOR,
    ),
    "say how long things are kept": (
        lambda scene, by: actions.change_rule(
            scene.row(RetentionRule), version=scene.row(RetentionRule).version, days=900, asks_before_days=60, by=by
        ),
        COORDINATOR,
    ),
    "place a hold": (
        lambda scene, by: actions.place_hold(
            "collaborations.SupportRequest", scene.place.objects["request"], reason="a court has asked", by=by
        ),
        COORDINATOR,
    ),
    "end a hold": (
        lambda scene, by: actions.end_hold(scene.row(LegalHold), version=scene.row(LegalHold).version, by=by),
        # Nobody ends the one that they placed themselves.
        {"another coordinator"},
    ),
    "enter the facilitator's absence": (away, COORDINATOR | DESK),
    "call the absence off": (
        lambda scene, by: actions.call_off_absence(scene.row(Absence), version=scene.row(Absence).version, by=by),
        COORDINATOR | DESK,
    ),
    "cancel the handover": (
        lambda scene, by: cancel_handover(scene.row(Handover), by=by), COORDINATOR | DESK
    ),
    "hand over to oneself": (
        lambda scene, by: start_handover(scene.region, by, by, by=by), set()
    ),
    "vet an ally": (
        lambda scene, by: actions.change_vetting(
            scene.row(Collaborator), Vetting.SUSPENDED, version=scene.row(Collaborator).version, by=by
        ),
        COORDINATOR,
    ),
    "show an ally in the directory": (
        lambda scene, by: actions.change_directory(
            scene.row(Collaborator), version=scene.row(Collaborator).version, is_shown=True, by=by
        ),
        COORDINATOR | {"the ally"},
    ),
    "put an ally on the roster": (lambda _, by: roster_entry(uuid4().hex, by), COORDINATOR),
    "raise an ally": (
        lambda scene, by: decide_access(scene.row(LevelRaise), approved=True, by=by), COORDINATOR
    ),
    "let a copy of the ledger be taken": (
        lambda scene, by: actions.decide_bulk_access(scene.row(BulkAccess), approved=True, by=by),
        {"another coordinator", "the steward"}
    ),
    "ask for a copy of the ledger": (
        lambda _, by: actions.ask_ledger_copy(LedgerSearch(), reason="We count reads of this year.", by=by),
        COORDINATOR | {"the steward"},
    ),
    "end all access of somebody": (
        lambda scene, by: actions.end_all_access(scene.row(User), reason="left", by=by),
        COORDINATOR | {"the steward"},
    ),
}  # fmt: skip


@WALLS
@pytest.mark.promise("P24")
def test_exactly_those_run_it_who_are_told_to(wall: str, scene: Scene) -> None:
    found = {name: those_who_may(partial(act, scene), scene.people, wall) for name, (act, _) in ACTS.items()}

    assert found == {name: people for name, (_, people) in ACTS.items()}
