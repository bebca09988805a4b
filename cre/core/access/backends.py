"""Answers `has_perm` from the scope, in place of guardian's backend, which forgets that grants end."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model

from cre.core.access.actor import acting_as, current_scope


class ScopeBackend(BaseBackend):
    """`user.has_perm("collaborators.facilitate", region)`; without an object nobody has any permission."""

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        if obj is None or not user_obj.is_active or not user_obj.pk:
            return False
        with acting_as(user_obj):
            return obj.pk in current_scope().ids(perm.rpartition(".")[2], type(obj))
