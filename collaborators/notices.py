"""What we tell people about the roster and their roles."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborators.links import invitation_secret
from collaborators.mails import address_mail, reset_mail
from collaborators.models import AccountEvent, Community, Invitation, Platform, Region, SignInAddress, User
from collaborators.models.ways import LINK_HOLDS
from collaborators.selectors.ways import own_address, person_of_address
from cre.core.access import holders
from cre.core.languages import open_language
from cre.core.outbox import WITH_MAIL, Event, Subject, Topic, Work, wake
from cre.core.outbox.channels import message_id, start_page


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


# --- The ledger ----------------------------------------------------------------------------------------
def watchers(event: Event) -> list[int]:
    """Those who look after the ledger."""
    platform = Platform.objects.only("pk").first()
    return [*coordinators(event), *holders(platform, "steward")] if platform else []


def to_copy(access: Any) -> str:
    return reverse("secretariat:ledger-copy", args=[access.uuid])


def to_ledger(_alarm: Any) -> str:
    return reverse("secretariat:ledger")


COPY_ASKED = Topic(
    "copy-asked",
    "core.BulkAccess",
    recipients=watchers,
    url=to_copy,
    channels=WITH_MAIL,
    text=_("Somebody asks for a copy of the ledger. A second person decides."),
)
COPY_DECIDED = Topic(
    "copy-decided",
    "core.BulkAccess",
    recipients=lambda event: [event.ids["asked_by"]],
    url=to_copy,
    channels=WITH_MAIL,
    text=_("It was decided whether you get a copy of the ledger."),
)
LEDGER_BROKEN = Topic(
    "ledger-broken",
    "core.LedgerAlarm",
    recipients=watchers,
    url=to_ledger,
    channels=WITH_MAIL,
    urgent=True,
    subject=Subject.SOON,
    text=_("The check of the access ledger found that something was removed, changed or put in."),
)


# --- Roles ---------------------------------------------------------------------------------------------
def invitation_link(invitation: Invitation) -> str:
    """The address under which the invited person finds it, in their language; it works once."""
    page = reverse("invitation", args=[invitation.uuid, invitation_secret(invitation.uuid, invitation.version)])
    return f"{start_page().rstrip('/')}/{open_language(invitation.language)}{page}"


def invitation_mail(invitation: Invitation) -> EmailMessage:
    """A mail that says neither who invites nor to what; sent again, it has the same Message-ID."""
    with translation.override(open_language(invitation.language)):
        day = formats.date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT")
        words = [
            settings.SITE_NAME,
            gettext("Somebody asks you to work with us here. For your safety, this mail says no more."),
            gettext("This link shows what it is about. It can be used once, until {day}:").format(day=day),
            invitation_link(invitation),
        ]
        subject = str(Subject.WAITING.label)
    key = f"invitation:{invitation.uuid}:{invitation.version}"
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, "\n\n".join(words) + "\n", to=[invitation.email], headers=headers)


def mail_invitation(event: Event) -> None:
    """Send the link, unless the invitation has been answered, taken back or forgotten meanwhile."""
    invitation: Invitation | None = event.object
    if invitation is not None and invitation.is_open and invitation.email:
        invitation_mail(invitation).send()


def to_left_behind(end: Any) -> str:
    return reverse("secretariat:left-behind", args=[end.uuid])


def to_absences(_absence: Any) -> str:
    return reverse("desk:absences")


INVITATION_MAIL = Work("invitation-mail", "collaborators.Invitation", carry_out=mail_invitation)
ACCESS_ENDED = Topic(
    "access-ended",
    "collaborators.AccessEnd",
    recipients=coordinators,
    url=to_left_behind,
    channels=WITH_MAIL,
    urgent=True,
    subject=Subject.SOON,
    tell_actor=True,
    text=_("All access of somebody was ended. See what they left behind, and who takes over."),
)
COVERS = Topic(
    "covers",
    "collaborators.Absence",
    recipients=lambda event: [event.object.cover_id] if event.object else [],
    url=to_absences,
    channels=WITH_MAIL,
    text=_("Somebody will be away, and you cover for them."),
)
COVERS_NO_MORE = Topic(
    "covers-no-more",
    "collaborators.Absence",
    recipients=lambda event: [event.object.cover_id] if event.object else [],
    url=to_absences,
    channels=WITH_MAIL,
    text=_("Somebody is back sooner: you no longer cover for them."),
)


# --- Freezes -------------------------------------------------------------------------------------------
def staff_of_region(event: Event) -> list[int]:
    """The focal persons first, the facilitators, and the coordinator."""
    region = Region(pk=event.ids["region"])
    return list(dict.fromkeys([*holders(region, "guard"), *holders(region, "facilitate"), *coordinators(event)]))


def to_freeze(freeze: Any) -> str:
    return reverse("desk:freeze", args=[freeze.uuid])


def go_on(_: Event) -> None:
    """What waited for the thaw is delivered; what still stands still waits again."""
    wake()


FROZEN = Topic(
    "frozen",
    "collaborators.Freeze",
    recipients=staff_of_region,
    url=to_freeze,
    channels=WITH_MAIL,
    urgent=True,
    subject=Subject.SOON,
    text=_("Everything about a community was stopped for its safety. See whom to warn."),
)
THAW_PROPOSED = Topic(
    "thaw-proposed",
    "collaborators.Freeze",
    recipients=staff_of_region,
    url=to_freeze,
    channels=WITH_MAIL,
    text=_("Somebody asks that a community goes on. A second person decides."),
)
THAWED = Topic(
    "thawed",
    "collaborators.Freeze",
    recipients=staff_of_region,
    url=to_freeze,
    channels=WITH_MAIL,
    text=_("A community goes on. See whose dates have moved."),
)
GO_ON = Work("go-on", "collaborators.Freeze", carry_out=go_on)
CODE_HANDED_OVER = Topic(
    "code-handed-over",
    "collaborators.CodeHandover",
    recipients=coordinators,
    url=lambda _: reverse("desk:home"),
    channels=WITH_MAIL,
    text=_("A facilitator gave somebody of a community a new receipt code after a talk."),
)


# --- The people of a community --------------------------------------------------------------------------
def others_of_community(event: Event) -> list[int]:
    """Its people, but for somebody who has just been let in."""
    people = holders(Community(pk=event.ids["community"]), "represent")
    return [person for person in people if person != event.ids.get("person")]


def to_own_people(_: Any) -> str:
    return reverse("community:people")


PERSON_LET_IN = Topic(
    "person-let-in",
    "collaborators.Community",
    recipients=others_of_community,
    url=to_own_people,
    text=_("One of you let one more person in. Look who can come in."),
)
ALONE_ASKED = Topic(
    "alone-asked",
    "collaborators.Community",
    recipients=others_of_community,
    url=to_own_people,
    text=_("One of you would like to decide alone again. Look at it, please."),
)
PERSON_ENDED = Topic(
    "person-ended",
    "collaborators.Community",
    recipients=others_of_community,
    url=to_own_people,
    text=_("One of you cannot come in any more. Look who can."),
)


# --- Accounts ------------------------------------------------------------------------------------------
def to_account(_event: AccountEvent) -> str:
    return reverse("account-sessions")


def mail_reset(event: Event) -> None:
    """Send the link; nothing for the system account, which stands for an address that nobody has here."""
    person: User | None = event.object
    if person is None or not person.is_active or person.is_system:
        return
    own = own_address(person)
    to = person.email or (own.email if own and own.confirmed_at else "")
    if to:
        reset_mail(person, to=to, key=f"reset:{event.ids['once']}").send()


def mail_address(event: Event) -> None:
    """Send the link that confirms an address, unless it is somebody's already; nobody is told of that."""
    address: SignInAddress | None = event.object
    if address is None or address.confirmed_at or person_of_address(address.email):
        return
    if not User.objects.filter(email=address.email).exists():
        address_mail(address).send()


def forget_address(event: Event) -> None:
    """Forget an address that nobody confirmed while its link worked."""
    address: SignInAddress | None = event.object
    if address is not None and address.confirmed_at is None and address.asked_at <= timezone.now() - LINK_HOLDS:
        address.delete()


ADDRESS_GIVEN = Work("address-given", "collaborators.SignInAddress", carry_out=mail_address)
ADDRESS_UNCONFIRMED = Work("address-unconfirmed", "collaborators.SignInAddress", carry_out=forget_address)
RESET_ASKED = Work("reset-asked", "collaborators.User", carry_out=mail_reset)
ACCOUNT_CHANGED = Topic(
    "account-changed",
    "collaborators.AccountEvent",
    recipients=lambda event: [event.ids["person"]],
    url=to_account,
    channels=WITH_MAIL,
    tell_actor=True,
    text=_("Something changed in how you sign in. If it was not you, tell the person who looks after your work here."),
)
