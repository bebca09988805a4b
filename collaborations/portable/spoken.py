"""What a community decided by voice, as it takes it along: who said it, and what was read back."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaborations.models import SpokenDecision
from collaborations.portable.allies import with_whom
from collaborations.portable.requests import name_of
from collaborators.models import Community
from cre.core.access import Scope
from cre.core.portable import Record, answered, fact, told
from cre.core.vault import load_keys


def spoken(scope: Scope, community: Community) -> Iterator[Record]:
    """Each decision that was written down beside its act, oldest first."""
    found = SpokenDecision.objects.visible_to(scope).filter(request__community=community)
    rows = list(found.select_related("request", "introduction__collaborator").order_by("at", "pk"))
    load_keys(rows)
    for row in rows:
        yield Record(
            row.get_what_display(),
            answered(
                fact("request", _("for"), str(row.request.uuid), name_of(row.request)),
                fact("with_whom", _("for whom"), with_whom(row.introduction) if row.introduction else ""),
                fact("form", row._meta.get_field("form").verbose_name, row.form, row.get_form_display()),
                *told(row, lang=row.language),
                fact("at", _("when"), row.at),
            ),
        )
