"""What is looked for in the ledger, and why somebody wants a copy of it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import require_sentence
from collaborators.models import Region, User
from collaborators.selectors.ledger import RECORDS, LedgerSearch
from cre.core.ledger import Kind

REFERENCE = re.compile(r"[0-9a-f]{6,32}")
DAY = forms.DateInput(attrs={"type": "date"})


def written_reason(label: Any, hint: Any) -> forms.CharField:
    """The field of a reason that somebody else will read."""
    return forms.CharField(
        label=label, help_text=hint, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        validators=[require_sentence],
    )  # fmt: skip


class LedgerFilter(forms.Form):
    """Which entries of the ledger to show."""

    kind = forms.ChoiceField(label=_("What was done"), required=False, choices=[("", _("All")), *Kind.choices])
    record = forms.ChoiceField(label=_("What was opened"), required=False, choices=[("", _("All")), *RECORDS.items()])
    request = forms.CharField(label=_("Request (its number)"), required=False, max_length=36)
    since = forms.DateField(label=_("From"), required=False, widget=DAY)
    until = forms.DateField(label=_("Until and including"), required=False, widget=DAY)
    own = forms.BooleanField(label=_("Only mine"), required=False)
    with_own = forms.BooleanField(label=_("Also what communities opened of their own"), required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_request(self) -> str:
        written = self.cleaned_data["request"].replace("-", "").lower()
        if written and not REFERENCE.fullmatch(written):
            raise forms.ValidationError(_("A request's number has at least six signs, 0 to 9 and a to f."))
        return str(written)

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return self.cleaned_data

    @property
    def search(self) -> LedgerSearch:
        """What was chosen, of everything that is not empty."""
        chosen = self.cleaned_data
        person, region = chosen.get("person"), chosen.get("region")
        return LedgerSearch(
            person.pk if person else None, chosen["kind"], chosen["record"], chosen["request"],
            region.pk if region else None, chosen["since"], chosen["until"],
            chosen.get("with_own", False),
        )  # fmt: skip

    @property
    def has_choices(self) -> bool:
        """Whether the person looked for something, or typed something wrong."""
        return bool(self.errors or self.query)

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, as an address carries it to the next page."""
        return {name: value for name, value in self.data.items() if value and name in self.fields and name != "before"}


class WatchFilter(LedgerFilter):
    """The same for those who read everybody's entries: also by person and region."""

    person = forms.EmailField(label=_("Person (e-mail address)"), required=False, max_length=254)
    region: Any = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.order_by("name"), to_field_name="code", required=False,
        empty_label=_("All"),
    )  # fmt: skip
    field_order = ("person", "kind", "record", "request", "region", "since", "until", "with_own", "own")

    def clean_person(self) -> User | None:
        written = self.cleaned_data["person"]
        person = User.objects.filter(email=written.lower()).first() if written else None
        if written and person is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return person


class CopyForm(forms.Form):
    """Why somebody needs many entries as a file."""

    reason = written_reason(
        _("What do you need the copy for?"),
        _("Another person decides and reads this. It stays in the ledger."),
    )


class DecisionForm(forms.Form):
    """The answer of the second person."""

    decision = forms.ChoiceField(
        label=_("May this copy be made?"),
        choices=[("yes", _("Yes, once, within a day")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
