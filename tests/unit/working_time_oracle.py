"""A slow second opinion on due instants: written from the rules, quarter of an hour by quarter of an hour.

It shares no arithmetic with the code it checks: no bisection, no offsets, no caches. It asks the calendar only for what
was written in it, and walks. Everything given to it lies on whole quarters of an hour.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from pathways.calendar import ServiceCalendar
from pathways.due_instant import Kind, Roll
from pathways.goal import Goal
from pathways.opening_hours import WEEKDAY_KEYS, OpenHours
from pathways.working_time import Pause

STEP = timedelta(minutes=15)
DAY = timedelta(days=1)


class Refused(Exception):
    """The rules refuse these arguments."""


class Oracle:
    def __init__(self, calendar: ServiceCalendar, kind: Kind = "promise") -> None:
        self.calendar = calendar
        self.zone = pinned(calendar.zone)
        self.statutory = kind == "statutory"
        self._openings: dict[date, list[tuple[datetime, datetime]]] = {}
        self._ends: dict[date, datetime] = {}

    def due(
        self, start: datetime, pauses: Sequence[Pause], goal: Goal, roll: Roll, *, from_effective: bool = False
    ) -> tuple[datetime, datetime]:
        """Due and working due; `Refused` when a pause begins too late."""
        ordered = sorted(pauses, key=lambda pause: pause.start)
        for number, pause in enumerate(ordered):
            if pause.start >= self._due_at(start, ordered[:number], goal, roll, from_effective):
                raise Refused
        due_at = self._due_at(start, ordered, goal, roll, from_effective)
        return due_at, self._working_due(start, due_at, ordered, goal)

    def effective(self, at: datetime) -> datetime:
        while not self.is_open(at):
            at += STEP
        return at

    def is_open(self, at: datetime) -> bool:
        return any(opens <= at < closes for opens, closes in self.openings(self.day(at)))

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The first quarter of an hour of any later date."""
        if day not in self._ends:
            at = datetime.combine(day, time(0), UTC)
            while self.day(at) <= day:
                at += STEP
            self._ends[day] = at
        return self._ends[day]

    def openings(self, day: date) -> list[tuple[datetime, datetime]]:
        if day not in self._openings:
            found = [self._opening(day, hours.opens, hours.closes) for hours in self._hours(day)]
            self._openings[day] = sorted(span for span in found if span[0] < span[1])
        return self._openings[day]

    def _opening(self, day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
        """From the first quarter whose wall time is not before opening until after the last one that is before closing."""
        quarters = list(self._quarters(day))
        opened = [at for at in quarters if at.astimezone(self.zone).time() >= opens]
        before_closing = [at for at in quarters if closes == time(0) or at.astimezone(self.zone).time() < closes]
        if not opened or not before_closing:
            return quarters[0], quarters[0]
        return opened[0], before_closing[-1] + STEP

    def _quarters(self, day: date) -> Iterator[datetime]:
        at = self.end_of(day - DAY)
        while at < self.end_of(day):
            yield at
            at += STEP

    def _hours(self, day: date) -> Sequence[OpenHours]:
        calendar = self.calendar
        if day in calendar.exceptions and not self.statutory:
            return calendar.exceptions[day].hours
        closed = day in calendar.closed or (calendar.eves_closed and day in calendar.eves)
        return () if closed else calendar.weekly[WEEKDAY_KEYS[day.weekday()]]

    def works(self, day: date) -> bool:
        if not self.openings(day):
            return False
        if self.calendar.counts == "school_days":
            return True
        holiday = day in self.calendar.closed or (self.calendar.eves_closed and day in self.calendar.eves)
        return day.weekday() < 5 and not holiday

    def _service_day(self, start: datetime) -> date:
        day = self.day(self.effective(start))
        last = self.calendar.last_contact_for_same_day
        if last and not self.statutory and start > self._first_at_or_after(day, last):
            day += DAY
            while not self.openings(day):
                day += DAY
        return day

    def _first_at_or_after(self, day: date, wall: time) -> datetime:
        return next(at for at in self._quarters(day) if at.astimezone(self.zone).time() >= wall)

    def _due_at(
        self, start: datetime, pauses: Sequence[Pause], goal: Goal, roll: Roll, from_effective: bool
    ) -> datetime:
        counts_from = self.effective(start) if from_effective else start
        if goal.unit in ("hour", "service_hour"):
            return self._after_hours(counts_from, pauses, goal)
        if goal.unit == "same_day":
            return self.end_of(self._same_day(start, pauses))
        zero = self.day(counts_from)
        return self.end_of(self._rolled(self._last_day(zero, pauses, goal), zero, pauses, roll))

    def _after_hours(self, at: datetime, pauses: Sequence[Pause], goal: Goal) -> datetime:
        left = timedelta(hours=goal.number)
        while True:
            counts = goal.unit == "hour" or self.is_open(at)
            if counts and not any(pause.start <= at < pause.end for pause in pauses):
                left -= STEP
                if not left:
                    return at + STEP
            at += STEP

    def _same_day(self, start: datetime, pauses: Sequence[Pause]) -> date:
        day = self._service_day(start)
        for pause in pauses:
            if self.day(pause.start) <= day < self.day(pause.end):
                day = self.day(self.effective(pause.end))
        return day

    def _last_day(self, zero: date, pauses: Sequence[Pause], goal: Goal) -> date:
        if goal.unit in ("working_day", "school_day"):
            return self._walk(zero, goal.number, pauses, working=True)
        return self._walk(zero, (self._arithmetic(zero, goal) - zero).days, pauses, working=False)

    def _arithmetic(self, zero: date, goal: Goal) -> date:
        if goal.unit == "day":
            return zero + goal.number * DAY
        if goal.unit == "week":
            return zero + 7 * goal.number * DAY
        year, month = zero.year, zero.month
        for _ in range(goal.number):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return date(year, month, min(zero.day, monthrange(year, month)[1]))

    def _walk(self, day: date, steps: int, pauses: Sequence[Pause], *, working: bool) -> date:
        while steps:
            day += DAY
            if not self._is_taken(day, pauses) and (self.works(day) or not working):
                steps -= 1
        return day

    def _is_taken(self, day: date, pauses: Sequence[Pause]) -> bool:
        return any(self.day(pause.start) <= day < self.day(pause.end) for pause in pauses)

    def _rolled(self, last: date, zero: date, pauses: Sequence[Pause], roll: Roll) -> date:
        if roll == "none" or self.openings(last):
            return last
        day, step = last, DAY if roll == "forward" else -DAY
        while True:
            day += step
            taken = self._is_taken(day, pauses)
            if roll == "backward" and (day < zero or taken):
                return last
            if self.openings(day) and not taken:
                return day

    def _working_due(self, start: datetime, due_at: datetime, pauses: Sequence[Pause], goal: Goal) -> datetime:
        if goal.unit in ("hour", "service_hour"):
            return due_at
        closings, day = [], self.day(start)
        while day <= self.day(due_at):
            closings += [self.openings(day)[-1][1]] if self.openings(day) else []
            day += DAY
        fit = [
            closing for closing in closings
            if start < closing <= due_at and not any(pause.start <= closing < pause.end for pause in pauses)
        ]  # fmt: skip
        return fit[-1] if fit else due_at


@cache
def pinned(zone: str) -> ZoneInfo:
    with (files("tzdata") / "zoneinfo").joinpath(*zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)
