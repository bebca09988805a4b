"""What a class demands: what identifies or was confided is sealed, or has a reason not to be."""

import pytest
from django.apps import apps

from cre.core.classes import CONFIDENTIAL, IDENTITY, class_of
from cre.core.vault.sealed import sealed_fields

# Fields that hold something confidential in the clear, and why that is right. Histories follow their source.
NOT_SEALED = {
    "collaborators.User.email": "whoever added it logs in with it; they were told",
    "collaborators.CommunityIdentity.channel": "a word of a closed list; the number or name there is sealed",
    "collaborations.RequestStory.project_index": "a keyed blind index, from which nothing can be read",
    "account.EmailAddress.email": "the same login address",
    "account.EmailConfirmation.email_address": "a number that points to the address above",
    "account.EmailConfirmation.key": "opens nothing: addresses are not confirmed by mail here",
    "mfa.Authenticator.data": "sealed by the adapter with a key of the system before it is stored",
    "sessions.Session.session_key": "random, and gone at logout",
    "sessions.Session.session_data": "signed; what was typed in a refused form stays for that one answer",
    "admin.LogEntry.object_repr": "the admin is not installed",
    "admin.LogEntry.change_message": "the admin is not installed",
}
SECRET = {CONFIDENTIAL, IDENTITY}


def label(model, field):
    """`app.Model.field`, a history under the name of its source."""
    return f"{getattr(model, 'instance_type', model)._meta.label}.{field.name}"


def secret_fields():
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if class_of(model, field.name) in SECRET
    ]


@pytest.mark.promise("P27")
@pytest.mark.promise("P04")
def test_what_is_confidential_is_sealed_or_has_a_reason():
    open_fields = {label(model, field) for model, field in secret_fields() if field not in sealed_fields(model)}
    assert sorted(open_fields - set(NOT_SEALED)) == []


def test_every_reason_is_still_needed():
    open_fields = {label(model, field) for model, field in secret_fields() if field not in sealed_fields(model)}
    installed = {
        name for name in NOT_SEALED if apps.is_installed("django.contrib.admin") or not name.startswith("admin.")
    }
    assert installed <= open_fields


@pytest.mark.promise("P27")
def test_what_is_sealed_is_classed_as_confidential():
    sealed = {(model, field.name) for model in apps.get_models() for field in sealed_fields(model)}
    assert len(sealed) > 20
    assert [name for model, name in sealed if class_of(model, name) not in SECRET] == []
