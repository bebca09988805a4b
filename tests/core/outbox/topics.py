"""Topics that only the tests declare, all about a community."""

import os
from typing import Any

from django.contrib.auth import get_user_model

from collaborators.models import Platform
from cre.core.access import current_actor, holders
from cre.core.outbox import IN_PORTAL, WITH_MAIL, Event, Subject, Topic, Work

COMMUNITY = "collaborators.Community"


def representatives(event: Event) -> list[int]:
    return holders(event.object, "represent")


def page_of(community: Any) -> str:
    return f"/communities/{community.uuid}/"


def break_down(event: Event) -> list[int]:
    raise ValueError("The secret name of the community")


def leave_a_trace(event: Event) -> None:
    """Change something that the tests can see, under whichever account runs this."""
    get_user_model().objects.filter(pk=event.ids["person"]).update(language=f"by-{current_actor().user_id}")


def leave_a_trace_and_fail(event: Event) -> None:
    leave_a_trace(event)
    raise ValueError("The secret name of the community")


def kill_the_process(event: Event) -> None:
    os._exit(9)


TOLD = Topic(code="test.told", label=COMMUNITY, recipients=representatives, text="Something about you.", url=page_of)
MAILED = Topic(
    code="test.mailed",
    label=COMMUNITY,
    recipients=representatives,
    text="Something else about you.",
    url=page_of,
    channels=WITH_MAIL,
    subject=Subject.SOON,
)
EVERYBODY = Topic(
    code="test.everybody",
    label=COMMUNITY,
    recipients=lambda event: [
        *holders(event.object, "represent"),
        *holders(event.object.region, "facilitate"),
        *holders(Platform.objects.get(), "coordinate"),
    ],
    text="Something about a community.",
    url=page_of,
)
TOLD_TO_ALL = Topic(
    code="test.told-to-all",
    label=COMMUNITY,
    recipients=lambda _: get_user_model().objects.filter(is_system=False).values_list("pk", flat=True),
    text="Something.",
    url=page_of,
    tell_actor=True,
    channels=IN_PORTAL,
)
URGENT = Topic(
    code="test.urgent",
    label=COMMUNITY,
    recipients=representatives,
    text="Something urgent.",
    url=page_of,
    urgent=True,
)
BROKEN = Topic(code="test.broken", label=COMMUNITY, recipients=break_down, text="Never seen.", url=page_of)
TRACE = Work(code="test.trace", label=COMMUNITY, carry_out=leave_a_trace)
FAILING = Work(code="test.failing", label=COMMUNITY, carry_out=leave_a_trace_and_fail)
POISON = Work(code="test.poison", label=COMMUNITY, carry_out=kill_the_process)
