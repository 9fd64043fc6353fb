"""Digests: many rungs for one worker are one line with a count, not a line each. The worklist and board show them all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from engine import tables as t
from engine.projection import table_of
from engine.row_sets import RowSets

NOTIFICATION = table_of(t.NotificationRow)
RUNG, DIGEST = "promise_rung", "promise_digest"
GOES_ON_FOR = timedelta(minutes=15)
"""So long an unseen digest takes in what comes: a cliff is swept in batches, and is one line all the same."""
MOST_NAMED = 20
"""So many rungs are named in a digest; the others are counted."""

Row = Mapping[str, Any]


def gathered(connection: Connection, sets: RowSets, told: Sequence[Row], now: datetime) -> list[Row]:
    """The notifications to write: those of one worker's rungs joined into a digest, where there are several.

    A digest that goes on takes them in by way of `sets`.
    """
    rungs: dict[tuple[str, str], list[Row]] = {}
    others: list[Row] = []
    for row in told:
        if row["kind"] == RUNG and not row["payload"].get("acute"):
            rungs.setdefault((row["tenant_id"], row["worker_id"]), []).append(row)
        else:
            others.append(row)
    known = _going_on(connection, rungs, now)
    grown = [_grown(known[worker], rungs[worker]) for worker in sorted(rungs) if worker in known]
    sets.update(NOTIFICATION, ("tenant_id", "notification_id"), ("payload",), grown)
    new = [rungs[worker] for worker in sorted(rungs) if worker not in known]
    return others + [rows[0] if len(rows) == 1 else _digest(rows) for rows in new]


def _digest(rows: Sequence[Row]) -> Row:
    """One notification that stands for several; it is about no single case."""
    named = [_named(row) for row in rows]
    return {**rows[0], "case_id": None, "kind": DIGEST, "payload": {"count": len(rows), "rungs": named[:MOST_NAMED]}}


def _named(row: Row) -> dict[str, Any]:
    return {"case_id": row["case_id"], **row["payload"]}


def _going_on(connection: Connection, workers: Iterable[tuple[str, str]], now: datetime) -> dict[tuple[str, str], Any]:
    """The digests that still take in, locked in one order whoever relays."""
    asked = sorted(workers)
    if not asked:
        return {}
    question = (
        select(NOTIFICATION)
        .where(
            NOTIFICATION.c.tenant_id.in_({tenant_id for tenant_id, _ in asked}),
            NOTIFICATION.c.worker_id.in_({worker_id for _, worker_id in asked}),
            NOTIFICATION.c.kind == DIGEST,
            NOTIFICATION.c.seen_at.is_(None),
            NOTIFICATION.c.made_at > now - GOES_ON_FOR,
        )
        .order_by(NOTIFICATION.c.tenant_id, NOTIFICATION.c.worker_id, NOTIFICATION.c.made_at)
    )
    rows = connection.execute(question.with_for_update())
    return {(row.tenant_id, row.worker_id): row for row in rows}


def _grown(digest: Any, rows: Sequence[Row]) -> tuple[str, str, dict[str, Any]]:
    """Its key, and what it says with these rungs besides."""
    room = MOST_NAMED - len(digest.payload["rungs"])
    rungs = [*digest.payload["rungs"], *(_named(row) for row in rows[: max(room, 0)])]
    payload = {"count": digest.payload["count"] + len(rows), "rungs": rungs}
    return digest.tenant_id, digest.notification_id, payload
