"""A goal: within what span a promise is kept, as written after `within:` in a definition."""

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal, get_args

from pydantic import BaseModel, Field

from pathways.time_refusals import TimeRefusal
from pathways.time_words import Language

Unit = Literal["same_day", "hour", "service_hour", "working_day", "school_day", "day", "week", "month"]

LARGEST_NUMBER = 9999
_WORDS: dict[str, Unit] = {unit.replace("_", " "): unit for unit in get_args(Unit) if unit != "same_day"}
_NUMBERED = re.compile(r"(?P<number>\S+)\s+(?P<unit>.+)")
_MEANT = {
    "workday": "working day", "business day": "working day", "weekday": "working day", "work day": "working day",
    "arkipäivä": "working day", "vardag": "working day", "arkipäivää": "working day", "vardagar": "working day",
    "schoolday": "school day", "calendar day": "day", "päivää": "day", "dygn": "day", "dagar": "day", "vrk": "day",
    "vuorokautta": "day", "h": "hour", "hr": "hour", "tuntia": "hour", "tunti": "hour", "timme": "hour",
    "timmar": "hour", "business hour": "service hour", "working hour": "service hour", "opening hour": "service hour",
    "viikko": "week", "viikkoa": "week", "vecka": "week", "veckor": "week", "kuukausi": "month", "kuukautta": "month",
    "kk": "month", "månad": "month", "månader": "month", "wk": "week", "d": "day", "mo": "month",
}  # fmt: skip
_POSSIBLE = "same day, 2 service hours, 7 working days, 7 school days, 28 days, 1 week, 3 months, 24 hours"


class GoalError(TimeRefusal):
    """A goal that can't be read, or that its calendar can't count."""

    code = "goal_refused"


class Goal(BaseModel, frozen=True):
    """How much time there is: `number` of `unit`; `same_day` always has the number 1."""

    number: int = Field(ge=1, le=LARGEST_NUMBER)
    unit: Unit

    @property
    def is_in_hours(self) -> bool:
        """Hours are elapsed time; every other goal ends at the end of a local day."""
        return self.unit in ("hour", "service_hour")

    @property
    def counts_open_days(self) -> bool:
        """Working days and school days are counted one by one; other days are calendar arithmetic."""
        return self.unit in ("working_day", "school_day")

    @property
    def may_roll(self) -> bool:
        """Only days, weeks and months ask what a closed last day does."""
        return self.unit in ("day", "week", "month")

    def __str__(self) -> str:
        """As it is written in a definition: "7 working days", "same day"."""
        if self.unit == "same_day":
            return "same day"
        return f"{self.number} {self.unit.replace('_', ' ')}{'' if self.number == 1 else 's'}"


@lru_cache(maxsize=1024)
def parse_goal(text: str) -> Goal:
    """Read "same day", "2 service hours", "7 working days", "1 week" …; `GoalError` names what was probably meant.

    "1 day" is refused as ambiguous (rule 6 of the promises): it could be the same day, a working day or 24 hours.
    """
    words = " ".join(text.casefold().split())
    if words == "same day":
        return Goal(number=1, unit="same_day")
    found = _NUMBERED.fullmatch(words)
    unit = _WORDS.get(found["unit"].removesuffix("s")) if found else None
    if not found or not unit or not re.fullmatch("[0-9]+", found["number"]):
        raise _unreadable(text, words)
    return _counted(text, int(found["number"]), unit)


def goal_in_words(goal: Goal, lang: Language) -> str:
    """Say the goal in a sentence's middle: "7 arkipäivää", "7 vardagar", "7 working days"."""
    if goal.unit == "same_day":
        return {"fi": "saman päivän aikana", "sv": "samma dag", "en": "the same day"}[lang]
    if lang == "en":
        return str(goal)
    one, many = _COUNTED[goal.unit][lang]
    return f"{goal.number} {one if goal.number == 1 else many}"


