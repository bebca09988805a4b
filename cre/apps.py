from django.apps import AppConfig


class CreConfig(AppConfig):
    name = "cre"
    label = "cre"
