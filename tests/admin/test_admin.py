"""The admin: a steward's lists of the system itself, without a word that a community confided."""

import pytest
from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from cre.admin.system import site
from cre.core.access import acting_as
from cre.core.classes import CONFIDENTIAL, IDENTITY, class_of
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from cre.core.vault.sealed import sealed_fields
from tests.conftest import as_owner
from tests.test_access_matrix import signed_in

LISTS = [pytest.param(shown, id=model._meta.label) for model, shown in site._registry.items()]


def address_of(shown):
    return reverse(f"admin:{shown.opts.app_label}_{shown.opts.model_name}_changelist")


@pytest.mark.promise("P27")
@pytest.mark.parametrize("shown", LISTS)
def test_no_list_shows_a_sealed_field_or_one_that_says_who_somebody_is(shown):
    secret = {name for name in shown.fields_shown() if class_of(shown.model, name) in {CONFIDENTIAL, IDENTITY}}
    sealed = {field.name for field in sealed_fields(shown.model)}

    assert secret == set()
    assert set(shown.fields_shown()) & sealed == set()


@pytest.mark.django_db
@pytest.mark.promise("P18")
@pytest.mark.parametrize("person", ["coordinator", "facilitator", "member", "ally", "stranger"])
@pytest.mark.parametrize("shown", LISTS)
def test_only_a_steward_learns_that_there_is_a_list(shown, person, request):
    answer = signed_in(request.getfixturevalue(person)).get(address_of(shown))

    assert answer.status_code == 404


@pytest.mark.django_db
def test_nobody_becomes_a_steward_by_a_flag_of_the_account(stranger):
    with as_owner():
        type(stranger).objects.filter(pk=stranger.pk).update(is_staff=True, is_superuser=True)

    assert signed_in(stranger).get(reverse("admin:index")).status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_led_to_our_own_login():
    answer = Client().get(reverse("admin:index"))

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize("shown", LISTS)
def test_a_list_answers_the_steward_and_stands_in_the_ledger(shown, steward):
    answer = signed_in(steward).get(address_of(shown))

    assert answer.status_code == 200
    with acting_as(steward):
        entry = LedgerEntry.objects.get(person_id=steward.pk, object_label=shown.model._meta.label)
    assert (entry.kind, entry.fields) == (Kind.READ, shown.fields_shown())


@pytest.mark.django_db
@pytest.mark.parametrize("shown", LISTS)
def test_nothing_is_changed_through_a_list(shown, steward):
    client = signed_in(steward)
    names = [url.name for url in site.get_urls()]

    assert [name for name in names if name not in {"index", "app_list"} and not name.endswith("_changelist")] == []
    assert client.post(address_of(shown), {"action": "delete_selected", "_selected_action": "1"}).status_code < 500
    assert LogEntry.objects.count() == 0


@pytest.mark.django_db
def test_the_lists_name_people_by_number(steward, coordinator):
    page = signed_in(steward).get(reverse("admin:collaborators_platformgrant_changelist")).content.decode()

    assert "@test.example" not in page
    assert str(coordinator.pk) in page


def test_the_admin_that_others_fill_by_themselves_is_not_reachable():
    assert type(apps.get_app_config("admin")) is SimpleAdminConfig
    assert {model._meta.app_label for model in site._registry} <= {"collaborators", "core"}
