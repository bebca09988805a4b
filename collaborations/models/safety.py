"""What was odd about how something arrived: a hint for the safety check, never a reason to refuse."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.requests import SupportRequest
from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL


class Oddity(models.TextChoices):
    """What can be noticed without knowing who sent it; the labels are what the desk reads."""

    QUICK = "quick", _("It came faster than a person usually writes, or not through our page.")
    TRAP = "trap", _("A field was filled in that people do not see.")
    MANY = "many", _("Much was sent in a short time.")
    UNCHECKED = "unchecked", _("How much was sent in this time could not be checked.")


class SafetyFlag(models.Model):
    """One oddity of one request; `cre_flag_request` writes it for whoever sends, who may not see it."""

    CLASSES = {"request": INTERNAL, "oddity": INTERNAL, "noticed_at": INTERNAL}

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="flags")
    oddity = models.CharField(max_length=12, choices=Oddity)
    noticed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "oddity"], name="one_flag_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.oddity} of {self.request_id}"
