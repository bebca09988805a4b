"""What a community says on the phone, in a meeting or on paper, on one long page: its own questions, and its yes."""

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from collaborations.forms import parts
from collaborations.forms.asking import ContactForm, NeedForm
from collaborations.forms.choices import set_choices
from collaborations.forms.desk.acting import ActForm, SpokenForm, language_choices
from collaborations.forms.words import countries
from collaborators.models import Country, Region

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]
# The button that stores what is there, to go on later.
SAVE = "save"
NEED = ("kinds_of_help", "need")
CONTACT = ("channel", "handle", "safe_hours", "not_to_mention", "chosen_name", "languages")


class AnswersForm(
    parts.NowForm,
    parts.HappeningForm,
    parts.ProjectForm,
    parts.PlaceForm,
    parts.CountryForm,
    parts.AreasForm,
    parts.ResultForm,
    parts.ThreatsForm,
    parts.SilenceForm,
    parts.WhoForm,
    parts.BeforeForm,
    NeedForm,
):
    """Every question of the community's own pages that is not about how it is reached.

    regions: those whose countries are offered. A draft that is only saved may wait with what is needed.
    """

    def __init__(self, data: Any = None, *, regions: Collection[int], **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, country=countries(regions=regions))
        self.may_wait = data is not None and SAVE in data

    @property
    def pages(self) -> list[tuple[str | Promise, list[BoundField], bool]]:
        """The optional questions by page: its title, its fields, and whether something stands there already."""
        return [group_of(self, part) for part in parts.PARTS.values() if part.title]


class DraftForm(ActForm, AnswersForm):
    """The answers of a draft that was written down before."""


class PaperForm(AnswersForm, ContactForm, SpokenForm):
    """A request from the first question to the yes that it is kept. Nothing is stored before that yes.

    `once` makes a second click harmless. After a no only the danger and the way to reach them are needed.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    keep = forms.ChoiceField(label=_("May we keep this?"), choices=YES_OR_NO, widget=forms.RadioSelect)
    desk = forms.ChoiceField(label=_("May the regional desk read it?"), choices=YES_OR_NO, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, regions: Collection[Region], language: str) -> None:
        super().__init__(data, regions=[region.pk for region in regions])
        self.regions = regions
        del self.fields["version"]
        set_choices(self, language=language_choices(language))
        self.initial.setdefault("language", language)
        if data is not None and NO in (data.get("keep"), data.get("desk")):
            self.may_wait = True
            for name in ("how", "said_by", "read_back"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "country" in cleaned:
            cleaned["region"] = self.region_of(cleaned["country"])
            if cleaned["region"] is None:
                self.add_error("country", _("Choose the country: it decides which of your desks this belongs to."))
        return cleaned

    def region_of(self, country: str) -> Region | None:
        """The region of the country; without a country one's only region, or where requests wait to be placed."""
        if country:
            of_country = Country.objects.filter(code=country).values_list("region_id", flat=True)
            return next((region for region in self.regions if region.pk in of_country), None)
        possible = [region for region in self.regions if region.is_waiting_room] or list(self.regions)
        return possible[0] if len(possible) == 1 else None

    @property
    def may_keep(self) -> bool:
        """Whether both questions were answered with yes."""
        return bool(self.cleaned_data["keep"] == self.cleaned_data["desk"] == YES)

    @property
    def answers(self) -> dict[str, Any]:
        """What `change_draft` takes, in the language that the community named first."""
        names = {name for name in AnswersForm.base_fields if name != "version"}
        given = {name: value for name, value in self.cleaned_data.items() if name in names}
        return given | {"language": self.first_language or self.cleaned_data["language"]}

    @property
    def mandatory(self) -> list[BoundField]:
        """The three questions that have to be answered."""
        return [self[name] for name in ("danger", *CONTACT, *NEED)]

    @property
    def consent(self) -> list[BoundField]:
        """Whether it may be kept, and who said so."""
        return [self[name] for name in ("language", "keep", "desk", "how", "said_by", "read_back")]


def group_of(form: AnswersForm, part: type[parts.PartForm]) -> tuple[str | Promise, list[BoundField], bool]:
    """One page of the community's own form as a part of the long one."""
    fields = [form[name] for name in part.base_fields if name != "version"]
    return part.title, fields, any(field.errors or field.value() for field in fields)


class ReadAloudForm(forms.Form):
    """The language in which a text is read aloud: one of those in which the pages of communities are written."""

    spoken = forms.ChoiceField(label=_("Read aloud in"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, spoken=[(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES])
