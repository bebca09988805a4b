"""What we tell people before something is removed, and when a community orders it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaborations.recipients import ally, community, desk
from cre.core.outbox import WITH_MAIL, Topic

QUESTION, DELETION, INTRODUCTION = (
    "collaborations.KeepQuestion",
    "collaborators.Deletion",
    "collaborations.Introduction",
)


def to_question(question: Any) -> str:
    return reverse("community:keep", args=[question.uuid])


def to_questions(_: Any) -> str:
    return reverse("desk:keeping")


def to_deletion(_: Any) -> str:
    return reverse("community:delete")


def to_past(_: Any) -> str:
    return reverse("ally:past")


KEEP_ASKED = Topic(
    "keep-asked",
    QUESTION,
    recipients=community,
    url=to_question,
    text=_("Shall we keep what you told us longer? You decide."),
)
KEEP_TO_ASK = Topic(
    "keep-to-ask",
    QUESTION,
    recipients=desk,
    url=to_questions,
    channels=WITH_MAIL,
    text=_("Ask a community by its safe channel before something of it is deleted."),
)
DELETION_TO_CONFIRM = Topic(
    "deletion-to-confirm",
    DELETION,
    recipients=community,
    url=to_deletion,
    text=_("One of you wants to delete something for good. A second one of you has to agree."),
)
DELETION_ORDERED = Topic(
    "deletion-ordered",
    DELETION,
    recipients=desk,
    url=to_questions,
    channels=WITH_MAIL,
    text=_("A community wants to be deleted for good."),
)
ERASE_ASKED = Topic(
    "erase-asked",
    INTRODUCTION,
    recipients=ally,
    url=to_past,
    channels=WITH_MAIL,
    text=_("A community that you met asks you to erase what you have of it."),
)
