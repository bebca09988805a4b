"""Consent: recorded once, never changed; a withdrawal is a row of its own and acts at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.spoken import Voice, write_spoken
from collaborations.actions.timeline import tell
from collaborations.events import Event
from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Disclosure,
    FileDisclosure,
    InterpreterTask,
    Introduction,
    SpokenDecision,
    SupportRequest,
)
from collaborations.models.talk import Side
from collaborations.policies import acts, spoken
from collaborations.states import (
    BriefStatus,
    CollaborationStatus,
    InterpretingStatus,
    IntroductionStatus,
    RequestStatus,
)
from collaborators.models import User
from cre.core.access import current_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import can_move, move
from cre.core.vocabularies import ConsentForm, EndReason

PENDING = (
    IntroductionStatus.PROPOSED,
    IntroductionStatus.OFFERED,
    IntroductionStatus.WILLING,
    IntroductionStatus.CHOSEN,
)


def give_consent(
    request: SupportRequest,
    about: Consent.About,
    *,
    by: User,
    voice: Voice | None = None,
    brief: BriefVersion | None = None,
    introduction: Introduction | None = None,
    fields: Iterable[str] = (),
    participants: Iterable[int] = (),
    until: datetime | None = None,
) -> Consent:
    """Record a yes of the community; with `voice` it is the community's act, written down by `by`."""
    return Consent.sealed_under(
        request.community.uuid,
        community_id=request.community_id,
        request=request,
        about=about,
        is_given=True,
        brief=brief,
        introduction=introduction,
        fields=list(fields),
        participants=list(participants),
        form=voice.form if voice else ConsentForm.PORTAL,
        language=voice.language if voice else request.language,
        said_by=voice.said_by if voice else "",
        read_back=voice.read_back if voice else "",
        recorded_by=by,
        until=until,
    )


def require_decision(request: SupportRequest, *, is_own_act: bool, voice: Voice | None) -> None:
    """Only the community decides; somebody else may write down what it decided by voice."""
    require(
        acts.can_record_voice(request) if voice else is_own_act,
        _("Only the community decides this. You can write down what it decided by voice."),
    )


@action
def withdraw_consent(consent: Consent, *, voice: Voice | None = None, by: User) -> Consent:
    """Take a yes back; what it allowed ends with the next request of whoever had it."""
    if consent.request is not None:
        # A consent is never changed and so cannot be locked; two clicks wait for each other at its request.
        locked(consent.request)
    consent = get_object_or_404(Consent.objects.visible_to(current_scope()), pk=consent.pk)
    require(
        spoken.can_take_back(consent) if voice else acts.can_withdraw_consent(consent),
        _("This has been taken back already, or is not yours to take back."),
    )
    if consent.request is not None:
        write_spoken(
            consent.request,
            SpokenDecision.What.TAKE_BACK,
            introduction=consent.introduction,
            voice=voice,
            by=by,
        )
    return take_back(consent, voice=voice, by=by)


def take_back(consent: Consent, *, voice: Voice | None = None, by: User) -> Consent:
    """Record that a yes is taken back, end what it allowed, and tell the desk."""
    taken_back = Consent.sealed_under(
        consent.key_object,
        community_id=consent.community_id,
        request_id=consent.request_id,
        about=consent.about,
        is_given=False,
        withdraws=consent,
        brief_id=consent.brief_id,
        introduction_id=consent.introduction_id,
        form=voice.form if voice else ConsentForm.PORTAL,
        language=voice.language if voice else consent.language,
        recorded_by=by,
    )
    undo_consent(consent)
    request = consent.request
    if request is not None:
        is_text = consent.about == Consent.About.INTERPRET
        tell(request, Event.INTERPRETER_ENDED if is_text else Event.CONSENT_WITHDRAWN, Side.COMMUNITY)
        emit(notices.CONSENT_WITHDRAWN, request, region=request.region_id)
    return taken_back


def undo_consent(consent: Consent) -> None:
    """End what a consent allowed."""
    require(consent.about != Consent.About.KEEP, _("To end this, take your request back."))
    if consent.about == Consent.About.DISCLOSE:
        Disclosure.objects.filter(consent=consent).delete()
        FileDisclosure.objects.filter(consent=consent).delete()
    elif consent.about == Consent.About.OFFERS and consent.introduction:
        refuse_pending(consent.introduction)
    elif consent.about == Consent.About.BRIEF and consent.brief:
        retire_brief(consent.brief)
    elif consent.about == Consent.About.INTERPRET:
        end_tasks(InterpreterTask.objects.filter(consent=consent))


def end_tasks(found: QuerySet[InterpreterTask]) -> None:
    """End what interpreters may still read; what was given back stays with both sides."""
    for task in found.filter(status__in=(InterpretingStatus.ASKED, InterpretingStatus.ALLOWED)):
        move(locked(task), InterpretingStatus.ENDED, ended_at=timezone.now())


def retire_brief(brief: BriefVersion) -> None:
    """Show a brief to nobody any more, and end the offers that carry it."""
    brief = locked(brief)
    if brief.status == BriefStatus.APPROVED:
        move(brief, BriefStatus.REPLACED, decided_at=timezone.now())
    for introduction in brief.introductions.filter(status__in=PENDING):
        refuse_pending(introduction)
    request = locked(brief.request)
    if can_move(request, RequestStatus.ACCEPTED) and request.status != RequestStatus.CLARIFYING:
        move(request, RequestStatus.ACCEPTED)


def refuse_pending(introduction: Introduction) -> None:
    """The community no longer wants this introduction, which is not yet one."""
    introduction = locked(introduction)
    if introduction.status in PENDING:
        move(introduction, IntroductionStatus.REFUSED, ended_at=timezone.now())
        introduction.disclosures.all().delete()
        introduction.file_disclosures.all().delete()


def stop_sharing(request: SupportRequest) -> None:
    """End every offer, introduction and collaboration of a request, and delete what was disclosed."""
    now = timezone.now()
    for introduction in request.introductions.filter(status__in=PENDING):
        refuse_pending(introduction)
    for introduction in request.introductions.filter(status=IntroductionStatus.ACCEPTED):
        part_ways(introduction)
    Disclosure.objects.filter(introduction__request=request).delete()
    FileDisclosure.objects.filter(introduction__request=request).delete()
    end_tasks(request.interpreter_tasks.all())
    for brief in request.briefs.filter(status=BriefStatus.APPROVED):
        move(locked(brief), BriefStatus.REPLACED, decided_at=now)


def part_ways(introduction: Introduction) -> None:
    """End an introduction and the work that came of it, as the community wishes."""
    now = timezone.now()
    move(locked(introduction), IntroductionStatus.ENDED, ended_at=now)
    for work in Collaboration.objects.filter(introduction=introduction, ended_at=None):
        move(
            locked(work),
            CollaborationStatus.CLOSED,
            ended_at=now,
            end_reason=EndReason.COMMUNITY_WISH,
            ended_by_side=Side.COMMUNITY,
        )
        recount_work(introduction)


def recount_work(introduction: Introduction) -> None:
    """Count anew how busy the ally is; the function counts also what the acting person may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_recount_work(%s)", [introduction.collaborator_id])
