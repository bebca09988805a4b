"""A request with a brief, made behind the walls, for the tests of matching."""

from typing import Any

from django.utils import timezone

from collaborations.models import BriefVersion, Introduction, RequestRisk, SupportRequest
from collaborations.states import IntroductionStatus
from collaborators.models import Collaborator, Community, User
from cre.core.access import acting_as
from tests.conftest import as_owner

DAM = {"sector": "23220", "financier": "World Bank"}


def request_of(community: Community, **fields: Any) -> SupportRequest:
    usual = {
        "country": "KE",
        "danger": "no",
        "region": community.region,
        "status": "brief_ready",
        "received_at": timezone.now(),
    }
    with as_owner():
        return SupportRequest.objects.create(community=community, **usual | fields)


def brief_of(request: SupportRequest, author: User, **facets: Any) -> BriefVersion:
    """An approved brief; what is not given asks for advocacy and courts in English and Swahili."""
    usual = {
        "areas": ["advocacy", "courts"],
        "languages": ["en", "sw"],
        "status": "approved",
        "title": "A dam",
        "text": "A dam is planned.",
    }
    with as_owner():
        return BriefVersion.objects.create(
            request=request,
            key_object=request.uuid,
            number=request.briefs.count() + 1,
            written_by=author,
            **usual | facets,
        )


def based_in(country: str, entry: Collaborator) -> Collaborator:
    """The entry, with its base in another country."""
    with as_owner():
        Collaborator.objects.filter(pk=entry.pk).update(country=country)
    return entry


def introduce(brief: BriefVersion, ally: Collaborator, status: IntroductionStatus, **fields: Any) -> None:
    with as_owner():
        Introduction.objects.create(
            request=brief.request,
            community=brief.request.community,
            brief=brief,
            collaborator=ally,
            key_object=brief.request.uuid,
            status=status,
            **fields,
        )


def ask_not_to_contact(request: SupportRequest, words: str, author: User) -> None:
    sealed = {"not_to_contact": words}
    with as_owner(), acting_as(author):
        RequestRisk.objects.create(request=request, key_object=request.uuid, **sealed)
