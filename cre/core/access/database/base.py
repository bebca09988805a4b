"""PostgreSQL, told after each BEGIN who is acting (row security reads it)."""

import psycopg
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from cre.core.access import actor


class DatabaseWrapper(base.DatabaseWrapper):
    """Announces the signed actor inside each transaction of the main database.

    It is transaction-local, so a pooled connection never keeps somebody else's name, and bound on
    the server, so that the signature does not stand in the text of a statement.
    """

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if not autocommit:
            token = actor.current_token()
            if token:
                self.announce(token)

    def announce(self, token: str) -> None:
        """Set the signed actor for the rest of the transaction; does nothing outside one or in a broken one.

        A failed transaction ends in a rollback, which gives back what its savepoint began with.
        """
        if self.alias != DEFAULT_DB_ALIAS or self.connection is None or self.get_autocommit():
            return
        if self.connection.info.transaction_status in (TransactionStatus.INERROR, TransactionStatus.UNKNOWN):
            return
        with self.wrap_database_errors, psycopg.Cursor(self.connection) as cursor:
            cursor.execute("SELECT set_config('cre.actor', %s, true)", [token])
