"""Which choices wait for a second person before an ally learns anything, and who that person can be."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from collaborations.models import Consent, Introduction
from collaborations.policies.acts import can_record_voice, is_choosable
from collaborations.states import IntroductionStatus
from collaborators.freezing import unless_frozen
from collaborators.models import Community, User
from collaborators.policies import can_represent, holds_on_region
from cre.core.access import No, current_scope
from cre.core.vocabularies import AccessLevel, ConsentForm, Danger

NOT_YET = _("People who were let in count as the second one after a week. Until then another one of you has to agree.")


def is_by_voice(choice: Consent) -> bool:
    return choice.form != ConsentForm.PORTAL


def waits_for_second(choice: Consent) -> bool:
    """Whether a choice of an ally opens nothing yet.

    Two of the community have to agree where it decided so; what it said by voice is asked again by a call-back, which
    comes afterwards only when somebody is in danger now (product 3).
    """
    second = getattr(choice, "second", None)
    if second is not None:
        return not second.is_yes
    if is_by_voice(choice):
        return choice.request is None or choice.request.danger != Danger.NOW
    return choice.community.decides_together


def is_still_asked(choice: Consent, introduction: Introduction) -> bool:
    """Whether a second person's answer is awaited, before the ally learns anything or, after urgent danger, since.

    A choice that waited while the rule of two ended, or everything stood still, is opened by whoever of them comes.
    """
    if hasattr(choice, "second"):
        return False
    if is_by_voice(choice):
        return introduction.status in (IntroductionStatus.CHOSEN, IntroductionStatus.ACCEPTED)
    is_let_in = introduction.collaborator.access_level >= AccessLevel.IDENTIFIED
    return introduction.status == IntroductionStatus.CHOSEN and (choice.community.decides_together or is_let_in)


@unless_frozen
def can_say_second(user: User, choice: Consent) -> bool | No:
    """Another person of the community than the one who chose; of what was given by voice, somebody else of the desk."""
    if not is_by_voice(choice) and not choice.community.decides_together:
        return can_represent(choice.community_id)
    if choice.recorded_by_id == user.pk:
        return False
    if is_by_voice(choice):
        scope = current_scope()
        is_near = choice.request is not None and holds_on_region(scope, choice.request.region_id, "facilitate")
        return is_near or scope.holds("coordinate")
    if not can_represent(choice.community_id):
        return False
    return is_second(choice.community) or No(NOT_YET)


def is_second(community: Community) -> bool:
    """Whether the person has come in for the community for a week, or was its first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_is_second(%s)", [community.pk])
        (answer,) = cursor.fetchone()
    return bool(answer)


@unless_frozen
def can_record_choice(introduction: Introduction) -> bool:
    """The desk writes down whom the community chose by voice."""
    return is_choosable(introduction) and bool(can_record_voice(introduction.request))
