"""A community has a request, or everything, deleted for good; it can take that back while it waits."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.asking import withdraw_request
from collaborations.actions.consents import stop_sharing
from collaborations.clocks_kept import ORDERED
from collaborations.models import Participant, SupportRequest
from collaborations.policies import acts
from collaborations.policies.second import NOT_YET, is_second
from collaborations.retention import DELETION_DUE
from collaborations.states import IntroductionStatus, RequestStatus
from collaborators.models import Community, Deletion, User
from collaborators.policies import can_represent
from cre.core.access import current_scope, forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.retention import rule_of
from cre.core.states import change

HAS_MET = (IntroductionStatus.ACCEPTED, IntroductionStatus.ENDED)


@action
def order_deletion(
    community: Community, *, request: SupportRequest | None = None, is_urgent: bool = False, by: User
) -> Deletion:
    """Order that a request, or the whole community, is deleted for good when the waiting time is over.

    Everything shared ends in the same moment. Where several people decide for the community a second one has to
    agree before the waiting begins, one who has come in for a week or longer; `is_urgent` leaves the waiting out. An
    order that stands is given back.
    """
    community = locked(community)
    require(can_represent(community.pk), _("Only the community itself can ask that this is deleted."))
    about = request.uuid if request else None
    found = Deletion.objects.filter(community=community, request_uuid=about, cancelled_at=None).first()
    if found:
        return found
    for row in requests_of(community, request):
        end_everything(row, by=by)
    needs_second = needs_a_second(community)
    deletion = Deletion.objects.create(
        community=community, request_uuid=about, is_urgent=is_urgent, needs_second=needs_second, ordered_by=by,
        due_at=None if needs_second else end_of_waiting(is_urgent=is_urgent),
    )  # fmt: skip
    tell_of(deletion)
    forget_scope()
    return deletion


def requests_of(community: Community, request: SupportRequest | None) -> list[SupportRequest]:
    """What the order is about: one request, or all of the community's."""
    found = SupportRequest.objects.visible_to(current_scope()).filter(community=community)
    return list(found.filter(pk=request.pk) if request else found)


def end_everything(request: SupportRequest, *, by: User) -> None:
    """End all that was shared of a request; allies who met the community are asked to erase what they have."""
    for introduction in request.introductions.filter(status__in=HAS_MET):
        emit(notices.ERASE_ASKED, introduction, collaborator=introduction.collaborator_id)
    if request.status != RequestStatus.DRAFT and acts.can_withdraw(request):
        withdraw_request(request, version=request.version, by=by)
    elif request.status != RequestStatus.DRAFT:
        stop_sharing(request)
    for participant in Participant.objects.filter(introduction__request=request, left_at=None):
        change(participant, left_at=timezone.now())


def needs_a_second(community: Community) -> bool:
    """Whether another one of the community has to agree: it decides so, or there is one who has come in for a week."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_needs_second(%s)", [community.pk])
        (answer,) = cursor.fetchone()
    return bool(answer)


def end_of_waiting(*, is_urgent: bool) -> Any:
    """When an order is carried out that nobody has to confirm any more."""
    return timezone.now() + timedelta(days=0 if is_urgent else rule_of(ORDERED).days)


def tell_of(deletion: Deletion) -> None:
    """Tell the second person or begin the waiting, and tell the desk of a community that had reached us."""
    community = deletion.community
    if deletion.due_at is None:
        emit(notices.DELETION_TO_CONFIRM, deletion, community=community.pk)
    else:
        emit(DELETION_DUE, deletion, due_at=deletion.due_at)
    if community.reached_at:
        emit(notices.DELETION_ORDERED, deletion, region=community.region_id)


@action
def confirm_deletion(deletion: Deletion, *, version: int, by: User) -> Deletion:
    """Agree, as the second person, that something is deleted for good; the waiting begins now."""
    deletion = locked(deletion, version=version)
    require(acts.can_confirm_deletion(by, deletion), _("Another one of you has to agree to this."))
    require(is_second(deletion.community), NOT_YET)
    due = end_of_waiting(is_urgent=deletion.is_urgent)
    change(deletion, confirmed_by=by, confirmed_at=timezone.now(), due_at=due)
    emit(DELETION_DUE, deletion, due_at=due)
    return deletion


@action
def cancel_deletion(deletion: Deletion, *, version: int, by: User) -> Deletion:
    """Take an order back while it waits; what was ended when it was given stays ended."""
    deletion = locked(deletion, version=version)
    require(acts.can_cancel_deletion(deletion), _("This has been taken back already, or is not yours to take back."))
    change(deletion, cancelled_by=by, cancelled_at=timezone.now())
    forget_scope()
    return deletion
