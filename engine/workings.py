"""Workings: whether timers and messages do their work, in figures. The same for operators and for the board's foot."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from engine.due_cases import PROMISE, TIMER
from engine.letters import LETTER
from engine.outbox import OUTBOX
from engine.projection import CASE_TABLE as CASE
from engine.sweep_lags import Lags, recorded_lags

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Workings:
    """Asked at `now`. Everything is of the whole database and of every process together."""

    now: datetime
    lags: Lags
    set_aside: int
    """Cases that broke a sweep and are tried again later."""
    outbox_waiting: int
    outbox_oldest_at: datetime | None
    """When the oldest message that nobody has handed on was written."""

    @property
    def outbox_age(self) -> timedelta | None:
        return self.now - self.outbox_oldest_at if self.outbox_oldest_at else None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the sweeps have before them: rungs of promises and timers."""

    unfired: int
    """Due, and not noticed yet."""
    next_hour: int


def workings(connection: Connection, now: datetime) -> Workings:
    """Three short questions, each answered from an index that holds only what waits."""
    aside = select(func.count()).select_from(CASE).where(CASE.c.set_aside_at.is_not(None))
    open_ = OUTBOX.c.relayed_at.is_(None) & OUTBOX.c.cancelled_at.is_(None)
    tried = or_(OUTBOX.c.kind == LETTER, OUTBOX.c.next_try_at.is_(None), OUTBOX.c.next_try_at <= now)
    waits = open_ & tried  # what is kept until an opening waits for nobody's fault
    waiting = connection.execute(select(func.count(), func.min(OUTBOX.c.made_at)).where(waits)).one()
    return Workings(
        now=now,
        lags=recorded_lags(connection),
        set_aside=connection.execute(aside).scalar_one(),
        outbox_waiting=waiting[0],
        outbox_oldest_at=waiting[1],
    )


def ahead(connection: Connection, now: datetime) -> Ahead:
    """Counted along the index of what fires next; at the midnight cliff that is every promise due then."""
    unfired = next_hour = 0
    timers = select(func.count()).select_from(TIMER).where(TIMER.c.fired_at.is_(None))
    for instant, of_table in (
        (PROMISE.c.next_fire_at, select(func.count()).select_from(PROMISE)),
        (TIMER.c.fire_at, timers),
    ):
        unfired += connection.execute(of_table.where(instant <= now)).scalar_one()
        next_hour += connection.execute(of_table.where(instant > now, instant <= now + HOUR)).scalar_one()
    return Ahead(unfired, next_hour)
