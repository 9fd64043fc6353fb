"""Alarm: wakes whoever sleeps until the next due instant when something falls due before they look again.

They never sleep longer than a second, so only what is armed for the second ahead rings: of a county's commands, next
to none. A lost ring costs that second and nothing else.
"""

import threading
from datetime import datetime, timedelta
from typing import Protocol

import psycopg
from sqlalchemy import Connection, text

from engine.database import Database, after_commit
from pathways.case import Case

LONGEST_SLEEP = timedelta(seconds=1)
CHANNEL = "pathways_due"


class Alarm(Protocol):
    """Rung inside a transaction, heard once it has committed."""

    def ring(self, connection: Connection) -> None: ...


class SilentAlarm:
    """Where nobody sleeps: specifications, commands on the command line."""

    def ring(self, connection: Connection) -> None:
        pass


class OwnAlarm:
    """For threads of one process."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self, connection: Connection) -> None:
        after_commit(connection, self._rung.set)

    def wake(self) -> None:
        """Ring outside any transaction, such as when everything stops."""
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Return when it is rung, or when the time is over."""
        self._rung.wait(seconds)
        self._rung.clear()

    def close(self) -> None:
        pass


class SharedAlarm:
    """For many processes on one PostgreSQL, by NOTIFY and LISTEN."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ear: psycopg.Connection | None = None

    def ring(self, connection: Connection) -> None:
        connection.execute(text(f"NOTIFY {CHANNEL}"))

    def wake(self) -> None:
        pass  # its listener looks up every second anyway

    def wait(self, seconds: float) -> None:
        """Return when any process has rung, or when the time is over."""
        if self._ear is None or self._ear.closed:
            self._ear = self._listening()
        for _ in self._ear.notifies(timeout=seconds, stop_after=1):
            return

    def close(self) -> None:
        if self._ear is not None:
            self._ear.close()

    def _listening(self) -> psycopg.Connection:
        """A connection of its own, outside the pool and outside any transaction."""
        address = self._database.engine.url.set(drivername="postgresql")
        ear = psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
        ear.execute(f"LISTEN {CHANNEL}")
        return ear


def alarm_of(database: Database) -> OwnAlarm | SharedAlarm:
    """The alarm that reaches everybody who works on this database."""
    return SharedAlarm(database) if database.is_postgres else OwnAlarm()


def ring_if_soon(alarm: Alarm, connection: Connection, before: Case, after: Case, now: datetime) -> None:
    """Ring when this change arms something for the second ahead."""
    soon = now + LONGEST_SLEEP
    armed = [p.next_fire_at for key, p in after.promises.items() if before.promises.get(key) is not p]
    armed += [timer.fire_at for key, timer in after.timers.items() if key not in before.timers]
    if any(at is not None and at <= soon for at in armed):
        alarm.ring(connection)
