from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The mechanisms that every app stands on; it knows none of them."""

    name = "cre.core"
    label = "core"
