"""How dates, times and spans are said in Finnish, Swedish and English. Pure text; reads no clock."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from pydantic import BaseModel

from pathways.local_time import zone_named

Language = Literal["fi", "sv", "en"]

_CLOSED_EVERY: dict[Language, tuple[str, ...]] = {
    "fi": tuple(f"suljettu {day}sin" for day in ("maanantai", "tiistai", "keskiviikkoi", "torstai", "perjantai")),
    "sv": tuple(f"stängt på {day}ar" for day in ("måndag", "tisdag", "onsdag", "torsdag", "fredag")),
    "en": tuple(f"closed on {day}days" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri")),
}
_SHORT: dict[Language, tuple[str, ...]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AT: dict[Language, str] = {"fi": " klo ", "sv": " kl. ", "en": ", "}
_SUMMER: dict[Language, tuple[str, str]] = {
    "fi": (" kesäaikaa", " talviaikaa"),
    "sv": (" sommartid", " vintertid"),
    "en": (" summer time", " winter time"),
}


class Names(BaseModel, frozen=True):
    """One thing's name as it stands inside a sentence, in the three languages."""

    fi: str
    sv: str
    en: str

    def of(self, lang: Language) -> str:
        """The name in one language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[lang]


def at_in_words(
    instant: datetime,
    lang: Language,
    *,
    zone: str = "Europe/Helsinki",
    seen_from: date | None = None,
    midnight: Literal["ends", "begins"] = "ends",
) -> str:
    """Say an instant as local wall time: "pe 11.12. klo 24.00", "fre 11.12 kl. 24.00", "Fri 11 Dec, 24:00".

    Local midnight ends the day before it (24.00), as deadlines are read, unless `midnight="begins"`. The year stands
    when it is another than that of `seen_from`. A wall time that comes twice says which one is meant.
    """
    local = instant.astimezone(zone_named(zone))
    if local.time() == time(0) and midnight == "ends":
        day = local.date() - timedelta(days=1)
        return day_in_words(day, lang, year=_year_is_needed(day, seen_from)) + _AT[lang] + _clock(24, 0, lang)
    words = day_in_words(local.date(), lang, year=_year_is_needed(local.date(), seen_from))
    return words + _AT[lang] + _clock(local.hour, local.minute, lang) + _which_of_two(local, lang)


def exactly_in_words(
    instant: datetime, lang: Language, *, zone: str = "Europe/Helsinki", midnight: Literal["ends", "begins"] = "begins"
) -> str:
    """Say an instant with its year, as refusals do: "pe 4.12.2026 klo 23.40"."""
    return at_in_words(instant, lang, zone=zone, seen_from=date.min, midnight=midnight)


def day_in_words(day: date, lang: Language, *, year: bool = False) -> str:
    """Say a date with its weekday: "pe 25.6.2027", "fre 25.6.2027", "Fri 25 Jun 2027"."""
    return f"{_SHORT[lang][day.weekday()]} {date_in_words(day, lang, year=year)}"


def date_in_words(day: date, lang: Language, *, year: bool = False) -> str:
    """Say a date: "25.6." or "25.6.2027", "25.6" or "25.6.2027", "25 Jun" or "25 Jun 2027"."""
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    tail = str(day.year) if year else ""
    return f"{day.day}.{day.month}" + (f".{tail}" if year or lang == "fi" else "")


def days_in_words(first: date, last: date, lang: Language) -> str:
    """Say a span of days with weekdays and the year: "ma 7.12. – pe 11.12.2026", "Mon 7 Dec – Fri 11 Dec 2026"."""
    if first == last:
        return day_in_words(last, lang, year=True)
    return f"{day_in_words(first, lang, year=first.year != last.year)} – {day_in_words(last, lang, year=True)}"


def span_in_words(begins: datetime, ends: datetime, lang: Language, zone: str) -> str:
    """Say an interval: "ma 7.12.2026 klo 8.00–24.00", "pe 4.12. klo 16.00 – ma 7.12.2026 klo 8.00"."""
    last = exactly_in_words(ends, lang, zone=zone, midnight="ends")
    first_day = begins.astimezone(zone_named(zone)).date()
    last_day = (ends - timedelta(microseconds=1)).astimezone(zone_named(zone)).date()
    if first_day != last_day:
        return f"{at_in_words(begins, lang, zone=zone, seen_from=last_day, midnight='begins')} – {last}"
    first, clock = exactly_in_words(begins, lang, zone=zone), last.partition(_AT[lang])[2]
    return f"{first} – {clock}" if " " in clock else f"{first}–{clock}"


def length_in_words(length: timedelta) -> str:
    """Say elapsed time in the same way in every language: "24 h", "1 h 30 min", "45 s"."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    said = [f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if number]
    return " ".join(said) or "0 min"


def closed_every(day: date, lang: Language) -> str:
    """Say that a weekday is always closed: "suljettu maanantaisin"."""
    return _CLOSED_EVERY[lang][day.weekday()]


def dates_in_words(first: date, last: date, lang: Language, *, year: bool = False) -> str:
    """Say a span of dates: "14.–21.1.", "28.6.–2.7.", "14–21.1", "14–21 Jan"; the year of the end when asked or crossed."""
    if first == last:
        return date_in_words(last, lang, year=year)
    crossed = first.year != last.year
    tail = date_in_words(last, lang, year=year or crossed)
    if first.month == last.month and not crossed:
        return f"{first.day}{'.' if lang == 'fi' else ''}–{tail}"
    return f"{date_in_words(first, lang, year=crossed)}–{tail}"


def time_in_words(at: time, lang: Language) -> str:
    """Say a time of day: "8.15" in Finnish and Swedish, "08:15" in English."""
    return _clock(at.hour, at.minute, lang)


def _clock(hour: int, minute: int, lang: Language) -> str:
    return f"{hour:02d}:{minute:02d}" if lang == "en" else f"{hour}.{minute:02d}"


def _year_is_needed(day: date, seen_from: date | None) -> bool:
    return seen_from is not None and day.year != seen_from.year


def _which_of_two(local: datetime, lang: Language) -> str:
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    return _SUMMER[lang][local.fold]
