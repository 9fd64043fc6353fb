"""The instant a tier of a promise fires (rule 15 of the promises). Pure: start, due, calendar and pauses in, instant out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pathways.calendar import Opening, ServiceCalendar, aware
from pathways.counted_time import LAST_INSTANT, counted_day, passed, running, time_between
from pathways.due_instant import Due
from pathways.local_time import MIDNIGHT, ONE_DAY, instant_of
from pathways.pause import Pause, paused_dates
from pathways.tier_anchor import TierAnchor, parse_tier_anchor

JUST_AFTER = timedelta(microseconds=1)
"""The breach tier fires this much after the due instant, which is itself still in time."""


def warn_at(
    text: str,
    start: datetime,
    due: Due,
    calendar: ServiceCalendar,
    *,
    pauses: Sequence[Pause] = (),
    acute: bool = False,
    days: ServiceCalendar | None = None,
) -> datetime | None:
    """`tier_instant` of a wording such as "at 80%"."""
    return tier_instant(parse_tier_anchor(text), start, due, calendar, pauses=pauses, acute=acute, days=days)


def tier_instant(
    anchor: TierAnchor,
    start: datetime,
    due: Due,
    calendar: ServiceCalendar,
    *,
    pauses: Sequence[Pause] = (),
    acute: bool = False,
    days: ServiceCalendar | None = None,
) -> datetime | None:
    """When a tier fires, in UTC; None when it is not armed: a warning not after the start, or only after the due instant.

    People hear in the hours of `calendar`; days are counted on `days`, the promise's own, where that is another.
    What falls into closed time moves back to the opening before (never before the start) while the promise runs, and
    waits for the next opening after a breach; an acute tier does neither. Nothing fires inside a pause.
    """
    paused = tuple(pause.in_utc for pause in pauses)
    promise = _Promise(aware(start).astimezone(UTC), due, calendar, days or calendar, paused, acute)
    if anchor.base == "breach":
        return promise.after_breach(anchor)
    instant = promise.before_breach(anchor)
    if anchor.base == "start" and not anchor.number and anchor.percent is None:
        return instant
    return instant if promise.start < instant <= due.due_at else None


@dataclass(frozen=True, slots=True)
class _Promise:
    """The running promise a tier belongs to; instants in UTC."""

    start: datetime
    due: Due
    calendar: ServiceCalendar
    days: ServiceCalendar
    pauses: tuple[Pause, ...]
    acute: bool

    def before_breach(self, anchor: TierAnchor) -> datetime:
        """Where the wording points while the promise runs; the end of the pause when that lies inside one."""
        instant = self._before_breach(anchor)
        for pause in sorted(self.pauses, key=lambda pause: pause.start):  # one may begin where another ends
            if pause.start <= instant < pause.end:
                instant = pause.end
        return instant

    def after_breach(self, anchor: TierAnchor) -> datetime:
        """Where the wording points once the due instant has passed; day offsets count from `due_on`."""
        if anchor.next_morning:
            day = self.due.due_on + ONE_DAY if self.acute else self.calendar.next_open_day(self.due.due_on)
            return instant_of(day, anchor.at or MIDNIGHT, self.calendar.tz)
        if anchor.is_in_hours:
            return self._opened(self._forward(self.due.due_at, anchor) + JUST_AFTER)
        if not anchor.unit:
            return self.due.due_at + JUST_AFTER
        day = counted_day(self.due.due_on, anchor.number, anchor.unit, self.days, ())
        if anchor.at and (self.acute or self.calendar.is_open_day(day)):
            return instant_of(day, anchor.at, self.calendar.tz)
        return self._opened(instant_of(day, MIDNIGHT, self.calendar.tz))

    def _before_breach(self, anchor: TierAnchor) -> datetime:
        if anchor.percent is not None:
            return self._at_percent(anchor.percent)
        base = self._base(anchor)
        if not anchor.unit:
            return base
        if anchor.is_in_hours:
            return self._forward(base, anchor) if anchor.number > 0 else self._backward(base, anchor)
        return self._on_the_day(self._day(base, anchor.number, anchor.unit), anchor.at)

    def _base(self, anchor: TierAnchor) -> datetime:
        if anchor.base == "working_due":
            return self.due.working_due_at
        return self.start if anchor.base == "start" else self.due.due_at

    def _at_percent(self, percent: int) -> datetime:
        """So much of the running time from start to due."""
        length = time_between(self.start, self.due.due_at, self.pauses) * percent / 100
        return self._not_shut(passed(running(self.pauses, self.start, self.due.due_at), length))

    def _forward(self, base: datetime, anchor: TierAnchor) -> datetime:
        return passed(self._time_from(base, anchor), _length(anchor))

    def _backward(self, base: datetime, anchor: TierAnchor) -> datetime:
        """So much time before an instant; the start when there is not so much since."""
        spans = [span for span in self._time_from(self.start, anchor, until=base) if span[0] < base]
        left = _length(anchor)
        for begins, ends in reversed(spans):
            if left <= ends - begins:
                return ends - left
            left -= ends - begins
        return self.start

    def _time_from(self, base: datetime, anchor: TierAnchor, until: datetime = LAST_INSTANT) -> Iterator[Opening]:
        """The time an offset in hours passes through: open time for service hours, all time otherwise; never pauses."""
        if anchor.unit != "service_hour":
            yield from running(self.pauses, base, until)
            return
        for opens, closes in self.calendar.openings_after(base):
            if opens >= until:
                return
            yield from running(self.pauses, max(opens, base), min(closes, until))

    def _day(self, base: datetime, number: int, unit: str) -> date:
        """The day so many days after the start's day, or before the day that ends with the base."""
        day = self.calendar.local_date(base if number > 0 else base - JUST_AFTER)
        return counted_day(day, number, unit, self.days, paused_dates(self.pauses, self.days))

    def _on_the_day(self, day: date, at: time | None) -> datetime:
        """A day's first opening, or a time of it; on a closed day the opening before."""
        if at or self.acute:
            return self._not_shut(
                instant_of(day, at or MIDNIGHT, self.calendar.tz), is_open=self.calendar.is_open_day(day)
            )
        openings = self.calendar.openings(day)
        return openings[0][0] if openings else self._not_shut(self.calendar.end_of_day(day) - JUST_AFTER)

    def _not_shut(self, instant: datetime, *, is_open: bool = False) -> datetime:
        """The start of the opening before, where an instant falls into closed time; never before the start or a pause."""
        if self.acute or is_open or self.calendar.is_open(instant):
            return instant
        floor = max([self.start, *(pause.end for pause in self.pauses if pause.end <= instant)])
        return self.calendar.latest_opening(instant, not_before=floor)

    def _opened(self, instant: datetime) -> datetime:
        return instant if self.acute else self.calendar.effective_at(instant)


def _length(anchor: TierAnchor) -> timedelta:
    return timedelta(minutes=abs(anchor.number)) if anchor.unit == "minute" else timedelta(hours=abs(anchor.number))
