"""DueCases: what is due, case by case, for the sweep: found in order, locked, and looked at again under the lock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, ColumnElement, Connection, Select, Table, bindparam, func, or_, select, true

from engine import tables as t
from engine.postgres import keep_to_the_indexes
from engine.projection import CASE_TABLE as CASE
from engine.projection import CaseKey, table_of
from pathways.service_promise import Tier, may_breach

PROMISE = table_of(t.PromiseRow)
TIMER = table_of(t.TimerRow)

LONG_AFTER = datetime(9999, 1, 1, tzinfo=UTC)


class StandsStill(Exception):
    """What was due on a case is still due after it was fired: without this the sweep would never end."""


class Breach(NamedTuple):
    """The columns of a promise that its breach changes, and the list that a rung puts it on."""

    breaches: int
    breached_at: datetime | None
    breach_detected_at: datetime | None
    breach_voided_at: datetime | None
    reason_code: str | None
    reason_plan: str | None
    on_list: str | None


@dataclass(frozen=True)
class DuePromise:
    """What of a promise its firing looks at (`engine/rules/firing.py`)."""

    promise_id: str
    key: str
    kind: str
    unit_id: str
    role: str
    due_at: datetime | None
    written_tiers: Any
    next_tier: int | None
    next_fire_at: datetime | None
    arming: int
    breach: Breach

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """Read when it fires: what can't be read then breaks its own case, not the whole batch."""
        return tuple(Tier(key, datetime.fromisoformat(fire_at)) for key, fire_at in self.written_tiers)

    @property
    def may_breach(self) -> bool:
        """See `ServicePromise.may_breach`."""
        return may_breach(self.due_at, self.breach.breached_at, self.breach.breach_voided_at)


@dataclass(slots=True)
class DueCase:
    """One locked case with everything on it that is due."""

    tenant_id: str
    case_id: str
    unit_id: str
    pathway_id: str
    version: int
    sequence: int
    revision: int
    breaches: int
    recorded_at: datetime
    is_aside: bool = False
    promises: dict[str, DuePromise] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)

    @property
    def since(self) -> datetime:
        """The earliest instant that has come."""
        return min(self.instants.values())

    @property
    def instants(self) -> dict[str, datetime]:
        """Promise or timer → when it fell due."""
        promises = {p.promise_id: p.next_fire_at for p in self.promises.values() if p.next_fire_at}
        return promises | self.timers

    def emptied(self) -> "DueCase":
        """The same case with nothing on it."""
        return replace(self, promises={}, timers={})


def lock_due_cases(connection: Connection, which: ColumnElement[bool], now: datetime, limit: int) -> list[DueCase]:
    """Lock cases on which something is due, earliest first, passing over those somebody else has in hand."""
    keep_to_the_indexes(connection)
    locked: dict[CaseKey, DueCase] = {}
    for question in (due_timers(now), due_promises(now)):
        mine = question.where(which).limit(limit).with_for_update(of=CASE, skip_locked=True)
        for row in connection.execute(mine):
            locked[row.tenant_id, row.case_id] = _due_case(row)
    look_again(connection, locked, now)
    due = [case for case in locked.values() if case.promises or case.timers]
    return sorted(due, key=lambda case: case.since)


def look_again(connection: Connection, cases: dict[CaseKey, DueCase], now: datetime) -> None:
    """Fill in what is due, now that the cases are ours: what another sweep has done meanwhile is not due any more."""
    if not cases:
        return
    due = _not_by_instant(PROMISE.c.next_fire_at) <= now
    for row in rows_of_cases(connection, cases, PROMISE, _PROMISES, due, ("key", "cycle")):
        cases[row.tenant_id, row.case_id].promises[row.promise_id] = _due_promise(row)
    unfired = TIMER.c.fired_at.is_(None) & (_not_by_instant(TIMER.c.fire_at) <= now)
    for row in rows_of_cases(connection, cases, TIMER, _TIMERS, unfired, ("fire_at",)):
        cases[row.tenant_id, row.case_id].timers[row.timer_id] = row.fire_at


