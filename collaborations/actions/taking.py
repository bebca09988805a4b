"""A community takes everything with it that it may see of itself."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators.models import Community, User
from cre.core.access import current_scope, require
from cre.core.actions import action
from cre.core.ledger import Kind, Seen, record
from cre.core.portable import Record
from cre.core.registries import portable

ONLY_ITSELF = _("Only people of the community itself take everything with them.")


@dataclass(frozen=True)
class Section:
    """One part of the copy with its records."""

    name: str
    words: str | Promise
    records: list[Record]


@action
def take_everything(*, way: str, by: User) -> list[Section]:
    """Read everything that the person's community may see of itself; the ledger keeps that a copy left, and how.

    Somebody with only a mandate takes no copy: what they read ends with the mandate.
    """
    scope = current_scope()
    communities = list(Community.objects.visible_to(scope).filter(pk__in=scope.ids("represent", Community)))
    require(bool(communities), ONLY_ITSELF)
    for community in communities:
        record(Kind.EXPORT, community, fields=[way], seen=of(community))
    return [
        Section(part.name, part.words, [found for community in communities for found in part.read(scope, community)])
        for part in portable
    ]


def of(community: Community) -> Seen:
    """What the ledger says of a copy: whose it was."""
    return Seen(community._meta.label, community.uuid, community.pk, region_id=community.region_id)
