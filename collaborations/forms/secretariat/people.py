"""People: invited, given a role until a day, and parted from."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborators.models import EndReason, User
from collaborators.selectors import person_with, roles_to_give, roles_to_offer, words_of
from collaborators.selectors.people import Container
from cre.core.access import Scope

EMAIL = forms.EmailInput(attrs={"autocomplete": "off"})
LONGEST_TERM = timedelta(days=3660)


def role_choices(roles: Mapping[str, tuple[Container, str]]) -> list[tuple[str, str]]:
    """Roles by their code, under their names."""
    return [(code, words_of(*role)) for code, role in roles.items()]


class UntilForm(forms.Form):
    """Until when somebody holds a role."""

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
            raise forms.ValidationError(_("Nobody has an account with this address. Invite the person instead."))
        if self.person.pk == self.by.pk:
            raise forms.ValidationError(_("Nobody gives a role to themselves. Another coordinator can do it."))
        return email


class TermForm(UntilForm, PersonForm):
    """A person, and until when."""

    field_order = ("email", "until")


class RoleForm(TermForm):
    """A role on a region or on the platform, for a person, until a day."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles_to_give()
        set_choices(self, role=[("", _("Choose a role")), *role_choices(self.roles)])
        self.order_fields(["email", "role", "until"])


class HeldRoleForm(forms.Form):
    """Which role of which person."""

    role = forms.ChoiceField(widget=forms.HiddenInput)
    person: Any = forms.ModelChoiceField(
        queryset=User.objects.filter(is_system=False), to_field_name="uuid", widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles_to_offer(scope)
        set_choices(self, role=role_choices(self.roles))


class PeopleFilter(forms.Form):
    """Where the list of people goes on."""

    after = forms.UUIDField(required=False, widget=forms.HiddenInput)


class RoleTermForm(UntilForm, HeldRoleForm):
    """Another last day for a role that somebody holds."""


class InviteForm(UntilForm):
    """Somebody, with or without an account, who is asked to take a role."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=EMAIL,
        help_text=_("A link goes there that says nothing and works once. We forget the address with the invitation."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES, initial="en")
    field_order = ("email", "role", "until", "language")

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == (self.by.email or "").lower():
            raise forms.ValidationError(_("Nobody gives a role to themselves. Another coordinator can do it."))
        return email

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "email": self.cleaned_data["email"],
            "language": self.cleaned_data["language"],
            "ends_at": self.ends_at,
        }


class InviteToRoleForm(InviteForm):
    """As above, for any role on a region, a panel or the platform."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles_to_offer(scope)
        set_choices(self, role=[("", _("Choose a role")), *role_choices(self.roles)])


class EndAccessForm(forms.Form):
    """Why all access of somebody ends, and that this is meant."""

    reason = forms.ChoiceField(label=_("Why"), choices=EndReason.choices, widget=forms.RadioSelect)
