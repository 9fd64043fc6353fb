"""How a specification's words are read in Finnish, Swedish and English: dates, times of day, spans, numbers.

Texts only; nothing here knows a world. A weekday that doesn't match its date is refused with the right one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal

from pathways.local_time import end_of_day, instant_of
from pathways.service_promise import PromiseKind
from pathways.time_words import Language, day_in_words
from pathways.time_zone import HELSINKI

Unit = Literal["minute", "hour", "day", "working_day", "week", "month", "year"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

_WEEKDAYS = (
    "ma maanantai maanantaina mån måndag måndagen mon monday",
    "ti tiistai tiistaina tis tisdag tisdagen tue tuesday",
    "ke keskiviikko keskiviikkona ons onsdag onsdagen wed wednesday",
    "to torstai torstaina tors tor torsdag torsdagen thu thursday",
    "pe perjantai perjantaina fre fredag fredagen fri friday",
    "la lauantai lauantaina lör lördag lördagen sat saturday",
    "su sunnuntai sunnuntaina sön söndag söndagen sun sunday",
)
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_UNITS: dict[Unit, str] = {
    "minute": "minuutti minuuttia minut minuter minute minutes",
    "hour": "tunti tuntia timme timmar hour hours",
    "working_day": "arkipäivä arkipäivää vardag vardagar working_day working_days",
    "day": "päivä päivää vuorokausi vuorokautta dag dagar dygn day days",
    "week": "viikko viikkoa vecka veckor week weeks",
    "month": "kuukausi kuukautta månad månader month months",
    "year": "vuosi vuotta år year years",
}
_UNIT: dict[str, Unit] = {word.replace("_", " "): unit for unit, words in _UNITS.items() for word in words.split()}
_NUMBERS = (
    "nolla noll zero, yksi en one, kaksi två two, kolme tre three, neljä fyra four, viisi fem five, kuusi sex six,"
    " seitsemän sju seven, kahdeksan åtta eight, yhdeksän nio nine, kymmenen tio ten"
)
_NUMBER = {word: n for n, words in enumerate(_NUMBERS.split(",")) for word in words.split()} | {"ett": 1}

_CLOCKS: dict[PromiseKind, str] = {
    "promise": "lupaus lupauksen lupausta löftet löfte promise",
    "statutory": "määräaika määräajan määräaikaa tidsfristen tidsfrist time_limit",
    "target": "tavoite tavoitteen tavoitetta målet mål target",
}
_CLOCK = {word.replace("_", " "): kind for kind, words in _CLOCKS.items() for word in words.split()}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


DAY = rf"(?:(?:{_any_of(_WEEKDAY)})\.? )?(?:den )?\d{{1,2}}\.\d{{1,2}}(?:\.\d{{4}}|\.(?!\d)|(?![\d.]))"
TIME = r"(?:klo|kello|kl\.|klockan|at) \d{1,2}(?:[.:]\d{2})?(?!\d)"
MOMENT = rf"{DAY} {TIME}"
NUMBER = rf"(?:\d+|{_any_of(_NUMBER)})"
CLOCK = rf"(?:the )?(?:{_any_of(_CLOCK)})"
"""What a clock is called: a promise, a statutory time limit, a target."""
SPAN = rf"{NUMBER} (?:{_any_of(_UNIT)})"

_DAY_PARTS = re.compile(
    rf"(?:(?P<weekday>{_any_of(_WEEKDAY)})\.? )?(?:den )?(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.?(?P<year>\d{{4}})?",
    re.IGNORECASE,
)


class NotReadable(Exception):
    """A date, time or number of a specification that can't be meant; its sentence says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in words, such as 8 working days."""

    number: int
    unit: Unit


@dataclass(slots=True)
class Reader:
    """Reads the words of one scenario. A date without a year is of the year that was named before it."""

    language: Language
    year: int | None = field(default=None)

    def day(self, text: str) -> date:
        parts = _DAY_PARTS.fullmatch(text.strip())
        if parts is None:
            raise NotReadable(f'"{text}" is no date; write for example {_EXAMPLES[self.language]}')
        if parts["year"]:
            self.year = int(parts["year"])
        if self.year is None:
            raise NotReadable(f'"{text}": name the year the first time a scenario names a date')
        try:
            day = date(self.year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            raise NotReadable(f'"{text}": there is no such day in {self.year}') from None
        _check_weekday(parts["weekday"], day, self.language)
        return day

    def time(self, text: str) -> tuple[int, int]:
        """Hours and minutes; 24.00 is the end of a day."""
        hours, _, minutes = re.sub(r"^\D+", "", text).replace(":", ".").partition(".")
        at = int(hours), int(minutes or 0)
        if at > (24, 0) or at[1] > 59:
            raise NotReadable(f'"{text}" is no time of day')
        return at

    def moment(self, text: str) -> datetime:
        """A day and a time as an instant in UTC; a time that comes twice when clocks go back is the first."""
        found = re.fullmatch(rf"({DAY}) ({TIME})", text.strip(), re.IGNORECASE)
        if found is None:
            raise NotReadable(f'"{text}" is no day with a time; write for example {_EXAMPLES[self.language]}')
        return on_day(self.day(found[1]), self.time(found[2]))

    def span(self, text: str) -> Span:
        number, _, unit = text.strip().partition(" ")
        return Span(self.number(number), _UNIT[unit.lower()])

    def when(self, text: str) -> str:
        """Words for a time, which mean something only once it is known what the time is."""
        return text

    def clock(self, text: str) -> PromiseKind:
        return _CLOCK[text.lower().removeprefix("the ")]

    def number(self, text: str) -> int:
        return int(text) if text.isdigit() else _NUMBER[text.lower()]


_EXAMPLES: dict[Language, str] = {
    "fi": "ti 1.12.2026 klo 9.12",
    "sv": "tis 1.12.2026 kl. 9.12",
    "en": "Tue 1.12.2026 at 9:12",
}


def on_day(day: date, at: tuple[int, int]) -> datetime:
    """The instant of a local time of day; 24.00 is the midnight that ends the day."""
    return end_of_day(day, HELSINKI) if at == (24, 0) else instant_of(day, time(*at), HELSINKI).astimezone(UTC)


def wrong_weekdays(text: str, language: Language) -> list[str]:
    """Say of every date with a year in these words whose weekday is another one."""
    wrong = []
    for found in re.finditer(rf"\b{DAY}", text, re.IGNORECASE):
        if re.search(r"\d{4}$", found[0]):
            try:
                Reader(language).day(found[0])
            except NotReadable as refused:
                wrong.append(str(refused))
    return wrong


def _check_weekday(word: str | None, day: date, language: Language) -> None:
    if word and _WEEKDAY[word.lower()] != day.weekday():
        raise NotReadable(f'"{word} {day.day}.{day.month}.{day.year}": that day is {day_in_words(day, language)}')
