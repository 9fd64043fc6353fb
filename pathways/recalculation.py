"""Recalculation: what a live promise's due instant becomes when its calendar is edited or its start corrected (rule 20).

Pure: the bulk recalculation previews with it, and the rules that record it use it too, so that they can't differ.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from pathways.calendar import ServiceCalendar
from pathways.due_instant import Due
from pathways.promise_due import calendar_version, due_of
from pathways.service_promise import ServicePromise
from pathways.time_refusals import TimeRefusal

Breach = Literal["voided", "appears", "moves"]
"""What a recalculation does to a breach: it is none any more, there is one now, or it came at another instant."""


class CalendarsInForce(Protocol):
    def in_force(self, name: str, at: datetime) -> ServiceCalendar: ...


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A promise counted again. `due` is None when it stays as it is: `why_not` says why."""

    before: ServicePromise
    after: ServicePromise
    due: Due | None
    why_not: str = ""

    @property
    def is_new(self) -> bool:
        """Whether anything about it is different, be it only the version it counts on."""
        return self.due is not None and self.after != self.before

    @property
    def moves(self) -> bool:
        """Whether its clock runs otherwise than before: another start, due instant or closing time."""
        names = ("started_at", "due_at", "working_due_at")
        return any(getattr(self.before, name) != getattr(self.after, name) for name in names)

    @property
    def direction(self) -> Literal["later", "earlier", "same"]:
        """Where the due instant goes; a paused promise has none, and stays the same."""
        old, new = self.before.due_at, self.after.due_at
        if old is None or new is None or old == new:
            return "same"
        return "later" if new > old else "earlier"

    def breach(self, now: datetime) -> Breach | None:
        """What becomes of a breach at that moment; a due instant that is reached exactly is still in time."""
        if self.direction == "same":
            return None
        passed = self.after.is_overdue(now)
        if self.before.is_breached:
            return "moves" if passed else "voided"
        return "appears" if passed and not self.before.is_overdue(now) else None


def calendar_now(
    promise: ServicePromise, calendars: CalendarsInForce, start: datetime | None = None
) -> ServiceCalendar:
    """The version that is in force for its start, as the calendars stand today (rule 12)."""
    return calendars.in_force(calendar_version(promise)[0], start or promise.started_at)


def recalculated(
    promise: ServicePromise, calendar: ServiceCalendar, *, started_at: datetime | None = None
) -> Recalculated:
    """Count a live promise again with the pauses it has had.

    It stays as it is when it can't be counted so: above all when a pause that was agreed in time would now begin after
    the due instant. Nobody's promise breaks in retrospect because of a pause that was right when it was made.
    """
    start = started_at or promise.started_at
    try:
        moment = due_of(promise if started_at is None else replace(promise, started_at=start), calendar)
    except TimeRefusal as refusal:
        return Recalculated(promise, promise, None, refusal.code)
    paused = promise.state == "paused"
    after = replace(
        promise,
        started_at=start,
        calendar=f"{calendar.key}@{calendar.version}",
        effective_at=moment.effective_at,
        due_at=None if paused else moment.due_at,
        due_on=None if paused else moment.due_on,
        working_due_at=None if paused else moment.working_due_at,
    )
    return Recalculated(promise, after, moment)


def judged_again(
    promise: ServicePromise,
    calendar_at: Callable[[datetime], ServiceCalendar],
    *,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> Literal["kept", "late"] | None:
    """What an ended promise would be with a corrected start or end; None where that can't be said."""
    ended = ended_at or promise.ended_at
    if promise.state not in ("kept", "late") or ended is None:
        return None
    due_at = promise.due_at
    if started_at is not None:
        again = recalculated(replace(promise, started_at=started_at), calendar_at(started_at))
        due_at = again.due.due_at if again.due else due_at
    return "kept" if due_at is None or ended <= due_at else "late"
