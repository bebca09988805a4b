"""The relay: wakes up when something is emitted, claims what is due, and gives it to the workers."""

import logging
import os
import select
import signal
import time
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, Error, close_old_connections, connections
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from cre.core.access import acting_system
from cre.core.ledger.chain import chain_ledger
from cre.core.outbox import claims, heartbeat
from cre.core.outbox.delivery import deliver_message
from cre.core.outbox.models import OutboxMessage
from cre.core.outbox.tasks import deliver
from cre.core.outbox.topics import Channel

CHANNEL = "cre_outbox"
BROKER_ERRORS = (OperationalError, RedisError, OSError)
BROKER_PAUSE = 5.0
# With Redis as the broker a lower number goes first.
FIRST, LATER = 0, 6
LONGEST_BACK_OFF = 30.0
log = logging.getLogger(__name__)


class Bell:
    """Waits for a notification from the database, for a signal to stop, or for the time to pass.

    LISTEN needs a connection of its own, straight to the server and not through a pooler in transaction mode.
    """

    def __init__(self) -> None:
        self.stopping = False
        self.wake_read, self.wake_write = os.pipe()
        os.set_blocking(self.wake_write, False)
        self.listener: psycopg.Connection[Any] | None = None

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """End after the message at hand; a signal's answer may do no more than this."""
        self.stopping = True
        os.write(self.wake_write, b".")

    def stop_on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def listen(self) -> None:
        """Start to listen, before the first look into the outbox, so that nothing falls between."""
        if self.listener is None or self.listener.closed:
            parameters = connections[DEFAULT_DB_ALIAS].get_connection_params()
            wanted = {name: value for name, value in parameters.items() if name in CONNECTION_PARAMETERS}
            self.listener = psycopg.connect(**wanted, autocommit=True)
            self.listener.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> None:
        """Until the bell rings. Raises psycopg.Error when the connection is lost."""
        sources: list[Any] = [self.wake_read]
        if self.listener is not None:
            sources.append(self.listener)
        ready, _, _ = select.select(sources, [], [], max(0.0, seconds))
        if self.listener in ready:
            list(self.listener.notifies(timeout=0))  # type: ignore[union-attr]

    def close(self) -> None:
        if self.listener is not None:
            self.listener.close()
            self.listener = None


CONNECTION_PARAMETERS = {
    "host",
    "port",
    "user",
    "password",
    "dbname",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
}


@dataclass
class Relay:
    """Claims and hands over, round after round; any number of relays may run side by side."""

    lease: int = claims.LEASE
    poll: float = 30.0
    batch: int = 50
    bell: Bell = field(default_factory=Bell)
    broker_is_away_until: float = 0.0

    def run(self) -> None:
        """Work until told to stop; a database that goes away is waited for."""
        back_off = 0.5
        while not self.bell.stopping:
            try:
                close_old_connections()
                self.bell.listen()
                taken = self.turn()
                back_off = 0.5
                if not taken:
                    self.bell.wait(self.patience())
            except (Error, psycopg.Error, OSError) as error:
                log.warning("The database is away (%s); trying again in %.1f s.", type(error).__name__, back_off)
                self.start_over()
                self.bell.wait(back_off)
                back_off = min(back_off * 2, LONGEST_BACK_OFF)
        self.bell.close()

    def turn(self) -> int:
        """One round; returns how many messages were claimed."""
        claims.bury_lost()
        claimed = claims.claim(self.batch, lease=self.lease)
        for message in claimed:
            if self.bell.stopping:
                claims.hand_back(message, 0)
            else:
                self.pass_on(message)
        self.chain()
        heartbeat.beat()
        return len(claimed)

    def chain(self) -> None:
        """Chain the ledger; a chain that is broken must be seen, but stops no message."""
        try:
            with acting_system():
                chain_ledger()
        except Error:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no fault of the messages
            log.error("The ledger was not chained: %s.", type(error).__name__)  # noqa: TRY400 - no values

    def pass_on(self, message: OutboxMessage) -> None:
        """To a worker. Fanning out is done here; so is what is urgent while broker or workers are away."""
        if message.channel == Channel.FAN_OUT or (message.urgent and message.attempts > message.begun + 1):
            self.deliver_here(message)
        elif not self.hand_over(message):
            if message.urgent:
                self.deliver_here(message)
            else:
                claims.hand_back(message, BROKER_PAUSE)

    def deliver_here(self, message: OutboxMessage) -> None:
        deliver_message(message.pk, message.attempts, lease=self.lease)

    def hand_over(self, message: OutboxMessage) -> bool:
        """Queue the message; after a failure the broker is left alone for a moment. False: not queued."""
        if time.monotonic() < self.broker_is_away_until:
            return False
        try:
            deliver.apply_async(
                (message.pk, message.attempts, self.lease),
                retry=False,
                expires=self.lease,
                priority=FIRST if message.urgent else LATER,
            )
        except BROKER_ERRORS as error:
            log.warning("The broker is away (%s).", type(error).__name__)
            self.broker_is_away_until = time.monotonic() + BROKER_PAUSE
            return False
        return True

    def patience(self) -> float:
        """How long nothing needs to be done unless somebody rings."""
        following = claims.seconds_to_next()
        return self.poll if following is None else min(self.poll, max(following, 0.05))

    def start_over(self) -> None:
        """Let go of every connection, so that the next round makes new ones."""
        self.bell.close()
        connections.close_all()
