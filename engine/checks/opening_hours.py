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
_DAYS = 400
"""A year and a bit: every closing time, with Christmas, Easter and Midsummer among them."""


def opening_hours_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every promise whose whole time can fall into closed hours, or that can't be counted."""
    answers: dict[tuple[str, ...], dict[str, str] | None] = {}
    for key, promise in examined.definition.promises.items():
        name = promise.calendar or examined.definition.calendar
        if promise.within is None or name not in examined.shelves.calendars.names:
            continue
        asked = (promise.within, promise.roll, promise.counted_from, name)
        if asked not in answers:
            answers[asked] = _impossible(promise, name, examined.shelves.calendars.in_force(name, _FROM))
        why = answers[asked]
        if why:
            path = ("promises", key, "within")
            yield examined.at_value("PW072", path, name=key, why=why["en"], why_fi=why["fi"], why_sv=why["sv"])


def _impossible(promise: PromiseDefinition, name: str, calendar: ServiceCalendar) -> dict[str, str] | None:
    try:
        start = _start_that_fails(promise, calendar)
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


def _start_that_fails(promise: PromiseDefinition, calendar: ServiceCalendar) -> datetime | None:
    """Return a closing time after which the whole promise passes before the next opening, if there is one."""
    goal, effective = parse_goal(str(promise.within)), promise.counted_from == "effective"
    for start in _closings(calendar):
        ends = due(start, (), goal, calendar, roll=promise.roll, count_from_effective=effective)
        if calendar.next_opening(start) >= ends.due_at:
            return start
    return None


def _closings(calendar: ServiceCalendar) -> Iterator[datetime]:
    day = calendar.local_date(_FROM)
    for _ in range(_DAYS):
        openings = calendar.openings(day)
        if openings:
            yield openings[-1][1]
        day += timedelta(days=1)
