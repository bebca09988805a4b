"""Addresses of the ally portal."""

from django.urls import path

from collaborations.views.ally import files, home, interpreting, offers, outputs, working

app_name = "ally"
urlpatterns = [
    path("", home.home, name="home"),
    path("past/", home.past, name="past"),
    path("notices/read/", home.notices_read, name="notices-read"),
    path("notices/<uuid:uuid>/", home.notice, name="notice"),
    path("capacity/<uuid:uuid>/", home.capacity, name="capacity"),
    path("capacity/<uuid:uuid>/pause/", home.pause, name="pause"),
    path("capacity/<uuid:uuid>/directory/", home.directory, name="directory"),
    path("offers/<uuid:uuid>/", offers.offer, name="offer"),
    path("offers/<uuid:uuid>/not-now/", offers.offer_decline, name="offer-decline"),
    path("offers/<uuid:uuid>/conflict/", offers.offer_conflict, name="offer-conflict"),
    path("collaborations/<uuid:uuid>/", working.collaboration, name="collaboration"),
    path("interpreting/<uuid:uuid>/", interpreting.interpreting, name="interpreting"),
    path("files/<uuid:uuid>/", files.file_open, name="file-open"),
    path("collaborations/<uuid:uuid>/message/", working.collaboration_message, name="collaboration-message"),
    path("collaborations/<uuid:uuid>/spoken/", working.collaboration_spoken, name="collaboration-spoken"),
    path("collaborations/<uuid:uuid>/outputs/", outputs.outputs, name="outputs"),
    path("collaborations/<uuid:uuid>/end/", working.collaboration_end, name="collaboration-end"),
]
