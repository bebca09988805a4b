"""What must be there before anybody comes: regions, countries, the platform, the system account, rules."""

import csv
from pathlib import Path

from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from collaborators.models import Country, Platform, PlatformGrant, Region, User
from cre.core.retention import install_rules

COUNTRIES = Path(__file__).parent / "data" / "countries.csv"
# code: (name, waiting room, days off; Monday is 0). The secretariat can change all but the code.
REGIONS = {
    "africa": (_("Africa"), False, "5,6"),
    "asia": (_("Asia"), False, "5,6"),
    "latin-america": (_("Latin America"), False, "5,6"),
    "to-be-placed": (_("To be placed"), True, "5,6"),
}


def install_reference(using: str) -> None:
    """Make what is missing, on the connection of the owner; changes nothing that is there."""
    for code, (name, waiting, weekend) in REGIONS.items():
        values = {"name": name, "is_waiting_room": waiting, "weekend": weekend}
        Region.objects.using(using).get_or_create(code=code, defaults=values)
    regions = {region.code: region for region in Region.objects.using(using)}
    known = set(Country.objects.using(using).values_list("code", flat=True))
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    Country.objects.using(using).bulk_create(Country(code=row["code"], region=regions[row["region"]]) for row in rows)
    install_system_account(using)
    install_rules(using)


def install_system_account(using: str) -> None:
    """The account of timers and deliveries: no e-mail, no password, `operate` on the platform."""
    platform, _is_new = Platform.objects.using(using).get_or_create(code="cre")
    system = User.objects.using(using).filter(is_system=True).first()
    if system is None:
        system = User(is_system=True)
        system.set_unusable_password()
        system.save(using=using)
    operate = Permission.objects.using(using).get(codename="operate", content_type__app_label="collaborators")
    PlatformGrant.objects.using(using).get_or_create(
        permission=operate, user=system, content_object=platform, defaults={"starts_at": timezone.now()}
    )


def install_first_coordinator(email: str, password: str | None, using: str) -> User:
    """The first coordinator, whom nobody can have invited; all others are given their roles in the portal."""
    user = User.objects.using(using).filter(email=email).first() or User(email=email)
    if password:
        user.set_password(password)
    user.save(using=using)
    PlatformGrant.objects.using(using).get_or_create(
        permission=Permission.objects.using(using).get(codename="coordinate", content_type__app_label="collaborators"),
        user=user,
        content_object=Platform.objects.using(using).get(code="cre"),
        defaults={"starts_at": timezone.now()},
    )
    return user
