"""Addresses of the secretariat."""

from django.urls import path

from collaborations.views.secretariat import home, ledger, levels, people, roster

app_name = "secretariat"
urlpatterns = [
    path("", home.home, name="home"),
    path("roster/", roster.roster, name="roster"),
    path("roster/<uuid:uuid>/", roster.collaborator, name="collaborator"),
    path("roster/<uuid:uuid>/private/", roster.collaborator_private, name="collaborator-private"),
    path("roster/<uuid:uuid>/vetting/", roster.vetting, name="vetting"),
    path("roster/<uuid:uuid>/speakers/give/", roster.speaker_give, name="speaker-give"),
    path("roster/<uuid:uuid>/speakers/end/", roster.speaker_end, name="speaker-end"),
    path("levels/<uuid:uuid>/", levels.level_decide, name="level-decide"),
    path("people/", people.people, name="people"),
    path("people/register/", people.person_register, name="person-register"),
    path("people/roles/give/", people.role_give, name="role-give"),
    path("people/roles/end/", people.role_end, name="role-end"),
    path("ledger/", ledger.ledger, name="ledger"),
]
