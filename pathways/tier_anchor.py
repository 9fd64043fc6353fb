"""When a tier of a promise fires, in words: "2 service hours before", "at 50%", "2 working days after breach"."""

import re
from datetime import time
from typing import Literal, get_args

from pydantic import BaseModel, Field

from pathways.goal import LARGEST_NUMBER
from pathways.near_miss import near_miss
from pathways.time_refusals import TimeRefusal

Base = Literal["start", "working_due", "due", "breach"]
TierUnit = Literal["minute", "hour", "service_hour", "working_day", "school_day", "day", "week", "month"]

_UNITS: dict[str, TierUnit] = {unit.replace("_", " "): unit for unit in get_args(TierUnit)}
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})s?"
_BASE = r"(?P<base>start|working due|due|breach)"
_NUMBER = r"(?P<number>[1-9][0-9]{0,3})"
_TIME = r"(?: (?:at )?(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9]))?"
_WORDINGS = tuple(
    re.compile(wording)
    for wording in (
        rf"at {_BASE}",
        r"at (?P<percent>[1-9][0-9]?) ?%",
        rf"{_NUMBER} {_UNIT} before(?: {_BASE})?{_TIME}",
        rf"{_NUMBER} {_UNIT} after {_BASE}{_TIME}",
        rf"(?P<unit>working day|school day|day|week|month) {_NUMBER}{_TIME}",
        rf"(?P<morning>after breach next morning|next morning after breach|next morning){_TIME}",
    )
)
_EXAMPLES = (
    "at 50%",
    "2 service hours before",
    "2 service hours before working due",
    "at working due",
    "at due",
    "at breach",
    "after breach next morning 8:15",
    "2 working days after breach",
    "30 minutes after start",
    "day 21",
    "working day 5",
    "working day 7 12:00",
    "week 8",
)


class TierError(TimeRefusal):
    """A wording that names no instant of a promise."""

    code = "tier_refused"


class TierAnchor(BaseModel, frozen=True):
    """An offset from one of a promise's own instants; at the base itself when nothing else is said.

    `number` is negative before the base and positive after it. `percent` is of the time from start to due. `at` is a
    local time of day. `next_morning` is the next open day after a breach.
    """

    base: Base
    number: int = Field(default=0, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)
    unit: TierUnit | None = None
    percent: int | None = None
    next_morning: bool = False
    at: time | None = None

    @property
    def is_warning(self) -> bool:
        """Whether it belongs before the breach: then one that is not after the start is not armed."""
        return self.base != "breach"

    @property
    def is_in_hours(self) -> bool:
        """Whether the offset is elapsed or open time; other offsets are days."""
        return self.unit in ("minute", "hour", "service_hour")


def parse_tier_anchor(text: str) -> TierAnchor:
    """Read a wording; `TierError` names what was probably meant.

    "before" alone means before the last closing for hours and before the due day for days.
    """
    words = " ".join(text.casefold().split())
    found = next((match for wording in _WORDINGS if (match := wording.fullmatch(words))), None)
    if not found:
        raise _unreadable(text, words)
    said = found.groupdict()
    if said.get("percent"):
        return TierAnchor(base="start", percent=int(said["percent"]))
    if said.get("morning"):
        return TierAnchor(base="breach", next_morning=True, at=_time(said) or time(8))
    return _offset(words, said)


def _offset(words: str, said: dict[str, str | None]) -> TierAnchor:
    unit, number = _UNITS.get(said.get("unit") or ""), int(said.get("number") or 0)
    backwards = " before" in words
    base = _base(said.get("base"), unit, backwards=backwards, offset=bool(number))
    return TierAnchor(base=base, number=-number if backwards else number, unit=unit, at=_time(said))


def _base(said: str | None, unit: TierUnit | None, *, backwards: bool, offset: bool) -> Base:
    """What an offset counts from: what lies after the due instant lies after the breach, and the other way round."""
    if said == "working due":
        return "working_due"
    if said in ("due", "breach"):
        return "due" if backwards or (said == "due" and not offset) else "breach"
    if not backwards:
        return "start"
    return "working_due" if unit in ("minute", "hour", "service_hour") else "due"


def _time(said: dict[str, str | None]) -> time | None:
    hour, minute = said.get("hour"), said.get("minute")
    return time(int(hour), int(minute)) if hour and minute else None


def _unreadable(text: str, words: str) -> TierError:
    meant, examples = near_miss(words, _EXAMPLES), ", ".join(_EXAMPLES)
    return TierError(
        fi=f'Ajankohtaa "{text}" ei ymmärretä'
        + (f'; tarkoititko "{meant}"?' if meant else f"; kirjoita esimerkiksi: {examples}."),
        sv=f"Tidpunkten ”{text}” kan inte tolkas"
        + (f"; menade du ”{meant}”?" if meant else f"; skriv till exempel: {examples}."),
        en=f'"{text}" names no instant of a promise'
        + (f'; did you mean "{meant}"?' if meant else f"; write for example: {examples}."),
    )
