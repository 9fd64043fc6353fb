"""Opening hours as they are written: wall-clock spans of a day, half-open, and the week they make."""

import re
from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Any, Literal, get_args

from pydantic import BaseModel, model_validator

from pathways.local_time import MIDNIGHT
from pathways.time_refusals import CalendarError

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAY_KEYS: tuple[Weekday, ...] = get_args(Weekday)

_TIME = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_SPAN = re.compile(rf"({_TIME})\s*[-–]\s*({_TIME}|24[.:]00)")


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
            raise CalendarError(
                fi=f"aukiolo {self} päättyy ennen alkuaan; yön yli jatkuva aukiolo kirjoitetaan kummallekin päivälle",
                sv=f"öppettiden {self} slutar före sin början; en öppettid över midnatt skrivs på båda dagarna",
                en=f"{self} closes before it opens; hours over midnight are written on both days",
            )

    def __str__(self) -> str:
        closes = "24:00" if self.closes == MIDNIGHT else f"{self.closes:%H:%M}"
        return f"{self.opens:%H:%M}-{closes}"


Hours = tuple[OpenHours, ...]


def time_of_day(text: str) -> time:
    """Read a wall time as people write it: "8:00", "8.00", "15:30"."""
    found = re.fullmatch(r"([01]?\d|2[0-3])[.:]([0-5]\d)(?::([0-5]\d))?", text.strip())
    if not found:
        raise CalendarError(
            fi=f'"{text}" ei ole kellonaika; kirjoita esimerkiksi "15:00"',
            sv=f"”{text}” är inget klockslag; skriv till exempel ”15:00”",
            en=f'"{text}" is no time of day; write for example "15:00"',
        )
    return time(int(found[1]), int(found[2]), int(found[3] or 0))


def in_order(hours: Hours) -> Hours:
    """The openings of one day, earliest first; `CalendarError` when two overlap."""
    ordered = tuple(sorted(hours, key=lambda span: span.opens))
    for before, after in pairwise(ordered):
        if before.closes == MIDNIGHT or after.opens < before.closes:
            raise CalendarError(
                fi=f"aukiolot {before} ja {after} menevät päällekkäin; yhdistä ne",
                sv=f"öppettiderna {before} och {after} överlappar varandra; slå ihop dem",
                en=f"{before} and {after} overlap; join them",
            )
    return ordered


def whole_week(written: Mapping[str, Any]) -> dict[str, Any]:
    """Spread ranges such as "mon-fri" over their days; a day that is not named is closed."""
    week: dict[str, Any] = {}
    for key, hours in written.items():
        for day in _days_of(str(key)):
            if day in week:
                raise CalendarError(
                    fi=f'päivä "{day}" on annettu kahdesti; jätä toinen pois',
                    sv=f"dagen ”{day}” har angetts två gånger; ta bort den ena",
                    en=f'"{day}" is given twice; leave one out',
                )
            week[day] = hours
    return {day: week.get(day, ()) for day in WEEKDAY_KEYS}


def _days_of(key: str) -> tuple[Weekday, ...]:
    first, _, last = key.partition("-")
    known: tuple[str, ...] = WEEKDAY_KEYS
    if first not in known or (last and last not in known):
        raise CalendarError(
            fi=f'"{key}" ei ole viikonpäivä; kirjoita mon … sun tai väli, esimerkiksi mon-fri',
            sv=f"”{key}” är ingen veckodag; skriv mon … sun eller ett intervall, till exempel mon-fri",
            en=f'"{key}" is not a weekday; write mon … sun, or a range such as mon-fri',
        )
    return WEEKDAY_KEYS[known.index(first) : known.index(last or first) + 1]


def _times(text: str) -> dict[str, time]:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise CalendarError(
            fi=f'"{text}" ei ole aukioloaika; kirjoita esimerkiksi "8:00-16:00"',
            sv=f"”{text}” är ingen öppettid; skriv till exempel ”8:00-16:00”",
            en=f'"{text}" are not opening hours; write for example "8:00-16:00"',
        )
    opens, closes = found.groups()
    return {"opens": time_of_day(opens), "closes": MIDNIGHT if closes.startswith("24") else time_of_day(closes)}
