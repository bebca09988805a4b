"""People with an e-mail address, and the roles that they are given and lose."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from collaborators import policies
from collaborators.models import User
from cre.core.access import join, leave, require
from cre.core.actions import action


@action
def register_person(*, email: str, password: str | None = None, language: str = "en", by: User) -> User:
    """Make an account for somebody who will be given a role; without a password it has to be set by mail."""
    require(policies.can_coordinate(), _("Only the coordinator registers people."))
    return User.objects.create_user(email=email, password=password, language=language)


@action
def give_role(container: Any, codename: str, user: User, *, ends_at: datetime | None = None, by: User) -> None:
    """Let somebody hold `codename` on a region, a collaborator or the platform, until a moment or for now."""
    require(policies.can_give(container), _("Only the coordinator gives roles."))
    require(user.pk != by.pk, _("Nobody gives a role to themselves."))
    join(container, codename, user, ends_at=ends_at)


@action
def end_role(container: Any, codename: str, user: User, *, by: User) -> None:
    """End a role now; the next request of that person no longer has it."""
    require(policies.can_give(container) or user.pk == by.pk, _("Only the coordinator ends others' roles."))
    leave(container, codename, user)
