"""Logs somebody in without a password and prints the session's key: `python -m tests.bench.log_in EMAIL`."""

import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from collaborators.models import User
from collaborators.sessions import SessionStore


def session_of(user: User, backend: str = "collaborators.backends.EmailBackend") -> str:
    """The key of a new session of this person."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    print(session_of(User.objects.get(email=sys.argv[1])))
