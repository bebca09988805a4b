"""Two people of one community decide together before an ally learns who they are, and before everything is deleted."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.models import Community, User
from collaborators.selectors.community_people import living, people_of
from cre.core.access import current_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change

ONLY_ITS_PEOPLE = _("Only people of the community itself decide this.")
NOBODY_ELSE = _("Nobody but you can come in yet. Let another one of you in first.")
NOT_SO = _("This is not so any more. Look at the page again.")
NOT_YOU = _("Another one of you has to agree to this, somebody who has come in for a week or longer.")


@action
def decide_together(community: Community, *, version: int, by: User) -> Community:
    """From now on a second one of the community has to agree; any one person may say so where there are two."""
    community = locked(community, version=version)
    require(policies.can_represent(community.pk), ONLY_ITS_PEOPLE)
    require(len(living(people_of(current_scope(), community))) > 1, NOBODY_ELSE)
    return change(community, decides_together=True)


@action
def ask_to_decide_alone(community: Community, *, version: int, by: User) -> Community:
    """Ask that one person may decide alone again; it stays as it is until another one agrees."""
    community = locked(community, version=version)
    require(policies.can_represent(community.pk), ONLY_ITS_PEOPLE)
    require(community.decides_together and community.alone_asked_by_id is None, NOT_SO)
    emit(notices.ALONE_ASKED, community, community=community.pk, person=by.pk)
    return change(community, alone_asked_by=by)


@action
def answer_alone(community: Community, *, version: int, is_yes: bool, by: User) -> Community:
    """Agree, as another person than the one who asked, that one decides alone again; or keep it as it is.

    Whoever asked may keep it as it is too.
    """
    community = locked(community, version=version)
    require(policies.can_represent(community.pk), ONLY_ITS_PEOPLE)
    require(community.alone_asked_by_id is not None, NOT_SO)
    if not is_yes:
        return change(community, alone_asked_by=None)
    require(may_agree(community), NOT_YOU)
    return change(community, decides_together=False, alone_asked_by=None)


def may_agree(community: Community) -> bool:
    """Whether the person counts as a second one, and may agree to what somebody else asked for who still comes in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_may_agree(%s, %s)", [community.pk, community.alone_asked_by_id])
        (answer,) = cursor.fetchone()
    return bool(answer)
