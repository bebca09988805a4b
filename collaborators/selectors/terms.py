"""Which terms have not ended."""

from django.db.models import Q
from django.utils import timezone


def still_held() -> Q:
    """What is held now, or from a later day."""
    return Q(ends_at=None) | Q(ends_at__gt=timezone.now())
