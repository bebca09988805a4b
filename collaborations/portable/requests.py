"""Requests as their community takes them along: answers, steps, files, and whether we should keep them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.models import KeepQuestion, RequestFile, SupportRequest, TimelineEntry
from collaborations.policies.sight import COMMUNITY_AUDIENCES
from collaborations.selectors.ally import labels
from collaborations.selectors.community import as_step
from collaborations.selectors.files import as_copy
from collaborators.models import Community
from cre.core.access import Scope
from cre.core.portable import Fact, Record, answered, fact, in_words, told
from cre.core.vault import load_keys
from cre.core.vocabularies import HelpKind, StrategyArea, country_name, language_name


def name_of(request: SupportRequest) -> str:
    """A request by the day on which it was sent, or begun."""
    if request.received_at is None:
        return _("A draft of {day}").format(day=day_of(request.created_at))
    return _("Your request of {day}").format(day=day_of(request.received_at))


def day_of(moment: datetime) -> str:
    return in_words(timezone.localdate(moment))


def requests_of(scope: Scope, community: Community) -> list[SupportRequest]:
    """Its requests and drafts, oldest first, with the records that hold their answers."""
    found = SupportRequest.objects.visible_to(scope).filter(community=community)
    return list(found.select_related("story", "risk").order_by("created_at", "pk"))


def answers(scope: Scope, community: Community) -> Iterator[Record]:
    """Where each request stands and what was answered."""
    rows = requests_of(scope, community)
    load_keys([part for row in rows for part in (row.story, row.risk)])
    for row in rows:
        yield Record(name_of(row), [*standing(row), *chosen(row), *words_in(row)])


def standing(row: SupportRequest) -> list[Fact]:
    return answered(
        fact("uuid", _("number in our records"), str(row.uuid)),
        fact("status", _("status"), row.status, row.get_status_display()),
        fact("created_at", _("begun"), row.created_at),
        fact("received_at", _("sent"), row.received_at),
        fact("due_at", _("promised for"), row.due_at if row.is_open else None),
        fact("closed_at", _("ended"), row.closed_at),
        fact("is_assisted", _("written down by somebody else"), row.is_assisted or None),
    )


def chosen(row: SupportRequest) -> list[Fact]:
    """The answers that are codes."""
    locale = get_language() or "en"
    return answered(
        fact("danger", _("is anyone in danger?"), row.danger, row.get_danger_display()),
        fact("country", _("your country"), row.country, country_name(row.country, locale) if row.country else ""),
        fact("language", _("language"), row.language, language_name(row.language, locale)),
        fact("kinds_of_help", _("what you need"), row.kinds_of_help, labels(HelpKind, row.kinds_of_help)),
        fact("areas", _("which of these could help you"), row.areas, labels(StrategyArea, row.areas)),
        fact("who_asks", _("who asks"), row.story.who_asks, row.story.get_who_asks_display()),
        fact("stage", _("how far the project is"), row.story.stage, row.story.get_stage_display()),
    )


def words_in(row: SupportRequest) -> list[Fact]:
    """The answers in the community's own words."""
    return [*told(row.story, lang=row.language), *told(row.risk, lang=row.language)]


def steps(scope: Scope, community: Community) -> Iterator[Record]:
    """The timeline of each request."""
    entries = TimelineEntry.objects.visible_to(scope).filter(
        request__community=community, audience__in=COMMUNITY_AUDIENCES
    )
    for entry in entries.select_related("request").order_by("request__created_at", "happened_at", "pk"):
        step = as_step(entry)
        yield Record(
            name_of(entry.request),
            answered(
                fact(entry.event, step["who"], entry.happened_at, step["text"]),
                fact("happened_at", _("when"), entry.happened_at),
                fact("due_on", _("promised for"), entry.due_on),
            ),
        )


def files(scope: Scope, community: Community) -> Iterator[Record]:
    """The files, by the names that they came with; each is opened on a page of its own."""
    found = RequestFile.objects.visible_to(scope).filter(request__community=community).select_related("request")
    rows = list(found.order_by("request_id", "number"))
    load_keys(rows)
    for row in rows:
        said = as_copy(row)
        yield Record(
            name_of(row.request),
            answered(
                *told(row),
                fact("number", _("file"), row.number, path=reverse("community:file-open", args=[row.uuid])),
                fact("kind", _("kind"), row.kind, said["kind"]),
                fact("size", _("size"), row.size, said["size"]),
                fact("added_at", _("sent"), row.added_at),
            ),
        )


def questions(scope: Scope, community: Community) -> Iterator[Record]:
    """Each time we asked whether to keep something, and what was answered."""
    found = KeepQuestion.objects.visible_to(scope).filter(community=community).select_related("request")
    for row in found.order_by("asked_at", "pk"):
        yield Record(
            name_of(row.request) if row.request else _("Everything"),
            answered(
                fact("asked_at", _("asked"), row.asked_at),
                fact("due_at", _("without an answer deleted on"), row.due_at),
                fact("answer", _("your answer"), row.answer, row.get_answer_display()),
                fact("answered_at", _("answered"), row.answered_at),
            ),
        )
