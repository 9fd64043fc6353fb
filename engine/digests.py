"""Digests: many rungs for one worker are one line with a count, not a line each. The worklist and board show them all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from engine import tables as t
from engine.projection import table_of

NOTIFICATION = table_of(t.NotificationRow)
RUNG, DIGEST = "promise_rung", "promise_digest"
GOES_ON_FOR = timedelta(minutes=15)
"""So long an unseen digest takes in what comes: a cliff is swept in batches, and is one line all the same."""
MOST_NAMED = 100
"""So many rungs are named in a digest; the others are counted."""

Row = Mapping[str, Any]


def gathered(connection: Connection, told: Sequence[Row], now: datetime) -> list[Row]:
    """The notifications to write: those of one worker's rungs joined into a digest, where there are several."""
    rungs: dict[tuple[str, str], list[Row]] = {}
    others: list[Row] = []
    for row in told:
        if row["kind"] == RUNG and not row["payload"].get("acute"):
            rungs.setdefault((row["tenant_id"], row["worker_id"]), []).append(row)
        else:
            others.append(row)
    known = _going_on(connection, rungs, now)
    for worker in sorted(rungs):
        if worker in known:
            _add_to(connection, known[worker], rungs[worker])
        else:
            others.append(rungs[worker][0] if len(rungs[worker]) == 1 else _digest(rungs[worker]))
    return others


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


def _add_to(connection: Connection, digest: Any, rows: Sequence[Row]) -> None:
    rungs = [*digest.payload["rungs"], *(_named(row) for row in rows)]
    payload = {"count": digest.payload["count"] + len(rows), "rungs": rungs[:MOST_NAMED]}
    own = (NOTIFICATION.c.tenant_id == digest.tenant_id) & (NOTIFICATION.c.notification_id == digest.notification_id)
    connection.execute(update(NOTIFICATION).where(own).values(payload=payload))
