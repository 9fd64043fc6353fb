"""Recalculation in bulk: shows what an edited calendar would do to running promises, and does it, case by case.

What waits is found by query: live promises that count on another version than the one in force for their start. So
whoever is killed goes on where they were, two at once do everything once, and nothing is counted twice. Each case is
locked first, as every writer does; its promises move in one transaction with their breaches (`engine/rules`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from engine import tables as t
from engine.calendars import Calendars
from engine.database import is_passing
from engine.handle import Engine
from engine.ids import new_id
from engine.people import the_tenant
from engine.projection import CASE_TABLE as CASE
from engine.projection import PARTS, table_of, value_of
from pathways.actor import the_system
from pathways.calendar import ServiceCalendar
from pathways.commands import RecalculatePromises
from pathways.recalculation import Recalculated, calendar_now, recalculated
from pathways.service_promise import ServicePromise

PROMISE_PART = next(part for part in PARTS if part.name == "promises")
PROMISE = PROMISE_PART.table
PROGRESS = table_of(t.RecalculationRow)
BATCH = 50  # cases in one transaction
COUNTED = ("later", "earlier", "same", "stayed", "breaches_voided", "breaches_appeared")

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Moves:
    """How many promises would move or did, and what became of breaches. Counts only: nobody is named."""

    promises: int = 0
    later: int = 0
    earlier: int = 0
    same: int = 0
    """Bound to the new version; their due instant stays what it was, or they are paused and have none."""
    stayed: int = 0
    """Left on the old version, because they can't be counted on the new one with the pauses they have had."""
    breaches_voided: int = 0
    breaches_appeared: int = 0

    def add(self, again: Recalculated, now: datetime) -> None:
        """Count one promise. A breach that moves is voided where it was and appears where it is."""
        breach = again.breach(now)
        self.promises += 1
        self.stayed += again.due is None
        self.later += again.direction == "later"
        self.earlier += again.direction == "earlier"
        self.same += again.due is not None and again.direction == "same"
        self.breaches_voided += breach in ("voided", "moves")
        self.breaches_appeared += breach in ("appears", "moves")


@dataclass(slots=True)
class Preview:
    """What a recalculation would do: altogether, and by (pathway, promise, unit)."""

    total: Moves = field(default_factory=Moves)
    groups: dict[tuple[str, str, str], Moves] = field(default_factory=dict)

    def by(self, name: str) -> Mapping[str, Moves]:
        """The same summed by `pathway`, `promise` or `unit`, most promises first."""
        place = ("pathway", "promise", "unit").index(name)
        sums: dict[str, Counter[str]] = {}
        for key, moves in self.groups.items():
            counted = {each: getattr(moves, each) for each in ("promises", *COUNTED)}
            sums.setdefault(key[place], Counter()).update(counted)
        ordered = sorted(sums.items(), key=lambda each: (-each[1]["promises"], each[0]))
        return {key: Moves(**counts) for key, counts in ordered}


@dataclass(slots=True)
class Progress:
    """A recalculation on its way. `failed` counts cases that broke: they are left as they are, and logged."""

    recalculation_id: str
    waiting: int
    done: int = 0
    moves: Moves = field(default_factory=Moves)
    failed: int = 0


def preview(engine: Engine, calendars: Calendars | None = None) -> Preview:
    """Count what would happen on these calendars, or as they stand; writes and locks nothing."""
    found = Preview()
    calendars, now = calendars or engine.calendars, engine.clock.now()
    with engine.database.snapshot() as connection:
        tenant_id, after = _tenant(connection), ""
        while batch := _cases_waiting(connection, tenant_id, calendars, after, 10 * BATCH):
            after = batch[-1][1]
            for row in _promises_of(connection, calendars, batch):
                again = _again(value_of(PROMISE_PART, row), calendars)
                found.total.add(again, now)
                key = row["pathway_id"], row["key"], row["unit_id"]
                found.groups.setdefault(key, Moves()).add(again, now)
    return found


