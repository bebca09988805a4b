"""What was said, as a community takes it along: by side, never by the name of a person."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from collaborations.models import CollaborationMessage, Referral, RequestMessage, SecondLook
from collaborations.models.talk import Side
from collaborations.portable.requests import name_of
from collaborators.models import Community
from cre.core.access import Scope
from cre.core.portable import Record, answered, fact, told
from cre.core.vault import load_keys


def messages(scope: Scope, community: Community) -> Iterator[Record]:
    """The threads with the desk, then those with each ally."""
    desk = RequestMessage.objects.visible_to(scope).filter(request__community=community).select_related("request")
    shared = CollaborationMessage.objects.visible_to(scope).filter(collaboration__community=community)
    yield from thread(desk.order_by("request_id", "sent_at", "pk"))
    yield from thread(shared.select_related("collaboration__request").order_by("collaboration_id", "sent_at", "pk"))


def thread(found: Any) -> Iterator[Record]:
    """Messages in their order, each by its side."""
    rows = list(found)
    load_keys(rows)
    for row in rows:
        request = row.request if isinstance(row, RequestMessage) else row.collaboration.request
        yield Record(
            name_of(request),
            [
                fact("side", _("who"), row.side, Side(row.side).label),
                fact("sent_at", _("when"), row.sent_at),
                *told(row, lang=row.language),
            ],
        )


def referrals(scope: Scope, community: Community) -> Iterator[Record]:
    """To whom else the community was sent."""
    found = Referral.objects.visible_to(scope).filter(request__community=community).select_related("request")
    rows = list(found.order_by("made_at", "pk"))
    load_keys(rows)
    for row in rows:
        yield Record(name_of(row.request), [fact("made_at", _("when"), row.made_at), *told(row)])


def second_looks(scope: Scope, community: Community) -> Iterator[Record]:
    """When another person was asked to look again, and what came of it."""
    found = SecondLook.objects.visible_to(scope).filter(request__community=community).select_related("request")
    rows = list(found.order_by("asked_at", "pk"))
    load_keys(rows)
    for row in rows:
        yield Record(
            name_of(row.request),
            answered(
                *told(row, lang=row.request.language),
                fact("asked_at", _("asked"), row.asked_at),
                fact("answered_at", _("answered"), row.answered_at),
                fact("was_reopened", _("did we go on?"), row.was_reopened),
            ),
        )
