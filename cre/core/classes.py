"""How confidential each field is: said beside the fields of each model, here for those that are not ours.

`public` may stand on a page that anybody reads; `internal` stays with those who may see the row;
`confidential` is what a community told us; `identity` says who or where somebody is. The last two are
recorded when they are read, and never stand in logs, mails or file names.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.db import models


class DataClass(StrEnum):
    """The confidentiality of one field."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    IDENTITY = "identity"


PUBLIC = DataClass.PUBLIC
INTERNAL = DataClass.INTERNAL
CONFIDENTIAL = DataClass.CONFIDENTIAL
IDENTITY = DataClass.IDENTITY

Classes = Mapping[str, DataClass]

FOREIGN_MODELS: Mapping[str, Classes] = {
    "auth.Permission": {"name": PUBLIC, "content_type": PUBLIC, "codename": PUBLIC},
    "auth.Group": {"name": INTERNAL, "permissions": INTERNAL},
    "contenttypes.ContentType": {"app_label": PUBLIC, "model": PUBLIC},
    "account.EmailAddress": {"user": INTERNAL, "email": IDENTITY, "verified": INTERNAL, "primary": INTERNAL},
    "account.EmailConfirmation": {
        "email_address": IDENTITY,
        "created": INTERNAL,
        "sent": INTERNAL,
        "key": CONFIDENTIAL,
    },
    "mfa.Authenticator": {
        "user": INTERNAL,
        "type": INTERNAL,
        "data": CONFIDENTIAL,
        "created_at": INTERNAL,
        "last_used_at": INTERNAL,
    },
    "guardian.UserObjectPermission": {
        "permission": INTERNAL,
        "content_type": INTERNAL,
        "object_pk": INTERNAL,
        "content_object": INTERNAL,
        "user": INTERNAL,
    },
    "guardian.GroupObjectPermission": {
        "permission": INTERNAL,
        "content_type": INTERNAL,
        "object_pk": INTERNAL,
        "content_object": INTERNAL,
        "group": INTERNAL,
    },
    "admin.LogEntry": {
        "action_time": INTERNAL,
        "user": INTERNAL,
        "content_type": INTERNAL,
        "object_id": INTERNAL,
        "object_repr": CONFIDENTIAL,
        "action_flag": INTERNAL,
        "change_message": CONFIDENTIAL,
    },
}
# What simple-history adds to the columns that it copies.
HISTORY_FIELDS: Classes = {
    "history_id": INTERNAL,
    "history_date": INTERNAL,
    "history_change_reason": INTERNAL,
    "history_type": INTERNAL,
    "history_user": INTERNAL,
}


class Unclassified(LookupError):
    """A field whose confidentiality nobody has said."""


def class_of(model: type[models.Model], name: str) -> DataClass:
    """The class of a field of a model, of its history or of a table between two models.

    An automatic primary key is internal, and so is every column of an automatic table between two
    models. Raises `Unclassified`.
    """
    field = model._meta.get_field(name)
    source = getattr(model, "instance_type", model)
    if source is not model and field.name in HISTORY_FIELDS:
        return HISTORY_FIELDS[field.name]
    found = _classes_of(source).get(field.name)
    if found is None and (model._meta.auto_created or _is_automatic_key(source, field.name)):
        found = INTERNAL
    if found is None:
        raise Unclassified(f"{model._meta.label}.{field.name} has no class; say it in CLASSES.")
    return DataClass(found)


def unclassified(among: Iterable[type[models.Model]]) -> list[str]:
    """The fields without a class, as `app.Model.field`; the suite fails unless there are none."""
    missing = []
    for model in among:
        for field in [*model._meta.fields, *model._meta.many_to_many, *model._meta.private_fields]:
            try:
                class_of(model, field.name)
            except Unclassified:
                missing.append(f"{model._meta.label}.{field.name}")
    return missing


def unknown_names(model: type[models.Model]) -> list[str]:
    """Names in a model's CLASSES that are none of its fields: misspelt, or left over."""
    known = {field.name for field in model._meta.get_fields()}
    return [f"{model._meta.label}.{name}" for name in vars(model).get("CLASSES", {}) if name not in known]


def _classes_of(model: type[models.Model]) -> Classes:
    """A model's own classes over those of the models that it inherits from."""
    merged: dict[str, DataClass] = dict(FOREIGN_MODELS.get(model._meta.label, {}))
    for ancestor in reversed(model.__mro__):
        merged.update(vars(ancestor).get("CLASSES", {}))
    return merged


def _is_automatic_key(model: type[models.Model], name: str) -> bool:
    key = model._meta.pk
    return isinstance(key, models.AutoField) and key.name == name