def how_many_wait(connection: Connection, calendars: Calendars) -> int:
    """How many live promises count on another version than the one in force for their start."""
    waiting = _waits(calendars)
    if waiting is None:
        return 0
    return connection.execute(select(func.count()).select_from(PROMISE).where(waiting)).scalar_one()


def recalculate_all(engine: Engine, *, by: str = "system", batch: int = BATCH) -> Iterator[Progress]:
    """Recalculate everything that waits; yields after each batch. One that was interrupted goes on under its own id."""
    with engine.database.begin() as connection:
        engine.shelf.look(connection, at_once=True)
        tenant_id = _tenant(connection)
        progress = _begun(connection, tenant_id, engine, by)
    yield progress
    after = ""
    while True:
        with engine.database.read() as connection:
            cases = _cases_waiting(connection, tenant_id, engine.calendars, after, batch)
        if not cases:
            break
        after = cases[-1][1]
        _do(engine, cases, progress)
        yield progress
    with engine.database.begin() as connection:
        _note(connection, progress, Moves(), finished_at=engine.clock.now())
    yield progress


def _do(engine: Engine, cases: Sequence[tuple[str, str]], progress: Progress) -> None:
    """A batch in one transaction; if a case breaks it, each case in one of its own."""
    try:
        _do_together(engine, cases, progress)
    except Exception as error:
        if is_passing(error) and len(cases) == 1:
            raise
        if len(cases) > 1:
            for case in cases:
                _do(engine, [case], progress)
            return
        progress.failed += 1
        log.warning("case_not_recalculated", case_id=cases[0][1], exc_info=True)


def _do_together(engine: Engine, cases: Sequence[tuple[str, str]], progress: Progress) -> None:
    moves, now = Moves(), engine.clock.now()
    with engine.database.begin() as connection:
        calendars = engine.calendars
        _lock(connection, cases)
        waiting: dict[tuple[str, str], dict[str, str]] = {}
        for row in _promises_of(connection, calendars, cases):
            again = _again(value_of(PROMISE_PART, row), calendars)
            moves.add(again, now)
            if again.is_new:
                waiting.setdefault((row["tenant_id"], row["case_id"]), {})[row["promise_id"]] = again.after.calendar
        for (tenant_id, case_id), promises in waiting.items():
            for cause in sorted(set(promises.values())):
                ids = tuple(promise_id for promise_id, version in promises.items() if version == cause)
                command = RecalculatePromises(case_id=case_id, promise_ids=ids, cause=f"calendar:{cause}")
                engine.handle_within(connection, command, the_system(tenant_id), now=now, lock=False)
        _note(connection, progress, moves)
    progress.done += moves.promises
    for name in ("promises", *COUNTED):
        setattr(progress.moves, name, getattr(progress.moves, name) + getattr(moves, name))


def _again(promise: ServicePromise, calendars: Calendars) -> Recalculated:
    return recalculated(promise, calendar_now(promise, calendars))


# --- how far it has come ----------------------------------------------------------------------------------------


def _tenant(connection: Connection) -> str:
    """The county of this database; while it is empty, one that has no promises."""
    tenant = the_tenant(connection)
    return str(tenant["tenant_id"]) if tenant else str(UUID(int=0))


def _begun(connection: Connection, tenant_id: str, engine: Engine, by: str) -> Progress:
    """The newest recalculation that never ended goes on; else a new one begins."""
    unfinished = select(PROGRESS).where(PROGRESS.c.tenant_id == tenant_id, PROGRESS.c.finished_at.is_(None))
    row = connection.execute(unfinished.order_by(PROGRESS.c.started_at.desc()).limit(1)).mappings().first()
    waiting = how_many_wait(connection, engine.calendars)
    if row is not None:
        return Progress(row["recalculation_id"], row["done"] + waiting, row["done"])
    recalculation_id = new_id(engine.clock.now())
    made = {
        "tenant_id": tenant_id,
        "recalculation_id": recalculation_id,
        "cause": ", ".join(_newest(engine.calendars))[:200],
        "started_at": engine.clock.now(),
        "started_by": by,
        "waiting": waiting,
    }
    connection.execute(insert(PROGRESS).values(**made))
    return Progress(recalculation_id, waiting)


