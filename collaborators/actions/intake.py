"""How an anonymous person becomes one that both walls know, and keeps a code to come back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import policies
from collaborators.codes import ReceiptCode, hash_secret, new_code
from collaborators.models import Community, CommunityIdentity, ReceiptCredential, Region, User
from collaborators.peppers import newest_version
from cre.core.access import acting_as, current_scope, locked, require
from cre.core.actions import action, bulk_action
from cre.core.states import change

NOT_YOUR_REGION = _("Only a facilitator of the region writes down what a community says.")


@dataclass(frozen=True)
class Intake:
    """What `begin_intake` made; the code is shown in this answer and never again."""

    user: User
    community: Community
    code: ReceiptCode


def begin_intake(*, language: str, region: Region, **contact: str) -> Intake:
    """Make a person, a community in `region` and a receipt code for somebody who is nobody yet.

    `contact` are the fields of `CommunityIdentity`. There is no acting person before this, so the
    rows come from a function in the database that gives the new person nothing but their own.
    """
    code = unused_code()
    community_uuid = uuid4()
    answers: list[Any] = [
        uuid4(),
        community_uuid,
        region.pk,
        language,
        code.locator,
        hash_secret(code.secret),
        newest_version(),
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cre_begin_intake(%s, %s, %s, %s, %s, %s, %s::smallint)", answers)
            person_id, community_id = cursor.fetchone()
        user = User.objects.get(pk=person_id)
        with acting_as(user):
            community = Community.objects.get(pk=community_id)
            CommunityIdentity.sealed_under(community_uuid, community=community, **contact)
    return Intake(user, community, code)


@action
def begin_assisted_intake(region: Region, *, once: UUID, language: str, by: User, **contact: str) -> Community | None:
    """Make a community whose words a facilitator writes down, and the person who will speak as it.

    once: made with the form, and then the community's uuid; None where a first click has made it already. Nobody gets
    a code that opens something: the one that the row needs is forgotten here.
    """
    require(policies.holds_on_region(current_scope(), region.pk, "facilitate"), NOT_YOUR_REGION)
    code = unused_code()
    answers: list[Any] = [uuid4(), once, region.pk, language, code.locator, hash_secret(code.secret), newest_version()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_begin_assisted_intake(%s, %s, %s, %s, %s, %s, %s::smallint)", answers)
        (community_id,) = cursor.fetchone()
    if community_id is None:
        return None
    community = Community.objects.get(pk=community_id)
    CommunityIdentity.sealed_under(once, community=community, **contact)
    return community


@action
def change_identity(identity: CommunityIdentity, *, version: int, by: User, **contact: str) -> CommunityIdentity:
    """Correct the name it wants us to use, or how to reach it."""
    identity = locked(identity, version=version)
    require(policies.can_act_for(identity.community_id), _("Only the community changes how it is reached."))
    return change(identity, **contact)


@bulk_action
def confirm_code(*, by: User) -> None:
    """Remember that the person showed that they wrote the code down."""
    by.receipt_credentials.filter(replaced_at=None).update(confirmed_at=timezone.now())


@bulk_action
def replace_code(*, by: User) -> ReceiptCode:
    """Give the person a new code; the old one is dead from this moment.

    Only for people who came with a code: for anybody else it would be a way in past their second factor.
    """
    code = unused_code()
    replaced = by.receipt_credentials.filter(replaced_at=None).update(replaced_at=timezone.now())
    require(replaced > 0, _("A new code is only for people who came with one."))
    ReceiptCredential.objects.create(
        user=by, locator=code.locator, secret_hash=hash_secret(code.secret), pepper_version=newest_version()
    )
    return code


def unused_code() -> ReceiptCode:
    """A new code whose first eight digits, which find the row, nobody else has."""
    code = new_code()
    while ReceiptCredential.objects.filter(locator=code.locator).exists():
        code = new_code()
    return code


@action
def come_forward(community: Community, *, by: User) -> Community:
    """The community sends something for the first time: from now on its region's desk knows of it."""
    # Whoever is known stays known: nothing to wait for.
    community = community if community.reached_at else locked(community)
    if community.reached_at:
        return community
    require(policies.can_act_for(community.pk), _("Only the community itself comes forward."))
    return change(community, reached_at=timezone.now())
