"""The access log: every read of client data, written before anybody gets the answer, apart from the journal.

One row per actor, case and view in ten minutes; one row per list with its case ids (the same list again in the same
ten minutes adds nothing). When it can't be written, the read is refused with `NotRecorded`.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from engine import tables as t
from engine.database import Database
from engine.ids import new_id
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import NotRecorded

ACCESS_LOG = table_of(t.AccessLogRow)
WINDOW_SECONDS = 600
REMEMBERED = 20_000

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody was shown, and why they might be. Give `case_id` for one case, `case_ids` for a list."""

    view: str
    ground: str
    case_id: str | None = None
    case_ids: tuple[str, ...] = ()
    client_ids: tuple[str, ...] = ()
    unit_id: str | None = None

    @property
    def shows_somebody(self) -> bool:
        """An empty list shows nobody's data."""
        return bool(self.case_id or self.case_ids or self.client_ids)

    def window(self, now: datetime) -> str:
        """The same for what is the same read within ten minutes."""
        about = self.case_id or ",".join((*sorted(self.case_ids), "/", *sorted(self.client_ids)))
        return sha256(f"{about}|{self.ground}|{int(now.timestamp()) // WINDOW_SECONDS}".encode()).hexdigest()[:40]


class AccessLog:
    """Writes reads. Remembers what it wrote, so that a page that refreshes itself costs no write each time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._written: OrderedDict[tuple[str, str, str, str], None] = OrderedDict()
        self._guard = threading.Lock()

    def write(self, actor: Actor, reads: Iterable[Read], now: datetime) -> None:
        """Write the reads in a transaction of their own; `NotRecorded` when that fails."""
        keyed = {
            (actor.tenant_id, actor.worker_id, read.view, read.window(now)): read
            for read in reads
            if read.shows_somebody and not actor.is_system
        }
        fresh = {key: read for key, read in keyed.items() if key not in self._written}
        if not fresh:
            return
        rows = [_row(actor, read, now) for read in fresh.values()]
        try:
            with self._database.begin() as connection:
                _insert_once(connection, rows)
        except SQLAlchemyError as error:
            log.exception("access log unavailable")
            raise NotRecorded from error
        self._remember(fresh)

    def forget(self) -> None:
        """Write every read again, as a process that has just begun would."""
        with self._guard:
            self._written.clear()

    def _remember(self, keys: Iterable[tuple[str, str, str, str]]) -> None:
        with self._guard:
            self._written.update(dict.fromkeys(keys))
            while len(self._written) > REMEMBERED:
                self._written.popitem(last=False)


def _row(actor: Actor, read: Read, now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": actor.tenant_id,
        "access_id": new_id(now),
        "actor": actor.worker_id,
        "role": _role(actor, read.ground),
        "unit_id": read.unit_id if read.unit_id in actor.units else min(actor.units, default=None),
        "ground": read.ground,
        "view": read.view,
        "case_id": read.case_id,
        "case_ids": list(read.case_ids),
        "client_ids": list(read.client_ids),
        "read_at": now,
        "window": read.window(now),
    }


def _role(actor: Actor, ground: str) -> str:
    """In which of their roles somebody read it."""
    if ground == "lead":
        return "team_lead"
    if ground == "asked" and actor.has("consultant"):
        return "consultant"
    return next((role for role in ("case_worker", "team_lead", "consultant") if role in actor.roles), "none")


def _insert_once(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Another process may have written the same window a moment ago."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(ACCESS_LOG).on_conflict_do_nothing(), rows)
