"""The committee and the regional working groups of the made-up world."""

from collaborators.actions import make_panel
from collaborators.models import Panel, PanelKind, Region, User

# By the key that the files use: name, kind, region, seats.
PANELS = {
    "advisory-committee": ("Advisory Committee", PanelKind.COMMITTEE, None, 10),
    "working-group-africa": ("Working group for Africa", PanelKind.WORKING_GROUP, "africa", 5),
    "working-group-asia": ("Working group for Asia", PanelKind.WORKING_GROUP, "asia", 5),
    "working-group-latin-america": (
        "Working group for Latin America", PanelKind.WORKING_GROUP, "latin-america", 5
    ),
}  # fmt: skip


def set_up_panels(coordinator: User) -> dict[str, Panel]:
    """Each panel with its empty seats, by its key."""
    regions = {region.code: region for region in Region.objects.all()}
    return {
        key: make_panel(name=name, kind=kind, region=regions[region] if region else None, seats=seats, by=coordinator)
        for key, (name, kind, region, seats) in PANELS.items()
    }
