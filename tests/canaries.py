"""A path on which every confidential field of every record holds a word of its own that must never be seen outside."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from collaborations.actions import (
    Voice,
    accept_request,
    allow_offers,
    answer_output,
    answer_willing,
    approve_brief,
    ask_second_look,
    check_safety,
    choose_ally,
    propose_allies,
    propose_brief,
    put_forward,
    say_wish,
    send_back_brief,
    write_brief,
    write_in_collaboration,
    write_message,
    write_note,
)
from collaborations.models import Collaboration, SupportRequest, Wish
from collaborations.models.introductions import DisclosedField
from collaborations.models.requests import RiskLevel
from collaborations.states import OutputStatus
from collaborators.actions import change_directory, change_identity, end_person, let_person_in
from collaborators.models import CollaboratorPrivate, CommunityIdentity
from cre.core.access import acting_as
from cre.core.states import change
from cre.core.vault import Sealed
from cre.core.vocabularies import ConsentForm
from tests import journey
from tests.interpreting.walking import translated
from tests.journey import Cast, fresh, request_of
from tests.sending import sent_file

STORY = (
    "need", "what_happens", "wider_area", "groups", "impacts", "project", "good_result", "must_not_happen",
    "past_steps", "deadlines", "partners", "threats", "most_exposed", "protection", "not_to_contact", "not_to_see",
)  # fmt: skip
IDENTITY = ("chosen_name", "handle", "safe_hours", "not_to_mention", "languages")
PRIVATE = ("legal_name", "contact", "conflicts")
# A word that no page, no code and no other test contains.
MARK = "Zwartebes"


def canary(name: str) -> str:
    """What a confidential field says."""
    return f"{MARK} {name}"


def walk(cast: Cast) -> Collaboration:
    """Walk the whole path with canaries everywhere; returns the work together, still open."""
    plant_identities(cast)
    request = talk_over(cast)
    agree_on_brief(cast, request)
    work = introduce(cast, request)
    write_in_collaboration(work, text=canary("shared text"), language="en", once=uuid4(), by=cast.ally)
    decide_on_allies(cast, work)
    words = {name: canary(name) for name in ("task text", "translation", "reader")}
    translated(cast, request, words["task text"], words["translation"], reader=words["reader"])
    work = fresh(work, cast.member)
    with transaction.atomic(), acting_as(cast.facilitator):
        change(work, parting_words=canary("parting words"))
    no = journey.declined(cast, to_whom=canary("to whom"), words=canary("referral"))
    ask_second_look(no, words=canary("second look"), by=cast.member)
    return fresh(work, cast.member)


def plant_identities(cast: Cast) -> None:
    """Who the community and the ally are."""
    with transaction.atomic(), acting_as(cast.member):
        identity = CommunityIdentity.objects.get(community=cast.community)
    change_identity(identity, version=identity.version, by=cast.member, **{name: canary(name) for name in IDENTITY})
    # Somebody who came and went: the word for them stays, and one person decides as before.
    let_person_in(cast.community, once=(other := uuid4()), called=canary("called"), by=cast.member)
    end_person(cast.community, other, by=cast.member)
    with transaction.atomic(), acting_as(cast.facilitator):
        private = CollaboratorPrivate.objects.get(collaborator=cast.collaborator)
        change(private, **{name: canary(name) for name in PRIVATE})


def talk_over(cast: Cast) -> SupportRequest:
    """A request with its story, its dangers, a message and a note."""
    request = journey.received(cast, **{name: canary(name) for name in STORY})
    check_safety(
        request, version=request.version, level=RiskLevel.MEDIUM, channel_is_safe=True, notes=canary("notes"),
        by=cast.facilitator,
    )  # fmt: skip
    write_message(request, text=canary("message"), language="en", once=uuid4(), by=cast.member)
    sent_file(request, cast.member, data=canary("content").encode() * 9, name=f"{canary('name')}.txt")
    write_note(request, text=canary("note"), once=uuid4(), by=cast.facilitator)
    request = fresh(request, cast.facilitator)
    accept_request(request, version=request.version, by=cast.facilitator)
    return fresh(request, cast.facilitator)


def agree_on_brief(cast: Cast, request: SupportRequest) -> None:
    """One version that comes back with wishes, and one that is approved by voice."""
    words = journey.BRIEF | {"title": canary("title"), "text": canary("text"), "financier": canary("financier")}
    words |= {"sector": "23210"}
    for wishes in (canary("wishes"), ""):
        brief = write_brief(request, by=cast.facilitator, **words)
        brief = fresh(propose_brief(brief, version=brief.version, by=cast.facilitator), cast.member)
        if wishes:
            send_back_brief(brief, version=brief.version, wishes=wishes, by=cast.member)
    said = Voice(ConsentForm.VOICE, canary("said by"), "en", canary("read back"))
    approve_brief(brief, version=brief.version, voice=said, by=cast.facilitator)


def introduce(cast: Cast, request: SupportRequest) -> Collaboration:
    """An ally that answers, is chosen, and gets every field that can be shared."""
    request = fresh(request, cast.facilitator)
    offer = propose_allies(request, version=request.version, collaborators=[cast.collaborator], by=cast.facilitator)[0]
    request = request_of(offer, cast.member)
    allow_offers(request, version=request.version, introductions=[fresh(offer, cast.member)], by=cast.member)
    offer = fresh(offer, cast.ally)
    answer_willing(
        offer, version=offer.version, name=canary("participant"), role=canary("role"), answer=canary("answer"),
        no_conflict=True, by=cast.ally,
    )  # fmt: skip
    offer = fresh(offer, cast.member)
    choose_ally(offer, version=offer.version, fields=DisclosedField.values, by=cast.member)
    with transaction.atomic(), acting_as(cast.member):
        return Collaboration.objects.get(introduction=offer)


def decide_on_allies(cast: Cast, work: Collaboration) -> None:
    """A wish for an ally, and a text of it that is answered by voice."""
    entry = fresh(cast.collaborator, cast.ally)
    entry = change_directory(entry, version=entry.version, is_shown=True, by=cast.ally)
    spoken = Voice(ConsentForm.LETTER, canary("spoken by"), "en", canary("read back of a wish"))
    request = request_of(work, cast.facilitator)
    say_wish(request, entry, kind=Wish.Kind.KNOWN, reason=canary("wish"), voice=spoken, by=cast.facilitator)
    output = put_forward(
        fresh(work, cast.ally), text=canary("output"), where=canary("where"), language="en", once=uuid4(),
        appears_on=timezone.localdate() + timedelta(days=9), by=cast.ally,
    )  # fmt: skip
    said = Voice(ConsentForm.VOICE, canary("output said by"), "en", canary("output read back"))
    output = fresh(output, cast.facilitator)
    answer_output(
        output, version=output.version, answer=OutputStatus.AGREED, words=canary("output words"), voice=said,
        by=cast.facilitator,
    )  # fmt: skip


def sealed_models() -> list[type[Any]]:
    """Every model of the product with sealed fields, without the histories."""
    found = [model for model in apps.get_models() if issubclass(model, Sealed) and not hasattr(model, "instance_type")]
    return [model for model in found if model._meta.app_label != "vault_tests"]
