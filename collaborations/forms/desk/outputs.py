"""What a community said by voice of a text that an ally would like to publish."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.desk.acting import VoiceForm
from collaborations.forms.outputs import ANSWERS
from collaborations.forms.words import text_field
from collaborations.models import PublicOutput


class OutputVoiceForm(VoiceForm):
    """The community's answer, written down."""

    decision = forms.ChoiceField(label=_("What did they decide?"), choices=ANSWERS, widget=forms.RadioSelect)
    words = text_field(
        PublicOutput, "words", rows=3, required=False, hint=_("In their words. The ally reads this, and the community.")
    )
    field_order = ("decision", "words", "how", "said_by", "language", "read_back")
