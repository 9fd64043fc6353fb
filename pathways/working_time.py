"""Working time, the one door: due instants, pauses, warnings, and how much open time lies between two moments."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pathways.calendar import ServiceCalendar, aware
from pathways.due_instant import Count, Due, Kind, Roll, count_of, due
from pathways.pause import Pause

__all__ = ["Count", "Due", "Kind", "Pause", "Roll", "count_of", "due", "open_time_between", "time_between"]


def open_time_between(
    begins: datetime, ends: datetime, calendar: ServiceCalendar, pauses: Sequence[Pause] = ()
) -> timedelta:
    """Net working time: how long the calendar was open from one instant to another, pauses left out; zero backwards."""
    start, end = aware(begins).astimezone(UTC), aware(ends).astimezone(UTC)
    total = timedelta(0)
    for opens, closes in calendar.openings_after(start):
        if opens >= end:
            return total
        total += time_between(max(opens, start), min(closes, end), pauses)
    return total


def time_between(begins: datetime, ends: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """Elapsed time from one instant to another, pauses left out; zero backwards."""
    length = max(aware(ends) - aware(begins), timedelta(0))
    for pause in pauses:
        length -= max(min(ends, pause.end) - max(begins, pause.start), timedelta(0))
    return length
