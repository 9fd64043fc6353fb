"""Sweep: does what time asks for. Finds what is due, locks each case first, and fires through the engine's own door.

Due instants live in the database (`next_fire_at` of promises, `fire_at` of timers); nothing else holds one. Any number
of sweeps may run at once: a case that another one has locked is passed over and looked for again at once. Nothing
overdue is ever dropped, and one broken case stops nobody: it is set aside with its error and tried again later.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Select, Table, or_, select

from engine import tables as t
from engine.clock import SystemClock
from engine.database import is_passing
from engine.handle import Engine
from engine.incidents import note_incident
from engine.people import the_tenant
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.set_aside import set_aside, welcome_back
from pathways.actor import the_system
from pathways.commands import CaseCommand, FireTiers, FireTimer

PROMISE = table_of(t.PromiseRow)
TIMER = table_of(t.TimerRow)

BATCH = 50  # cases in one transaction: few enough that nobody waits long for one of them
LONGEST_BATCH = 0.1  # seconds; what is left of a batch is claimed again
CLOCKS_DIFFER = timedelta(seconds=5)
JUST_BEFORE = timedelta(microseconds=1)

log = structlog.get_logger(__name__)


class StandsStill(Exception):
    """What was due on a case is still due after it was fired: without this the sweep would never end."""


@dataclass(slots=True)
class Swept:
    """What a sweep did. `lags`: seconds from each case's earliest due instant until it was noticed."""

    cases: int = 0
    set_aside: int = 0
    lags: list[float] = field(default_factory=list)

    def add(self, other: "Swept") -> None:
        self.cases += other.cases
        self.set_aside += other.set_aside
        self.lags += other.lags


@dataclass(slots=True)
class DueCase:
    """One case with everything on it that is due, each with its instant."""

    tenant_id: str
    case_id: str
    promises: dict[str, datetime] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)

    @property
    def since(self) -> datetime:
        return min([*self.promises.values(), *self.timers.values()])


def sweep(engine: Engine, *, batch: int = BATCH) -> Swept:
    """Fire everything that is due; return when nothing is left but what another sweep has in hand."""
    done = Swept()
    while True:
        swept = _sweep_batch(engine, sweeping_now(engine), batch)
        if swept is None:
            return done
        done.add(swept)


def next_due_at(connection: Connection, now: datetime) -> datetime | None:
    """The earliest instant at which a sweep has something to do, which may be past. Cases set aside don't count."""
    promise = _due_promises(None).with_only_columns(PROMISE.c.next_fire_at)
    timer = _due_timers(None).with_only_columns(TIMER.c.fire_at)
    earliest = (connection.execute(q.where(_not_aside(now)).limit(1)).scalar() for q in (promise, timer))
    return min((at for at in earliest if at is not None), default=None)


def sweeping_now(engine: Engine) -> datetime:
    """The smaller of the process's and the database's time; when they differ much, operations hear of it."""
    ours = engine.clock.now()
    if not isinstance(engine.clock, SystemClock) or not engine.database.is_postgres:
        return ours  # a virtual clock is the only time there is
    with engine.database.read() as connection:
        theirs = engine.database.now(connection, ours)
    if abs(ours - theirs) > CLOCKS_DIFFER:
        _complain_of_clocks(engine, ours, theirs)
    return min(ours, theirs)


def _complain_of_clocks(engine: Engine, ours: datetime, theirs: datetime) -> None:
    detail = {"process_ahead_by_seconds": round((ours - theirs).total_seconds(), 1)}
    log.warning("clocks_differ", **detail)
    with engine.database.begin() as connection:
        if tenant := the_tenant(connection):
            note_incident(connection, tenant["tenant_id"], "clocks_differ", detail, theirs)


# --- firing ---------------------------------------------------------------------------------------------------


def _sweep_batch(engine: Engine, now: datetime, limit: int) -> Swept | None:
    """One transaction over several cases; None when nothing is due. If one breaks, the same cases one by one."""
    claimed: list[DueCase] = []
    try:
        with engine.database.begin() as connection:
            claimed = _locked(connection, _not_aside(now), now, limit)
            return _fire_all(engine, connection, claimed, now) if claimed else None
    except Exception as error:
        if is_passing(error) or not claimed:
            raise
    done = Swept()
    for each in claimed:
        done.add(_sweep_alone(engine, each, now))
    return done


def _sweep_alone(engine: Engine, due: DueCase, now: datetime) -> Swept:
    own = (CASE.c.tenant_id == due.tenant_id) & (CASE.c.case_id == due.case_id)
    try:
        with engine.database.begin() as connection:
            return _fire_all(engine, connection, _locked(connection, own, now, BATCH), now)
    except Exception as error:
        if is_passing(error):
            raise
        log.warning("case_set_aside", case_id=due.case_id, exc_info=True)
        with engine.database.begin() as connection:
            set_aside(connection, due.tenant_id, due.case_id, error, now)
        return Swept(set_aside=1)


