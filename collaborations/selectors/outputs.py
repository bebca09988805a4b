"""What allies put forward before they publish it, as the pages of all three sides show it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborations.models import Collaboration, PublicOutput
from collaborators.policies import communities_of
from cre.core.access import Scope
from cre.core.vault import load_keys

MOST_SHOWN = 20
OVERDUE = _("no answer in time: this is not a yes")


def outputs_of(work: Collaboration, scope: Scope) -> list[PublicOutput]:
    """The texts of a collaboration, newest first; their keys are at hand."""
    found = list(PublicOutput.objects.visible_to(scope).filter(collaboration=work)[:MOST_SHOWN])
    load_keys(found)
    return found


def own_outputs(scope: Scope) -> QuerySet[PublicOutput]:
    """The texts that allies put before the person's own community."""
    found = PublicOutput.objects.visible_to(scope).filter(community_id__in=communities_of(scope))
    return found.select_related("collaboration__introduction__collaborator", "collaboration__request")


def standing_of(output: PublicOutput) -> str | Promise:
    """Where it stands in words; silence is said to be no yes."""
    return OVERDUE if output.is_overdue else output.get_status_display()


def as_output(output: PublicOutput) -> dict[str, Any]:
    """A text with where it stands, for the ally and the desk."""
    return {"row": output, "standing": standing_of(output)}
