"""Sweep: does what time asks for. Finds what is due, locks each case first, and fires.

Due instants live in the database (`next_fire_at` of promises, `fire_at` of timers); nothing else holds one. Any number
of sweeps may run at once: a case that another one has locked is passed over and looked for again at once. Nothing
overdue is ever dropped, and one broken case stops nobody: it is set aside with its error and tried again later.

Rungs of promises fire in sets, hundreds of cases in one statement, and no case is loaded for them. A timer may do what a
command can, so its case is loaded; those with one timer due are loaded and written together, the rest one by one.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from engine.clock import SystemClock
from engine.database import is_of_the_server
from engine.due_cases import (
    PROMISE,
    TIMER,
    DueCase,
    StandsStill,
    due_promises,
    due_timers,
    lock_due_cases,
    look_again,
    not_aside,
)
from engine.firing_sets import fire_in_sets
from engine.handle import Engine
from engine.incidents import note_incident
from engine.people import the_tenant
from engine.projection import CASE_TABLE as CASE
from engine.set_aside import set_aside, welcome_back
from engine.staff import People
from engine.sweep_lags import record_lags
from pathways.actor import the_system
from pathways.commands import CaseCommand, FireTiers, FireTimer

FIRST_BATCH = 50  # and twice as many each time: the first breach is seen at once
BATCH = 500  # cases in one transaction: few enough that nobody waits long for one of them
TIMERS_AT_ONCE = 50
LONGEST_BATCH = 0.1  # seconds for what goes case by case; what is left of a batch is claimed again
BREATH = 0.005  # seconds between two batches, in which whoever waits for a case gets it
CLOCKS_DIFFER = timedelta(seconds=5)
JUST_BEFORE = timedelta(microseconds=1)

log = structlog.get_logger(__name__)


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


def sweep(engine: Engine, *, batch: int = BATCH) -> Swept:
    """Fire everything that is due; return when nothing is left but what another sweep has in hand."""
    done, people = Swept(), People()
    size = FIRST_BATCH
    while True:
        now = sweeping_now(engine)
        swept = _sweep_batch(engine, people, now, min(size, batch))
        if swept is None:
            if not done.cases:
                _note_idle_sweep(engine, now)
            return done
        done.add(swept)
        size *= 2
        time.sleep(BREATH if engine.database.is_postgres else 0)


def _note_idle_sweep(engine: Engine, now: datetime) -> None:
    """That one ran and found nothing is worth knowing: silence could also mean that none runs."""
    with engine.database.begin() as connection:
        record_lags(connection, [], now)


def next_due_at(connection: Connection, now: datetime) -> datetime | None:
    """The earliest instant at which a sweep has something to do, which may be past. Cases set aside don't count."""
    promise = due_promises(None).with_only_columns(PROMISE.c.next_fire_at)
    timer = due_timers(None).with_only_columns(TIMER.c.fire_at)
    earliest = (connection.execute(q.where(not_aside(now)).limit(1)).scalar() for q in (promise, timer))
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


def _sweep_batch(engine: Engine, people: People, now: datetime, limit: int) -> Swept | None:
    """One transaction over many cases; None when nothing is due. If it breaks, its cases in ever smaller groups.

    What everybody stands on may break too: then no case is at fault, and the next wake-up tries again.
    """
    claimed: list[DueCase] = []
    try:
        with engine.database.begin() as connection:
            claimed = lock_due_cases(connection, not_aside(now), now, limit)
            return _fire_all(engine, people, connection, claimed, now) if claimed else None
    except Exception as error:
        if is_of_the_server(error) or not claimed:
            raise
        return _sweep_smaller(engine, people, claimed, now, error)


