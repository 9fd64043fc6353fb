"""A PostgreSQL whose data stays: loading a million cases takes minutes, and several benchmarks want them."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers import PostgresServer

SETTINGS = ("shared_buffers=1GB", "max_wal_size=4GB", "checkpoint_timeout=15min")


class KeptServer(PostgresServer):
    """Waits for the disk as in production, and leaves its data in `data` when it stops. One at a time may run on it."""

    name = "PostgreSQL of benchmarks"

    def __init__(self, data: Path) -> None:
        super().__init__(durable=True)
        self._data = data
        data.parent.mkdir(parents=True, exist_ok=True)

    @property
    def command(self) -> Sequence[str | Path]:
        return [*super().command, *(word for setting in SETTINGS for word in ("-c", setting))]

    def start(self) -> None:
        if not self._data.exists():
            self._data.mkdir(mode=0o700)
            if self.user:
                shutil.chown(self._data, self.user)
        super().start()

    def database(self, name: str, *, template: str | None = None) -> tuple[str, bool]:
        """Where the database of that name is, and whether it was made now, empty or as a copy of another."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if known is None:
                make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
                connection.execute(make.format(sql.Identifier(name), sql.Identifier(template or "template0")))
        return self.url.set(database=name).render_as_string(hide_password=False), known is None

    def drop(self, name: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
