"""Being away, and who covers meanwhile."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.models import Absence, Region, User
from cre.core.access import Refused, forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event
from cre.core.states import change


@action
def enter_absence(
    person: User, cover: User, *, region: Region | None, starts_at: datetime, ends_at: datetime, by: User
) -> Absence:
    """Say who is away and who covers: the cover holds the role on the region for that time, and not longer.

    region: None when a coordinator is away. A facilitator enters their own absences, the coordinator anybody's.
    """
    require(policies.can_enter_absence(by, person, region), _("You can enter your own absences on your own region."))
    require(policies.can_cover(by, cover), _("Choose somebody else who works here already."))
    absence = Absence.objects.create(
        person=person, cover=cover, region=region, starts_at=starts_at, ends_at=ends_at, entered_by=by
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cre_cover(%s)", [absence.pk])
    except IntegrityError:
        raise Refused(
            _("This person has a term of their own in these days. The coordinator can change it on the page of people.")
        ) from None
    emit(notices.COVERS, absence)
    security_event(SecurityEvent.ROLE_GIVEN, person=cover.pk, by=by.pk, on=region.pk if region else 0)
    forget_scope()
    return absence


@action
def call_off_absence(absence: Absence, *, version: int, by: User) -> Absence:
    """Back sooner than thought, or never away: the role that came with it ends now."""
    absence = locked(absence, version=version)
    require(policies.can_call_off(by, absence), _("Only who is away and the coordinator call this off."))
    change(absence, called_off_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_uncover(%s)", [absence.pk])
    emit(notices.COVERS_NO_MORE, absence)
    forget_scope()
    return absence
