"""What a model with sealed fields inherits, and how a page of such rows loads its keys at once."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models

from cre.core.classes import INTERNAL
from cre.core.vault.fields import WAITING, SealedTextField
from cre.core.vault.keys import load_key_ids
from cre.core.vault.sealing import is_sealed, key_id_of


class Sealed(models.Model):
    """A row with sealed fields.

    `KEY_PURPOSE` says what the key is for, `key_object` whose key it is; the action that makes the
    row sets it: `RequestStory(request=request, key_object=request.uuid, …)`. `SUBJECT` says which
    attributes of the row tell the ledger the community, request (uuid) and region a read concerns;
    without it `community_id` and `region_id` do, where the model has them.
    """

    KEY_PURPOSE: ClassVar[str]
    SUBJECT: ClassVar[Mapping[str, str]] = {}
    CLASSES = {"uuid": INTERNAL, "key_object": INTERNAL}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key_object = models.UUIDField(editable=False, db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def sealed_under(cls, owner: UUID, **values: Any) -> Self:
        """Make a row, sealed under the key of `owner`: the uuid of the object that it belongs to."""
        made: Self = cls._default_manager.create(key_object=owner, **values)
        return made

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check sealed texts before they are sealed, then the other fields as Django does."""
        left_out, errors = set(exclude or ()), {}
        for field in sealed_fields(type(self)):
            if field.name not in left_out:
                left_out.add(field.name)
                try:
                    _check_text(self, field)
                except ValidationError as wrong:
                    errors[field.name] = wrong.error_list
        try:
            super().clean_fields(exclude=left_out)
        except ValidationError as wrong:
            errors = wrong.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)


def sealed_fields(model: type[models.Model]) -> list[SealedTextField]:
    """The sealed fields of a model or of its history."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def load_keys(rows: Iterable[models.Model]) -> None:
    """Read the keys of all loaded sealed values of a page of rows (history too) in one query."""
    sealed = [row.__dict__.get(field.attname) for row in rows for field in sealed_fields(type(row))]
    load_key_ids(key_id_of(value) for value in sealed if value and is_sealed(value))


def _check_text(row: Any, field: SealedTextField) -> None:
    """Check a text that waits to be sealed; one that is sealed already was checked when it came."""
    waiting = row.__dict__.get(WAITING, {})
    if field.name in waiting:
        text = waiting[field.name]
        if not (field.blank and not text):
            field.clean(text, row)
    elif not field.blank and not getattr(row, field.attname):
        field.clean(None if field.null else "", row)
