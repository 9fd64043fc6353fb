"""Which promises a report is about, as one table of the database, and what each counts as."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from engine import tables as t
from engine.projection import CASE_TABLE, table_of
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

PROMISE = table_of(t.PromiseRow)
BREACH = table_of(t.BreachRow)
HANDOVER = table_of(t.HandoverRow)
CASE = CASE_TABLE
CASE_DIMENSIONS = frozenset({"pathway", "language", "channel", "municipality"})
"""What only the case says."""
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
    came: tuple[str, ...] = ()
    """Cases that were handed to these units: a promise given elsewhere may have been breached here."""

    @property
    def begins(self) -> datetime:
        return end_of_day(self.from_on - timedelta(days=1), HELSINKI)

    @property
    def ends(self) -> datetime:
        return end_of_day(self.to_on, HELSINKI)

    def during(self, from_on: date, to_on: date) -> "Wanted":
        return replace(self, from_on=from_on, to_on=to_on)


def handed_to(connection: Connection, tenant_id: str, unit_ids: Sequence[str]) -> tuple[str, ...]:
    """The cases that these units have accepted from others. They are few, and asked for by themselves: joined in, the
    planner would rather look through every promise of the county."""
    accepted = (HANDOVER.c.tenant_id == tenant_id) & (HANDOVER.c.state == "accepted")
    question = select(HANDOVER.c.case_id).where(accepted, HANDOVER.c.to_unit.in_(unit_ids)).distinct()
    return tuple(connection.execute(question).scalars())


def promises_of(wanted: Wanted, now: datetime, *, with_case: bool) -> CTE:
    """The promises, where asked with their case's dimensions, and the unit and role that answer for them.

    A breach is on the unit and role that answered at the due instant (rule 19), everything else on those at the start.
    Only a case that was handed over can have had two; most promises need no look at breaches or cases at all.
    """
    given = PROMISE.c.unit_id.in_(wanted.unit_ids)
    answered = BREACH.c.unit_id.in_(wanted.unit_ids)
    same = (BREACH.c.tenant_id == PROMISE.c.tenant_id) & (BREACH.c.promise_id == PROMISE.c.promise_id)
    breached = PROMISE.join(BREACH, same & (BREACH.c.number == PROMISE.c.breaches))  # those before it were voided
    came = PROMISE.c.case_id.in_(wanted.came) & PROMISE.c.unit_id.not_in(wanted.unit_ids)
    kinds: list[tuple[FromClause, ColumnElement[bool], Table]] = [
        (PROMISE, given & (PROMISE.c.breaches == 0), PROMISE),
        (breached, given & (PROMISE.c.breaches > 0) & answered, BREACH),
    ]
    if wanted.came:
        kinds.append((breached, came & (PROMISE.c.breaches > 0) & answered, BREACH))
    own = (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id)
    with_case = with_case or wanted.pathway is not None
    selects = [
        select(*_columns(now, answers, with_case))
        .select_from(rows.join(CASE, own) if with_case else rows)
        .where(PROMISE.c.tenant_id == wanted.tenant_id, which, *_narrowed(wanted, now))
        for rows, which, answers in kinds
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


def _columns(now: datetime, answers: Table, with_case: bool) -> list[ColumnElement[Any]]:
    p = PROMISE.c
    case_dimensions = (
        CASE.c.pathway_id.label("pathway"),
        CASE.c.language,
        CASE.c.channel,
        func.coalesce(CASE.c.municipality, "").label("municipality"),
    )
    return [
        answers.c.unit_id.label("unit"),
        answers.c.role,
        p.key.label("promise"),
        p.kind,
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
        *(case_dimensions if with_case else ()),
    ]
