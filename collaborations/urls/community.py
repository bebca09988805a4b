"""Addresses of the community portal."""

from django.urls import path

from collaborations.views.community import asking, briefs, entering, offers, requests, working

app_name = "community"
urlpatterns = [
    path("", entering.home, name="home"),
    path("code/", entering.enter, name="enter"),
    path("code/new/", entering.code_new, name="code-new"),
    path("code/check/", entering.code_check, name="code-check"),
    path("notices/read/", entering.notices_read, name="notices-read"),
    path("notices/<uuid:uuid>/", entering.notice, name="notice"),
    path("ask/", asking.ask, name="ask"),
    path("ask/reach/", asking.ask_reach, name="ask-reach"),
    path("ask/<uuid:uuid>/need/", asking.ask_need, name="ask-need"),
    path("ask/<uuid:uuid>/more/", asking.ask_more, name="ask-more"),
    path("ask/<uuid:uuid>/more/<slug:part>/", asking.ask_part, name="ask-part"),
    path("ask/<uuid:uuid>/check/", asking.ask_check, name="ask-check"),
    path("ask/<uuid:uuid>/talk/", asking.ask_talk, name="ask-talk"),
    path("ask/<uuid:uuid>/sent/", asking.ask_sent, name="ask-sent"),
    path("requests/<uuid:uuid>/", requests.request_page, name="request"),
    path("requests/<uuid:uuid>/answers/", requests.answers, name="answers"),
    path("requests/<uuid:uuid>/contact/", asking.contact, name="contact"),
    path("requests/<uuid:uuid>/message/", requests.message, name="message"),
    path("requests/<uuid:uuid>/offers/", offers.offers, name="offers"),
    path("requests/<uuid:uuid>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<uuid:uuid>/second-look/", requests.second_look, name="second-look"),
    path("briefs/<uuid:uuid>/", briefs.brief, name="brief"),
    path("introductions/<uuid:uuid>/choose/", offers.choose, name="choose"),
    path("introductions/<uuid:uuid>/refuse/", offers.refuse, name="refuse"),
    path("consents/", working.consents, name="consents"),
    path("consents/<uuid:uuid>/withdraw/", working.consent_withdraw, name="consent-withdraw"),
    path("collaborations/<uuid:uuid>/", working.collaboration, name="collaboration"),
    path("collaborations/<uuid:uuid>/message/", working.collaboration_message, name="collaboration-message"),
    path("collaborations/<uuid:uuid>/spoken/", working.collaboration_spoken, name="collaboration-spoken"),
    path("collaborations/<uuid:uuid>/end/", working.collaboration_end, name="collaboration-end"),
]
