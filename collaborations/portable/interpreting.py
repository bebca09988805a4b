"""What interpreters were asked to translate and what came of it, as the community takes it along."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaborations.models import InterpreterTask
from collaborations.portable.requests import name_of
from collaborations.selectors.interpreting import languages_of, standing_of
from collaborators.models import Community
from cre.core.access import Scope
from cre.core.portable import Record, answered, fact, told
from cre.core.vault import load_keys

# A person of the roster, whom a found copy would endanger.
READER = "reader"


def interpreted(scope: Scope, community: Community) -> Iterator[Record]:
    """Each text that an interpreter was to read, oldest first."""
    found = InterpreterTask.objects.visible_to(scope).filter(community=community).select_related("request")
    rows = list(found.order_by("asked_at", "pk"))
    load_keys(rows)
    for row in rows:
        tongues = languages_of(row)
        yield Record(
            name_of(row.request),
            answered(
                fact("status", _("status"), row.status, standing_of(row)),
                fact("from_language", _("from which language"), row.from_language, tongues["from_language"]),
                fact("to_language", _("into which language"), row.to_language, tongues["to_language"]),
                *(found for found in told(row) if found.code != READER),
                fact("asked_at", _("asked"), row.asked_at),
                fact("due_at", _("until"), row.due_at),
                fact("decided_at", _("decided"), row.decided_at),
                fact("ended_at", _("ended"), row.done_at or row.ended_at),
            ),
        )
