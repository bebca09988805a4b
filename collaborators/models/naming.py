"""Under which name communities read of somebody who works for the exchange, where that person agreed to one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import IDENTITY, INTERNAL
from cre.core.vault import Sealed, SealedTextField


class ShownName(Sealed, models.Model):
    """The name that somebody chose to show to communities. Key: (person, shown).

    It has no history on purpose: a name that was taken back must not live on there.
    """

    KEY_PURPOSE = "shown"
    CLASSES = {"user": INTERNAL, "name": IDENTITY, "agreed_at": INTERNAL}

    user = models.OneToOneField(User, models.CASCADE, related_name="shown_name")
    name = SealedTextField(_("the name that communities see"), max_length=80)
    agreed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"shown name of {self.user_id}"