def _sweep_smaller(
    engine: Engine, people: People, claimed: Sequence[DueCase], now: datetime, error: Exception
) -> Swept:
    """Find which case broke the batch: half by half, so that one among hundreds costs a few tries."""
    if len(claimed) == 1:
        return _set_aside(engine, claimed[0], now, error)
    done, middle = Swept(), len(claimed) // 2
    for part in (claimed[:middle], claimed[middle:]):
        own = CASE.c.tenant_id.in_({each.tenant_id for each in part}) & CASE.c.case_id.in_([e.case_id for e in part])
        try:
            with engine.database.begin() as connection:
                due = lock_due_cases(connection, own, now, len(part))
                done.add(_fire_all(engine, people, connection, due, now))
        except Exception as error:
            if is_of_the_server(error):
                raise
            done.add(_sweep_smaller(engine, people, part, now, error))
    return done


def _set_aside(engine: Engine, due: DueCase, now: datetime, error: Exception) -> Swept:
    log.warning("case_set_aside", case_id=due.case_id, exc_info=error)
    with engine.database.begin() as connection:
        set_aside(connection, due.tenant_id, due.case_id, error, now)
    return Swept(set_aside=1)


def _fire_all(
    engine: Engine, people: People, connection: Connection, claimed: Sequence[DueCase], now: datetime
) -> Swept:
    rungs = [case for case in claimed if not case.timers]
    fire_in_sets(connection, engine.published, people, rungs, now)
    timers = [case for case in claimed if len(case.timers) == 1 and not case.promises][:TIMERS_AT_ONCE]
    _fire_timers(engine, connection, timers, now)
    mixed = [case for case in claimed if case.timers and (case.promises or len(case.timers) > 1)]
    mixed = _fire_one_by_one(engine, connection, mixed, now)
    _refuse_standstill(connection, timers + mixed, now)
    fired = rungs + timers + mixed
    aside = [case for case in fired if case.is_aside]
    for tenant_id in {case.tenant_id for case in aside}:
        welcome_back(connection, tenant_id, [case.case_id for case in aside if case.tenant_id == tenant_id])
    lags = [(now - case.since).total_seconds() for case in fired]
    record_lags(connection, lags, now)
    return Swept(cases=len(fired), lags=lags)


def _fire_timers(engine: Engine, connection: Connection, claimed: Sequence[DueCase], now: datetime) -> None:
    """One timer on each: the cases are loaded and written together, because a timer may do what a command can."""
    commands = {
        (case.tenant_id, case.case_id): FireTimer(case_id=case.case_id, timer_id=timer_id, fire_at=fire_at)
        for case in claimed
        for timer_id, fire_at in case.timers.items()
    }
    engine.handle_together(connection, commands, now)


def _fire_one_by_one(
    engine: Engine, connection: Connection, claimed: Sequence[DueCase], now: datetime
) -> list[DueCase]:
    """Through the engine's own door, as many as there is time for; at least one."""
    give_back_at = time.monotonic() + LONGEST_BATCH
    fired: list[DueCase] = []
    for case in claimed:
        if fired and time.monotonic() > give_back_at:
            break
        for command in _commands(case):
            engine.handle_within(connection, command, the_system(case.tenant_id), now=now)
        fired.append(case)
    return fired


def _commands(due: DueCase) -> Iterator[CaseCommand]:
    """In the order of their instants: a pause that began before the due instant is told before the breach."""
    instants = due.instants
    ids = tuple(sorted(due.promises, key=lambda promise_id: instants[promise_id]))
    first = min((instants[promise_id] for promise_id in ids), default=None)
    for timer_id, fire_at in sorted(due.timers.items(), key=lambda each: (each[1], each[0])):
        if first is not None and first < fire_at:
            yield FireTiers(case_id=due.case_id, promise_ids=ids, due_by=fire_at - JUST_BEFORE)
        yield FireTimer(case_id=due.case_id, timer_id=timer_id, fire_at=fire_at)
    if ids:
        yield FireTiers(case_id=due.case_id, promise_ids=ids)


def _refuse_standstill(connection: Connection, fired: Sequence[DueCase], now: datetime) -> None:
    """What is due still after it was fired would keep the sweep going for ever."""
    after = {(was.tenant_id, was.case_id): was.emptied() for was in fired}
    look_again(connection, after, now)
    for was in fired:
        if after[was.tenant_id, was.case_id].instants.items() & was.instants.items():
            raise StandsStill
