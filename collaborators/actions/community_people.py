"""The people of one community let one more of theirs in, and shut somebody out."""

from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.actions.intake import unused_code
from collaborators.codes import ReceiptCode, hash_secret
from collaborators.models import Community, CommunityPerson, Deletion, User
from collaborators.peppers import newest_version
from collaborators.selectors.community_people import living, people_of
from cre.core.access import current_scope, forget_scope, locked, require
from cre.core.actions import action
from cre.core.ledger import Kind, Seen, record
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event

# As many as can know of each other; the database counts the same.
MOST_PEOPLE = 8
LABEL = CommunityPerson._meta.label
ONLY_ITS_PEOPLE = _("Only people of the community itself decide who of them can come in.")
WAITS_TO_GO = _("Everything of yours waits to be deleted. Take that back first, then let somebody in.")
TOO_MANY = _("Eight of you can come in already. More would be hard to look after: end the way in of one first.")
NOT_YOURSELF = _("You cannot end your own way in. Ask another one of you to do it.")


@action
def let_person_in(community: Community, *, once: UUID, called: str = "", by: User) -> ReceiptCode | None:
    """Let one more person of the community in, with a code of their own that is replaced at its first use.

    once: made with the form, and then the person's uuid; None where a first click has let them in already. called:
    a word for this person that only their community reads.
    """
    community = locked(community)
    require(policies.can_represent(community.pk), ONLY_ITS_PEOPLE)
    require(not Deletion.objects.open().filter(community=community, request_uuid=None).exists(), WAITS_TO_GO)
    people = people_of(current_scope(), community)
    if once in {person.uuid for person in people}:
        return None
    require(len(living(people)) < MOST_PEOPLE, TOO_MANY)
    code = unused_code()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cre_let_person_in(%s, %s, %s, %s, %s::smallint)",
            [once, community.pk, code.locator, hash_secret(code.secret), newest_version()],
        )
        (user_id,) = cursor.fetchone()
    row = CommunityPerson.sealed_under(community.uuid, community=community, user_id=user_id, called=called)
    record(Kind.ACTED, row)
    emit(notices.PERSON_LET_IN, community, community=community.pk, person=user_id)
    security_event(SecurityEvent.ROLE_GIVEN, person=user_id, by=by.pk, role="represent", on=community.pk)
    return code


@action
def end_person(community: Community, person: UUID, *, by: User) -> None:
    """Shut another person of the community out at once: their codes, their sessions and their account end too.

    Raises Http404 for somebody who never came in as the community; who is shut out already stays so.
    """
    community = locked(community)
    require(policies.can_represent(community.pk), ONLY_ITS_PEOPLE)
    found = next((one for one in people_of(current_scope(), community) if one.uuid == person), None)
    if found is None:
        raise Http404
    require(not found.is_self, NOT_YOURSELF)
    if found.ended_at is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_end_person(%s, %s)", [community.pk, found.user_id])
    record(Kind.ACTED, LABEL, seen=Seen(LABEL, found.uuid, community.pk, region_id=community.region_id))
    emit(notices.PERSON_ENDED, community, community=community.pk)
    security_event(SecurityEvent.ROLE_ENDED, person=found.user_id, by=by.pk, role="represent", on=community.pk)
    forget_scope()
