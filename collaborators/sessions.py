"""Where sessions are kept: under the hash of the key in the cookie, sealed, within two limits.

Whoever has a copy of the table, or slips SQL into a statement, has neither a key that a browser could send nor
the words of a form that was refused. The clock is the database's.
"""

import hashlib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from collaborators.models import User
from cre.core.access import acting_as
from cre.core.vault import VaultError
from cre.core.vault.keys import SYSTEM, key_for
from cre.core.vault.sealing import open_bytes, seal_bytes

PURPOSE = "session"
KEY_LENGTH = 32
BY_CODE = "collaborators.backends.ReceiptCodeBackend"


def hashed(key: str) -> str:
    """What is stored of a key: it has 165 random bits, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


def limits(words: dict[str, Any]) -> tuple[int, int]:
    """After how many idle seconds, and after how many in all, a session ends.

    Visitors and people with a receipt code have one pair of limits, everybody else the other.
    """
    is_community = words.get(BACKEND_SESSION_KEY, BY_CODE) == BY_CODE
    return settings.SESSION_LIMITS["code" if is_community else "password"]


def ask(question: str, answers: list[Any]) -> Any:
    """What one function of the database says."""
    with connection.cursor() as cursor:
        cursor.execute(question, answers)
        return cursor.fetchone()[0]


class SessionStore(SessionBase):
    """The session of one browser, as Django asks for it."""

    def load(self) -> dict[str, Any]:
        """The words of the session; none, and no key either, when it has ended or was never begun."""
        key_hash = hashed(self.session_key or "")
        sealed = ask("SELECT cre_open_session(%s)", [key_hash])
        try:
            if sealed is not None:
                plain = open_bytes(bytes(sealed), label=PURPOSE, identity=UUID(key_hash[:32]))
                words: dict[str, Any] = self.serializer().loads(plain)
                return words
        except VaultError:
            pass
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        """Never asked in earnest: a new key is random, and the database refuses a second row for it."""
        return False

    def create(self) -> None:
        """Begin a session under a new key."""
        self._session_key = get_random_string(KEY_LENGTH, VALID_KEY_CHARS)
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Keep the words, as the person whose session this is.

        Raises `UpdateError` when the session has ended meanwhile; nothing brings it back.
        """
        if self.session_key is None:
            self.create()
            return
        # A session that was just begun has no words in the database that could be loaded.
        is_empty = must_create and not hasattr(self, "_session_cache")
        words: dict[str, Any] = {} if is_empty else dict(self.items())
        key_hash, person = hashed(self.session_key), words.get(SESSION_KEY)
        plain = self.serializer().dumps(words)
        sealed = seal_bytes(plain, key=key_for(SYSTEM, PURPOSE), label=PURPOSE, identity=UUID(key_hash[:32]))
        try:
            with transaction.atomic(), acting_as(User(pk=int(person) if person else None)):
                is_kept = ask(
                    "SELECT cre_keep_session(%s, %s, %s, %s, %s)", [key_hash, sealed, *limits(words), must_create]
                )
        except IntegrityError:
            # The person is gone, and so is every session of theirs.
            is_kept = False
        if not is_kept:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End this session, or the one with this key."""
        key = session_key or self.session_key
        if key is not None:
            ask("SELECT cre_drop_session(%s)", [hashed(key)])

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what has ended; only the system account may."""
        ask("SELECT cre_sweep_sessions()", [])


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, but a session that ended while its own request ran ends quietly.

    A person who freezes their community, or ends all access from another device, still gets their page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            forget_cookie(response)
            return response


def forget_cookie(response: HttpResponse) -> None:
    """Tell the browser to drop the cookie of the session."""
    response.delete_cookie(
        settings.SESSION_COOKIE_NAME,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def clear_browser(response: HttpResponse) -> HttpResponse:
    """The same answer, which also makes the browser drop whatever it keeps of this site."""
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
