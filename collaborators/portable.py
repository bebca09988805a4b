"""What a community takes with it of who it is, how its people come in, and what it ordered to delete."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborators.models import AccountEvent, Community, CommunityIdentity, Deletion, ReceiptCredential, User
from collaborators.selectors.community_people import people_of
from cre.core.access import Scope
from cre.core.portable import Record, answered, fact, told
from cre.core.registries import Portable, portable
from cre.core.vault import load_keys


def who_we_are(scope: Scope, community: Community) -> Iterator[Record]:
    """The name it wants us to use and how to reach it."""
    rows = list(CommunityIdentity.objects.visible_to(scope).filter(community=community))
    load_keys(rows)
    for row in rows:
        yield Record("", told(row))


def how_we_come_in(scope: Scope, community: Community) -> Iterator[Record]:
    """The own account and codes of whoever takes it, never a secret; of others of the community no account."""
    own = scope.user_id or 0
    for person in User.objects.filter(pk=own):
        yield Record(
            _("Your account"),
            answered(
                fact("email", _("e-mail address"), person.email),
                fact("joined_at", _("since"), person.joined_at),
            ),
        )
    for code in ReceiptCredential.objects.filter(user_id=own).order_by("created_at"):
        yield Record(
            _("A receipt code (the digits are nowhere)"),
            answered(
                fact("created_at", _("given"), code.created_at),
                fact("confirmed_at", _("your note was checked"), code.confirmed_at),
                fact("replaced_at", _("replaced"), code.replaced_at),
            ),
        )
    for event in AccountEvent.objects.visible_to(scope).filter(user_id=own).order_by("happened_at"):
        yield Record("", [fact(event.kind, _("what happened"), event.happened_at, event.get_kind_display())])


def who_comes_in(scope: Scope, community: Community) -> Iterator[Record]:
    """The people of the community, by the words that it has for them, and whether two of them decide."""
    yield Record("", [fact("decides_together", _("two of you decide"), community.decides_together)])
    for person in people_of(scope, community):
        yield Record(
            _("You") if person.is_self else _("One of you"),
            answered(
                fact("called", _("what you call this person"), person.called),
                fact("since", _("since"), person.since),
                fact("has_come_in", _("has come in"), person.has_come_in),
                fact("ended_at", _("cannot come in any more since"), person.ended_at),
            ),
        )


def what_is_deleted(scope: Scope, community: Community) -> Iterator[Record]:
    """What the community ordered to delete, and took back."""
    for order in Deletion.objects.visible_to(scope).filter(community=community).order_by("ordered_at"):
        yield Record(
            _("One request") if order.request_uuid else _("Everything"),
            answered(
                fact("ordered_at", _("ordered"), order.ordered_at),
                fact("confirmed_at", _("a second one of you agreed"), order.confirmed_at),
                fact("due_at", _("deleted for good"), None if order.cancelled_at else order.due_at),
                fact("cancelled_at", _("taken back"), order.cancelled_at),
            ),
        )


portable.add(Portable("identity", gettext_lazy("Who you are and how to reach you"), who_we_are))
portable.add(Portable("account", gettext_lazy("How you come in, without any secret"), how_we_come_in))
portable.add(Portable("people", gettext_lazy("Who of you can come in"), who_comes_in))
portable.add(Portable("deletions", gettext_lazy("What you ordered to delete"), what_is_deleted))
