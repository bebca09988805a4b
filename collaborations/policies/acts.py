"""What a person may do. Each answers yes or no for the acting person and changes nothing."""

from django.utils.translation import gettext_lazy as _

from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Introduction,
    KeepQuestion,
    RequestFile,
    SecondLook,
    SupportRequest,
)
from collaborations.models.files import CopyState
from collaborations.models.talk import Side
from collaborations.states import BriefStatus, CollaborationStatus, IntroductionStatus, RequestStatus
from collaborators.freezing import unless_frozen
from collaborators.models import Collaborator, Community, Deletion, Region, User
from collaborators.policies import can_act_for, can_represent, can_speak_for, holds_on_region
from cre.core.access import No, current_scope
from cre.core.states import can_move
from cre.core.vocabularies import ConsentForm

NOTHING_KEPT = _("You asked to talk first, so we keep only how to reach you. Tell the desk in a message, or ask anew.")
UNDER_WAY = (RequestStatus.MATCHING, RequestStatus.INTRODUCED, RequestStatus.SUPPORTED)


def can_read_desk() -> bool:
    scope = current_scope()
    return scope.holds("coordinate") or bool(scope.ids("facilitate", Region) + scope.ids("guard", Region))


def can_facilitate(request: SupportRequest) -> bool:
    """The request's own facilitators act on it; the coordinator only places it and looks a second time."""
    return holds_on_region(current_scope(), request.region_id, "facilitate")


def can_read_words(request: SupportRequest) -> bool:
    """Story, thread and allies at the desk; a focal person works from the brief and the risk."""
    return can_facilitate(request) or current_scope().holds("coordinate")


def can_place(request: SupportRequest) -> bool:
    return (
        request.is_open
        and request.region.is_waiting_room
        and (current_scope().holds("coordinate") or can_facilitate(request))
    )


@unless_frozen
def can_start(community: Community) -> bool:
    """For the community itself, or written down by its region's facilitator."""
    return can_act_for(community.pk) or holds_on_region(current_scope(), community.region_id, "facilitate")


@unless_frozen
def can_edit(request: SupportRequest) -> bool:
    return request.status == RequestStatus.DRAFT and (can_act_for(request.community_id) or can_facilitate(request))


def can_send(request: SupportRequest) -> bool | No:
    """The community's side; whoever wrote it down, once the community's yes by voice is on record."""
    may_edit = can_edit(request)
    return may_edit and (
        is_community(request) or request.consents.filter(about=Consent.About.KEEP, is_given=True).exists()
    )


def can_write_down() -> bool:
    """Whether the person facilitates a region, and so writes down what a community says."""
    return bool(current_scope().ids("facilitate", Region))


@unless_frozen
def can_confirm_words(request: SupportRequest) -> bool:
    """The community itself, once, of what somebody else wrote down for it."""
    own = request.consents.filter(about=Consent.About.KEEP, form=ConsentForm.PORTAL)
    return request.is_assisted and can_represent(request.community_id) and not own.exists()


def can_withdraw(request: SupportRequest) -> bool:
    return can_act_for(request.community_id) and can_move(request, RequestStatus.WITHDRAWN)


def can_correct(request: SupportRequest) -> bool | No:
    """The community's side, while a request is open and was kept with its yes."""
    if not can_act_for(request.community_id) or not request.is_open or request.closed_at is not None:
        return False
    kept = Consent.objects.visible_to(current_scope()).live().filter(request=request, about=Consent.About.KEEP)
    return request.is_assisted or kept.exists() or No(NOTHING_KEPT)


def can_check_safety(request: SupportRequest) -> bool:
    """The facilitator, or a focal person of the region; a placed request only."""
    is_theirs = holds_on_region(current_scope(), request.region_id, "facilitate", "guard")
    return is_theirs and request.is_open and not request.region.is_waiting_room


@unless_frozen
def can_stop_everything(request: SupportRequest) -> bool:
    """The region's facilitator or focal person; once is enough."""
    is_theirs = holds_on_region(current_scope(), request.region_id, "facilitate", "guard")
    return is_theirs and request.status != RequestStatus.DRAFT


@unless_frozen
def can_accept(request: SupportRequest) -> bool:
    return can_facilitate(request) and request.status == RequestStatus.CLARIFYING


@unless_frozen
def can_decline(request: SupportRequest) -> bool:
    return can_facilitate(request) and can_move(request, RequestStatus.DECLINED)


def is_community(request: SupportRequest) -> bool:
    """Whether the person stands on the community's side of the request."""
    return can_act_for(request.community_id)


def decides_for(request: SupportRequest) -> bool:
    """Whether the person decides as the community."""
    return can_represent(request.community_id)


@unless_frozen
def can_give_up_choice(introduction: Introduction) -> bool:
    """The desk or the community ends a choice whose ally was not let in."""
    request = introduction.request
    is_theirs = can_facilitate(request) or decides_for(request)
    return is_theirs and introduction.status == IntroductionStatus.CHOSEN


@unless_frozen
def can_park(request: SupportRequest) -> bool:
    return can_facilitate(request) and can_move(request, RequestStatus.PARKED)


@unless_frozen
def can_resume(request: SupportRequest) -> bool:
    return can_facilitate(request) and request.status == RequestStatus.PARKED


def can_ask_second_look(request: SupportRequest) -> bool:
    return can_act_for(request.community_id) and request.status == RequestStatus.DECLINED


@unless_frozen
def can_answer_second_look(user: User, look: SecondLook) -> bool:
    """Another person than the one who declined: the coordinator."""
    declined_by = look.request.history.filter(status=RequestStatus.DECLINED).first()
    is_other = declined_by is None or declined_by.history_user_id != user.pk
    return look.answered_at is None and current_scope().holds("coordinate") and is_other