def _note(connection: Connection, progress: Progress, moves: Moves, **more: Any) -> None:
    added = {name: PROGRESS.c[name] + getattr(moves, name) for name in COUNTED}
    mine = update(PROGRESS).where(PROGRESS.c.recalculation_id == progress.recalculation_id)
    connection.execute(mine.values(done=PROGRESS.c.done + moves.promises, **added, **more))


# --- what waits -------------------------------------------------------------------------------------------------


def _waits(calendars: Calendars) -> ColumnElement[bool] | None:
    """Live, started while one version was in force, counting on another; None where no calendar has two versions."""
    edited = [
        and_(
            PROMISE.c.calendar.startswith(f"{key}@", autoescape=True),
            PROMISE.c.calendar != f"{key}@{version}",
            *((PROMISE.c.started_at >= begins,) if begins else ()),
            *((PROMISE.c.started_at < ends,) if ends else ()),
        )
        for key, version, begins, ends in _in_force(calendars)
    ]
    return and_(PROMISE.c.state.in_(("running", "paused")), or_(*edited)) if edited else None


def _in_force(calendars: Calendars) -> Iterator[tuple[str, int, datetime | None, datetime | None]]:
    """For each calendar that was edited: the version in force for promises that start from one instant to another."""
    versions: dict[str, list[ServiceCalendar]] = {}
    for calendar in calendars:
        versions.setdefault(calendar.key, []).append(calendar)
    for key, known in versions.items():
        if len(known) < 2:
            continue
        last = {each.valid_from: each for each in sorted(known, key=lambda each: (each.valid_from, each.version))}
        starts = sorted(last)
        for number, day in enumerate(starts):
            begins = _midnight(last[day]) if number else None
            ends = _midnight(last[starts[number + 1]]) if number + 1 < len(starts) else None
            yield key, last[day].version, begins, ends


def _midnight(calendar: ServiceCalendar) -> datetime:
    """The first instant at which a version is in force."""
    return datetime.combine(calendar.valid_from, time.min, calendar.tz).astimezone(UTC)


def _newest(calendars: Calendars) -> list[str]:
    """What was edited, each by its newest version, such as `palveluaika@2`."""
    return [f"{key}@{version}" for key, version, _, ends in _in_force(calendars) if ends is None]


def _cases_waiting(
    connection: Connection, tenant_id: str, calendars: Calendars, after: str, limit: int
) -> Sequence[tuple[str, str]]:
    """The next cases in the order of the promises' index by case: however many there are, they are gone through once."""
    waiting = _waits(calendars)
    if waiting is None:
        return []
    question = select(PROMISE.c.case_id).where(PROMISE.c.tenant_id == tenant_id, waiting).distinct()
    if after:
        question = question.where(PROMISE.c.case_id > after)
    rows = connection.execute(question.order_by(PROMISE.c.case_id).limit(limit))
    return [(tenant_id, case_id) for case_id in rows.scalars()]


def _promises_of(
    connection: Connection, calendars: Calendars, cases: Sequence[tuple[str, str]]
) -> Sequence[Mapping[str, Any]]:
    waiting = _waits(calendars)
    if waiting is None:
        return []
    same = (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id)
    question = select(PROMISE, CASE.c.pathway_id).join_from(PROMISE, CASE, same).where(waiting, _of(PROMISE, cases))
    order = question.order_by(PROMISE.c.case_id, PROMISE.c.promise_id)
    return [dict(row) for row in connection.execute(order).mappings()]


def _lock(connection: Connection, cases: Sequence[tuple[str, str]]) -> None:
    """The cases' rows first, in the order of their ids: two at once wait for each other, never both for both."""
    connection.execute(select(CASE.c.case_id).where(_of(CASE, cases)).order_by(CASE.c.case_id).with_for_update()).all()


def _of(table: Any, cases: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    """Rows of these cases. Case ids are unique of themselves; the tenant is there for the index."""
    tenants = {tenant_id for tenant_id, _ in cases}
    return and_(table.c.tenant_id.in_(tenants), table.c.case_id.in_([case_id for _, case_id in cases]))
