"""The system data that a steward looks up: places, who holds which role by number, and the deliveries' sign of life."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from collaborators.models import Country, PlatformGrant, Region, RegionGrant
from cre.admin.site import SystemList, site
from cre.core.outbox.models import Heartbeat

__all__ = ["site"]


@admin.register(Region, site=site)
class RegionList(SystemList):
    list_display = ("code", "name", "is_waiting_room", "answer_days", "urgent_hours", "weekend")
    ordering = ("code",)


@admin.register(Country, site=site)
class CountryList(SystemList):
    list_display = ("code", "region")
    list_filter = ("region",)
    search_fields = ("code",)
    list_select_related = ("region",)


class GrantList(SystemList):
    """Who holds a role: people by their number, never by their address."""

    list_display = ("person", "role", "content_object", "starts_at", "ends_at")
    list_select_related = ("permission", "content_object")
    ordering = ("-starts_at", "id")
    shows = {"person": ("user",), "role": ("permission",)}

    @admin.display(description=_("person number"))
    def person(self, grant: RegionGrant | PlatformGrant) -> int:
        return int(grant.user_id)

    @admin.display(description=_("role"))
    def role(self, grant: RegionGrant | PlatformGrant) -> str:
        return str(grant.permission.codename)


admin.register(RegionGrant, PlatformGrant, site=site)(GrantList)


@admin.register(Heartbeat, site=site)
class HeartbeatList(SystemList):
    list_display = ("name", "seen_at")