_COUNTED: dict[Unit, dict[Language, tuple[str, str]]] = {
    "hour": {"fi": ("tunti", "tuntia"), "sv": ("timme", "timmar")},
    "service_hour": {
        "fi": ("tunti palveluaikaa", "tuntia palveluaikaa"),
        "sv": ("timme servicetid", "timmar servicetid"),
    },
    "working_day": {"fi": ("arkipäivä", "arkipäivää"), "sv": ("vardag", "vardagar")},
    "school_day": {"fi": ("koulupäivä", "koulupäivää"), "sv": ("skoldag", "skoldagar")},
    "day": {"fi": ("päivä", "päivää"), "sv": ("dag", "dagar")},
    "week": {"fi": ("viikko", "viikkoa"), "sv": ("vecka", "veckor")},
    "month": {"fi": ("kuukausi", "kuukautta"), "sv": ("månad", "månader")},
}


def _counted(text: str, number: int, unit: Unit) -> Goal:
    if number == 1 and unit == "day":
        raise _ambiguous(text)
    if not 1 <= number <= LARGEST_NUMBER:
        raise GoalError(
            fi=f'"{text}": luvun on oltava kokonaisluku väliltä 1–{LARGEST_NUMBER}.',
            sv=f"”{text}”: talet ska vara ett heltal mellan 1 och {LARGEST_NUMBER}.",
            en=f'"{text}": the number has to be a whole number from 1 to {LARGEST_NUMBER}.',
        )
    return Goal(number=number, unit=unit)


def _ambiguous(text: str) -> GoalError:
    return GoalError(
        fi=f'"{text}" on monitulkintainen; kirjoita "same day" (samana päivänä), "1 working day" (arkipäivä) tai "24 hours" (tuntia).',
        sv=f"”{text}” kan tolkas på flera sätt; skriv ”same day” (samma dag), ”1 working day” (vardag) eller ”24 hours” (timmar).",
        en=f'"{text}" can mean several things; write "same day", "1 working day" or "24 hours".',
    )


def _unreadable(text: str, words: str) -> GoalError:
    meant = _meant(words)
    if meant:
        return GoalError(
            fi=f'Määräaikaa "{text}" ei ymmärretä; tarkoititko "{meant}"?',
            sv=f"Tidsfristen ”{text}” kan inte tolkas; menade du ”{meant}”?",
            en=f'"{text}" is not a goal; did you mean "{meant}"?',
        )
    return GoalError(
        fi=f'Määräaikaa "{text}" ei ymmärretä; kirjoita esimerkiksi: {_POSSIBLE}.',
        sv=f"Tidsfristen ”{text}” kan inte tolkas; skriv till exempel: {_POSSIBLE}.",
        en=f'"{text}" is not a goal; write for example: {_POSSIBLE}.',
    )


def _meant(words: str) -> str | None:
    """The nearest goal that can be written, or None when nothing is near."""
    if get_close_matches(words, ["same day", "today", "samana päivänä", "samma dag"], n=1, cutoff=0.75):
        return "same day"
    found = re.fullmatch(r"(?P<number>[0-9]+)\s*(?P<unit>[^0-9]+)", words)
    if not found or int(found["number"]) < 1:
        return None
    if found["unit"].rstrip("s.") in ("year", "vuosi", "vuotta", "år"):
        return f"{int(found['number']) * 12} months"
    unit = _nearest_unit(found["unit"].removesuffix("s"))
    return _written(int(found["number"]), unit) if unit else None


def _nearest_unit(word: str) -> str | None:
    if word in _MEANT:
        return _MEANT[word]
    near = get_close_matches(word, [*_WORDS, *_MEANT], n=1, cutoff=0.75)
    return _MEANT.get(near[0], near[0]) if near else None


def _written(number: int, unit: str) -> str:
    if number == 1 and unit == "day":
        return "same day"
    return f"{number} {unit}{'' if number == 1 else 's'}"
