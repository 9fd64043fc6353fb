"""Outbox: hands on what a change wanted told, after it has committed. At least once, each message under its id.

A message becomes a notification in the application for everyone it names, and where letters leave, a letter to each of
them (`engine/letters.py`). Taken twice, it gives the same notifications: their ids follow from the message's. What may
wait is kept until whoever it names is at work (`engine/quiet_hours.py`), and many rungs for one worker are one line
(`engine/digests.py`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from engine import tables as t
from engine.digests import gathered
from engine.handle import Engine
from engine.ids import drawn_id
from engine.letters import LETTER, write_letters
from engine.postgres import keep_to_the_indexes
from engine.projection import table_of
from engine.quiet_hours import WorkerKey, away_until, may_wait
from engine.row_sets import RowSets

OUTBOX = table_of(t.OutboxRow)
NOTIFICATION = table_of(t.NotificationRow)
CHANGE = table_of(t.ChangeRow)
BATCH = 2000  # messages in one transaction: the more, the fewer times a worker's digest grows


def relay(engine: Engine, *, letters: bool, batch: int = BATCH) -> int:
    """Hand on every message that waits; return how many. What another relay has in hand is left to it."""
    handed = 0
    while count := _relay_batch(engine, letters, batch):
        handed += count
    return handed


def is_waiting(connection: Connection, now: datetime) -> bool:
    """Whether anything waits to be told or to be sent."""
    return bool(connection.execute(select(exists().where(waits(now)))).scalar())


def waits(now: datetime) -> ColumnElement[bool]:
    """Neither told nor cancelled, and its next try has come."""
    open_ = OUTBOX.c.relayed_at.is_(None) & OUTBOX.c.cancelled_at.is_(None)
    return open_ & or_(OUTBOX.c.next_try_at.is_(None), OUTBOX.c.next_try_at <= now)


def _relay_batch(engine: Engine, letters: bool, limit: int) -> int:
    now = engine.clock.now()
    waiting = select(OUTBOX).where(waits(now), OUTBOX.c.kind != LETTER).order_by(OUTBOX.c.made_at).limit(limit)
    with engine.database.begin() as connection:
        keep_to_the_indexes(connection)
        rows = list(connection.execute(waiting.with_for_update(skip_locked=True)))
        away = _away(engine, connection, rows, now)
        told = [
            _notification(row, worker_id, now)
            for row in rows
            for worker_id in row.payload.get("to", ())
            if not _waits_for(row, worker_id, away)
        ]
        sets = RowSets()
        written = gathered(connection, sets, told, now)
        _mark(sets, rows, away, now)
        _notify(sets, told, written, now)
        sets.write(connection)
        if written and letters:
            write_letters(connection, written, now)
    return len(rows)


def next_told_at(connection: Connection, now: datetime) -> datetime | None:
    """When the first message that waits for an opening is told."""
    open_ = OUTBOX.c.relayed_at.is_(None) & OUTBOX.c.cancelled_at.is_(None) & (OUTBOX.c.kind != LETTER)
    found: datetime | None = connection.execute(
        select(func.min(OUTBOX.c.next_try_at)).where(open_, OUTBOX.c.next_try_at > now)
    ).scalar()
    return found


def _away(engine: Engine, connection: Connection, rows: Sequence[Any], now: datetime) -> dict[WorkerKey, datetime]:
    asked = {
        (row.tenant_id, worker_id) for row in rows if may_wait(row.kind, row.payload) for worker_id in row.payload["to"]
    }
    return away_until(connection, engine.calendars, asked, now)


def _waits_for(row: Any, worker_id: str, away: Mapping[WorkerKey, datetime]) -> bool:
    return (row.tenant_id, worker_id) in away and may_wait(row.kind, row.payload)


def _mark(sets: RowSets, rows: Sequence[Any], away: Mapping[WorkerKey, datetime], now: datetime) -> None:
    """What all have heard is done; the rest is kept for those who are off, until the first of them is back."""
    done, kept, shortened = [], [], []
    for row in rows:
        key = (row.tenant_id, row.message_id)
        late = [worker_id for worker_id in row.payload.get("to", ()) if _waits_for(row, worker_id, away)]
        if not late:
            done.append((*key, now))
            continue
        opens_at = min(away[row.tenant_id, worker_id] for worker_id in late)
        if len(late) == len(row.payload["to"]):
            kept.append((*key, opens_at))
        else:
            shortened.append((*key, opens_at, {**row.payload, "to": late}))
    sets.update(OUTBOX, ("tenant_id", "message_id"), ("relayed_at",), done)
    sets.update(OUTBOX, ("tenant_id", "message_id"), ("next_try_at",), kept)
    sets.update(OUTBOX, ("tenant_id", "message_id"), ("next_try_at", "payload"), shortened)


def _notification(row: Any, worker_id: str, now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": row.tenant_id,
        "notification_id": drawn_id(row.message_id, 0, worker_id),
        "worker_id": worker_id,
        "case_id": row.case_id,
        "kind": row.kind,
        "payload": {name: value for name, value in row.payload.items() if name != "to"},
        "made_at": now,
    }


def _notify(
    sets: RowSets, told: Sequence[Mapping[str, Any]], written: Sequence[Mapping[str, Any]], now: datetime
) -> None:
    """Write the notifications that aren't there yet; pages that are open hear of them."""
    columns = tuple(written[0]) if written else ()
    sets.insert(NOTIFICATION, columns, [tuple(each[name] for name in columns) for each in written], ignore_known=True)
    workers = dict.fromkeys((each["tenant_id"], each["worker_id"]) for each in told)
    topics = [(tenant, "worker", worker, now) for tenant, worker in workers]
    sets.insert(CHANGE, ("tenant_id", "topic", "subject_id", "at"), topics)
