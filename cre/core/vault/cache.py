"""The data keys that this process has unwrapped, for a minute at most."""

import os
import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECONDS = 60.0
MOST = 20_000


@dataclass(frozen=True)
class OpenKey:
    """An unwrapped data key; `raw` is None once the key has been destroyed."""

    id: UUID
    object_uuid: UUID
    purpose: str
    raw: bytes | None = field(repr=False)
    cipher: AESGCM | None = field(repr=False)


class KeyCache:
    """Keys by id and by (object, purpose). Threads share it; a forked child starts with an empty one."""

    def __init__(self) -> None:
        self.clear()
        os.register_at_fork(after_in_child=self.clear)

    def clear(self) -> None:
        """Forget everything, with a fresh lock: a fork may have copied a held one."""
        self._lock = threading.Lock()
        self._by_id: dict[UUID, tuple[float, OpenKey]] = {}
        self._by_name: dict[tuple[UUID, str], UUID] = {}

    def get(self, key_id: UUID) -> OpenKey | None:
        """The key, unless it was never here or its minute is over."""
        kept = self._by_id.get(key_id)
        return kept[1] if kept is not None and kept[0] > time.monotonic() else None

    def find(self, object_uuid: UUID, purpose: str) -> OpenKey | None:
        """The key of this object and purpose, if it is here."""
        key_id = self._by_name.get((object_uuid, purpose))
        return self.get(key_id) if key_id is not None else None

    def put(self, key: OpenKey) -> None:
        """Keep a key for its minute; the oldest go first when there are too many."""
        with self._lock:
            self._by_id.pop(key.id, None)
            self._by_id[key.id] = (time.monotonic() + SECONDS, key)
            name = (key.object_uuid, key.purpose)
            if key.raw is not None:
                self._by_name[name] = key.id
            elif self._by_name.get(name) == key.id:
                del self._by_name[name]
            while len(self._by_id) > MOST:
                self._remove(next(iter(self._by_id)))

    def drop(self, object_uuid: UUID, purpose: str) -> None:
        """Forget every key of this object and purpose."""
        with self._lock:
            name = (object_uuid, purpose)
            for key_id in [i for i, (_, key) in self._by_id.items() if (key.object_uuid, key.purpose) == name]:
                self._remove(key_id)
            self._by_name.pop(name, None)

    def _remove(self, key_id: UUID) -> None:
        _, key = self._by_id.pop(key_id)
        name = (key.object_uuid, key.purpose)
        if self._by_name.get(name) == key_id:
            del self._by_name[name]


keys = KeyCache()
