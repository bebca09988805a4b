"""Which of a community's own words stand behind each field that it can share with an ally."""

from collections.abc import Callable, Iterable

from collaborations.models import SupportRequest
from collaborations.models.introductions import DisclosedField

F = DisclosedField


def lines(*texts: str) -> str:
    """Several answers as one text, the empty ones left out."""
    return "\n".join(text for text in texts if text)


def values_of(request: SupportRequest, fields: Iterable[str]) -> dict[str, str]:
    """The values of these fields, as the acting person reads them; a field without an answer is left out.

    fields: codes of `DisclosedField`. Only the fields asked for are opened.
    """
    identity, story, risk = request.community.identity, request.story, request.risk
    readers: dict[DisclosedField, Callable[[], str]] = {
        F.CHOSEN_NAME: lambda: identity.chosen_name,
        F.CONTACT: lambda: lines(identity.get_channel_display(), identity.handle),
        F.SAFE_HOURS: lambda: lines(identity.safe_hours, identity.not_to_mention),
        F.COUNTRY: lambda: request.country,
        F.WIDER_AREA: lambda: story.wider_area,
        F.WHAT_HAPPENS: lambda: story.what_happens,
        F.PROJECT: lambda: story.project,
        F.MUST_NOT_HAPPEN: lambda: story.must_not_happen,
        F.THREATS: lambda: lines(risk.threats, risk.not_to_contact),
    }
    values = {field: readers[F(field)]() for field in fields}
    return {field: value for field, value in values.items() if value}
