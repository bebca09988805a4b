"""Sealed text: `row.story` opens on access and is recorded; `row.story_sealed` is what the database holds.

The two attributes work like `author` and `author_id` of a foreign key. Everything in Django and in
simple-history that copies rows uses the second, so rows, lists and history move sealed bytes and
need no key; only reading the first opens.
"""

from collections.abc import Sequence
from typing import Any, NoReturn

from django import forms
from django.core import checks
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from cre.core.ledger.reads import record_read
from cre.core.vault.errors import NoKey, Shredded, VaultError
from cre.core.vault.keys import key_for
from cre.core.vault.sealing import is_sealed, open_bytes, seal_bytes

SUFFIX = "_sealed"
# What waits in memory, in the clear, to be sealed at the next save: {field name: text}.
WAITING = "_waiting_to_be_sealed"


class SealedBytes(DeferredAttribute):
    """The sealed bytes on a row; asking for them seals a text that was assigned since."""

    field: "SealedTextField"

    def __get__(self, instance: Any, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        field = self.field
        waiting = instance.__dict__.get(WAITING, {})
        if field.name in waiting:
            instance.__dict__[field.attname] = field.seal(instance, waiting[field.name])
            del waiting[field.name]
        if field.attname in instance.__dict__:
            return instance.__dict__[field.attname]
        return super().__get__(instance, cls)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__.get(WAITING, {}).pop(self.field.name, None)
        instance.__dict__[self.field.attname] = bytes(value) if isinstance(value, memoryview) else value


class OpenText:
    """The text of a sealed field: reading it decrypts and leaves a record, setting it waits for the save."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: Any, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        waiting = instance.__dict__.get(WAITING, {})
        if self.field.name in waiting:
            return waiting[self.field.name]
        sealed = getattr(instance, self.field.attname)
        if not sealed:
            return None if sealed is None else ""
        record_read(instance, self.field.name)
        return self.field.open(instance, sealed)

    def __set__(self, instance: Any, value: Any) -> None:
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{self.field.label} takes a text, not {type(value).__name__}.")
        instance.__dict__.setdefault(WAITING, {})[self.field.name] = value
        # Django saves only attributes that are loaded; a deferred one counts as loaded from now on.
        instance.__dict__.setdefault(self.field.attname, None)


class Unopened:
    """Stands for the text of a field in a form, and opens it only when the page writes it."""

    def __init__(self, instance: models.Model, field: "SealedTextField") -> None:
        self.instance, self.field = instance, field

    def __str__(self) -> str:
        return str(getattr(self.instance, self.field.name))


class SealedInHistory:
    """Stands for the text of a field in the history: equal or not, never what it says."""

    def __init__(self, sealed: bytes) -> None:
        self.sealed = sealed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealedInHistory) and other.sealed == self.sealed

    def __hash__(self) -> int:
        return hash(self.sealed)

    def __str__(self) -> str:
        return str(_("sealed"))


class SealedColumn(Col):
    """The column in a query: it can be read, but nothing can be computed or sorted by it."""

    target: "SealedTextField"

    def resolve_expression(self, *_: Any, **__: Any) -> NoReturn:
        raise FieldError(f"{self.target.label} is sealed: it cannot be sorted by or used in an expression.")


class IsEmptySealed(IsNull):
    """`story__isnull`, the one question that a sealed column answers."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(Col(lhs.alias, lhs.target, lhs.output_field) if isinstance(lhs, SealedColumn) else lhs, rhs)


class SealedTextField(models.Field):  # type: ignore[type-arg]
    """A text that only this platform's vault can read, in a model that inherits `Sealed`.

    None is NULL and "" is empty, both without a key. `max_length` counts characters and is checked in
    forms and `full_clean()`. `label` is what the bytes are bound to, `app.Model.field` of the first
    model unless given; it stands in the migration, and must be given again when one of them is renamed.
    """

    # What a row gives and takes, for the type checker.
    _pyi_private_get_type: str
    _pyi_private_set_type: str | None

    descriptor_class = SealedBytes

    def __init__(
        self, verbose_name: Any = None, *, label: str = "", max_length: int | None = None, **kwargs: Any
    ) -> None:
        if refused := kwargs.keys() & {
            "default",
            "db_default",
            "unique",
            "primary_key",
            "choices",
            "db_index",
        }:
            raise TypeError(f"A sealed field cannot have {sorted(refused)}.")
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        self.label = label
        if max_length is not None:
            self.validators.append(MaxLengthValidator(max_length))

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_attname(self) -> str:
        return f"{self.name}{SUFFIX}"

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "label": self.label} if self.label else kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Join a model; a history model gives the column's name, and keeps the label of its source."""
        public_name = name.removesuffix(SUFFIX)
        self.name = public_name
        super().contribute_to_class(cls, public_name, private_only)
        if not cls._meta.abstract and not self.label:
            self.label = f"{cls._meta.app_label}.{cls._meta.object_name}.{public_name}"
        setattr(cls, public_name, OpenText(self))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        model = getattr(self.model, "instance_type", self.model)
        if not getattr(model, "KEY_PURPOSE", ""):
            found.append(
                checks.Error(
                    "A model with sealed fields inherits Sealed and says its KEY_PURPOSE.",
                    obj=self,
                    id="core.E001",
                )
            )
        return found

    # --- Sealing and opening ---------------------------------------------------------------------

    def seal(self, instance: Any, text: str | None) -> bytes | None:
        """The bytes to store; the very same ones as before when the text is the same as before."""
        if not text:
            return None if text is None else b""
        before = instance.__dict__.get(self.attname)
        if before and self._still_says(instance, before, text):
            return bytes(before)
        if not getattr(instance, "KEY_PURPOSE", "") or not instance.key_object:
            raise NoKey(f"{self.label}: set key_object before saving.")
        key = key_for(instance.key_object, instance.KEY_PURPOSE)
        return seal_bytes(text.encode(), key=key, label=self.label, identity=instance.uuid)

    def open(self, instance: Any, sealed: bytes) -> str:
        """The text in these bytes. Raises `Tampered`, `Shredded`, `NoKey`."""
        return open_bytes(sealed, label=self.label, identity=instance.uuid).decode()

    def _still_says(self, instance: Any, before: bytes, text: str) -> bool:
        try:
            return self.open(instance, before) == text
        except Shredded:
            raise
        except VaultError:
            return False

    # --- What Django asks of a field -------------------------------------------------------------

    def get_default(self) -> bytes | None:
        return None if self.null else b""

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        setattr(instance, self.name, data)

    def value_from_object(self, obj: models.Model) -> Any:
        """What forms start from, and what history compares: never the text itself."""
        sealed = obj.__dict__.get(self.attname) if self._has_waiting(obj) else getattr(obj, self.attname)
        if hasattr(obj, "instance_type"):
            return SealedInHistory(sealed) if sealed else sealed
        if sealed or self._has_waiting(obj):
            return Unopened(obj, self)
        return None if sealed is None else ""

    def value_to_string(self, _: models.Model) -> str:
        raise TypeError(f"{self.label} is sealed and cannot be serialized; dump the database instead.")

    def get_prep_value(self, value: Any) -> Any:
        """Only None, empty and sealed bytes reach the database, `update(story="…")` never does."""
        prepared = super().get_prep_value(value)
        if prepared is None or prepared == b"" or (isinstance(prepared, bytes) and is_sealed(prepared)):
            return prepared
        raise TypeError(f"{self.label} is sealed: assign the text to a row and save it.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return value if value is None else connection.Database.Binary(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsEmptySealed
        raise FieldError(f"{self.label} is sealed: look rows up by a blind index.")

    def get_transform(self, _: str) -> NoReturn:
        raise FieldError(f"{self.label} is sealed: look rows up by a blind index.")

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        return SealedColumn(alias, self, output_field)

    def formfield(self, **kwargs: Any) -> Any:
        options = {"form_class": forms.CharField, "max_length": self.max_length, "widget": forms.Textarea}
        return super().formfield(**{**options, **({"empty_value": None} if self.null else {}), **kwargs})

    def _has_waiting(self, obj: models.Model) -> bool:
        return self.name in obj.__dict__.get(WAITING, {})
