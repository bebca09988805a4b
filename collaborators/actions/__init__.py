"""Every write about people, communities and the roster."""

from collaborators.actions.intake import Intake, begin_intake, change_identity, come_forward, confirm_code, replace_code
from collaborators.actions.people import end_role, give_role, register_person
from collaborators.actions.roster import (
    ask_level_raise,
    change_capacity,
    change_vetting,
    decide_level_raise,
    register_collaborator,
)

__all__ = [
    "Intake",
    "ask_level_raise",
    "begin_intake",
    "change_capacity",
    "change_identity",
    "change_vetting",
    "come_forward",
    "confirm_code",
    "decide_level_raise",
    "end_role",
    "give_role",
    "register_collaborator",
    "register_person",
    "replace_code",
]
