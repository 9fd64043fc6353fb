"""Opening hours as they are written: wall-clock spans of a day, half-open, and the week they make."""

import re
from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Any, Literal, get_args

from pydantic import BaseModel, model_validator

from pathways.local_time import MIDNIGHT

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAY_KEYS: tuple[Weekday, ...] = get_args(Weekday)

_SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")


class OpenHours(BaseModel, frozen=True):
    """From `opens` (held) to `closes` (not held) in local wall time; closing at midnight means 24.00 of the same day.

    Written "8:00-16:00", or "0:00-24:00" for a whole day.
    """

    opens: time
    closes: time

    @model_validator(mode="before")
    @classmethod
    def read(cls, value: Any) -> Any:
        """Accept the written form."""
        return _times(value) if isinstance(value, str) else value

    def model_post_init(self, context: Any) -> None:
        """Refuse hours that are empty or run over midnight: those belong to two days."""
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError(f"{self} closes before it opens; hours over midnight are written on both days")

    def __str__(self) -> str:
        closes = "24:00" if self.closes == MIDNIGHT else f"{self.closes:%H:%M}"
        return f"{self.opens:%H:%M}-{closes}"


Hours = tuple[OpenHours, ...]


def time_of_day(text: str) -> time:
    """Read a wall time as people write it: "8:00", "8.00", "15:30"."""
    found = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?::(\d{2}))?", text.strip())
    if not found:
        raise ValueError(f'"{text}" is no time of day; write for example "15:00"')
    return time(int(found[1]), int(found[2]), int(found[3] or 0))


def in_order(hours: Hours) -> Hours:
    """The openings of one day, earliest first; `ValueError` when two overlap."""
    ordered = tuple(sorted(hours, key=lambda span: span.opens))
    for before, after in pairwise(ordered):
        if before.closes == MIDNIGHT or after.opens < before.closes:
            raise ValueError(f"{before} and {after} overlap; join them")
    return ordered


def whole_week(written: Mapping[str, Any]) -> dict[str, Any]:
    """Spread ranges such as "mon-fri" over their days; a day that is not named is closed."""
    week: dict[str, Any] = {}
    for key, hours in written.items():
        for day in _days_of(str(key)):
            if day in week:
                raise ValueError(f'"{day}" is given twice')
            week[day] = hours
    return {day: week.get(day, ()) for day in WEEKDAY_KEYS}


def _days_of(key: str) -> tuple[Weekday, ...]:
    first, _, last = key.partition("-")
    known: tuple[str, ...] = WEEKDAY_KEYS
    if first not in known or (last and last not in known):
        raise ValueError(f'"{key}" is not a weekday; write mon … sun, or a range such as mon-fri')
    return WEEKDAY_KEYS[known.index(first) : known.index(last or first) + 1]


def _times(text: str) -> dict[str, time]:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f'"{text}" are not opening hours; write for example "8:00-16:00"')
    opens_hour, opens_minute, closes_hour, closes_minute = map(int, found.groups())
    if (closes_hour, closes_minute) == (24, 0):
        closes_hour = 0
    return {"opens": time(opens_hour, opens_minute), "closes": time(closes_hour, closes_minute)}
