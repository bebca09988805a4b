"""Which database a model lives in: the vault's own tables in `keys`, everything else never there."""

from typing import Any

from django.db.models import Model

KEYS = "keys"
KEYS_MODELS = frozenset({("core", "datakey"), ("core", "tombstone"), ("core", "ledgerhead")})


class KeysRouter:
    """Sends the vault's tables to the keys database and keeps all others out of it."""

    def db_for_read(self, model: type[Model], **_: Any) -> str | None:
        return KEYS if _is_kept_apart(model._meta.app_label, model._meta.model_name) else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        return self.db_for_read(model, **hints)

    def allow_relation(self, first: Model, second: Model, **_: Any) -> bool | None:
        apart = {_is_kept_apart(row._meta.app_label, row._meta.model_name) for row in (first, second)}
        return False if len(apart) == 2 else None

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Whether an operation runs on `db`; RunSQL for the keys database says hints={"database": "keys"}."""
        target = hints.get("database") == KEYS or _is_kept_apart(app_label, model_name)
        return (db == KEYS) == target


def _is_kept_apart(app_label: str, model_name: str | None) -> bool:
    return (app_label, (model_name or "").lower()) in KEYS_MODELS
