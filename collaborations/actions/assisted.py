"""A facilitator writes down what a community says: its yes comes first, and a receipt code is offered afterwards."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations.actions.asking import ask_to_talk, change_draft, start_request
from collaborations.actions.consents import give_consent
from collaborations.actions.spoken import Voice
from collaborations.models import Consent, SupportRequest
from collaborations.policies import acts
from collaborators.actions import begin_assisted_intake, replace_code_after_talk
from collaborators.codes import ReceiptCode
from collaborators.models import CodeHandover, Community, Region, User
from collaborators.selectors.freezing import code_holders
from cre.core.access import current_scope, locked, require
from cre.core.actions import action
from cre.core.ledger import Kind, record

CODE_BEFORE = _(
    "A code was given to this community before. Give another one after a talk in which you knew the person again."
)


@action
def write_down(
    region: Region, *, once: UUID, contact: dict[str, str], answers: dict[str, Any], voice: Voice, by: User
) -> SupportRequest:
    """Begin a draft with what a community said, and record its yes, given by voice, that we keep it.

    once: made with the form, so that a second click finds what the first one made; answers: as `change_draft` takes
    them, with danger and language.
    """
    language = answers["language"]
    community = begin_assisted_intake(region, once=once, language=language, by=by, **contact)
    if community is None:
        return made_before(once)
    draft = start_request(community, danger=answers["danger"], language=language, is_assisted=True, by=by)
    consent = give_consent(draft, Consent.About.KEEP, voice=voice, by=by)
    record(Kind.ACTED, consent)
    return change_draft(draft, version=draft.version, by=by, **answers)


@action
def keep_contact(
    region: Region, *, once: UUID, contact: dict[str, str], danger: str, language: str, country: str, by: User
) -> SupportRequest:
    """The community said no: only how to reach it is kept, until somebody has talked with it. `once` as above."""
    community = begin_assisted_intake(region, once=once, language=language, by=by, **contact)
    if community is None:
        return made_before(once)
    return ask_to_talk(community, danger=danger, language=language, country=country, by=by)


def made_before(once: UUID) -> SupportRequest:
    """What the first click made; a 404 for what is not this person's."""
    made = SupportRequest.objects.visible_to(current_scope()).filter(community__uuid=once).order_by("pk").last()
    if made is None:
        raise Http404
    return made


@action
def hand_over_first_code(request: SupportRequest, *, by: User) -> ReceiptCode:
    """Give the person whose words were written down a receipt code, in the same talk and once.

    It is on record like every code that the desk hands over, and dies at the person's first own use.
    """
    request = locked(request)
    require(acts.can_facilitate(request) and waits_for_code(request.community), CODE_BEFORE)
    person = get_object_or_404(User, uuid=code_holders(request.community_id)[0].uuid)
    talk = gettext("In the talk in which their request was written down.")
    return replace_code_after_talk(request.community, person, talk=talk, by=by)


@action
def confirm_words(request: SupportRequest, *, by: User) -> Consent:
    """The community has read what was written down for it, and says in its own portal that we keep it."""
    request = locked(request)
    require(acts.can_confirm_words(request), _("You have said so already, or it is not yours to say."))
    return give_consent(request, Consent.About.KEEP, by=by)


def waits_for_code(community: Community) -> bool:
    """Whether the one person of this community has never had a code that opens."""
    holders = code_holders(community.pk)
    was_given = CodeHandover.objects.visible_to(current_scope()).filter(community=community).exists()
    return len(holders) == 1 and not holders[0].has_code and not was_given
