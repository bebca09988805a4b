"""Addresses of the desk."""

from django.urls import path

from collaborations.views.desk import allies, briefs, deciding, queue, record, today, work

app_name = "desk"
urlpatterns = [
    path("", today.home, name="home"),
    path("notices/read/", today.notices_read, name="notices-read"),
    path("notices/<uuid:uuid>/", today.notice, name="notice"),
    path("requests/", queue.requests, name="requests"),
    path("requests/<uuid:uuid>/", record.request_page, name="request"),
    path("requests/<uuid:uuid>/allies/", record.request_allies, name="request-allies"),
    path("requests/<uuid:uuid>/history/", record.request_history, name="request-history"),
    path("requests/<uuid:uuid>/identity/", record.request_identity, name="request-identity"),
    path("requests/<uuid:uuid>/message/", record.request_message, name="request-message"),
    path("requests/<uuid:uuid>/note/", record.request_note, name="request-note"),
    path("requests/<uuid:uuid>/place/", deciding.request_place, name="request-place"),
    path("requests/<uuid:uuid>/safety/", deciding.request_safety, name="request-safety"),
    path("requests/<uuid:uuid>/accept/", deciding.request_accept, name="request-accept"),
    path("requests/<uuid:uuid>/decline/", deciding.request_decline, name="request-decline"),
    path("requests/<uuid:uuid>/park/", deciding.request_park, name="request-park"),
    path("requests/<uuid:uuid>/resume/", deciding.request_resume, name="request-resume"),
    path("requests/<uuid:uuid>/brief/", briefs.brief_write, name="brief-write"),
    path("requests/<uuid:uuid>/match/", allies.match, name="match"),
    path("requests/<uuid:uuid>/offers-voice/", allies.offers_voice, name="offers-voice"),
    path("briefs/<uuid:uuid>/", briefs.brief, name="brief"),
    path("briefs/<uuid:uuid>/propose/", briefs.brief_propose, name="brief-propose"),
    path("briefs/<uuid:uuid>/voice/", briefs.brief_voice, name="brief-voice"),
    path("introductions/<uuid:uuid>/level/", allies.level_ask, name="level-ask"),
    path("introductions/<uuid:uuid>/give-up/", allies.choice_give_up, name="choice-give-up"),
    path("collaborations/<uuid:uuid>/", work.collaboration, name="collaboration"),
    path("collaborations/<uuid:uuid>/message/", work.collaboration_message, name="collaboration-message"),
    path("collaborations/<uuid:uuid>/contact/", work.collaboration_contact, name="collaboration-contact"),
    path("second-looks/<uuid:uuid>/", deciding.second_look, name="second-look"),
]
