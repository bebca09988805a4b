"""What proves a person beside their password."""

from allauth.mfa.models import Authenticator

from collaborators.models import User
from collaborators.selectors.ways import comes_with_code


def has_factor(user: User, *kinds: str) -> bool:
    """Whether the person has a second factor, of these kinds or of any."""
    factors = Authenticator.objects.filter(user=user)
    return bool((factors.filter(type__in=kinds) if kinds else factors).exists())


def owes_factor(user: User) -> bool:
    """Whether the person has a second factor that a password, or a receipt code, does not replace."""
    return has_factor(user) and not comes_with_code(user)
