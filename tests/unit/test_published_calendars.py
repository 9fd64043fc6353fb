"""Calendars of files and published ones together: what is published stands, and its text gives the same calendar back."""

from datetime import date

import pytest

from engine.calendars import Calendars, shipped_calendars
from engine.published_calendars import body_of, hash_of, is_new, with_published
from engine.recalculation_words import changed_days, edit_in_words
from pathways.calendar import ServiceCalendar
from pathways.time_refusals import CalendarError

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
REASON = {"fi": "koulutuspäivä", "sv": "utbildningsdag", "en": "training day"}


def edited(version: int, *closed: date) -> ServiceCalendar:
    first = shipped_calendars().version("palveluaika", 1)
    return first.model_copy(
        update={"version": version, "exceptions": {day: {"hours": (), "reason": REASON} for day in closed}}
    )


@pytest.mark.parametrize("calendar", [*shipped_calendars()], ids=lambda each: f"{each.key}@{each.version}")
def test_a_calendar_comes_back_from_its_text_as_it_was(calendar: ServiceCalendar) -> None:
    again = ServiceCalendar.model_validate_json(body_of(calendar))

    assert again == calendar
    assert hash_of(again) == hash_of(calendar)


def test_what_is_published_stands_whatever_a_file_says_later() -> None:
    files = Calendars([*shipped_calendars(), edited(2, TUESDAY)])

    both = with_published(files, [edited(2, MONDAY)])

    assert both.version("palveluaika", 2) == edited(2, MONDAY)
    assert both.version("palveluaika", 1) == shipped_calendars().version("palveluaika", 1)


def test_an_edit_takes_the_next_number_and_the_refusal_names_it() -> None:
    known = Calendars([*shipped_calendars(), edited(2, MONDAY)])

    assert is_new(known, edited(3, TUESDAY))
    assert not is_new(known, edited(2, MONDAY))
    with pytest.raises(CalendarError) as refused:
        is_new(known, edited(2, TUESDAY))
    assert refused.value.in_words("fi").endswith("anna muutokselle versionumero 3.")
    assert refused.value.in_words("sv").endswith("ge ändringen versionsnumret 3.")


def test_an_edit_is_told_by_the_days_it_changes() -> None:
    first = shipped_calendars().version("palveluaika", 1)

    assert changed_days(first, edited(2, MONDAY, date(2026, 12, 6))) == [MONDAY]  # the other was closed already
    assert edit_in_words(first, edited(2, MONDAY), "fi") == "Päivät, jotka muuttuvat:\n  ma 23.11.2026: koulutuspäivä"
    assert "må" in edit_in_words(first, edited(2, MONDAY), "sv")
