"""Round trips as the server sees them: how often it said "ready" while something was done."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import Trace

from engine.database import Database

READY = "ReadyForQuery"


def counted(database: Database, act: Callable[[], Any]) -> int:
    """How many round trips a command takes on the connection that waits ready for it."""
    with database.one_by_one() as connection:
        driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("round trips are counted on PostgreSQL")
    return counted_on(driver, act)


def counted_on(connection: psycopg.Connection[Any], act: Callable[[], Any]) -> int:
    """The same on a connection of one's own."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        with trace.open("w") as file:
            connection.pgconn.trace(file.fileno())
            connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
            try:
                act()
            finally:
                connection.pgconn.untrace()
        return trace.read_text(errors="replace").count(READY)
