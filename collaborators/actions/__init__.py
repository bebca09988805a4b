"""Every write about people, communities and the roster."""

from collaborators.actions.absences import call_off_absence, enter_absence
from collaborators.actions.accounts import (
    allow_reset,
    ask_password_reset,
    can_reset,
    change_password,
    note_account_event,
    reset_password,
)
from collaborators.actions.bulk import ask_ledger_copy, decide_bulk_access, take_ledger_copy
from collaborators.actions.community_people import end_person, let_person_in
from collaborators.actions.factors import (
    add_app,
    add_passkey,
    print_sheet,
    remove_factor,
    reset_factors,
)
from collaborators.actions.freezing import (
    confirm_thaw,
    freeze_community,
    note_warning,
    propose_thaw,
    refuse_thaw,
    replace_code_after_talk,
)
from collaborators.actions.intake import (
    Intake,
    begin_assisted_intake,
    begin_intake,
    change_identity,
    come_forward,
    confirm_code,
    replace_code,
)
from collaborators.actions.invitations import (
    accept_invitation,
    expire_invitations,
    invite_person,
    send_again,
    withdraw_invitation,
)
from collaborators.actions.naming import hide_name, show_name
from collaborators.actions.panels import answer_composition, change_panel, give_seat, make_panel
from collaborators.actions.people import end_all_access, end_role, give_role, register_person, remove_ended_roles
from collaborators.actions.retention import change_rule, end_hold, place_hold
from collaborators.actions.roster import (
    ask_level_raise,
    change_capacity,
    change_directory,
    change_vetting,
    decide_level_raise,
    register_collaborator,
)
from collaborators.actions.sessions import end_session, end_sessions
from collaborators.actions.together import answer_alone, ask_to_decide_alone, decide_together
from collaborators.actions.ways import confirm_address, give_address, remove_address, tell_by_mail

__all__ = [
    "Intake",
    "accept_invitation",
    "add_app",
    "add_passkey",
    "allow_reset",
    "answer_alone",
    "answer_composition",
    "ask_ledger_copy",
    "ask_level_raise",
    "ask_password_reset",
    "ask_to_decide_alone",
    "begin_assisted_intake",
    "begin_intake",
    "call_off_absence",
    "can_reset",
    "change_capacity",
    "change_directory",
    "change_identity",
    "change_panel",
    "change_password",
    "change_rule",
    "change_vetting",
    "come_forward",
    "confirm_address",
    "confirm_code",
    "confirm_thaw",
    "decide_bulk_access",
    "decide_level_raise",
    "decide_together",
    "end_all_access",
    "end_hold",
    "end_person",
    "end_role",
    "end_session",
    "end_sessions",
    "enter_absence",
    "expire_invitations",
    "freeze_community",
    "give_address",
    "give_role",
    "give_seat",
    "hide_name",
    "invite_person",
    "let_person_in",
    "make_panel",
    "note_account_event",
    "note_warning",
    "place_hold",
    "print_sheet",
    "propose_thaw",
    "refuse_thaw",
    "register_collaborator",
    "register_person",
    "remove_address",
    "remove_ended_roles",
    "remove_factor",
    "replace_code",
    "replace_code_after_talk",
    "reset_factors",
    "reset_password",
    "send_again",
    "show_name",
    "take_ledger_copy",
    "tell_by_mail",
    "withdraw_invitation",
]
