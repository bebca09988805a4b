"""Where a collaborator works: countries, whole regions of the exchange, or everywhere."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from collaborators.imports.cells import BadCellText, folded, parts, shortened, unique
from collaborators.models import Country
from cre.core.vocabularies import country_code, country_name

# The numbers that the United Nations give to these parts of the world, and our regions that look after them.
REGION_OF = {"002": "africa", "142": "asia", "419": "latin-america"}
WORLD = "001"
WRITTEN_IN = ("en", "es", "fr", "pt", "ar", "ru")
AS_WRITTEN = {
    "worldwide": WORLD,
    "global": WORLD,
    "all countries": WORLD,
    "américa latina": "419",
    "america latina": "419",
}


@dataclass(frozen=True)
class Places:
    """The codes of the countries behind every larger place that people write."""

    larger: dict[str, list[str]]

    def country(self, text: str) -> str:
        """One country, or nothing for an empty cell."""
        code = country_code(text) if text else ""
        if code is None:
            raise BadCellText(_("“{text}” is no country that we know.").format(text=shortened(text)))
        return code

    def countries(self, text: str) -> list[str]:
        """All the countries of a list of places."""
        return unique(code for part in parts(text) for code in self.larger.get(folded(part)) or [self.country(part)])


def known_places() -> Places:
    """The places with the countries that our regions look after today."""
    regions = list(Country.objects.values_list("code", "region__code"))
    behind = {number: [code for code, region in regions if region == ours] for number, ours in REGION_OF.items()}
    behind[WORLD] = [code for code, _region in regions]
    named = {folded(country_name(number, language)): number for number in behind for language in WRITTEN_IN}
    return Places({written: behind[number] for written, number in (named | AS_WRITTEN).items()})
