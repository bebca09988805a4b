"""What can happen on the way, in the plain words of the timeline."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    """One entry of a timeline; the words are for the community, staff read them too."""

    SENT = "sent", _("Your request reached us.")
    TALK_FIRST = "talk_first", _("You asked to talk first. We keep only how to reach you.")
    PLACED = "placed", _("We found the right region for your request.")
    SAFETY_CHECKED = "safety_checked", _("We talked about safety first.")
    MESSAGE = "message", _("There is a new message.")
    FILES = "files", _("You sent files.")
    ACCEPTED = "accepted", _("We take your request on.")
    DECLINED = "declined", _("We cannot take this on. The reason and other places to ask are in the message.")
    SECOND_LOOK = "second_look", _("You asked for a second look. Another person will answer.")
    REOPENED = "reopened", _("After a second look, we go on.")
    DECLINE_STANDS = "decline_stands", _("After a second look, the answer stays the same.")
    PARKED = "parked", _("Your request waits for now.")
    RESUMED = "resumed", _("We go on with your request.")
    WITHDRAWN = "withdrawn", _("You took your request back.")
    BRIEF_PROPOSED = (
        "brief_proposed",
        _("A brief is ready for you to read. Nobody else sees it before you say yes."),
    )
    BRIEF_APPROVED = "brief_approved", _("You approved the brief.")
    BRIEF_SENT_BACK = "brief_sent_back", _("You sent the brief back with your wishes.")
    ALLIES_PROPOSED = "allies_proposed", _("We suggest allies. We ask them only if you allow it.")
    OFFERS_ALLOWED = "offers_allowed", _("You allowed us to ask allies.")
    ALLY_WILLING = "ally_willing", _("An ally would like to support you.")
    ALLY_NOT_NOW = "ally_not_now", _("An ally cannot help this time.")
    ALLY_CHOSEN = "ally_chosen", _("You chose an ally.")
    SECOND_AGREED = "second_agreed", _("A second person agreed to the ally that was chosen.")
    SECOND_REFUSED = "second_refused", _("A second person did not agree. That ally learns nothing any more.")
    INTRODUCED = "introduced", _("You and the ally know of each other now.")
    COLLABORATION_BEGUN = "collaboration_begun", _("You work together now.")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Something is no longer shared with an ally.")
    OUTPUT_PUT = "output_put", _("Your ally asks about something that it would like to publish.")
    OUTPUT_ANSWERED = "output_answered", _("You answered about what your ally would like to publish.")
    COLLABORATION_PAUSED = "collaboration_paused", _("You let the work with your ally rest.")
    COLLABORATION_RESUMED = "collaboration_resumed", _("You went on with your ally.")
    COLLABORATION_ENDED = "collaboration_ended", _("The work together has ended.")
    INTERPRETER_ASKED = "interpreter_asked", _("We ask whether an interpreter may read one text of yours.")
    INTERPRETER_ALLOWED = "interpreter_allowed", _("You allowed an interpreter to read one text.")
    INTERPRETER_REFUSED = "interpreter_refused", _("You said no: no interpreter reads that text.")
    INTERPRETER_DONE = "interpreter_done", _("A translation is ready. The interpreter no longer reads your text.")
    INTERPRETER_ENDED = "interpreter_ended", _("An interpreter no longer reads your text.")
    FROZEN = "frozen", _("Everything about you was stopped, for your safety.")
    THAWED = "thawed", _("After a talk, everything goes on. All dates moved by as long as it stood still.")
    CORRECTED = "corrected", _("You changed your answers.")
    RECORDED_BY_VOICE = "recorded_by_voice", _("Your decision, given by voice, was written down.")
