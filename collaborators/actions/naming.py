"""Whether communities read one's name beside what one opened of theirs; everybody decides it for themselves."""

from collaborators.models import ShownName, User
from cre.core.actions import action
from cre.core.ledger import Kind, record


@action
def show_name(name: str, *, by: User) -> ShownName:
    """Agree that communities read this name; the one before is gone."""
    ShownName.objects.filter(user=by).delete()
    shown = ShownName.sealed_under(by.uuid, user=by, name=name)
    record(Kind.ACTED, shown, fields=["name"])
    return shown


@action
def hide_name(*, by: User) -> None:
    """Communities read only one's role from now on."""
    for shown in ShownName.objects.filter(user=by):
        record(Kind.ACTED, shown, fields=["name"])
        shown.delete()
