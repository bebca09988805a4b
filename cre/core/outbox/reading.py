"""Notices as their recipient reads them: words and links are made now, from what the person sees now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise

from cre.core.access import Scope, current_scope
from cre.core.actions import action, bulk_action
from cre.core.outbox.models import Notice
from cre.core.outbox.topics import Topic, find_kind


@dataclass(frozen=True)
class NoticeLine:
    """One notice on a page."""

    uuid: UUID
    text: str | Promise
    url: str
    created_at: datetime
    is_read: bool


def notices_for(scope: Scope, *, limit: int = 20, unread_only: bool = False) -> list[NoticeLine]:
    """The newest notices of the person behind `scope`, without those about things no longer visible.

    One statement for the notices and one for each model that they are about.
    """
    notices = Notice.objects.visible_to(scope).order_by("-created_at", "-id")
    page = list((notices.unread() if unread_only else notices)[:limit])
    objects = visible_objects(page, scope)
    lines = []
    for notice in page:
        topic, about = find_kind(notice.topic, Topic), objects.get((notice.topic, notice.object_uuid))
        if topic is not None and about is not None:
            lines.append(
                NoticeLine(notice.uuid, topic.text, topic.url(about), notice.created_at, notice.read_at is not None)
            )
    return lines


def visible_objects(notices: Iterable[Notice], scope: Scope) -> dict[tuple[str, UUID], Any]:
    """What the notices are about, by topic and uuid, as far as the scope sees it."""
    wanted: dict[str, set[tuple[str, UUID]]] = defaultdict(set)
    for notice in notices:
        if topic := find_kind(notice.topic, Topic):
            wanted[topic.label].add((notice.topic, notice.object_uuid))
    found: dict[tuple[str, UUID], Any] = {}
    for label, pairs in wanted.items():
        objects: Any = apps.get_model(label).objects
        seen = {row.uuid: row for row in objects.visible_to(scope).filter(uuid__in={uuid for _, uuid in pairs})}
        found.update({pair: seen[pair[1]] for pair in pairs if pair[1] in seen})
    return found


def unread_count(scope: Scope, *, up_to: int = 100) -> int:
    """How many notices wait, counted no further than `up_to`."""
    return Notice.objects.visible_to(scope).unread().order_by()[:up_to].count()


@action
def read_notice(uuid: UUID, *, by: Any) -> str:
    """Mark a notice as read and say where it leads. Raises Http404 when it or its object is not visible."""
    notice = Notice.objects.visible_to(current_scope()).filter(uuid=uuid).first()
    if notice is None:
        raise Http404
    about = visible_objects([notice], current_scope()).get((notice.topic, notice.object_uuid))
    topic = find_kind(notice.topic, Topic)
    if about is None or topic is None:
        raise Http404
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return topic.url(about)


@bulk_action
def read_all_notices(*, by: Any) -> int:
    """Mark everything as read; returns how many notices that were."""
    return Notice.objects.visible_to(current_scope()).unread().update(read_at=timezone.now())
