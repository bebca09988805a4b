"""The optional pages of a request: one small form for each."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.words import ONLY_DESK, VersionForm, WordsForm, countries, text_field
from collaborations.models import RequestRisk, RequestStory
from collaborators.models import Region
from cre.core.vocabularies import Danger, Stage, StrategyArea, WhoAsks


class PartForm(VersionForm, WordsForm):
    """An optional page. The subclasses name it; `title` is what lists of pages call it."""

    title: str | Promise = ""

    @property
    def answers(self) -> dict[str, Any]:
        """What `change_draft` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NowForm(PartForm):
    """The first question again, to change its answer."""

    danger = forms.ChoiceField(label=_("Is anyone in danger?"), choices=Danger.choices, widget=forms.RadioSelect)


class HappeningForm(PartForm):
    title = _("What happens")
    what_happens = text_field(RequestStory, "what_happens", rows=8, required=False, hint=ONLY_DESK)


class ProjectForm(PartForm):
    title = _("The project")
    project = text_field(
        RequestStory,
        "project",
        required=False,
        hint=_("A guess is fine, we ask for no proof. Only the regional desk reads this."),
    )
    stage = forms.ChoiceField(
        label=_("How far is it?"), choices=[("", _("We do not know")), *Stage.choices], required=False
    )


class PlaceForm(PartForm):
    title = _("The wider area")
    wider_area = text_field(
        RequestStory, "wider_area", required=False,
        hint=_("As rough as you like: the coast in the south. Only the regional desk reads this."),
    )  # fmt: skip


class CountryForm(PartForm):
    """The countries of one part of the world: the names of all would double the weight of the page."""

    title = _("Your country")
    country = forms.ChoiceField(
        label=_("Your country"), required=False, help_text=_("It decides which regional desk reads this.")
    )

    def look_in(self, region: Region, *, country: str) -> None:
        """Offer the countries of this region, and the one that was named before."""
        set_choices(self, country=countries(regions=[region.pk], also=country))

    def stay_in(self, region: Region, *, country: str) -> None:
        """Offer the countries of one desk alone: a request that was sent does not move by itself."""
        self.look_in(region, country=country)
        self.fields["country"].help_text = _("Only the countries of your regional desk. Write to it for another one.")


class AreasForm(PartForm):
    title = _("Ways to work together")
    areas = forms.MultipleChoiceField(
        label=_("Which of these could help you?"),
        help_text=_("Choose as many as you like, or none."),
        choices=StrategyArea.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ResultForm(PartForm):
    title = _("What should happen, and what must not")
    good_result = text_field(RequestStory, "good_result", rows=4, required=False, hint=ONLY_DESK)
    must_not_happen = text_field(RequestStory, "must_not_happen", rows=4, required=False, hint=ONLY_DESK)


class ThreatsForm(PartForm):
    title = _("Danger")
    threats = text_field(
        RequestRisk, "threats", rows=4, required=False,
        hint=_("Only the regional desk and the region's security person read this."),
    )  # fmt: skip
    most_exposed = text_field(RequestRisk, "most_exposed", rows=2, required=False)
    protection = text_field(RequestRisk, "protection", rows=2, required=False)


class SilenceForm(PartForm):
    title = _("Who must not know")
    not_to_contact = text_field(
        RequestRisk,
        "not_to_contact",
        rows=3,
        required=False,
        hint=_("For example an authority, a company, a person."),
    )
    not_to_see = text_field(
        RequestRisk, "not_to_see", rows=2, required=False,
        hint=_("Somebody of our exchange or our partners. We then find another person for you."),
    )  # fmt: skip


class WhoForm(PartForm):
    title = _("Who asks")
    who_asks = forms.ChoiceField(
        label=_("Who asks?"), choices=WhoAsks.choices, widget=forms.RadioSelect, required=False
    )
    groups = text_field(
        RequestStory, "groups", required=False, hint=_("For example: fishing people, young people, elders.")
    )


class BeforeForm(PartForm):
    title = _("What was tried, and dates that matter")
    past_steps = text_field(RequestStory, "past_steps", rows=3, required=False, hint=ONLY_DESK)
    deadlines = text_field(
        RequestStory, "deadlines", rows=2, required=False, hint=_("For example a hearing or a vote.")
    )
    partners = text_field(RequestStory, "partners", rows=2, required=False, hint=ONLY_DESK)


# The optional pages in their order, by the word in their address.
PARTS: dict[str, type[PartForm]] = {
    "now": NowForm,
    "story": HappeningForm,
    "project": ProjectForm,
    "place": PlaceForm,
    "country": CountryForm,
    "areas": AreasForm,
    "result": ResultForm,
    "danger": ThreatsForm,
    "silence": SilenceForm,
    "who": WhoForm,
    "before": BeforeForm,
}
