"""The path of a request, walked by its actions: each function goes one station further than the one before.

The stations up to `matching` give the request, `proposed` to `willing` the introduction, `introduced` the
collaboration; each is read afresh as the person named by `as_seen_by`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.db import models, transaction
from django.utils import timezone

from collaborations.actions import (
    accept_request,
    allow_offers,
    answer_willing,
    approve_brief,
    change_draft,
    check_safety,
    choose_ally,
    decline_request,
    propose_allies,
    propose_brief,
    put_forward,
    send_request,
    start_request,
    write_brief,
    write_message,
)
from collaborations.models import BriefVersion, Collaboration, Introduction, PublicOutput, SupportRequest
from collaborations.models.requests import RiskLevel
from collaborators.models import Collaborator, Community, User
from cre.core.access import acting_as
from cre.core.vocabularies import Danger, DeclineReason

Row = TypeVar("Row", bound=models.Model)

# What the community of these tests says, and what nobody may read without its yes.
ANSWERS: dict[str, Any] = {
    "country": "KE",
    "need": "We need somebody who knows the bank's rules.",
    "what_happens": "Surveyors measured our grazing land.",
    "wider_area": "near the long lake",
    "project": "Long Lake Power",
    "must_not_happen": "No names in newspapers.",
    "threats": "A phone call at night.",
    "areas": ["advocacy"],
    "kinds_of_help": ["ally"],
}
BRIEF: dict[str, Any] = {
    "language": "en",
    "title": "Grazing land and a planned power plant",
    "text": "A herding community asks for help with a bank's own rules.",
    "shown_country": "KE",
    "areas": ["advocacy"],
    "skills": [],
    "languages": ["en"],
    "sector": "",
    "financier": "",
}
SHARED = ("chosen_name", "contact")


@dataclass(frozen=True)
class Cast:
    """The five who meet on the path."""

    member: User
    community: Community
    facilitator: User
    collaborator: Collaborator
    ally: User
    country: str = "KE"


@pytest.fixture
def cast(member: User, community: Community, facilitator: User, collaborator: Collaborator, ally: User) -> Cast:
    """The standing cast of tests/conftest.py; import this fixture into a conftest to use it."""
    return Cast(member, community, facilitator, collaborator, ally)


def fresh(row: Row, as_seen_by: User) -> Row:
    """The row as it stands now, read as this person."""
    with transaction.atomic(), acting_as(as_seen_by):
        found: Row = type(row)._default_manager.get(pk=row.pk)
        return found


def request_of(row: BriefVersion | Introduction | Collaboration, as_seen_by: User) -> SupportRequest:
    """The request behind a row, as it stands now."""
    with transaction.atomic(), acting_as(as_seen_by):
        return SupportRequest.objects.get(pk=row.request_id)


def draft(cast: Cast, *, danger: str = Danger.NO, **answers: Any) -> SupportRequest:
    """A request with answers that nobody but the community has seen."""
    request = start_request(cast.community, danger=danger, language="en", by=cast.member)
    return change_draft(
        request, version=request.version, by=cast.member, **(ANSWERS | {"country": cast.country} | answers)
    )


def received(cast: Cast, *, danger: str = Danger.NO, **answers: Any) -> SupportRequest:
    """A request that the regional desk may read."""
    request = draft(cast, danger=danger, **answers)
    return fresh(send_request(request, version=request.version, by=cast.member), cast.member)


def clarifying(cast: Cast, **answers: Any) -> SupportRequest:
    """A request whose danger was judged and that is talked over."""
    request = received(cast, **answers)
    check_safety(
        request, version=request.version, level=RiskLevel.MEDIUM, channel_is_safe=True,
        notes="Call after dark.", by=cast.facilitator,
    )  # fmt: skip
    return fresh(request, cast.facilitator)


def talked(cast: Cast, text: str = "Thank you for writing to us.", **answers: Any) -> SupportRequest:
    """As `clarifying`, with a first word of the desk."""
    request = clarifying(cast, **answers)
    write_message(request, text=text, language="en", once=uuid4(), by=cast.facilitator)
    return fresh(request, cast.facilitator)


def accepted(cast: Cast, **answers: Any) -> SupportRequest:
    """A request that the desk has taken on."""
    request = clarifying(cast, **answers)
    accept_request(request, version=request.version, by=cast.facilitator)
    return fresh(request, cast.facilitator)


def declined(cast: Cast, *, to_whom: str = "", words: str = "", **answers: Any) -> SupportRequest:
    """A request that the desk said no to, with another door where `to_whom` names one."""
    request = clarifying(cast, **answers)
    decline_request(
        request, version=request.version, reason=DeclineReason.NO_CAPACITY, message="We are too few now.",
        to_whom=to_whom, words=words, by=cast.facilitator,
    )  # fmt: skip
    return fresh(request, cast.facilitator)


def written(cast: Cast, **content: Any) -> BriefVersion:
    """A brief that the desk is still writing."""
    request = accepted(cast)
    return write_brief(request, by=cast.facilitator, **(BRIEF | content))


def briefed(cast: Cast, **content: Any) -> BriefVersion:
    """A brief that waits for the community's yes."""
    brief = written(cast, **content)
    return fresh(propose_brief(brief, version=brief.version, by=cast.facilitator), cast.member)


