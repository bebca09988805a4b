"""The people of one community, as they themselves read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from collaborators.models import Community, CommunityPerson
from cre.core.access import Scope
from cre.core.vault import load_keys


@dataclass(frozen=True)
class OwnPerson:
    """Somebody who comes in as the community, or did until `ended_at`."""

    uuid: UUID
    user_id: int
    called: str
    since: datetime
    has_come_in: bool
    ended_at: datetime | None
    is_self: bool


def people_of(scope: Scope, community: Community) -> list[OwnPerson]:
    """Everybody who comes in as the community or ever did, who came first first. Only its own people may ask."""
    names = names_of(scope, community)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, user_id, since, has_come_in, ended_at FROM cre_people_of_community(%s)", [community.pk]
        )
        return [
            OwnPerson(uuid, user_id, names.get(user_id, ""), since, has_come_in, ended_at, user_id == scope.user_id)
            for uuid, user_id, since, has_come_in, ended_at in cursor.fetchall()
        ]


def names_of(scope: Scope, community: Community) -> dict[int, str]:
    """What the community calls those whom it gave a word."""
    rows = list(CommunityPerson.objects.visible_to(scope).filter(community=community))
    load_keys(rows)
    return {row.user_id: row.called for row in rows}


def living(people: list[OwnPerson]) -> list[OwnPerson]:
    """Those who still come in."""
    return [person for person in people if person.ended_at is None]
