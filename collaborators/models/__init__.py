"""People, places, communities and the roster."""

from collaborators.models.absences import Absence
from collaborators.models.communities import Community, CommunityGrant, CommunityIdentity, CommunityPerson
from collaborators.models.deleting import Deletion
from collaborators.models.freezing import CodeHandover, Freeze, FreezeWarning, FreezingSide
from collaborators.models.invitations import AccessEnd, EndReason, Holder, Invitation
from collaborators.models.naming import ShownName
from collaborators.models.panels import Composition, Panel, PanelGrant, PanelKind
from collaborators.models.people import ReceiptCredential, User
from collaborators.models.places import Country, Platform, PlatformGrant, Region, RegionGrant
from collaborators.models.roster import (
    Collaborator,
    CollaboratorFacets,
    CollaboratorGrant,
    CollaboratorPrivate,
    LevelRaise,
)
from collaborators.models.sessions import AccountEvent, AccountEventKind, Session
from collaborators.models.ways import SignInAddress

__all__ = [
    "Absence",
    "AccessEnd",
    "AccountEvent",
    "AccountEventKind",
    "CodeHandover",
    "Collaborator",
    "CollaboratorFacets",
    "CollaboratorGrant",
    "CollaboratorPrivate",
    "Community",
    "CommunityGrant",
    "CommunityIdentity",
    "CommunityPerson",
    "Composition",
    "Country",
    "Deletion",
    "EndReason",
    "Freeze",
    "FreezeWarning",
    "FreezingSide",
    "Holder",
    "Invitation",
    "LevelRaise",
    "Panel",
    "PanelGrant",
    "PanelKind",
    "Platform",
    "PlatformGrant",
    "ReceiptCredential",
    "Region",
    "RegionGrant",
    "Session",
    "ShownName",
    "SignInAddress",
    "User",
]
