"""Where an entry of the roster stands, and an invitation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vetting(models.TextChoices):
    NOMINATED = "nominated", _("nominated")
    SELF_DESCRIBED = "self_described", _("described itself")
    REFERENCES_PENDING = "references_pending", _("waiting for references")
    UNDER_REVIEW = "under_review", _("under review")
    APPROVED = "approved", _("approved")
    SUSPENDED = "suspended", _("suspended")
    RETIRED = "retired", _("retired")


VETTING_MOVES = {
    Vetting.NOMINATED: {Vetting.SELF_DESCRIBED, Vetting.APPROVED, Vetting.RETIRED},
    Vetting.SELF_DESCRIBED: {Vetting.REFERENCES_PENDING, Vetting.RETIRED},
    Vetting.REFERENCES_PENDING: {Vetting.UNDER_REVIEW, Vetting.RETIRED},
    Vetting.UNDER_REVIEW: {Vetting.APPROVED, Vetting.RETIRED},
    Vetting.APPROVED: {Vetting.SUSPENDED, Vetting.RETIRED},
    Vetting.SUSPENDED: {Vetting.APPROVED, Vetting.RETIRED},
    Vetting.RETIRED: set(),
}


class InvitationStatus(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("taken back")
    EXPIRED = "expired", _("too old")


INVITATION_MOVES = {
    InvitationStatus.OPEN: {InvitationStatus.ACCEPTED, InvitationStatus.WITHDRAWN, InvitationStatus.EXPIRED},
    InvitationStatus.ACCEPTED: set(),
    InvitationStatus.WITHDRAWN: set(),
    InvitationStatus.EXPIRED: set(),
}
