"""Addresses of this portal."""

from django.urls import URLPattern

app_name = "ally"
urlpatterns: list[URLPattern] = []
