"""Short ways to say times, pauses, goals and calendars in the tests of working time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendars import read_calendar, shipped_calendars
from pathways.calendar import ServiceCalendar
from pathways.goal import parse_goal
from pathways.working_time import Due, Kind, Pause, Roll
from pathways.working_time import due as due_of

HELSINKI = ZoneInfo("Europe/Helsinki")
A_MOMENT = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAMES = {"fi": "kokous", "sv": "möte", "en": "meeting"}


def at(text: str, *, second: bool = False) -> datetime:
    """Helsinki wall time, "2026-12-04 23:40"; `second` for the later of two equal ones."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI, fold=int(second)).astimezone(UTC)


def end_of(day: str) -> datetime:
    """24.00 of a day in Helsinki."""
    return at((date.fromisoformat(day) + timedelta(days=1)).isoformat())


def shipped(name: str = "palveluaika") -> ServiceCalendar:
    return shipped_calendars().in_force(name, A_MOMENT)


def school() -> ServiceCalendar:
    file = Path(__file__).parents[1] / "calendars" / "oppilaitos_espoo.yaml"
    return read_calendar(file.read_text(encoding="utf-8"), str(file))


def a_calendar(**changes: Any) -> ServiceCalendar:
    """Mon-Fri 8-16 without any holidays, but for what is asked."""
    plain = {"key": "koe", "valid_from": "2024-01-01", "title": NAMES, "weekly": {"mon-fri": ["8:00-16:00"]}}
    return ServiceCalendar.model_validate(plain | changes)


def named(calendar: str) -> ServiceCalendar:
    return school() if calendar == "oppilaitos" else shipped(calendar)


def a_pause(begins: str, ends: str, reason: str = "client_postponed") -> Pause:
    return Pause(start=at(begins), end=at(ends), reason=reason)


def due(
    start: str | datetime,
    goal: str,
    *pauses: Pause,
    calendar: ServiceCalendar | None = None,
    roll: Roll = "none",
    kind: Kind = "promise",
    count_from_effective: bool = False,
) -> Due:
    return due_of(
        at(start) if isinstance(start, str) else start,
        pauses,
        parse_goal(goal),
        calendar or shipped(),
        roll=roll,
        kind=kind,
        count_from_effective=count_from_effective,
    )