def approved(cast: Cast, **content: Any) -> SupportRequest:
    """A request whose brief the community approved."""
    brief = briefed(cast, **content)
    approve_brief(brief, version=brief.version, by=cast.member)
    return request_of(brief, cast.facilitator)


def proposed(cast: Cast) -> Introduction:
    """An ally that is suggested to the community; nobody has asked it yet."""
    request = approved(cast)
    introductions = propose_allies(
        request, version=request.version, collaborators=[cast.collaborator], by=cast.facilitator
    )
    return fresh(introductions[0], cast.member)


def matching(cast: Cast) -> SupportRequest:
    """A request for which allies are looked for: one is suggested."""
    return request_of(proposed(cast), cast.facilitator)


def offered(cast: Cast) -> Introduction:
    """An ally that is asked, because the community allowed it."""
    introduction = proposed(cast)
    request = request_of(introduction, cast.member)
    allow_offers(request, version=request.version, introductions=[introduction], by=cast.member)
    return fresh(introduction, cast.ally)


def willing(cast: Cast) -> Introduction:
    """An ally that said yes without knowing who asks."""
    introduction = offered(cast)
    answer_willing(
        introduction, version=introduction.version, name="Amina of Lake Law", role="lawyer",
        answer="We know this bank.", no_conflict=True, by=cast.ally,
    )  # fmt: skip
    return fresh(introduction, cast.member)


def chosen(cast: Cast, fields: tuple[str, ...] = SHARED) -> Introduction:
    """An ally that the community chose; one at access level 3 is introduced with it."""
    introduction = willing(cast)
    choose_ally(introduction, version=introduction.version, fields=fields, by=cast.member)
    return fresh(introduction, cast.member)


def introduced(cast: Cast, fields: tuple[str, ...] = SHARED) -> Collaboration:
    """The work together of the community and the ally."""
    introduction = chosen(cast, fields)
    with transaction.atomic(), acting_as(cast.member):
        return Collaboration.objects.get(introduction=introduction)


def put(cast: Cast, work: Collaboration, *, days: int = 30, text: str = "Herders ask a bank.") -> PublicOutput:
    """A text that the ally would like to publish, which waits for the community's answer."""
    output = put_forward(
        fresh(work, cast.ally), text=text, where="Our website", language="en", once=uuid4(),
        appears_on=timezone.localdate() + timedelta(days=days), by=cast.ally,
    )  # fmt: skip
    output = fresh(output, cast.member)
    output.collaboration = fresh(work, cast.member)
    return output
