"""A collaboration as the desk reads it."""

from dataclasses import dataclass

from collaborations.models import Collaboration, CollaborationMessage, Disclosure, Participant, TimelineEntry
from collaborations.selectors.desk_request import THREAD
from cre.core.access import Scope
from cre.core.vault import load_keys


@dataclass(frozen=True)
class Work:
    """The rows behind the page; `fields` are the codes of what is shared, not what they say."""

    people: list[Participant]
    fields: list[str]
    messages: list[CollaborationMessage]
    has_earlier: bool
    timeline: list[TimelineEntry]


def work_of(work: Collaboration, scope: Scope, *, before: int | None = None) -> Work:
    """What this person sees of a collaboration; before: the id of a message, only older ones are read."""
    talk = CollaborationMessage.objects.visible_to(scope).filter(collaboration=work).order_by("-sent_at", "-id")
    messages = list((talk.filter(pk__lt=before) if before else talk)[: THREAD + 1])
    for message in messages:
        message.collaboration = work
    introduction = work.introduction_id
    shared = Disclosure.objects.visible_to(scope).filter(introduction_id=introduction)
    found = Work(
        people=list(Participant.objects.visible_to(scope).filter(introduction_id=introduction, left_at=None)),
        fields=list(shared.order_by("field").values_list("field", flat=True)),
        messages=messages[:THREAD][::-1],
        has_earlier=len(messages) > THREAD,
        timeline=list(TimelineEntry.objects.visible_to(scope).filter(collaboration=work)),
    )
    load_keys([work, *found.people, *found.messages])
    return found
