"""Codes of a request as the words that lists and summaries show."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.models import SupportRequest
from collaborations.models.requests import RiskLevel
from collaborations.states import RequestStatus
from collaborators.freezing import is_frozen
from cre.core.vocabularies import Danger, country_name, language_name

RISK = {
    RiskLevel.LOW: _("low risk"),
    RiskLevel.MEDIUM: _("medium risk"),
    RiskLevel.HIGH: _("high risk"),
    RiskLevel.CRITICAL: _("critical risk"),
}
DANGER = {Danger.NOW: _("danger now"), Danger.SOON: _("danger feared"), Danger.NO: ""}
KINDS = {
    Danger.NOW: "danger",
    Danger.SOON: "attention",
    RiskLevel.HIGH: "attention",
    RiskLevel.CRITICAL: "danger",
}


def reference(row: SupportRequest) -> str:
    """How a request is named in lists, where nobody's name may stand."""
    return row.uuid.hex[:6].upper()


def place(row: SupportRequest) -> str:
    """The country, where it is known."""
    return country_name(row.country, get_language() or "en") if row.country else ""


def tongue(tag: str) -> str:
    return language_name(tag, get_language() or "en")


def line(row: SupportRequest) -> dict[str, Any]:
    """One row of a list of requests."""
    return {
        "uuid": row.uuid,
        "reference": reference(row),
        "country": place(row),
        "language": tongue(row.language),
        "status": RequestStatus(row.status).label,
        "danger": DANGER[Danger(row.danger)],
        "danger_kind": KINDS.get(Danger(row.danger), ""),
        "risk": RISK[RiskLevel(row.risk_level)] if row.risk_level else "",
        "risk_kind": KINDS.get(RiskLevel(row.risk_level), "") if row.risk_level else "",
        "due_at": row.due_at,
        "closed_at": row.closed_at,
        "is_unanswered": row.first_answered_at is None,
        "region_id": row.region_id,
        "is_frozen": is_frozen(row.community_id),
        "is_assisted": row.is_assisted,
    }
