"""Closed days as they are written: one by one, or as a span such as a school's holiday, "2027-02-22..2027-02-26"."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pathways.time_refusals import CalendarError

LONGEST_SPAN_IN_DAYS = 200


def spread_over_days(written: Mapping[Any, Any]) -> dict[Any, Any]:
    """Give every day of a span what the span says; a day that is written by itself keeps its own name."""
    days: dict[Any, Any] = {}
    for key, names in written.items():
        if ".." in str(key):
            for day in _days_of(str(key)):
                if day in days:
                    raise _overlapping(day)
                days[day] = names
    alone = {_as_day(key): names for key, names in written.items() if ".." not in str(key)}
    return {**days, **alone}


def _days_of(span: str) -> Iterator[date]:
    first, last = (_as_day(part.strip()) for part in span.split("..", 1))
    if not isinstance(first, date) or not isinstance(last, date):
        raise _unreadable(span)
    if not 0 < (last - first).days < LONGEST_SPAN_IN_DAYS:
        raise _backwards(span)
    yield from (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _as_day(key: Any) -> Any:
    """The day a key says, or the key itself, which the calendar's own model refuses with its place."""
    try:
        return date.fromisoformat(key) if isinstance(key, str) else key
    except ValueError:
        return key


def _unreadable(span: str) -> CalendarError:
    return CalendarError(
        fi=f'"{span}" ei ole päivien väli; kirjoita esimerkiksi 2027-02-22..2027-02-26',
        sv=f"”{span}” är inget spann av dagar; skriv till exempel 2027-02-22..2027-02-26",
        en=f'"{span}" is no span of days; write for example 2027-02-22..2027-02-26',
    )


def _backwards(span: str) -> CalendarError:
    return CalendarError(
        fi=f'"{span}": ensimmäisen päivän on oltava ennen viimeistä, ja väli on alle {LONGEST_SPAN_IN_DAYS} päivää',
        sv=f"”{span}”: den första dagen ska vara före den sista, och spannet är under {LONGEST_SPAN_IN_DAYS} dagar",
        en=f'"{span}": the first day has to lie before the last, less than {LONGEST_SPAN_IN_DAYS} days apart',
    )


def _overlapping(day: date) -> CalendarError:
    return CalendarError(
        fi=f"{day} on kahdessa eri välissä; jätä se toisesta pois",
        sv=f"{day} finns i två olika spann; lämna bort den ur det ena",
        en=f"{day} stands in two spans; leave it out of one of them",
    )
