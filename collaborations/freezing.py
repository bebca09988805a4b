"""What a freeze stops on the way of a request."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from collaborations.recipients import ally, community, interpreter
from collaborators.models import Freeze
from cre.core.outbox import Event, Topic, hold_while
from cre.core.registries import Frozen, frozen


@hold_while
def stands_still(topic: Topic, event: Event) -> bool:
    """Whether a notice is for a community, an ally or an interpreter, and about something that stands still."""
    if topic.recipients not in (ally, community, interpreter):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_stands_still(%s, %s)", [event.label, event.uuid])
        (answer,) = cursor.fetchone()
    return bool(answer)


def list_allies(freeze: Freeze) -> None:
    """Note every ally that knows who the community is or reads its brief, also those that ended the work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_list_warnings(%s)", [freeze.pk])


frozen.add(
    Frozen(
        "sharing",
        _("Allies see nothing of it any more: no brief, no messages, nothing that was shared with them."),
        warn=list_allies,
    )
)
frozen.add(Frozen("offers", _("No ally is suggested, asked or introduced, and nobody answers or chooses.")))
frozen.add(Frozen("notices", _("Notices and reminders to the community and to allies wait.")))
frozen.add(Frozen("deadlines", _("All dates stand still. When it goes on they move by as long as it stood.")))
