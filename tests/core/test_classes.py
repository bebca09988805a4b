import pytest
from django.apps import apps
from django.db import models

from collaborators.models import Community, CommunityIdentity, User
from cre.core.classes import (
    FOREIGN_MODELS,
    IDENTITY,
    INTERNAL,
    Unclassified,
    class_of,
    unclassified,
    unknown_names,
)


class Note(models.Model):
    """A model of somebody who forgot a field, and kept the class of one that is gone."""

    CLASSES = {"said": IDENTITY, "gone": INTERNAL}
    said = models.TextField()
    forgotten = models.TextField()

    class Meta:
        app_label = "class_tests"

    def __str__(self) -> str:
        return self.said


@pytest.mark.promise("P27")
def test_every_field_of_every_model_has_a_class():
    assert unclassified(apps.get_models(include_auto_created=True)) == []


@pytest.mark.promise("P27")
def test_a_field_without_a_class_is_found():
    assert unclassified([Note]) == ["class_tests.Note.forgotten"]
    with pytest.raises(Unclassified, match="forgotten"):
        class_of(Note, "forgotten")


def test_a_class_without_a_field_is_found():
    assert unknown_names(Note) == ["class_tests.Note.gone"]
    assert [name for model in apps.get_models() for name in unknown_names(model)] == []


def test_history_takes_the_classes_of_its_source():
    history = CommunityIdentity.history.model
    assert (class_of(history, "handle"), class_of(history, "history_user")) == (IDENTITY, INTERNAL)
    assert class_of(history, "community") == class_of(CommunityIdentity, "community") == INTERNAL


def test_inherited_fields_take_the_classes_of_the_parent():
    assert class_of(CommunityIdentity, "key_object") == INTERNAL


def test_automatic_keys_and_tables_between_models_are_internal():
    assert class_of(Community, "id") == INTERNAL
    assert class_of(User.groups.through, "user") == INTERNAL


def test_the_list_of_foreign_models_names_only_fields_that_exist():
    for label, classes in FOREIGN_MODELS.items():
        if apps.is_installed("django.contrib.admin") or not label.startswith("admin."):
            known = {field.name for field in apps.get_model(label)._meta.get_fields()}
            assert set(classes) <= known, label
