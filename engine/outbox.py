"""Outbox: hands on what a change wanted told, after it has committed. At least once, each message under its id.

A message becomes a notification in the application for everyone it names, and where letters leave, a letter to each of
them (`engine/letters.py`). Taken twice, it gives the same notifications: their ids follow from the message's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from engine import tables as t
from engine.handle import Engine
from engine.ids import drawn_id
from engine.letters import LETTER, write_letters
from engine.postgres import keep_to_the_indexes
from engine.projection import table_of
from engine.row_sets import RowSets

OUTBOX = table_of(t.OutboxRow)
NOTIFICATION = table_of(t.NotificationRow)
CHANGE = table_of(t.ChangeRow)
BATCH = 500


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
        told = [_notification(row, worker_id, now) for row in rows for worker_id in row.payload.get("to", ())]
        sets = RowSets()
        sets.update(
            OUTBOX,
            ("tenant_id", "message_id"),
            ("relayed_at",),
            [(row.tenant_id, row.message_id, now) for row in rows],
        )
        _notify(sets, told, now)
        sets.write(connection)
        if told and letters:
            write_letters(connection, told, now)
    return len(rows)


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


def _notify(sets: RowSets, told: Sequence[dict[str, Any]], now: datetime) -> None:
    """Write the notifications that aren't there yet; pages that are open hear of them."""
    workers = dict.fromkeys((each["tenant_id"], each["worker_id"]) for each in told)
    columns = tuple(told[0]) if told else ()
    sets.insert(NOTIFICATION, columns, [tuple(each.values()) for each in told], ignore_known=True)
    topics = [(tenant, "worker", worker, now) for tenant, worker in workers]
    sets.insert(CHANGE, ("tenant_id", "topic", "subject_id", "at"), topics)
