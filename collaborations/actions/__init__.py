"""Every write about requests and what follows; in the order of the path."""

from collaborations.actions.allies import allow_offers, propose_allies, refuse_offers
from collaborations.actions.answers import answer_willing, decline_offer
from collaborations.actions.asking import (
    change_draft,
    refuse_keeping,
    send_request,
    start_request,
    withdraw_request,
)
from collaborations.actions.assisted import confirm_words, hand_over_first_code, keep_contact, write_down
from collaborations.actions.break_glass import open_identity
from collaborations.actions.briefs import approve_brief, propose_brief, send_back_brief, write_brief
from collaborations.actions.choosing import answer_choice, choose_ally, decide_access, give_up_choice, refuse_ally
from collaborations.actions.consents import withdraw_consent
from collaborations.actions.correcting import correct_answers
from collaborations.actions.deciding import (
    accept_request,
    answer_second_look,
    ask_second_look,
    check_safety,
    decline_request,
    park_request,
    place_request,
    resume_request,
)
from collaborations.actions.deleting import cancel_deletion, confirm_deletion, order_deletion
from collaborations.actions.files import add_file, add_files, open_copy, open_file, remove_file, share_file
from collaborations.actions.flags import flag_request
from collaborations.actions.interpreting import (
    allow_interpreter,
    ask_interpreter,
    end_interpreting,
    keep_translation,
    refuse_interpreter,
)
from collaborations.actions.keeping import answer_keeping, record_keeping
from collaborations.actions.outputs import answer_output, put_forward
from collaborations.actions.spoken import Voice
from collaborations.actions.taking import take_everything
from collaborations.actions.talk import write_message, write_note
from collaborations.actions.wishes import say_wish, take_back_wish
from collaborations.actions.work import (
    confirm_contact,
    end_collaboration,
    pause_collaboration,
    resume_collaboration,
    write_in_collaboration,
)

__all__ = [
    "Voice",
    "accept_request",
    "add_file",
    "add_files",
    "allow_interpreter",
    "allow_offers",
    "answer_choice",
    "answer_keeping",
    "answer_output",
    "answer_second_look",
    "answer_willing",
    "approve_brief",
    "ask_interpreter",
    "ask_second_look",
    "cancel_deletion",
    "change_draft",
    "check_safety",
    "choose_ally",
    "confirm_contact",
    "confirm_deletion",
    "confirm_words",
    "correct_answers",
    "decide_access",
    "decline_offer",
    "decline_request",
    "end_collaboration",
    "end_interpreting",
    "flag_request",
    "give_up_choice",
    "hand_over_first_code",
    "keep_contact",
    "keep_translation",
    "open_copy",
    "open_file",
    "open_identity",
    "order_deletion",
    "park_request",
    "pause_collaboration",
    "place_request",
    "propose_allies",
    "propose_brief",
    "put_forward",
    "record_keeping",
    "refuse_ally",
    "refuse_interpreter",
    "refuse_keeping",
    "refuse_offers",
    "remove_file",
    "resume_collaboration",
    "resume_request",
    "say_wish",
    "send_back_brief",
    "send_request",
    "share_file",
    "start_request",
    "take_back_wish",
    "take_everything",
    "withdraw_consent",
    "withdraw_request",
    "write_brief",
    "write_down",
    "write_in_collaboration",
    "write_message",
    "write_note",
]
