"""The roster: which entries to show, and where one goes from here."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.words import VersionForm
from collaborators.models import Collaborator, Country, User
from collaborators.states import VETTING_MOVES, Vetting
from cre.core.access import Scope
from cre.core.vocabularies import AccessLevel, StrategyArea, country_name


class RosterFilter(forms.Form):
    """Which entries of the roster to show."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    level = forms.TypedChoiceField(label=_("Access level"), required=False, coerce=int, empty_value=None)
    area = forms.ChoiceField(label=_("Support"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    after: Any = forms.ModelChoiceField(
        queryset=Collaborator.objects.none(), to_field_name="uuid", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        locale = get_language() or "en"
        codes = Country.objects.values_list("code", flat=True)
        countries = sorted(((code, country_name(code, locale)) for code in codes), key=lambda one: one[1])
        every = ("", _("All"))
        set_choices(
            self,
            status=[every, *Vetting.choices],
            level=[every, *AccessLevel.choices],
            area=[every, *StrategyArea.choices],
            country=[every, *countries],
            after=Collaborator.objects.visible_to(scope),
        )


class VettingForm(VersionForm):
    """Where an entry of the roster goes from here."""

    status = forms.ChoiceField(label=_("New status"))

    def __init__(self, *args: Any, collaborator: Collaborator, **options: Any) -> None:
        super().__init__(*args, **options)
        moves = [status for status in Vetting if status in VETTING_MOVES[Vetting(collaborator.status)]]
        self.has_moves = bool(moves)
        set_choices(self, status=[(status.value, status.label) for status in moves])


class EndSpeakerForm(forms.Form):
    """Who no longer speaks for an entry of the roster."""

    person: Any = forms.ModelChoiceField(
        queryset=User.objects.filter(is_system=False), to_field_name="uuid", widget=forms.HiddenInput
    )


class LevelForm(forms.Form):
    """The decision of the second person."""

    decision = forms.ChoiceField(
        label=_("May this ally learn who communities are that choose it?"),
        choices=[("yes", _("Yes, raise its access level")), ("no", _("No, leave it as it is"))],
        widget=forms.RadioSelect,
    )
