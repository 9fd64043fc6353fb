"""How days and hours are counted off, pauses left out: the arithmetic under goals, warnings and explanations."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from pathways.calendar import LONGEST_CLOSURE_IN_DAYS, Opening, ServiceCalendar, aware
from pathways.local_time import ONE_DAY
from pathways.pause import Pause, PausedDates, is_paused

LAST_INSTANT = datetime.max.replace(tzinfo=UTC)


def counted_day(day: date, number: int, unit: str, calendar: ServiceCalendar, paused: PausedDates) -> date:
    """The day so many working days, school days, days, weeks or months after one; before it when negative.

    The day itself is never counted, a paused day neither, and days moved into are looked at in the same way (rule 14).
    """
    step = ONE_DAY if number > 0 else -ONE_DAY
    if unit in ("working_day", "school_day"):
        return _nth_day(day, abs(number), step, calendar, paused)
    arrives = days_ahead(day, number, unit)
    if not paused:
        return arrives
    return _nth_day(day, abs((arrives - day).days), step, None, paused)


def days_ahead(day: date, number: int, unit: str) -> date:
    """Calendar arithmetic (rule 9): the same weekday or number, else the last day of the month."""
    if unit != "month":
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    years, month = divmod(day.month - 1 + number, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def running(pauses: Sequence[Pause], begins: datetime, ends: datetime) -> Iterator[Opening]:
    """What pauses, which are in order, leave of an interval."""
    for pause in pauses:
        if begins < min(pause.start, ends):
            yield begins, min(pause.start, ends)
        begins = max(begins, pause.end)
    if begins < ends:
        yield begins, ends


def passed(spans: Iterable[Opening], length: timedelta) -> datetime:
    """The instant at which so much time of these intervals has passed; at an interval's end, not at the next one's start."""
    for begins, ends in spans:
        if length <= ends - begins:
            return begins + length
        length -= ends - begins
    raise OverflowError


def time_between(begins: datetime, ends: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """Elapsed time from one instant to another, pauses left out; zero backwards."""
    spans = running([pause.in_utc for pause in pauses], aware(begins).astimezone(UTC), aware(ends).astimezone(UTC))
    return sum((to - since for since, to in spans), timedelta(0))


def open_time_between(
    begins: datetime, ends: datetime, calendar: ServiceCalendar, pauses: Sequence[Pause] = ()
) -> timedelta:
    """Net working time: how long the calendar was open from one instant to another, pauses left out; zero backwards."""
    start, end = aware(begins).astimezone(UTC), aware(ends).astimezone(UTC)
    total = timedelta(0)
    for opens, closes in calendar.openings_after(start):
        if opens >= end:
            break
        total += time_between(max(opens, start), min(closes, end), pauses)
    return total


def _nth_day(day: date, number: int, step: timedelta, calendar: ServiceCalendar | None, paused: PausedDates) -> date:
    """The n-th day from one that is not paused; only working days when there is a calendar."""
    closed_days = 0
    while number:
        day += step
        if calendar and not calendar.day(day).is_working_day:
            closed_days += 1
            if closed_days > LONGEST_CLOSURE_IN_DAYS:
                raise calendar.stays_closed(day)
            continue
        closed_days = 0
        if not (paused and is_paused(day, paused)):
            number -= 1
    return day
