"""What we tell people about the roster."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaborators.models import Platform
from cre.core.access import holders
from cre.core.outbox import WITH_MAIL, Event, Topic


def coordinators(event: Event) -> list[int]:
    platform = Platform.objects.only("pk").first()
    return holders(platform, "coordinate") if platform else []


def to_decision(raised: Any) -> str:
    return reverse("secretariat:level-decide", args=[raised.uuid])


LEVEL_ASKED = Topic(
    "level-asked",
    "collaborators.LevelRaise",
    recipients=coordinators,
    url=to_decision,
    channels=WITH_MAIL,
    text=_("Somebody asks that an ally may meet communities. A second person decides."),
)
