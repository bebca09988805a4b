"""What the secretariat decides and looks for."""

from collaborations.forms.secretariat.ledger import LedgerFilter
from collaborations.forms.secretariat.people import (
    EndAccessForm,
    HeldRoleForm,
    InviteForm,
    InviteToRoleForm,
    PeopleFilter,
    RoleForm,
    RoleTermForm,
    TermForm,
)
from collaborations.forms.secretariat.roster import EndSpeakerForm, LevelForm, RosterFilter, VettingForm

__all__ = [
    "EndAccessForm",
    "EndSpeakerForm",
    "HeldRoleForm",
    "InviteForm",
    "InviteToRoleForm",
    "LedgerFilter",
    "LevelForm",
    "PeopleFilter",
    "RoleForm",
    "RoleTermForm",
    "RosterFilter",
    "TermForm",
    "VettingForm",
]