def rows_of_cases(
    connection: Connection,
    cases: Collection[CaseKey],
    table: Table,
    columns: Sequence[ColumnElement[Any]],
    where: ColumnElement[bool],
    order: Sequence[str],
) -> Iterable[Any]:
    """These cases' rows, looked up case by case, whatever the database believes about its tables.

    `order` are the columns that follow tenant and case in the index to use: no other index can bring that order, and
    `keep_to_the_indexes` lets nothing be sorted.
    """
    if connection.dialect.name != "postgresql":
        tenants, ids = {tenant_id for tenant_id, _ in cases}, [case_id for _, case_id in cases]
        found = select(*columns).where(table.c.tenant_id.in_(tenants), table.c.case_id.in_(ids), where)
        return connection.execute(found)
    named = func.unnest(_TENANTS, _CASES).table_valued("tenant_id", "case_id").render_derived()
    same = (table.c.tenant_id == named.c.tenant_id) & (table.c.case_id == named.c.case_id)
    own = select(*columns).where(same, where).order_by(*(table.c[name] for name in order)).lateral()
    found = select(own).select_from(named.join(own, true()))
    return connection.execute(found, {"tenants": [tenant for tenant, _ in cases], "cases": [case for _, case in cases]})


def _not_by_instant(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Said so that rows are looked up by their case: by their instant, everything that is due would be read again."""
    return func.coalesce(column, LONG_AFTER)


def not_aside(now: datetime) -> ColumnElement[bool]:
    return or_(CASE.c.set_aside_until.is_(None), CASE.c.set_aside_until <= now)


def due_promises(now: datetime | None) -> "Select[Any]":
    """Cases by their promises' next instants, earliest first: all of them, or those that have come."""
    due = PROMISE.c.next_fire_at.is_not(None) if now is None else PROMISE.c.next_fire_at <= now
    return _with_case(PROMISE).where(due).order_by(PROMISE.c.next_fire_at)


def due_timers(now: datetime | None) -> "Select[Any]":
    """The same by their timers."""
    unfired = _with_case(TIMER).where(TIMER.c.fired_at.is_(None)).order_by(TIMER.c.fire_at)
    return unfired if now is None else unfired.where(TIMER.c.fire_at <= now)


def _with_case(table: Table) -> "Select[Any]":
    same = (CASE.c.tenant_id == table.c.tenant_id) & (CASE.c.case_id == table.c.case_id)
    return select(
        CASE.c.tenant_id,
        CASE.c.case_id,
        CASE.c.unit_id,
        CASE.c.pathway_id,
        CASE.c.version,
        CASE.c.sequence,
        CASE.c.revision,
        CASE.c.breaches,
        CASE.c.recorded_at,
        CASE.c.set_aside_at,
    ).join_from(table, CASE, same)


_PROMISES = (
    PROMISE.c.tenant_id,
    PROMISE.c.case_id,
    PROMISE.c.promise_id,
    PROMISE.c.key,
    PROMISE.c.kind,
    PROMISE.c.unit_id,
    PROMISE.c.role,
    PROMISE.c.due_at,
    PROMISE.c.tiers,
    PROMISE.c.next_tier,
    PROMISE.c.next_fire_at,
    PROMISE.c.arming,
    *(PROMISE.c[name] for name in Breach._fields),
)
_TIMERS = (TIMER.c.tenant_id, TIMER.c.case_id, TIMER.c.timer_id, TIMER.c.fire_at)
_TENANTS, _CASES = (bindparam(name, type_=ARRAY(t.Id)) for name in ("tenants", "cases"))


def _due_case(row: Any) -> DueCase:
    return DueCase(
        row.tenant_id,
        row.case_id,
        row.unit_id,
        row.pathway_id,
        row.version,
        row.sequence,
        row.revision,
        row.breaches,
        row.recorded_at,
        row.set_aside_at is not None,
    )


def _due_promise(row: Any) -> DuePromise:
    return DuePromise(
        row.promise_id,
        row.key,
        row.kind,
        row.unit_id,
        row.role,
        row.due_at,
        row.tiers,
        row.next_tier,
        row.next_fire_at,
        row.arming,
        Breach(*row[-len(Breach._fields) :]),
    )
