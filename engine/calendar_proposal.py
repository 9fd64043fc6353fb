"""Proposes the closed dates of a Finnish calendar from the `holidays` library, as lines to read, mend and publish.

What is published is the lines, not the library: an upgrade of it moves no due instant (promises, rule 12).
"""

from collections.abc import Iterator
from datetime import date

from holidays import country_holidays

from pathways.time_words import Names

_EVES = ("Juhannusaatto", "Jouluaatto")
_CAPITAL_IN_SWEDISH = ("Kristi",)
_AS_WE_SAY_IT = {
    "sv": {"trettondag": "trettondagen", "pingst": "pingstdagen"},
    "en": {"Second Day of Christmas": "St Stephen's Day", "Pentecost": "Whit Sunday"},
}


def proposed_lines(first_year: int, last_year: int) -> Iterator[str]:
    """The `closed:` and `eves:` parts of a calendar file, year by year, ready to be pasted."""
    holidays = {day: names for day, names in _holidays(first_year, last_year) if not _is_eve(names)}
    eves = {day: names for day, names in _holidays(first_year, last_year) if _is_eve(names)}
    yield f"holidays_known_from: {first_year}-01-01"
    yield f"holidays_known_until: {last_year}-12-31"
    yield "closed:"
    yield from (_line(day, names) for day, names in holidays.items())
    yield "eves:"
    yield from (_line(day, names) for day, names in eves.items())


def _holidays(first_year: int, last_year: int) -> Iterator[tuple[date, Names]]:
    years = range(first_year, last_year + 1)
    fi, sv, en = (country_holidays("FI", years=years, language=lang) for lang in ("fi", "sv_FI", "en_US"))
    for day in sorted(fi):
        yield day, Names(fi=fi[day].lower(), sv=_swedish(sv[day]), en=_AS_WE_SAY_IT["en"].get(en[day], en[day]))


def _swedish(name: str) -> str:
    inside = name if name.startswith(_CAPITAL_IN_SWEDISH) else name[0].lower() + name[1:]
    return _AS_WE_SAY_IT["sv"].get(inside, inside)


def _is_eve(names: Names) -> bool:
    return names.fi.capitalize() in _EVES


def _line(day: date, names: Names) -> str:
    return f"  {day.isoformat()}: {{fi: {names.fi}, sv: {names.sv}, en: {names.en}}}"
