"""What allies would like to publish and what the community answered, as the community takes it along."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaborations.models import PublicOutput
from collaborations.selectors.outputs import standing_of
from collaborators.models import Community
from cre.core.access import Scope
from cre.core.portable import Record, answered, fact, told
from cre.core.vault import load_keys


def outputs(scope: Scope, community: Community) -> Iterator[Record]:
    """Each text that was put before the community, oldest first."""
    found = PublicOutput.objects.visible_to(scope).filter(community=community)
    rows = list(found.select_related("collaboration__introduction__collaborator").order_by("put_at", "pk"))
    load_keys(rows)
    for row in rows:
        yield Record(
            row.collaboration.introduction.collaborator.display_name,
            answered(
                *told(row, lang=row.language),
                fact("status", _("status"), row.status, standing_of(row)),
                fact("appears_on", row._meta.get_field("appears_on").verbose_name, row.appears_on),
                fact("put_at", _("suggested"), row.put_at),
                fact("answered_at", _("answered"), row.answered_at),
            ),
        )
