"""Which promises a report is about, as one table of the database, and what each counts as."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import CTE, ColumnElement, Text, and_, case, cast, func, literal, or_, select, union_all

from engine import tables as t
from engine.projection import CASE_TABLE, table_of
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

PROMISE = table_of(t.PromiseRow)
BREACH = table_of(t.BreachRow)
CASE = CASE_TABLE
Counted = Literal["started", "judged"]
COUNTS = ("started", "kept", "late", "breached", "voided", "cancelled", "travelled", "running")
JUDGED = ("kept_as_recorded", "failed_as_recorded", "failed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report asks for. Both dates are held.

    `started` counts a promise in the period it was given in. `judged` counts it once it is decided, by the instant that
    decided it: it ended, or its due instant passed; what still runs in time isn't counted.
    """

    tenant_id: str
    unit_ids: tuple[str, ...]
    from_on: date
    to_on: date
    counted: Counted = "started"
    kind: str | None = None
    promise: str | None = None
    pathway: str | None = None

    @property
    def begins(self) -> datetime:
        return end_of_day(self.from_on - timedelta(days=1), HELSINKI)

    @property
    def ends(self) -> datetime:
        return end_of_day(self.to_on, HELSINKI)

    def during(self, from_on: date, to_on: date) -> "Wanted":
        return replace(self, from_on=from_on, to_on=to_on)


def promises_of(wanted: Wanted, now: datetime) -> CTE:
    """The promises, each with its case's dimensions and the unit and role that answer for it.

    A breach is on the unit and role that answered at the due instant (rule 19), everything else on those at the start.
    """
    given = PROMISE.c.unit_id.in_(wanted.unit_ids)
    answered = BREACH.c.unit_id.in_(wanted.unit_ids)
    same = (BREACH.c.tenant_id == PROMISE.c.tenant_id) & (BREACH.c.promise_id == PROMISE.c.promise_id)
    same &= BREACH.c.number == PROMISE.c.breaches  # the newest; those before it were voided
    kept_there = PROMISE.outerjoin(BREACH, same)
    came_there = PROMISE.join(BREACH, same)
    ours = [
        (kept_there, given & or_(BREACH.c.unit_id.is_(None), answered)),
        (came_there, answered & PROMISE.c.unit_id.not_in(wanted.unit_ids)),
    ]
    selects = [
        select(*_columns(now))
        .select_from(rows.join(CASE, (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id)))
        .where(PROMISE.c.tenant_id == wanted.tenant_id, which, *_narrowed(wanted, now))
        for rows, which in ours
    ]
    return union_all(*selects).cte("promise_in_report")


def counts_of(promises: CTE, now: datetime) -> list[ColumnElement[Any]]:
    """How many of a group count as what. Plain counts are as corrected: what is so, as far as anybody knows today.

    As recorded, a breach stays one whatever came to light later, and an ended promise stays as it was judged.
    """
    c = promises.c
    breached, voided = c.breached_at.is_not(None), c.breach_voided_at.is_not(None)
    overdue = (c.state == "running") & (c.due_at < now)
    counted = {
        "started": literal(1) == 1,
        "kept": c.corrected == "kept",
        "late": (c.corrected == "late") | overdue,
        "breached": breached,
        "voided": breached & voided,
        "cancelled": c.corrected == "cancelled",
        "travelled": c.corrected == "travelled",
        "running": c.state.in_(("running", "paused")) & ~func.coalesce(overdue, literal(False)),
        "kept_as_recorded": (c.state == "kept") & ~breached,
        "failed_as_recorded": (c.state == "late") | overdue | breached,
        "failed": (c.corrected == "late") | overdue | (breached & ~voided & (c.corrected != "kept")),
    }
    return [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in counted.items()]


def judged_at(now: datetime) -> ColumnElement[Any]:
    """The instant that decided a promise: its end or its due instant, whichever came first; NULL while it runs in time."""
    p = PROMISE.c
    running = p.ended_at.is_(None)
    return case(
        (running & (p.state == "running") & (p.due_at < now), p.due_at),
        (running, None),
        (p.due_at.is_(None) | (p.ended_at < p.due_at), p.ended_at),
        else_=p.due_at,
    )


def _narrowed(wanted: Wanted, now: datetime) -> Sequence[ColumnElement[bool]]:
    if wanted.counted == "started":
        period = and_(PROMISE.c.started_at >= wanted.begins, PROMISE.c.started_at < wanted.ends)
    else:  # 24.00 of a day belongs to it
        period = and_(judged_at(now) > wanted.begins, judged_at(now) <= wanted.ends)
    named = ((PROMISE.c.kind, wanted.kind), (PROMISE.c.key, wanted.promise), (CASE.c.pathway_id, wanted.pathway))
    return [period, *(column == value for column, value in named if value is not None)]


def _columns(now: datetime) -> list[ColumnElement[Any]]:
    p = PROMISE.c
    return [
        func.coalesce(BREACH.c.unit_id, p.unit_id).label("unit"),
        func.coalesce(BREACH.c.role, p.role).label("role"),
        p.key.label("promise"),
        p.kind,
        CASE.c.pathway_id.label("pathway"),
        CASE.c.language,
        CASE.c.channel,
        func.coalesce(CASE.c.municipality, "").label("municipality"),
        p.state,
        func.coalesce(p.corrected_state, p.state).label("corrected"),
        p.goal,
        p.calendar,
        p.roll,
        cast(p.pauses, Text).label("pauses"),
        p.started_at,
        p.effective_at,
        p.due_at,
        p.ended_at,
        p.breached_at,
        p.breach_voided_at,
        judged_at(now).label("judged_at"),
    ]
