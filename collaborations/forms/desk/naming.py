"""How somebody of the staff wants communities to read of them."""

from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import WordsForm, text_field
from collaborators.models import ShownName


class NameForm(WordsForm):
    """The name that communities may read; empty: none."""

    name = text_field(
        ShownName,
        "name",
        required=False,
        hint=_("A first name is enough. If you leave it empty, communities see only your role."),
    )
