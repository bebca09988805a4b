"""Choosing a country among those of one part of the world, with a way to the other parts."""

from django.db.models import F
from django.utils.translation import gettext as _

from collaborations.forms.parts import CountryForm
from collaborations.forms.words import VersionForm
from collaborations.models import SupportRequest
from collaborators.http import PersonRequest
from collaborators.models import Region

# The word in the address that names a part of the world.
OF = "of"


def look_around(request: PersonRequest, form: VersionForm, row: SupportRequest) -> list[dict[str, str]]:
    """Offer the countries of the part of the world that is asked for, or else of the request's own desk.

    Return the other parts, as a code and a name; none for a form that asks no country.
    """
    if not isinstance(form, CountryForm):
        return []
    regions = Region.objects.order_by(F("is_waiting_room"), "name")
    own = next(region for region in regions if region.pk == row.region_id)
    chosen = next((region for region in regions if region.code == request.GET.get(OF)), own)
    form.look_in(chosen, country=row.country)
    return [{"code": region.code, "name": name_of(region)} for region in regions if region != chosen]


def name_of(region: Region) -> str:
    """A part of the world by the name of its desk; what no desk looks after is elsewhere."""
    return _("Somewhere else") if region.is_waiting_room else str(region)
