"""Several people of one community: letting in, coming in, and what the others read of it."""

from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from collaborators.actions import let_person_in
from collaborators.models import Community, CommunityGrant, User
from collaborators.selectors.community_people import people_of
from cre.core.access import acting_as, current_scope
from tests.community.walking import hidden, shown_code
from tests.journey import Cast
from tests.retaining import age

PEOPLE, NEW, ENTER = (reverse(f"community:{name}") for name in ("people", "person-new", "enter"))


def let_in(browser: Client, called: str = "the teacher", **typed: Any) -> Any:
    """The answer with the new person's code."""
    once = hidden(browser.get(NEW), "once")
    return browser.post(NEW, {"once": once, "called": called} | typed)


def come_in(code: str) -> tuple[Client, str]:
    """A browser that came in with this code for the first time, and the own code that it was shown."""
    client = Client()
    return client, shown_code(client.post(ENTER, {"door-code": code}))


def people_for(user: User, community: Community) -> list[tuple[str, bool, bool]]:
    """For each of the community: the word for them, whether they have come in, whether it was ended."""
    with transaction.atomic(), acting_as(user):
        found = people_of(current_scope(), community)
    return [(one.called, one.has_come_in, one.ended_at is not None) for one in found]


def end_page(user: User, community: Community, called: str = "the teacher") -> str:
    """The page on which the way in of the person called like this is ended."""
    with transaction.atomic(), acting_as(user):
        (found,) = (one for one in people_of(current_scope(), community) if one.called == called)
    return reverse("community:person-end", args=[found.uuid])


def one_more(cast: Cast, called: str = "the teacher") -> User:
    """Another person of the community."""
    let_person_in(cast.community, once=(once := uuid4()), called=called, by=cast.member)
    return User.objects.get(uuid=once)


def settle(community: Community) -> None:
    """All who can come in now have done so for more than a week."""
    age(CommunityGrant, 8, "starts_at", content_object_id=community.pk)


def asked_of_database(user: User, sql: str, *values: Any) -> None:
    """Ask the database without asking our own code first."""
    with transaction.atomic(), acting_as(user), connection.cursor() as cursor:
        cursor.execute(sql, values)


def directly(user: User, community: Community) -> None:
    """Let somebody in without asking our own code first."""
    asked_of_database(user, "SELECT cre_let_person_in(%s, %s, '12345678', '-', 1::smallint)", uuid4(), community.pk)
