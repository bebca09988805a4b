"""What a class demands: what identifies or was confided is sealed, or has a reason not to be."""

import ast

import pytest
from django.apps import apps
from django.core.management import call_command

from cre.core.classes import CONFIDENTIAL, IDENTITY, class_of
from cre.core.vault.sealed import sealed_fields
from tests.source import calls, layer, modules, name_of

# Fields that hold something confidential in the clear, and why that is right. Histories follow their source.
NOT_SEALED = {
    "collaborators.User.email": "whoever added it logs in with it; they were told",
    "collaborators.SignInAddress.email": "the same, of somebody of a community; shown on no page",
    "collaborators.Invitation.email": "the address to which the link goes; forgotten when the invitation ends",
    "collaborators.CommunityIdentity.channel": "a word of a closed list; the number or name there is sealed",
    "collaborations.RequestStory.project_index": "a keyed blind index, from which nothing can be read",
    "account.EmailAddress.email": "the same login address",
    "account.EmailConfirmation.email_address": "a number that points to the address above",
    "account.EmailConfirmation.key": "opens nothing: addresses are not confirmed by mail here",
    "mfa.Authenticator.data": "sealed by the adapter with a key of the system before it is stored",
    "collaborators.Session.sealed": "sealed by the session store, with the hash of the key",
    "admin.LogEntry.object_repr": "stays empty: nothing is changed through the admin, and row security refuses it",
    "admin.LogEntry.change_message": "the same",
}
# Names in exports and logs that only sound like a secret field, and what they are.
NO_FIELD = {
    # The copy that a community takes with it reads facts that were chosen elsewhere, for itself alone.
    "collaborations/exports.py: title": "the title of a part of the copy",
    "collaborations/exports.py: name": "the name of a part of the copy",
    "collaborations/exports.py: value": "a fact of the community's own copy",
    "collaborations/exports.py: words": "a fact of the community's own copy, as a person reads it",
    "collaborators/exports.py: reason": "the reason of a ledger entry, which is internal",
    "cre/core/abuse/tries.py: name": "the name of a bucket",
    "cre/core/outbox/workers.py: name": "the name of a Celery task",
    "cre/core/retention/runner.py: name": "the name of a rule",
    "cre/core/security_events.py: value": "the name of an event",
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


def secret_names():
    return {field.name for _, field in secret_fields()}


def names_used(tree):
    """The attributes that this code reads."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.promise("P27")
def test_no_file_that_leaves_the_exchange_reads_a_secret_field():
    read = {f"{path}: {name}" for path, tree in layer("exports").items() for name in names_used(tree) & secret_names()}
    assert sorted(read - set(NO_FIELD)) == []


@pytest.mark.promise("P27")
@pytest.mark.promise("P08")
def test_no_line_of_a_log_takes_a_secret_field():
    said = {
        f"{path}: {name}"
        for path, tree in modules().items()
        for call in calls(tree)
        if name_of(call.func).startswith(("logger.", "log.")) or name_of(call.func) == "security_event"
        for part in [*call.args, *(keyword.value for keyword in call.keywords)]
        for name in names_used(part) & secret_names()
    }
    assert sorted(said - set(NO_FIELD)) == []


def test_the_table_for_readers_is_up_to_date():
    call_command("field_classes", "--check")
