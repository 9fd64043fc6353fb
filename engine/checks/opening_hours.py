"""Opening hours: a promise leaves some time in which somebody is at work, whenever it starts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from engine.checks.examined import Examined
from engine.findings import Finding
from pathways.calendar import ServiceCalendar
from pathways.definition_parts import LANGUAGES
from pathways.due_instant import due
from pathways.goal import parse_goal
from pathways.promise_definition import PromiseDefinition
from pathways.time_refusals import TimeRefusal

_FROM = datetime(2026, 12, 1, tzinfo=UTC)
_LONGEST = 5
_DAYS = 400
"""A year and a bit: every closing time, with Christmas, Easter and Midsummer among them."""


def opening_hours_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every promise whose whole time can fall into closed hours, or that can't be counted."""
    calendars = examined.shelves.calendars
    closings: dict[str, tuple[datetime, ...]] = {}
    for key, promise in examined.definition.promises.items():
        name = promise.calendar or examined.definition.calendar
        if promise.within is None or name not in calendars.names:
            continue
        calendar = calendars.in_force(name, _FROM)
        if name not in closings:
            closings[name] = _longest_closings(calendar)
        why = _impossible(promise, name, calendar, closings[name])
        if why:
            path = ("promises", key, "within")
            yield examined.at_value("PW072", path, name=key, why=why["en"], why_fi=why["fi"], why_sv=why["sv"])


def _impossible(
    promise: PromiseDefinition, name: str, calendar: ServiceCalendar, closings: tuple[datetime, ...]
) -> dict[str, str] | None:
    try:
        start = next((at for at in closings if _passes_closed(promise, calendar, at)), None)
    except TimeRefusal as refusal:
        return {language: refusal.in_words(language) for language in LANGUAGES}
    if start is None:
        return None
    when = calendar.local(start).strftime("%d.%m.%Y %H:%M")
    return {
        "fi": f"jos se alkaa {when}, mikään kalenterin {name} aukioloaika ei ehdi alkaa ennen määräaikaa",
        "sv": f"om det börjar {when} hinner ingen öppettid i kalendern {name} börja före tidsfristen",
        "en": f"if it starts on {when}, no opening of the calendar {name} comes before it is due",
    }


def _passes_closed(promise: PromiseDefinition, calendar: ServiceCalendar, start: datetime) -> bool:
    goal, effective = parse_goal(str(promise.within)), promise.counted_from == "effective"
    ends = due(start, (), goal, calendar, roll=promise.roll, count_from_effective=effective)
    return calendar.next_opening(start) >= ends.due_at


def _longest_closings(calendar: ServiceCalendar) -> tuple[datetime, ...]:
    """Return when the longest closed times of a year begin: what can be kept then can be kept always."""
    closings = sorted(_closings(calendar), key=lambda at: calendar.next_opening(at) - at, reverse=True)
    return tuple(closings[:_LONGEST])


def _closings(calendar: ServiceCalendar) -> Iterator[datetime]:
    day = calendar.local_date(_FROM)
    for _ in range(_DAYS):
        openings = calendar.openings(day)
        if openings:
            yield openings[-1][1]
        day += timedelta(days=1)
