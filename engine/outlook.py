"""Outlook: what is due, what comes next and whether a message waits, in one question. Whoever wakes the sweeps asks it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select

from engine.due_cases import PROMISE, TIMER
from engine.handle import Engine
from engine.outbox import waits
from engine.postgres import keep_to_the_indexes
from engine.projection import CASE_TABLE as CASE


@dataclass(frozen=True, slots=True)
class Outlook:
    """`due_since`: the earliest instant that has come and is not handled; `next_at`: the first that has not come."""

    now: datetime
    due_since: datetime | None
    next_at: datetime | None
    waiting: bool


def look_ahead(engine: Engine) -> Outlook:
    """Look once. A case that is set aside is due again when its next try has come."""
    now = engine.clock.now()
    with engine.database.read() as connection:
        keep_to_the_indexes(connection)
        return _look(connection, now)


def _look(connection: Connection, now: datetime) -> Outlook:
    promise, timer = PROMISE.c.next_fire_at, TIMER.c.fire_at
    row = connection.execute(
        select(
            _since(PROMISE, promise, promise <= now, now),
            _since(TIMER, timer, TIMER.c.fired_at.is_(None) & (timer <= now), now),
            select(func.min(promise)).where(promise > now).scalar_subquery(),
            select(func.min(timer)).where(TIMER.c.fired_at.is_(None), timer > now).scalar_subquery(),
            exists().where(waits(now)),
        )
    ).one()
    return Outlook(now, _earlier(row[0], row[1]), _earlier(row[2], row[3]), bool(row[4]))


def _since(table: Any, instant: Any, due: Any, now: datetime) -> Any:
    same = (CASE.c.tenant_id == table.c.tenant_id) & (CASE.c.case_id == table.c.case_id)
    tried = or_(CASE.c.set_aside_until.is_(None), CASE.c.set_aside_until <= now)
    return select(instant).join_from(table, CASE, same).where(due, tried).order_by(instant).limit(1).scalar_subquery()


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
