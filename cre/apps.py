from importlib import import_module

from django.apps import AppConfig


class CreConfig(AppConfig):
    name = "cre"
    label = "cre"

    def ready(self) -> None:
        """Register the system checks; they read settings and models, which are there only now."""
        import_module("cre.checks")
