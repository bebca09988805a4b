"""Who is away, and who may cover."""

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from collaborators.models import Absence, User
from cre.core.access import Scope, acting_person


def absences_ahead(scope: Scope) -> QuerySet[Absence]:
    """Absences that go on or are still to come, as far as the person sees them."""
    found = Absence.objects.visible_to(scope).filter(called_off_at=None, ends_at__gt=timezone.now())
    return found.select_related("person", "cover", "region").order_by("starts_at", "pk")


def possible_covers(*, with_self: bool = False) -> QuerySet[User]:
    """Those who could cover for the acting person: who works on a region or coordinates already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_possible_covers()")
        found = cursor.fetchone()[0]
    if with_self and (acting := acting_person()):
        found = [*found, acting.pk]
    return User.objects.filter(pk__in=found).order_by("email")


def guarded_staff() -> QuerySet[User]:
    """Who works on the regions that the acting focal person guards, and does not coordinate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_guarded_staff()")
        found = cursor.fetchone()[0]
    return User.objects.filter(pk__in=found).order_by("email")
