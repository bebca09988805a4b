"""People, places, communities and the roster."""

from collaborators.models.communities import Community, CommunityGrant, CommunityIdentity
from collaborators.models.people import ReceiptCredential, User
from collaborators.models.places import Country, Platform, PlatformGrant, Region, RegionGrant
from collaborators.models.roster import (
    Collaborator,
    CollaboratorFacets,
    CollaboratorGrant,
    CollaboratorPrivate,
    LevelRaise,
)

__all__ = [
    "Collaborator",
    "CollaboratorFacets",
    "CollaboratorGrant",
    "CollaboratorPrivate",
    "Community",
    "CommunityGrant",
    "CommunityIdentity",
    "Country",
    "LevelRaise",
    "Platform",
    "PlatformGrant",
    "ReceiptCredential",
    "Region",
    "RegionGrant",
    "User",
]
