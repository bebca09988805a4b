"""The answers of a request, one by one, as its community reads them again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.models import RequestRisk, RequestStory, SupportRequest
from collaborators.models import CommunityIdentity
from cre.core.vault import load_keys
from cre.core.vocabularies import HelpKind, StrategyArea, country_name

# Each answer: the page on which it is given, and its name.
ORDER = (
    ("now", "danger"),
    ("contact", "channel"), ("contact", "handle"), ("contact", "safe_hours"), ("contact", "not_to_mention"),
    ("contact", "chosen_name"), ("contact", "languages"),
    ("need", "kinds_of_help"), ("need", "need"),
    ("story", "what_happens"),
    ("project", "project"), ("project", "stage"),
    ("place", "wider_area"), ("country", "country"),
    ("areas", "areas"),
    ("result", "good_result"), ("result", "must_not_happen"),
    ("danger", "threats"), ("danger", "most_exposed"), ("danger", "protection"),
    ("silence", "not_to_contact"), ("silence", "not_to_see"),
    ("who", "who_asks"), ("who", "groups"),
    ("before", "past_steps"), ("before", "deadlines"), ("before", "partners"),
)  # fmt: skip
LABELS: dict[str, Promise] = {
    "kinds_of_help": _("what you need"),
    "need": _("in your words"),
    "areas": _("which of these could help you"),
}
# Where answers are kept: on the request, in its story, its risk, or in who the community is.
OWNERS: dict[type[Model], Callable[[SupportRequest], Any]] = {
    SupportRequest: lambda request: request,
    RequestStory: lambda request: request.story,
    RequestRisk: lambda request: request.risk,
    CommunityIdentity: lambda request: request.community.identity,
}
LISTS: dict[str, Any] = {"kinds_of_help": HelpKind, "areas": StrategyArea}


@dataclass(frozen=True)
class Answer:
    """One answer: the page where it is changed, what was asked, and what was said."""

    part: str
    label: str
    value: str = ""
    lines: list[str] = field(default_factory=list)


def owner_of(request: SupportRequest, name: str) -> Any:
    """The record that holds an answer; no other one is read for it. Raises LookupError for what is no answer."""
    for model, owner in OWNERS.items():
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return owner(request)
    raise LookupError(name)


def is_answered(request: SupportRequest, name: str) -> bool:
    """Whether there is an answer; nothing is opened for it."""
    owner = owner_of(request, name)
    return bool(owner._meta.get_field(name).value_from_object(owner))


def answer(request: SupportRequest, name: str) -> Any:
    """The answer itself, opened where it is sealed."""
    return getattr(owner_of(request, name), name)


def answers_of(request: SupportRequest) -> Iterator[Answer]:
    """What was said, in the order of the questions; what was left out is left out."""
    load_keys([request.story, request.risk, request.community.identity])
    for part, name in ORDER:
        if is_answered(request, name):
            yield as_shown(request, part, name)


def as_shown(request: SupportRequest, part: str, name: str) -> Answer:
    """One answer in the reader's language; codes become their words."""
    owner = owner_of(request, name)
    asked = owner._meta.get_field(name)
    label = capfirst(str(LABELS.get(name, asked.verbose_name)))
    if name in LISTS:
        known = [code for code in getattr(owner, name) if code in LISTS[name].values]
        return Answer(part, label, lines=[str(LISTS[name](code).label) for code in known])
    if name == "country":
        return Answer(part, label, country_name(owner.country, get_language() or "en"))
    shown = getattr(owner, f"get_{name}_display")() if asked.choices else getattr(owner, name)
    return Answer(part, label, str(shown))
