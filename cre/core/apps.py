from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """The mechanisms that every app stands on; it knows none of them."""

    name = "cre.core"
    label = "core"

    def ready(self) -> None:
        """Let every app say who sees what, in every process: web, relay, worker, beat and commands."""
        autodiscover_modules("policies", "freezing")
        autodiscover_modules("retention", "portable")
