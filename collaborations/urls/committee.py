"""Addresses of committee and working-group members."""

from django.urls import path

from collaborations.views import committee

app_name = "committee"
urlpatterns = [path("", committee.home, name="home")]
