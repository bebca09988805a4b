"""What proves a person beside their password."""

from allauth.mfa.models import Authenticator

from collaborators.models import User


def has_factor(user: User, *kinds: str) -> bool:
    """Whether the person has a second factor, of these kinds or of any."""
    factors = Authenticator.objects.filter(user=user)
    return bool((factors.filter(type__in=kinds) if kinds else factors).exists())
