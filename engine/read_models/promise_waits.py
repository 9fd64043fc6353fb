"""How long clients waited for what was promised, and whether it was kept literally: read row by row, kept as counts."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, select

from engine.calendars import Calendars
from engine.read_models.open_time import OpenTime
from engine.read_models.wait_counts import WaitCounts
from pathways.calendar import ServiceCalendar
from pathways.goal import parse_goal
from pathways.local_time import end_of_day
from pathways.pause import Pause
from pathways.time_zone import HELSINKI
from pathways.working_time import due, time_between

AT_A_TIME = 5000
WAITS = ("gross", "net", "working")


@dataclass(slots=True)
class PromiseWaits:
    """The waits of one group's promises that were kept, in time or late.

    *Gross* runs from the contact as it came. *Net* runs from the channel's opening and leaves pauses out. *Working* is
    the net wait in open hours, where the calendar ever closes.
    """

    gross: WaitCounts = field(default_factory=WaitCounts)
    net: WaitCounts = field(default_factory=WaitCounts)
    working: WaitCounts = field(default_factory=WaitCounts)
    kept_gross: int = 0
    """Of the kept ones, those that were in time literally: counted from the contact itself, with no pause."""

    def merge(self, others: Sequence["PromiseWaits"]) -> "PromiseWaits":
        for name in WAITS:
            getattr(self, name).merge(getattr(other, name) for other in others)
        self.kept_gross += sum(other.kept_gross for other in others)
        return self

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name).as_json() for name in WAITS} | {"kept_gross": self.kept_gross}

    @classmethod
    def of_json(cls, written: Mapping[str, Any]) -> "PromiseWaits":
        waits = {name: WaitCounts.of_json(written[name]) for name in WAITS}
        return cls(**waits, kept_gross=int(written["kept_gross"]))


def waits_by(
    connection: Connection, calendars: Calendars, promises: CTE, key: Sequence[ColumnElement[Any]]
) -> dict[tuple[Any, ...], PromiseWaits]:
    """The waits of the promises of a report, by the values of `key`."""
    c = promises.c
    told = (c.corrected, c.kind, c.goal, c.calendar, c.roll, c.pauses, c.started_at, c.effective_at, c.ended_at)
    question = select(*told, *key).where(c.corrected.in_(("kept", "late")), c.ended_at.is_not(None))
    found: dict[tuple[Any, ...], PromiseWaits] = defaultdict(PromiseWaits)
    measures = Measures(calendars)
    for row in connection.execute(question, execution_options={"yield_per": AT_A_TIME}):
        measures.add(found[tuple(row[len(told) :])], row)
    return dict(found)


class Measures:
    """Adds one promise's wait to its group."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        self._open: dict[tuple[str, bool], OpenTime | None] = {}

    def add(self, waits: PromiseWaits, row: Any) -> None:
        pauses = _pauses(row.pauses)
        begins = max(row.started_at, row.effective_at)
        waits.gross.add(row.ended_at - row.started_at)
        waits.net.add(time_between(begins, row.ended_at, pauses))
        opened = self._open_time(row)
        if opened is not None:
            out = sum((opened.between(max(p.start, begins), min(p.end, row.ended_at)) for p in pauses), timedelta())
            waits.working.add(opened.between(begins, row.ended_at) - out)
        if row.corrected == "kept" and row.ended_at <= self._literal_due(row, pauses):
            waits.kept_gross += 1

    def _literal_due(self, row: Any, pauses: Sequence[Pause]) -> datetime:
        """When it would be due from the contact itself, without pauses; only those that may differ are worked out."""
        if row.goal == "same day":  # the day of the contact, also after the last contact that counts for the same day
            return end_of_day(row.started_at.astimezone(HELSINKI).date(), HELSINKI)
        if not pauses and row.effective_at <= row.started_at:
            return row.ended_at  # type: ignore[no-any-return]  # it was kept, and nothing moved its due instant
        calendar = self._calendar(row)
        return due(row.started_at, (), parse_goal(row.goal), calendar, roll=row.roll, kind=row.kind).due_at

    def _open_time(self, row: Any) -> OpenTime | None:
        key = (row.calendar, row.kind == "statutory")
        if key not in self._open:
            calendar = self._calendar(row)
            self._open[key] = None if calendar.is_always_open else OpenTime(calendar)
        return self._open[key]

    def _calendar(self, row: Any) -> ServiceCalendar:
        name, _, version = row.calendar.rpartition("@")
        calendar = self._calendars.version(name, int(version))
        return calendar.as_law_counts if row.kind == "statutory" else calendar


def _pauses(written: str) -> tuple[Pause, ...]:
    if written == "[]":
        return ()
    return tuple(
        Pause(start=datetime.fromisoformat(start), end=datetime.fromisoformat(end), reason=reason)
        for start, end, reason in json.loads(written)
    )
