"""Functions that act above row security look themselves who asks: each called straight, by everybody who might try."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from collaborations.models import Collaboration, Introduction, SupportRequest
from collaborations.models.handover import Handover
from collaborators.models import Absence, Collaborator, Freeze, Panel, Platform, User
from cre.core.access import acting_as
from tests.conftest import as_owner
from tests.scene import Scene, scene

pytestmark = [pytest.mark.django_db, pytest.mark.second_wall]
__all__ = ["scene"]
COORDINATORS = {"the coordinator", "another coordinator"}
SYSTEM, OURS, DESK, ALLY = {"the system"}, {"the community"}, {"its facilitator"}, {"the ally"}
KEEPERS = COORDINATORS | {"the steward"} | SYSTEM
# What is called, with the ids of the scene, and who may.
CALLS: dict[str, set[str]] = {
    "cre_count_clocks()": KEEPERS,
    "cre_old_rows()": KEEPERS,
    "cre_outbox_state()": KEEPERS - SYSTEM,
    "cre_count_representatives({community})": OURS,
    "cre_has_second({community})": OURS,
    "cre_people_with_codes({community})": DESK,
    "cre_holders_of('region', 'facilitate', {region})": SYSTEM,
    "cre_remove_ended_grants()": SYSTEM,
    "cre_sweep_sessions()": SYSTEM,
    "cre_remove_old('outbox', 1)": SYSTEM,
    "cre_stands_still('collaborations.SupportRequest', '{uuid}')": SYSTEM,
    # Not before its time, and then by the clock alone.
    "cre_forget_community({community})": set(),
    "cre_forget_request({request})": set(),
    "cre_move_community({community}, {region})": COORDINATORS | OURS,
    "cre_place_request({request}, {region})": COORDINATORS,
    "cre_flag_request({request}, '{{}}')": OURS,
    "cre_join_region('guard', {region}, {stranger}, NULL, NULL)": COORDINATORS,
    "cre_join_collaborator('speak_for', {collaborator}, {stranger}, NULL, NULL)": COORDINATORS,
    "cre_join_panel('review', {panel}, {stranger}, NULL, NULL)": COORDINATORS,
    "cre_leave_region('facilitate', {region}, {facilitator})": COORDINATORS | DESK,
    "cre_leave_collaborator('speak_for', {collaborator}, {ally})": COORDINATORS | ALLY,
    "cre_leave_panel('review', {panel}, {stranger})": COORDINATORS | {"a stranger"},
    "cre_leave_platform('steward', {platform}, {steward})": COORDINATORS | {"the steward"},
    "cre_leave_platform('operate', {platform}, {system})": set(),
    "cre_leave_community('represent', {community}, {member})": OURS,
    "cre_end_person({community}, {stranger})": set(),
    "cre_end_sessions({member})": KEEPERS | OURS | DESK | {"its focal person"},
    # The work has begun and has not ended.
    "cre_close_if_done({work})": set(),
    "cre_support_if_begun({work})": set(),
    "cre_tell_of_answer({introduction}, 'ally_willing', false)": ALLY,
    # Nobody has called it off.
    "cre_uncover({absence})": set(),
    "cre_cancel_handover({handover})": COORDINATORS | DESK,
    "cre_begin_assisted_intake('{new}', '{new}', {region}, 'en', '12345678', 'x', 1::smallint)": DESK,
    "cre_let_person_in('{new}', {community}, '12345678', 'x', 1::smallint)": OURS,
    # The freeze is over.
    "cre_list_warnings({freeze})": set(),
    "cre_close_doors({freeze})": set(),
    "cre_emit('k', 't', '{{}}', 'mail', false, now())": set(),
}


@pytest.fixture
def ids(scene: Scene) -> dict[str, object]:
    """The keys of what the calls are about."""
    cast, people = scene.place.cast, scene.people
    with as_owner():
        system = User.objects.get(is_system=True)
        rows = {
            "request": SupportRequest.objects.get(uuid=scene.place.objects["request"]),
            "introduction": Introduction.objects.get(uuid=scene.place.objects["introduction"]),
            "work": Collaboration.objects.get(uuid=scene.place.objects["collaboration"]),
            "freeze": Freeze.objects.get(), "platform": Platform.objects.get(), "community": cast.community,
            "region": scene.region, "collaborator": scene.row(Collaborator), "panel": scene.row(Panel),
            "absence": scene.row(Absence), "handover": scene.row(Handover), "member": cast.member,
            "facilitator": cast.facilitator, "ally": cast.ally, "steward": people["the steward"],
            "stranger": people["a stranger"], "system": system,
        }  # fmt: skip
    people["the system"] = system
    return {name: row.pk for name, row in rows.items()} | {"uuid": rows["request"].uuid, "new": uuid4()}


def is_let(call: str, person: User) -> bool:
    """Whether the function lets this person; what it did is taken back, and what fails later is another matter."""
    with transaction.atomic(), acting_as(person), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"SELECT {call}")
        except DatabaseError as error:
            return not isinstance(error.__cause__, InsufficientPrivilege)
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.promise("P10")
def test_each_function_answers_exactly_those_it_is_made_for(scene: Scene, ids: dict[str, object]) -> None:
    found = {
        call: {who for who, person in scene.people.items() if is_let(call.format(**ids), person)} for call in CALLS
    }

    assert found == CALLS
