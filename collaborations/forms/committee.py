"""What a member of a committee or working group says of themselves, if they like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborators.models import Composition
from collaborators.selectors.panels import ANSWERS


class CompositionForm(forms.Form):
    """One question for each line of the composition; every one can be left out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in Composition.QUESTIONS:
            field: Any = Composition._meta.get_field(name)
            self.fields[name] = forms.ChoiceField(
                label=field.verbose_name, required=False, choices=[("", _("Rather not say")), *ANSWERS[name].items()]
            )
