"""Addresses of the secretariat."""

from django.urls import path

from collaborations.views.secretariat import (
    committees,
    ending,
    factors,
    home,
    invitations,
    ledger,
    levels,
    people,
    retention,
    roster,
)

app_name = "secretariat"
urlpatterns = [
    path("", home.home, name="home"),
    path("roster/", roster.roster, name="roster"),
    path("roster/<uuid:uuid>/", roster.collaborator, name="collaborator"),
    path("roster/<uuid:uuid>/private/", roster.collaborator_private, name="collaborator-private"),
    path("roster/<uuid:uuid>/directory/", roster.directory, name="directory"),
    path("roster/<uuid:uuid>/vetting/", roster.vetting, name="vetting"),
    path("roster/<uuid:uuid>/speakers/give/", roster.speaker_give, name="speaker-give"),
    path("roster/<uuid:uuid>/speakers/invite/", invitations.speaker_invite, name="speaker-invite"),
    path("roster/<uuid:uuid>/speakers/end/", roster.speaker_end, name="speaker-end"),
    path("levels/<uuid:uuid>/", levels.level_decide, name="level-decide"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.person_invite, name="person-invite"),
    path("people/roles/give/", people.role_give, name="role-give"),
    path("people/roles/end/", people.role_end, name="role-end"),
    path("people/roles/term/", people.role_term, name="role-term"),
    path("people/<uuid:uuid>/end/", ending.access_end, name="access-end"),
    path("people/<uuid:uuid>/second-step/", factors.factors_reset, name="factors-reset"),
    path("people/ended/<uuid:uuid>/", ending.left_behind, name="left-behind"),
    path("people/invitations/<uuid:uuid>/again/", invitations.invitation_again, name="invitation-again"),
    path("people/invitations/<uuid:uuid>/withdraw/", invitations.invitation_withdraw, name="invitation-withdraw"),
    path("committees/", committees.committees, name="committees"),
    path("committees/<uuid:uuid>/", committees.panel, name="panel"),
    path("committees/<uuid:uuid>/change/", committees.panel_change, name="panel-change"),
    path("committees/<uuid:uuid>/seat/", committees.panel_seat, name="panel-seat"),
    path("committees/<uuid:uuid>/invite/", committees.panel_invite, name="panel-invite"),
    path("retention/", retention.retention, name="retention"),
    path("retention/rules/<slug:name>/", retention.retention_rule, name="retention-rule"),
    path("retention/holds/place/", retention.hold_place, name="hold-place"),
    path("retention/holds/<uuid:uuid>/end/", retention.hold_end, name="hold-end"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/copies/ask/", ledger.ledger_copy_ask, name="ledger-copy-ask"),
    path("ledger/copies/<uuid:uuid>/", ledger.ledger_copy_page, name="ledger-copy"),
    path("ledger/copies/<uuid:uuid>/take/", ledger.ledger_copy_take, name="ledger-copy-take"),
]
