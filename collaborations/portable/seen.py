"""Who has seen what, as a community takes it along: by role, even where somebody shows it a name."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaborations.selectors.ledger import Sighting, as_days, entries_of_others
from collaborators.models import Community
from cre.core.access import Scope
from cre.core.portable import Record, answered, fact, in_words


def seen(scope: Scope, community: Community) -> Iterator[Record]:
    """Every day on which others opened something, the oldest first."""
    days = as_days(entries_of_others(scope, [community.pk]).order_by("-at", "-pk"), {})
    for day in reversed(days):
        for sighting in day.sightings:
            yield Record(
                in_words(day.on),
                answered(
                    fact("on", _("when"), day.on),
                    fact("who", _("who"), sighting.role, sighting.who),
                    fact(sighting.kind, sighting.did, codes_in(sighting), things_in(sighting)),
                    fact("why", _("why"), sighting.reason, sighting.reason or sighting.why),
                ),
            )


def things_in(sighting: Sighting) -> list[str]:
    """What was opened, with its parts."""
    return [f"{thing.name} ({', '.join(thing.parts)})" if thing.parts else thing.name for thing in sighting.things]


def codes_in(sighting: Sighting) -> list[str]:
    """The same for programs."""
    return [code for thing in sighting.things for code in thing.codes]
