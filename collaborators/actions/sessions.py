"""Ending sessions: one of one's own, all others of one's own, all of somebody whose access has to end."""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from collaborators import policies
from collaborators.models import User
from cre.core.access import require
from cre.core.actions import action
from cre.core.security_events import SecurityEvent, security_event


@action
def end_session(uuid: UUID, *, by: User) -> bool:
    """End one of one's own sessions; whether there was one like this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_end_session(%s)", [uuid])
        is_ended = bool(cursor.fetchone()[0])
    if is_ended:
        security_event(SecurityEvent.SESSION_ENDED, person=by.pk, count=1)
    return is_ended


@action
def end_sessions(person: User, *, kept: str | None = None, by: User) -> int:
    """End every session of a person, but for the one with the key hash `kept`; returns how many there were."""
    require(person.pk == by.pk or policies.can_end_sessions(person.pk), _("Only those who look after them do this."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_end_sessions(%s, %s)", [person.pk, kept])
        ended: int = cursor.fetchone()[0]
    security_event(SecurityEvent.SESSION_ENDED, person=person.pk, count=ended)
    return ended
