"""What the desk knows of a community while it writes a brief, and what a brief could give away."""

from typing import Any

from collaborations.identifying import BriefWarning, Known, warnings_in
from collaborations.models import Project, ProjectFinance, RequestRisk, RequestStory, SupportRequest
from collaborations.models.requests import RiskLevel
from collaborations.selectors.desk_request import identity_of, one, rows_about
from cre.core.access import Scope
from cre.core.vault import load_keys
from cre.core.vocabularies import Danger

OWN_WORDS = (
    "need", "what_happens", "groups", "impacts", "good_result", "must_not_happen", "past_steps", "deadlines",
    "partners",
)  # fmt: skip


def is_high_risk(request: SupportRequest) -> bool:
    """Whether only the region should be shown."""
    return request.danger == Danger.NOW or request.risk_level in (RiskLevel.HIGH, RiskLevel.CRITICAL)


def warnings_about(request: SupportRequest, scope: Scope, content: dict[str, Any]) -> list[BriefWarning]:
    """What could tell who the community is; content: title, text, sector, financier, shown_country."""
    return warnings_in(content["title"], content["text"], known_of(request, scope, content))


def known_of(request: SupportRequest, scope: Scope, content: dict[str, Any]) -> Known:
    """What this person may know of the community, opened for the comparison."""
    identity = identity_of(request, scope)
    story = one(request, rows_about(RequestStory, request, scope))
    risk = one(request, rows_about(RequestRisk, request, scope))
    load_keys([row for row in (identity, story, risk) if row is not None])
    return Known(
        chosen_name=identity.chosen_name if identity else "",
        contact=identity.handle if identity else "",
        people=joined(risk, ("most_exposed", "not_to_contact", "not_to_see")),
        wider_area=story.wider_area if story else "",
        story=joined(story, OWN_WORDS),
        project=story.project if story else "",
        register=public_names(),
        sector=content["sector"],
        financier=content["financier"],
        country=request.country,
        shown_country=content["shown_country"],
        is_high_risk=is_high_risk(request),
    )


def joined(row: Any, names: tuple[str, ...]) -> str:
    """Several fields of a row as one text; nothing where the row is not seen."""
    return "\n".join(filter(None, (getattr(row, name) for name in names))) if row is not None else ""


def public_names() -> tuple[str, ...]:
    """The names of public projects, of the companies behind them, and the ids that their financiers use."""
    projects = Project.objects.values_list("name", "company")
    references = ProjectFinance.objects.exclude(reference="").values_list("reference", flat=True)
    names = {word for pair in projects for word in pair if word} | set(references)
    return tuple(sorted(names))