def can_talk(request: SupportRequest) -> bool:
    return request.status != RequestStatus.DRAFT and (can_act_for(request.community_id) or can_facilitate(request))


@unless_frozen
def can_add_file(request: SupportRequest) -> bool:
    return can_act_for(request.community_id) and request.closed_at is None


def can_open_file(file: RequestFile) -> bool:
    """The community's side, and whoever reads its words at the desk."""
    return can_act_for(file.request.community_id) or can_read_words(file.request)


def can_remove_file(file: RequestFile) -> bool:
    return can_act_for(file.request.community_id)


@unless_frozen
def can_share_file(file: RequestFile, introduction: Introduction) -> bool:
    """Only the community, only with an ally that it has met, and only a copy without hidden details."""
    is_met = introduction.status == IntroductionStatus.ACCEPTED and introduction.request_id == file.request_id
    return is_met and file.copy_state == CopyState.READY and can_represent(introduction.community_id)


def can_note(request: SupportRequest) -> bool:
    return can_facilitate(request) or current_scope().holds("coordinate")


@unless_frozen
def can_write_brief(request: SupportRequest) -> bool:
    ready = (RequestStatus.ACCEPTED, RequestStatus.BRIEF_READY, *UNDER_WAY)
    return can_facilitate(request) and request.status in ready


def can_decide_brief(brief: BriefVersion) -> bool:
    """The community itself; who has its mandate records its act by voice (`can_record_voice`)."""
    return brief.status == BriefStatus.PROPOSED and can_represent(brief.request.community_id)


@unless_frozen
def can_record_voice(request: SupportRequest) -> bool:
    """Who may write down a decision that the community gave by voice, assembly or letter."""
    is_supporter = can_act_for(request.community_id) and not can_represent(request.community_id)
    return can_facilitate(request) or is_supporter


@unless_frozen
def can_propose_allies(request: SupportRequest) -> bool:
    return can_facilitate(request) and request.status in (RequestStatus.BRIEF_READY, *UNDER_WAY)


def can_allow_offers(request: SupportRequest) -> bool:
    return can_represent(request.community_id) and request.status in UNDER_WAY


def can_answer_offer(introduction: Introduction) -> bool:
    can_answer = introduction.status in (IntroductionStatus.OFFERED, IntroductionStatus.WILLING)
    return can_answer and can_speak_for(introduction.collaborator_id)


def is_choosable(introduction: Introduction) -> bool:
    is_open = introduction.status in (IntroductionStatus.WILLING, IntroductionStatus.NOT_CHOSEN)
    return is_open and introduction.request.status in UNDER_WAY


def can_choose(introduction: Introduction) -> bool:
    return is_choosable(introduction) and can_represent(introduction.community_id)


def can_refuse_ally(introduction: Introduction) -> bool:
    """Whether the community can still leave an ally out; one that it has met, it parts from."""
    pending = (IntroductionStatus.OFFERED, IntroductionStatus.WILLING, IntroductionStatus.CHOSEN)
    return introduction.status in pending and can_represent(introduction.community_id)


def can_withdraw_consent(consent: Consent) -> bool:
    return consent.is_given and not hasattr(consent, "withdrawal") and can_represent(consent.community_id)


def takes_part(collaboration: Collaboration) -> bool:
    """Whether the person is a named participant on the ally's side."""
    return collaboration.pk in current_scope().listed("joined_collaborations")


def side_in(collaboration: Collaboration) -> Side | None:
    """On which side of a collaboration the person stands, if on any."""
    if can_act_for(collaboration.community_id):
        return Side.COMMUNITY
    if takes_part(collaboration):
        return Side.ALLY
    if holds_on_region(current_scope(), collaboration.region_id, "facilitate"):
        return Side.DESK
    return None


@unless_frozen
def can_confirm_contact(collaboration: Collaboration) -> bool:
    """Either side, or the desk for them, says once that the two have spoken."""
    return collaboration.status == CollaborationStatus.STARTING and can_take_a_turn(collaboration)


@unless_frozen
def can_write_in(collaboration: Collaboration) -> bool:
    return collaboration.is_open and can_take_a_turn(collaboration)


def can_take_a_turn(collaboration: Collaboration) -> bool:
    """Whoever has a side; while the community needs a pause, the ally waits."""
    side = side_in(collaboration)
    return side is not None and not (side == Side.ALLY and collaboration.is_resting)


@unless_frozen
def can_end_collaboration(collaboration: Collaboration) -> bool:
    """The community or the ally; the desk only writes down what the community decided."""
    return collaboration.is_open and side_in(collaboration) in (Side.COMMUNITY, Side.ALLY)


def can_edit_profile(collaborator: Collaborator) -> bool:
    return can_speak_for(collaborator.pk)


def can_confirm_deletion(user: User, deletion: Deletion) -> bool:
    """Another person of the community than the one who ordered it."""
    is_waiting = deletion.cancelled_at is None and deletion.needs_second and deletion.confirmed_at is None
    return is_waiting and can_represent(deletion.community_id) and deletion.ordered_by_id != user.pk


def can_cancel_deletion(deletion: Deletion) -> bool:
    return deletion.cancelled_at is None and can_represent(deletion.community_id)


def can_answer_keeping(question: KeepQuestion) -> bool:
    return question.answer == "" and can_represent(question.community_id)


def can_record_keeping(question: KeepQuestion) -> bool:
    """The desk that asked by the safe channel."""
    is_theirs = holds_on_region(current_scope(), question.community.region_id, "facilitate")
    return question.answer == "" and is_theirs
