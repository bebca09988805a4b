"""Addresses that need no account."""

from django.urls import path

from cre import exit as way_out
from cre import public

urlpatterns = [
    path("", public.start, name="start"),
    path("how/", public.how, name="how"),
    path("safe/", public.safe, name="safe"),
    path("protects/", public.protects, name="protects"),
    path("allies/", public.about_allies, name="about-allies"),
    path("exit", way_out.leave_site, name="exit"),
    path("blank", way_out.blank, name="blank"),
]
