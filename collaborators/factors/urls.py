"""Addresses of the second step, under the library's names; what it has beyond them is closed."""

from django.urls import path, re_path

from collaborators.views import factors, fresh

urlpatterns = [
    path("", factors.index, name="mfa_index"),
    path("prove/", fresh.prove, name="mfa_prove"),
    path("authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("app/", factors.app_add, name="mfa_activate_totp"),
    path("sheet/", factors.sheet_print, name="mfa_generate_recovery_codes"),
    path("passkeys/add/", factors.passkey_add, name="mfa_add_webauthn"),
    path("passkeys/", factors.passkey_login, name="mfa_login_webauthn"),
    path("<int:pk>/remove/", factors.factor_remove, name="mfa_remove"),
    path("again/", factors.closed, name="mfa_reauthenticate"),
    path("again/passkey/", factors.closed, name="mfa_reauthenticate_webauthn"),
    re_path(r"", factors.closed, name="mfa_closed"),
]
