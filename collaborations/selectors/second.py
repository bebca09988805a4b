"""Choices of allies that wait for a second person."""

from django.db.models import Q, QuerySet

from collaborations.models import Consent, Introduction, SupportRequest
from collaborations.policies.second import is_still_asked
from collaborations.states import IntroductionStatus
from cre.core.access import Scope
from cre.core.vocabularies import AccessLevel, ConsentForm


def choices(scope: Scope) -> QuerySet[Consent]:
    """The decisions by which communities chose allies, as far as they stand, the oldest first."""
    found = Consent.objects.visible_to(scope).live().filter(about=Consent.About.DISCLOSE)
    return found.select_related("second", "community", "request", "introduction__collaborator", "introduction__request")


def choice_of(introduction: Introduction, scope: Scope) -> Consent | None:
    """The decision by which the community chose this ally; later ones let it know more."""
    return choices(scope).filter(introduction=introduction).first()


def choice_to_second(introduction: Introduction, scope: Scope) -> Consent | None:
    """The same, while a second person's answer is awaited."""
    choice = choice_of(introduction, scope)
    return choice if choice is not None and is_still_asked(choice, introduction) else None


def seconds_of_ours(scope: Scope) -> QuerySet[Introduction]:
    """Whom one of a community chose and this person can agree to: another one, or any where one decides again."""
    by_two = Q(community__decides_together=True) & ~Q(recorded_by=scope.user_id)
    alone = Q(community__decides_together=False, introduction__collaborator__access_level__gte=AccessLevel.IDENTIFIED)
    asked = choices(scope).filter(by_two | alone, second=None, form=ConsentForm.PORTAL)
    return Introduction.objects.visible_to(scope).filter(
        pk__in=asked.values("introduction"), status=IntroductionStatus.CHOSEN
    )


def call_backs(scope: Scope, request: SupportRequest) -> list[int]:
    """The introductions of a request about which this person can call the community back."""
    return [choice.introduction_id for choice in to_call_back(scope).filter(request=request) if choice.introduction_id]


def to_call_back(scope: Scope) -> QuerySet[Consent]:
    """What communities chose by voice and somebody else wrote down: this person may call back."""
    is_open = Q(introduction__status__in=(IntroductionStatus.CHOSEN, IntroductionStatus.ACCEPTED))
    found = choices(scope).filter(is_open, second=None).exclude(form=ConsentForm.PORTAL)
    return found.exclude(recorded_by=scope.user_id)
