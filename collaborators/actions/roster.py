"""Entries of the roster: registered, vetted, raised by a second person, paused by themselves."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.models import Collaborator, CollaboratorFacets, CollaboratorPrivate, LevelRaise, User
from collaborators.states import Vetting
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change, move
from cre.core.vocabularies import AccessLevel


@action
def register_collaborator(
    *, entry: dict[str, Any], private: dict[str, str], facets: dict[str, Any], by: User
) -> Collaborator:
    """Put an entry on the roster: what others read, what stays private, and what matching ranks."""
    require(policies.can_keep_roster(), _("Only those who keep the roster add to it."))
    is_vetted = entry.get("status", Vetting.NOMINATED) != Vetting.NOMINATED
    is_raised = entry.get("access_level", AccessLevel.PUBLIC) != AccessLevel.PUBLIC
    require(
        policies.can_coordinate() or not (is_vetted or is_raised),
        _("Only the coordinator approves an entry."),
    )
    collaborator = Collaborator.objects.create(**entry)
    CollaboratorPrivate.sealed_under(collaborator.uuid, collaborator=collaborator, **private)
    CollaboratorFacets.objects.create(
        collaborator=collaborator,
        access_level=collaborator.access_level,
        is_active=collaborator.status == Vetting.APPROVED,
        **facets,
    )
    return collaborator


@action
def change_vetting(collaborator: Collaborator, status: Vetting, *, version: int, by: User) -> Collaborator:
    """Approve, suspend or retire an entry; only an approved one is matched."""
    collaborator = locked(collaborator, version=version)
    require(policies.can_coordinate(), _("Only the coordinator decides about entries of the roster."))
    move(collaborator, status)
    change(collaborator.facets, is_active=status == Vetting.APPROVED)
    return collaborator


@action
def change_capacity(
    collaborator: Collaborator, *, version: int, hours_a_month: int | None, parallel_limit: int,
    away_until: date | None, by: User,
) -> Collaborator:  # fmt: skip
    """Say how much an ally can do now, or "not now" until a day."""
    collaborator = locked(collaborator, version=version)
    require(policies.can_speak_for(collaborator.pk), _("Only those who speak for an ally say what it can do."))
    change(collaborator.facets, hours_a_month=hours_a_month, parallel_limit=parallel_limit, away_until=away_until)
    return change(collaborator, last_confirmed_on=timezone.localdate())


@action
def change_directory(collaborator: Collaborator, *, version: int, is_shown: bool, by: User) -> Collaborator:
    """Let communities find an entry, or no longer; its own people say so, or the coordinator for them."""
    collaborator = locked(collaborator, version=version)
    may = policies.can_speak_for(collaborator.pk) or policies.can_coordinate()
    require(may, _("Only those who speak for an ally say whether communities find it."))
    return change(collaborator, shows_to_communities=is_shown)


@action
def ask_level_raise(collaborator: Collaborator, *, by: User) -> LevelRaise:
    """Ask that an ally may learn who a community is; a second person decides."""
    require(policies.can_keep_roster(), _("Only those who keep the roster ask for this."))
    if found := LevelRaise.objects.filter(collaborator=collaborator, decided_at=None).first():
        return found
    raised = LevelRaise.objects.create(collaborator=collaborator, to_level=AccessLevel.IDENTIFIED, asked_by=by)
    emit(notices.LEVEL_ASKED, raised)
    return raised


@action
def decide_level_raise(raised: LevelRaise, *, approved: bool, by: User) -> LevelRaise:
    """Decide as the second person; a yes takes effect at once."""
    raised = locked(raised)
    require(raised.decided_at is None, _("This has been decided already."))
    require(policies.can_decide_raise(by, raised), _("Another person has to decide this."))
    change(raised, approved=approved, decided_by=by, decided_at=timezone.now())
    if approved:
        change(raised.collaborator, access_level=raised.to_level)
        change(raised.collaborator.facets, access_level=raised.to_level)
    return raised
