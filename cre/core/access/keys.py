"""Putting the actor key where the database can verify signatures and the application cannot read it."""

from django.conf import settings
from django.db import connections

from cre.core.access.actor import actor_pads


def install_actor_key(using: str) -> None:
    """Store the pads of `settings.ACTOR_KEY`, on the connection of the owner."""
    inner, outer = actor_pads(settings.ACTOR_KEY)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_actorkey (id, inner_pad, outer_pad) VALUES (1, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            [inner, outer],
        )
