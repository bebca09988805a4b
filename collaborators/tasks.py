"""What the clock does for people, their roles and their sessions."""

from celery import shared_task

from collaborators.actions import expire_invitations, remove_ended_roles
from collaborators.sessions import SessionStore
from cre.core.access.actor import system_account
from cre.core.outbox.workers import SystemTask


@shared_task(base=SystemTask)
def tidy_up_roles() -> None:
    """Take away the rows of roles that ended, and close invitations that nobody answered in time."""
    system = system_account()
    remove_ended_roles(by=system)
    expire_invitations(by=system)


@shared_task(base=SystemTask)
def sweep_sessions() -> None:
    """Remove sessions that have ended."""
    SessionStore.clear_expired()
