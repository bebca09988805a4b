"""Signing in and out, passwords, sessions; what else the sign-in package offers is closed."""

from allauth.account import views as allauth
from django.urls import path, re_path

from collaborators.views import accounts, ways

urlpatterns = [
    path("sessions/", accounts.sessions, name="account-sessions"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", accounts.sign_out, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", allauth.signup, name="account_signup"),
    path("reauthenticate/", accounts.closed, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("address/<uuid:uuid>/<slug:secret>/", ways.address_confirm, name="account-address"),
    path("email/", accounts.closed, name="account_email"),
    path("confirm-email/", accounts.closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", accounts.closed, name="account_confirm_email"),
    path("password/set/", accounts.closed, name="account_set_password"),
    path("login/code/confirm/", accounts.closed, name="account_confirm_login_code"),
]
