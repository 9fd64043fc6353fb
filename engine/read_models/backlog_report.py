"""Backlog: who waited at the end of each week, how many came and how many left, and whether it is burning down (M074).

Who waits is a client whose matter is pending and who has been given no service and no answer that resolves it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.handle import Reading
from engine.read_models.report_access import SMALLEST, check_period, hidden_keys, report_units
from engine.read_models.report_titles import week_key, weeks_of
from engine.read_models.wait_counts import Spread, WaitCounts
from engine.read_models.wait_report import of_units, period_of
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

A_WEEK = timedelta(days=7)
NUMBERS = ("came", "left", "waiting", "waiting_over_week")


@dataclass(frozen=True, slots=True)
class BacklogWeek:
    """One ISO week, or the part of it that lies in the period and has passed."""

    key: str
    ends_at: datetime
    came: int | None
    """None, as the other numbers: one to four, which who doesn't know the cases isn't shown."""
    left: int | None
    waiting: int | None
    waiting_over_week: int | None
    """Of those waiting, for longer than seven days."""
    waited: Spread


@dataclass(frozen=True, slots=True)
class BacklogReport:
    """`at_start`: who waited when the period began. `weeks_to_empty`: at the period's own pace; None: it doesn't shrink."""

    from_on: date
    to_on: date
    at_start: int
    weeks: tuple[BacklogWeek, ...]
    weeks_to_empty: float | None
    hidden: bool = False


def backlog_report(
    reading: Reading,
    *,
    from_on: date,
    to_on: date,
    unit: str | None = None,
    pathway: str | None = None,
    leaves: bool = False,
) -> BacklogReport:
    """The backlog of one's units, or of one of them, week by week."""
    check_period(from_on, to_on)
    units = report_units(reading, unit, leaves=leaves)
    begins, ends = period_of(reading, from_on, to_on)
    waits = [(each.contact_at, each.left_queue_at) for each in of_units(reading, units, begins, ends, pathway)]
    edges = [(monday, *_edges(monday, begins, ends)) for monday in weeks_of(from_on, to_on)]
    weeks = tuple(_week(monday, since, until, waits) for monday, since, until in edges if since < until)
    at_start = sum(came <= begins and (left is None or left > begins) for came, left in waits)
    if hidden_keys({"total": len(waits)}, units):
        return BacklogReport(from_on, to_on, 0, (), None, hidden=True)
    to_empty = _to_empty(at_start, weeks, ends - begins)
    shown = weeks if units.knows_cases else tuple(_without_few(week) for week in weeks)
    return BacklogReport(from_on, to_on, at_start, shown, to_empty)


def _edges(monday: date, begins: datetime, ends: datetime) -> tuple[datetime, datetime]:
    sunday = monday + timedelta(days=6)
    return max(begins, end_of_day(monday - timedelta(days=1), HELSINKI)), min(ends, end_of_day(sunday, HELSINKI))


def _week(monday: date, since: datetime, until: datetime, waits: list[tuple[datetime, datetime | None]]) -> BacklogWeek:
    waited = WaitCounts()
    over = 0
    for came, left in waits:
        if came <= until and (left is None or left > until):
            waited.add(until - came)
            over += until - came > A_WEEK
    return BacklogWeek(
        key=week_key(monday),
        ends_at=until,
        came=sum(since < came <= until for came, _ in waits),
        left=sum(left is not None and since < left <= until for _, left in waits),
        waiting=waited.minutes.total(),
        waiting_over_week=over,
        waited=waited.spread(),
    )


def _without_few(week: BacklogWeek) -> BacklogWeek:
    numbers = {name: getattr(week, name) for name in NUMBERS}
    kept: dict[str, Any] = {name: None if number and number < SMALLEST else number for name, number in numbers.items()}
    few = kept["waiting"] is None
    return replace(week, **kept, waited=Spread(0, None, None) if few else week.waited)


def _to_empty(at_start: int, weeks: tuple[BacklogWeek, ...], length: timedelta) -> float | None:
    waiting = weeks[-1].waiting if weeks else None
    if not waiting:
        return None if waiting is None else 0.0
    shrunk = at_start - waiting
    return waiting / (shrunk / (length / A_WEEK)) if shrunk > 0 else None
