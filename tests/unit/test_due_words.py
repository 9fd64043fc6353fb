"""How instants, dates and spans are said in the three languages."""

from datetime import date, datetime, timedelta

import pytest

from pathways.time_words import Language, at_in_words, dates_in_words, days_in_words, length_in_words, span_in_words
from tests.unit.working_time import at, end_of


@pytest.mark.parametrize(
    ("lang", "said"), [("fi", "pe 11.12. klo 24.00"), ("sv", "fre 11.12 kl. 24.00"), ("en", "Fri 11 Dec, 24:00")]
)
def test_midnight_is_the_end_of_the_day_before(lang: Language, said: str) -> None:
    assert at_in_words(end_of("2026-12-11"), lang) == said


@pytest.mark.parametrize(
    ("lang", "said"), [("fi", "la 12.12. klo 0.00"), ("sv", "lör 12.12 kl. 0.00"), ("en", "Sat 12 Dec, 00:00")]
)
def test_midnight_may_begin_a_day_when_something_begins_then(lang: Language, said: str) -> None:
    assert at_in_words(at("2026-12-12 00:00"), lang, midnight="begins") == said


@pytest.mark.parametrize(
    ("lang", "said"), [("fi", "ti 1.12. klo 8.15"), ("sv", "tis 1.12 kl. 8.15"), ("en", "Tue 1 Dec, 08:15")]
)
def test_a_time_of_day_is_said_as_each_language_writes_it(lang: Language, said: str) -> None:
    assert at_in_words(at("2026-12-01 08:15"), lang) == said


def test_the_year_is_said_when_it_is_another_than_the_reader_s() -> None:
    assert at_in_words(at("2027-01-05 09:00"), "fi", seen_from=date(2026, 12, 28)) == "ti 5.1.2027 klo 9.00"
    assert at_in_words(at("2027-01-05 09:00"), "sv", seen_from=date(2027, 1, 1)) == "tis 5.1 kl. 9.00"
    assert at_in_words(at("2027-01-05 09:00"), "en", seen_from=date(2026, 1, 1)) == "Tue 5 Jan 2027, 09:00"


def test_the_year_of_midnight_is_that_of_the_day_that_ends() -> None:
    assert at_in_words(end_of("2026-12-31"), "fi", seen_from=date(2026, 12, 1)) == "to 31.12. klo 24.00"


def test_an_instant_is_said_in_the_zone_it_is_asked_in() -> None:
    assert at_in_words(datetime.fromisoformat("2026-12-11T22:30:00+00:00"), "fi") == "la 12.12. klo 0.30"
    assert at_in_words(datetime.fromisoformat("2026-12-11T22:30:00+00:00"), "fi", zone="UTC") == "pe 11.12. klo 22.30"


def test_of_two_equal_wall_times_it_is_said_which_one() -> None:
    assert at_in_words(at("2027-10-31 03:30"), "fi") == "su 31.10. klo 3.30 kesäaikaa"
    assert at_in_words(at("2027-10-31 03:30", second=True), "sv") == "sön 31.10 kl. 3.30 vintertid"
    assert at_in_words(at("2027-10-31 04:30"), "en") == "Sun 31 Oct, 04:30"


@pytest.mark.parametrize(
    ("first", "last", "fi", "sv", "en"),
    [
        ("2027-01-14", "2027-01-21", "14.–21.1.", "14–21.1", "14–21 Jan"),
        ("2027-06-28", "2027-07-02", "28.6.–2.7.", "28.6–2.7", "28 Jun–2 Jul"),
        ("2027-01-14", "2027-01-14", "14.1.", "14.1", "14 Jan"),
        ("2026-12-28", "2027-01-02", "28.12.2026–2.1.2027", "28.12.2026–2.1.2027", "28 Dec 2026–2 Jan 2027"),
        ("2026-01-14", "2027-01-21", "14.1.2026–21.1.2027", "14.1.2026–21.1.2027", "14 Jan 2026–21 Jan 2027"),
    ],
)
def test_dates_share_what_they_have_in_common(first: str, last: str, fi: str, sv: str, en: str) -> None:
    span = (date.fromisoformat(first), date.fromisoformat(last))

    assert [dates_in_words(*span, "fi"), dates_in_words(*span, "sv"), dates_in_words(*span, "en")] == [fi, sv, en]


def test_days_are_said_with_their_weekdays_and_the_year() -> None:
    assert days_in_words(date(2026, 12, 7), date(2026, 12, 11), "fi") == "ma 7.12. – pe 11.12.2026"
    assert days_in_words(date(2026, 12, 7), date(2026, 12, 7), "sv") == "mån 7.12.2026"
    assert days_in_words(date(2026, 12, 30), date(2027, 1, 2), "en") == "Wed 30 Dec 2026 – Sat 2 Jan 2027"


def test_a_span_within_a_day_says_the_day_once() -> None:
    assert (
        span_in_words(at("2026-12-07 08:00"), end_of("2026-12-07"), "fi", "Europe/Helsinki")
        == "ma 7.12.2026 klo 8.00–24.00"
    )
    assert (
        span_in_words(at("2026-12-30 16:00"), at("2027-01-04 08:00"), "sv", "Europe/Helsinki")
        == "ons 30.12.2026 kl. 16.00 – mån 4.1.2027 kl. 8.00"
    )


def test_a_span_within_the_repeated_hour_says_both_times_fully() -> None:
    first, second = at("2027-10-31 03:30"), at("2027-10-31 03:30", second=True)

    assert span_in_words(first, second, "fi", "Europe/Helsinki") == "su 31.10.2027 klo 3.30 kesäaikaa – 3.30 talviaikaa"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=24), "24 h"),
        (timedelta(hours=1, minutes=30), "1 h 30 min"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(0), "0 min"),
    ],
)
def test_a_length_is_said_alike_everywhere(length: timedelta, said: str) -> None:
    assert length_in_words(length) == said
