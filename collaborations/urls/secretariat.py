"""Addresses of this portal."""

from django.urls import URLPattern

app_name = "secretariat"
urlpatterns: list[URLPattern] = []
