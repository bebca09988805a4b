"""A community stops everything: which one, where somebody speaks for several, and what has happened, if it says."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.words import ONLY_DESK, WordsForm, text_field
from collaborators.models import Community, Freeze


class CommunityChoice(forms.ModelChoiceField):
    """Communities under the names that they want us to use."""

    def label_from_instance(self, community: Any) -> str:
        return str(community.identity.chosen_name or gettext("a community without a name"))


class FreezeForm(WordsForm):
    """Nothing has to be written: one tap is enough."""

    community: Any = CommunityChoice(
        label=_("Which community?"),
        queryset=Community.objects.none(),
        to_field_name="uuid",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    reason = text_field(Freeze, "reason", rows=2, hint=ONLY_DESK)

    def __init__(self, data: Any = None, *, communities: QuerySet[Community]) -> None:
        super().__init__(data)
        set_choices(self, community=communities)
        own = list(communities.values_list("uuid", flat=True)[:2])
        if len(own) == 1:
            self.fields["community"].widget = forms.HiddenInput()
            self.initial["community"] = own[0]
