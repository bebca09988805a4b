"""What the secretariat decides and looks for."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import VersionForm
from collaborators.models import Collaborator, Country, User
from collaborators.selectors import person_with, roles_to_give, words_of
from collaborators.states import VETTING_MOVES, Vetting
from cre.core.access import Scope
from cre.core.ledger import Kind
from cre.core.vocabularies import AccessLevel, StrategyArea, country_name

EMAIL = forms.EmailInput(attrs={"autocomplete": "off"})
LONGEST_TERM = timedelta(days=3660)


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
        choices: dict[str, Any] = {
            "status": Vetting.choices,
            "level": AccessLevel.choices,
            "area": StrategyArea.choices,
            "country": countries,
        }
        fields: dict[str, Any] = self.fields
        for name, some in choices.items():
            fields[name].choices = [("", _("All")), *some]
        fields["after"].queryset = Collaborator.objects.visible_to(scope)


class VettingForm(VersionForm):
    """Where an entry of the roster goes from here."""

    status = forms.ChoiceField(label=_("New status"))

    def __init__(self, *args: Any, collaborator: Collaborator, **options: Any) -> None:
        super().__init__(*args, **options)
        moves = [status for status in Vetting if status in VETTING_MOVES[Vetting(collaborator.status)]]
        fields: dict[str, Any] = self.fields
        fields["status"].choices = [(status.value, status.label) for status in moves]


class PersonForm(forms.Form):
    """Somebody with an account, by e-mail address; nobody gives anything to themselves."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=EMAIL)

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.person: User | None = None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.person = person_with(email)
        if self.person is None:
            raise forms.ValidationError(_("Nobody has an account with this address. Register the person first."))
        if self.person.pk == self.by.pk:
            raise forms.ValidationError(_("Nobody gives a role to themselves. Another coordinator can do it."))
        return email


class TermForm(PersonForm):
    """A person, and until when."""

    until = forms.DateField(
        label=_("Until and including"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if there is no end yet."),
    )  # fmt: skip

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day and not timezone.localdate() <= day <= timezone.localdate() + LONGEST_TERM:
            raise forms.ValidationError(_("Please choose a day from today on, within ten years."))
        return day

    @property
    def ends_at(self) -> datetime | None:
        """The first moment after the last day."""
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


class RoleForm(TermForm):
    """A role on a region or on the platform, for a person, until a day."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles_to_give()
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [
            ("", _("Choose a role")), *((code, words_of(*role)) for code, role in self.roles.items())
        ]  # fmt: skip
        self.order_fields(["email", "role", "until"])


class EndRoleForm(forms.Form):
    """Which role of which person ends."""

    role = forms.ChoiceField(widget=forms.HiddenInput)
    person: Any = forms.ModelChoiceField(
        queryset=User.objects.filter(is_system=False), to_field_name="uuid", widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles_to_give()
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [(code, words_of(*role)) for code, role in self.roles.items()]


class EndSpeakerForm(forms.Form):
    """Who no longer speaks for an entry of the roster."""

    person: Any = forms.ModelChoiceField(
        queryset=User.objects.filter(is_system=False), to_field_name="uuid", widget=forms.HiddenInput
    )


class RegisterForm(forms.Form):
    """An account for somebody who will be given a role."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=EMAIL,
        help_text=_("It is stored readable, and mails go there that say only that something waits."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Somebody has an account with this address already."))
        return email


class LevelForm(forms.Form):
    """The decision of the second person."""

    decision = forms.ChoiceField(
        label=_("May this ally learn who communities are that choose it?"),
        choices=[("yes", _("Yes, raise its access level")), ("no", _("No, leave it as it is"))],
        widget=forms.RadioSelect,
    )


class LedgerFilter(forms.Form):
    """Which entries of the ledger to show."""

    kind = forms.ChoiceField(label=_("What was done"), required=False, choices=[("", _("All")), *Kind.choices])
    own = forms.BooleanField(label=_("Only mine"), required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)


class PeopleFilter(forms.Form):
    """Where the list of people goes on."""

    after = forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)
