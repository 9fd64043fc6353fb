"""Sweep lags: how late what was due was noticed, counted in the database, so that every process's sweeps are summed."""

import os
import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, case, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from engine import tables as t
from engine.projection import table_of

LAG = table_of(t.SweepLagRow)
BUCKETS: dict[str, float] = {
    "upto_10ms": 0.01,
    "upto_50ms": 0.05,
    "upto_100ms": 0.1,
    "upto_500ms": 0.5,
    "upto_1s": 1.0,
    "upto_5s": 5.0,
    "upto_30s": 30.0,
    "upto_2min": 120.0,
    "upto_10min": 600.0,
    "upto_1h": 3600.0,
    "upto_1d": 86_400.0,
    "upto_3d": 259_200.0,
    "longer": float("inf"),
}
"""Column → its upper bound in seconds, held. Each column counts its own bucket alone."""
COUNTERS = ("sweeps", "lag_seconds", *BUCKETS)
PAST = "past"
"""The row into which sweepers that are gone are added."""
GONE_AFTER = timedelta(hours=1)

_columns, _bounds = tuple(BUCKETS), tuple(BUCKETS.values())
_mine = threading.local()


@dataclass(frozen=True, slots=True)
class Lags:
    """Every sweep since the database was made. `counts` are per bucket."""

    sweeps: int
    lag_seconds: float
    counts: dict[str, int]
    last_at: datetime | None
    """The latest sweep, whatever it found."""
    found_at: datetime | None
    found_lag: float
    """The latest sweep that found something, and its longest lag in seconds."""

    @property
    def noticed(self) -> int:
        return sum(self.counts.values())

    def share_within(self, seconds: float) -> float | None:
        """The share noticed within a bucket's bound; None while nothing was."""
        within = sum(count for column, count in self.counts.items() if BUCKETS[column] <= seconds)
        return within / self.noticed if self.noticed else None


def record_lags(connection: Connection, lags: Sequence[float], at: datetime) -> None:
    """Count one sweep and what it noticed how late (seconds), in its own transaction, as its last statement.

    A sweeper's row is its own (process and thread), so sweeps at once never wait for each other here.
    Without lags it says only that a sweep ran and found nothing.
    """
    counts = [0] * len(_bounds)
    for lag in lags:
        counts[bisect_left(_bounds, lag)] += 1
    row = dict(zip(_columns, counts, strict=True)) | {
        "sweeper": _sweeper(),
        "sweeps": 1,
        "lag_seconds": sum(max(lag, 0.0) for lag in lags),
        "last_at": at,
        "found_at": at if lags else None,
        "found_lag": max(lags, default=0.0),
    }
    connection.execute(_ADD[connection.dialect.name], row)


def recorded_lags(connection: Connection) -> Lags:
    """What all sweepers counted together."""
    found = LAG.c.found_at.is_not(None)
    latest = select(LAG.c.found_lag).where(found).order_by(LAG.c.found_at.desc()).limit(1).scalar_subquery()
    sums = [func.coalesce(func.sum(LAG.c[name]), 0).label(name) for name in COUNTERS]
    moments = [func.max(LAG.c[name]).label(name) for name in ("last_at", "found_at")]
    row = connection.execute(select(*sums, *moments, latest.label("found_lag"))).one()
    return Lags(
        sweeps=int(row.sweeps),
        lag_seconds=float(row.lag_seconds),
        counts={column: int(getattr(row, column)) for column in BUCKETS},
        last_at=row.last_at,
        found_at=row.found_at,
        found_lag=float(row.found_lag or 0.0),
    )


def fold_lags(connection: Connection, now: datetime) -> int:
    """Add the rows of sweepers not heard of for an hour to the past; return how many. Sums stay what they were.

    One that comes back begins a new row.
    """
    gone = (LAG.c.sweeper != PAST) & (LAG.c.last_at < now - GONE_AFTER)
    rows = connection.execute(delete(LAG).where(gone).returning(LAG)).mappings().all()
    for row in sorted(rows, key=lambda row: row["last_at"]):
        connection.execute(_ADD[connection.dialect.name], {**row, "sweeper": PAST})
    return len(rows)


def _sweeper() -> str:
    """This thread of this process; a fork is somebody else."""
    if getattr(_mine, "process", None) != os.getpid():
        _mine.process, _mine.name = os.getpid(), str(uuid4())
    return str(_mine.name)


def _add(table: Table, insert: Any) -> Any:
    said = insert(table)
    new: dict[str, Any] = {name: table.c[name] + said.excluded[name] for name in COUNTERS}
    found = said.excluded.found_at.is_not(None)
    new["last_at"] = said.excluded.last_at
    new |= {name: case((found, said.excluded[name]), else_=table.c[name]) for name in ("found_at", "found_lag")}
    return said.on_conflict_do_update(index_elements=["sweeper"], set_=new)


_ADD = {"postgresql": _add(LAG, postgresql.insert), "sqlite": _add(LAG, sqlite.insert)}