def _fire_all(engine: Engine, connection: Connection, claimed: Sequence[DueCase], now: datetime) -> Swept:
    done = Swept()
    give_back_at = time.monotonic() + LONGEST_BATCH
    for each in claimed:
        if done.cases and time.monotonic() > give_back_at:
            break
        for command in _commands(each):
            engine.handle_within(connection, command, the_system(each.tenant_id), now=now)
        done.cases += 1
        done.lags.append((now - each.since).total_seconds())
    fired = claimed[: done.cases]
    _refuse_standstill(connection, fired, now)
    for tenant_id in {each.tenant_id for each in fired}:
        welcome_back(connection, tenant_id, [each.case_id for each in fired if each.tenant_id == tenant_id])
    return done


def _commands(due: DueCase) -> Iterator[CaseCommand]:
    """In the order of their instants: a pause that began before the due instant is told before the breach."""
    ids = tuple(sorted(due.promises, key=lambda promise_id: due.promises[promise_id]))
    first = min(due.promises.values(), default=None)
    for timer_id, fire_at in sorted(due.timers.items(), key=lambda each: (each[1], each[0])):
        if first is not None and first < fire_at:
            yield FireTiers(case_id=due.case_id, promise_ids=ids, due_by=fire_at - JUST_BEFORE)
        yield FireTimer(case_id=due.case_id, timer_id=timer_id, fire_at=fire_at)
    if ids:
        yield FireTiers(case_id=due.case_id, promise_ids=ids)


def _refuse_standstill(connection: Connection, fired: Sequence[DueCase], now: datetime) -> None:
    before = {(each.tenant_id, each.case_id): each for each in fired}
    for after in _what_is_due(connection, list(before), now):
        was = before[after.tenant_id, after.case_id]
        if after.promises.items() & was.promises.items() or after.timers.items() & was.timers.items():
            raise StandsStill


# --- claiming -------------------------------------------------------------------------------------------------


def _locked(connection: Connection, which: ColumnElement[bool], now: datetime, limit: int) -> list[DueCase]:
    """Lock cases on which something is due, earliest first, passing over those somebody else has in hand."""
    cases: dict[tuple[str, str], None] = {}
    for question in (_due_timers(now), _due_promises(now)):
        mine = question.where(which).limit(limit).with_for_update(of=CASE, skip_locked=True)
        for row in connection.execute(mine):
            cases[row.tenant_id, row.case_id] = None
    return _what_is_due(connection, list(cases), now)


def _what_is_due(connection: Connection, cases: Sequence[tuple[str, str]], now: datetime) -> list[DueCase]:
    """Look again, now that the cases are ours: what another sweep has done meanwhile is not due any more."""
    if not cases:
        return []
    found = {key: DueCase(*key) for key in cases}
    for row in connection.execute(_of(PROMISE, cases).where(PROMISE.c.next_fire_at <= now)):
        found[row.tenant_id, row.case_id].promises[row.promise_id] = row.next_fire_at
    unfired = TIMER.c.fired_at.is_(None) & (TIMER.c.fire_at <= now)
    for row in connection.execute(_of(TIMER, cases).where(unfired)):
        found[row.tenant_id, row.case_id].timers[row.timer_id] = row.fire_at
    return sorted((due for due in found.values() if due.promises or due.timers), key=lambda due: due.since)


def _due_promises(now: datetime | None) -> "Select[Any]":
    due = PROMISE.c.next_fire_at.is_not(None) if now is None else PROMISE.c.next_fire_at <= now
    return _with_case(PROMISE).where(due).order_by(PROMISE.c.next_fire_at)


def _due_timers(now: datetime | None) -> "Select[Any]":
    unfired = _with_case(TIMER).where(TIMER.c.fired_at.is_(None)).order_by(TIMER.c.fire_at)
    return unfired if now is None else unfired.where(TIMER.c.fire_at <= now)


def _with_case(table: Table) -> "Select[Any]":
    same = (CASE.c.tenant_id == table.c.tenant_id) & (CASE.c.case_id == table.c.case_id)
    return select(CASE.c.tenant_id, CASE.c.case_id).join_from(table, CASE, same)


def _not_aside(now: datetime) -> ColumnElement[bool]:
    return or_(CASE.c.set_aside_until.is_(None), CASE.c.set_aside_until <= now)


def _of(table: Table, cases: Sequence[tuple[str, str]]) -> "Select[Any]":
    """Rows of these cases. Case ids are unique of themselves; the tenant is there for the index."""
    tenants, ids = {tenant_id for tenant_id, _ in cases}, [case_id for _, case_id in cases]
    return select(table).where(table.c.tenant_id.in_(tenants), table.c.case_id.in_(ids))
