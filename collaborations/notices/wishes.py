"""What we tell the desk when a community asks for allies by name."""

from django.utils.translation import gettext_lazy as _

from collaborations.recipients import desk, to_desk
from cre.core.outbox import WITH_MAIL, Topic

WISHES = Topic(
    "wishes",
    "collaborations.SupportRequest",
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community said something about allies."),
)
