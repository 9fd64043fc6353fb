"""Opening hours, closed days and their names, wall times that do not exist or come twice (rules 3, 7, 8, 10, 12)."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from engine.calendars import Calendars, calendars_of, read_calendar, shipped_calendars
from engine.findings import DefinitionRefused
from pathways.calendar import ServiceCalendar
from pathways.local_time import TZDATA_VERSION, end_of_day, instant_of, zone_named
from pathways.time_refusals import CalendarError, InstantError
from tests.unit.working_time import HELSINKI, NAMES, a_calendar, at, due, school, shipped


def test_four_calendars_are_shipped_and_two_of_them_are_one() -> None:
    known = shipped_calendars()

    assert {"24/7", "arkipaiva", "palveluaika", "vuorokausi"} <= set(known.names)
    assert known.version("24/7", 1) is known.version("vuorokausi", 1)
    assert {each.zone for each in known} == {"Europe/Helsinki"}


@pytest.mark.rule(12)
@pytest.mark.parametrize("name", ["palveluaika", "arkipaiva"])
def test_the_published_closed_days_are_those_of_the_finnish_year(name: str) -> None:
    calendar = shipped(name)
    weekday_holidays = {
        year: sum(day.year == year and day.weekday() < 5 for day in [*calendar.closed, *calendar.eves])
        for year in range(2024, 2032)
    }

    assert {2025: 10, 2026: 9, 2027: 8, 2028: 9}.items() <= weekday_holidays.items()
    assert all(sum(day.year == year for day in calendar.closed) == 13 for year in range(2024, 2032))
    assert all(sum(day.year == year for day in calendar.eves) == 2 for year in range(2024, 2032))


@pytest.mark.parametrize(
    ("day", "fi", "sv", "en"),
    [
        ("2027-06-25", "juhannusaatto", "midsommarafton", "Midsummer Eve"),
        ("2026-12-24", "jouluaatto", "julafton", "Christmas Eve"),
        ("2027-05-06", "helatorstai", "Kristi himmelsfärdsdag", "Ascension Day"),
        ("2027-01-06", "loppiainen", "trettondagen", "Epiphany"),
        ("2026-12-06", "itsenäisyyspäivä", "självständighetsdagen", "Independence Day"),
        ("2026-12-05", "viikonloppu", "veckoslut", "weekend"),
    ],
)
def test_a_closed_day_says_why_in_three_languages(day: str, fi: str, sv: str, en: str) -> None:
    closed = date.fromisoformat(day)

    assert [shipped().why_closed(closed, lang) for lang in ("fi", "sv", "en")] == [fi, sv, en]
    assert shipped().why_closed(date(2026, 12, 4), "fi") is None


def test_a_weekday_that_is_always_closed_says_so() -> None:
    calendar = a_calendar(weekly={"tue-fri": ["9:00-12:00"]})

    assert calendar.why_closed(date(2026, 11, 23), "fi") == "suljettu maanantaisin"
    assert calendar.why_closed(date(2026, 11, 23), "sv") == "stängt på måndagar"
    assert calendar.why_closed(date(2026, 11, 23), "en") == "closed on Mondays"


@pytest.mark.rule(3)
def test_opening_hours_hold_their_first_instant_and_not_their_last() -> None:
    calendar = shipped()

    assert calendar.is_open(at("2026-12-01 08:00"))
    assert calendar.is_open(at("2026-12-01 15:59:59.999999"))
    assert not calendar.is_open(at("2026-12-01 16:00"))
    assert not calendar.is_open(at("2026-12-01 07:59:59"))


@pytest.mark.parametrize(
    ("received", "effective"),
    [
        ("2026-12-01 09:12", "2026-12-01 09:12"),
        ("2026-12-01 07:59", "2026-12-01 08:00"),
        ("2026-12-01 16:00", "2026-12-02 08:00"),
        ("2026-12-04 23:40", "2026-12-07 08:00"),
        ("2026-12-23 16:00", "2026-12-28 08:00"),
        ("2027-06-24 16:00", "2027-06-28 08:00"),
        ("2027-03-25 17:00", "2027-03-30 08:00"),
    ],
)
def test_a_contact_takes_effect_at_once_or_at_the_next_opening(received: str, effective: str) -> None:
    assert shipped().effective_at(at(received)) == at(effective)


def test_the_next_opening_is_strictly_an_opening() -> None:
    calendar = a_calendar(weekly={"mon-fri": ["8:00-11:00", "12:00-16:00"]})

    assert calendar.next_opening(at("2026-12-01 08:00")) == at("2026-12-01 08:00")
    assert calendar.next_opening(at("2026-12-01 09:00")) == at("2026-12-01 12:00")
    assert calendar.next_opening(at("2026-12-01 13:00")) == at("2026-12-02 08:00")
    assert calendar.effective_at(at("2026-12-01 11:00")) == at("2026-12-01 12:00")


def test_eves_are_working_days_only_where_the_calendar_says_so() -> None:
    open_eves = shipped().model_copy(update={"eves_closed": False})

    assert not shipped().is_working_day(date(2027, 6, 25))
    assert open_eves.is_working_day(date(2027, 6, 25))
    assert open_eves.is_working_day(date(2026, 12, 24))
    assert not open_eves.is_working_day(date(2026, 12, 25))


def test_a_changed_copy_forgets_the_days_of_the_first() -> None:
    calendar = a_calendar()
    assert calendar.is_open_day(date(2026, 12, 1))

    changed = calendar.model_copy(update={"closed": {date(2026, 12, 1): NAMES}})

    assert not changed.is_open_day(date(2026, 12, 1))
    assert calendar.is_open_day(date(2026, 12, 1))


def test_an_open_saturday_is_a_service_day_and_no_working_day() -> None:
    calendar = a_calendar(weekly={"mon-fri": ["8:00-16:00"], "sat": ["9:00-12:00"]})

    assert calendar.is_open_day(date(2026, 12, 5))
    assert not calendar.is_working_day(date(2026, 12, 5))
    assert calendar.service_day(at("2026-12-04 17:00")) == date(2026, 12, 5)


def test_a_public_holiday_with_hours_of_its_own_is_open_and_no_working_day() -> None:
    own_hours = {"hours": ["10:00-12:00"], "reason": NAMES}
    calendar = shipped().model_copy(update={"exceptions": {date(2027, 1, 6): own_hours, date(2026, 12, 24): own_hours}})

    for day in (date(2027, 1, 6), date(2026, 12, 24)):
        assert calendar.is_open_day(day)
        assert not calendar.is_working_day(day)


def test_a_unit_may_close_one_day_and_shorten_another() -> None:
    calendar = a_calendar(
        exceptions={
            "2026-12-01": {"reason": NAMES},
            "2026-12-02": {"hours": ["8:00-12:00"], "reason": NAMES},
        }
    )

    assert not calendar.is_working_day(date(2026, 12, 1))
    assert calendar.why_closed(date(2026, 12, 1), "sv") == "möte"
    assert calendar.day(date(2026, 12, 2)).closes_at == at("2026-12-02 12:00")


@pytest.mark.rule(12)
def test_a_statutory_clock_counts_without_the_unit_s_exceptions() -> None:
    calendar = a_calendar(exceptions={"2026-12-01": {"reason": NAMES}})

    assert due("2026-11-30 12:00", "1 working day", calendar=calendar).due_on == date(2026, 12, 2)
    assert due("2026-11-30 12:00", "1 working day", calendar=calendar, kind="target").due_on == date(2026, 12, 2)
    assert due("2026-11-30 12:00", "1 working day", calendar=calendar, kind="statutory").due_on == date(2026, 12, 1)


@pytest.mark.rule(7)
def test_after_the_last_contact_the_service_day_is_the_next_for_promises_only() -> None:
    calendar = a_calendar(last_contact_for_same_day="15:00")

    assert due("2026-12-01 15:00", "same day", calendar=calendar).due_on == date(2026, 12, 1)
    assert due("2026-12-01 15:00:01", "same day", calendar=calendar).due_on == date(2026, 12, 2)
    assert due("2026-12-04 15:30", "same day", calendar=calendar).due_on == date(2026, 12, 7)
    assert due("2026-12-01 15:30", "same day", calendar=calendar, kind="statutory").due_on == date(2026, 12, 1)
    assert due("2026-12-01 15:30", "same day", calendar=calendar).effective_at == at("2026-12-01 15:30")


def test_a_contact_from_the_evening_before_is_in_time_for_a_day_that_opens_after_its_last_contact_time() -> None:
    calendar = a_calendar(weekly={"mon-fri": ["12:00-16:00"]}, last_contact_for_same_day="11:00")

    assert due("2026-12-01 20:00", "same day", calendar=calendar).due_on == date(2026, 12, 2)
    assert due("2026-12-02 11:30", "same day", calendar=calendar).due_on == date(2026, 12, 3)


def test_a_day_ends_at_the_next_local_midnight_whether_it_has_23_or_25_hours() -> None:
    zone = zone_named("Europe/Helsinki")

    assert end_of_day(date(2027, 3, 28), zone) - end_of_day(date(2027, 3, 27), zone) == timedelta(hours=23)
    assert end_of_day(date(2027, 10, 31), zone) - end_of_day(date(2027, 10, 30), zone) == timedelta(hours=25)
    assert end_of_day(date(2026, 12, 11), zone) == datetime(2026, 12, 11, 22, tzinfo=UTC)


@pytest.mark.rule(10)
def test_a_wall_time_that_does_not_exist_is_the_first_that_does() -> None:
    zone = zone_named("Europe/Helsinki")

    for missing in (time(3), time(3, 0, 1), time(3, 30), time(3, 59, 59)):
        assert instant_of(date(2027, 3, 28), missing, zone) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert instant_of(date(2027, 3, 28), time(4), zone) == datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.rule(10)
def test_an_ambiguous_opening_is_the_first_one_and_an_ambiguous_closing_the_second() -> None:
    calendar = a_calendar(weekly={"sun": ["3:15-3:45"], "mon": ["8:00-16:00"]})

    assert calendar.openings(date(2027, 10, 31)) == (
        (datetime(2027, 10, 31, 0, 15, tzinfo=UTC), datetime(2027, 10, 31, 1, 45, tzinfo=UTC)),
    )


def test_an_opening_inside_the_missing_hour_is_none_at_all() -> None:
    calendar = a_calendar(weekly={"sun": ["3:15-3:45"], "mon": ["8:00-16:00"]})

    assert calendar.openings(date(2027, 3, 28)) == ()
    assert not calendar.is_open_day(date(2027, 3, 28))


@pytest.mark.parametrize("zone", ["America/Havana", "Asia/Beirut", "America/Santiago"])
def test_where_midnight_itself_is_missing_the_day_ends_when_the_clocks_jump(zone: str) -> None:
    calendar = a_calendar(zone=zone, weekly={"mon-sun": ["0:00-24:00"]})
    day = date(2026, 1, 1)
    while day.year == 2026:
        assert calendar.openings(day) == ((calendar.end_of_day(day - timedelta(days=1)), calendar.end_of_day(day)),)
        assert calendar.local_date(calendar.end_of_day(day)) == day + timedelta(days=1)
        day += timedelta(days=1)


@pytest.mark.rule(12)
def test_the_zones_come_from_the_pinned_package_and_not_from_the_machine() -> None:
    zone = zone_named("Europe/Helsinki")

    assert zone is not HELSINKI
    assert zone == zone_named("Europe/Helsinki")
    assert TZDATA_VERSION
    assert "/" not in TZDATA_VERSION
    with pytest.raises(Exception, match="No time zone found"):
        zone_named("Europe/Espoo")
    assert ZoneInfo("Europe/Helsinki").key == zone.key


def test_always_open_means_every_hour_of_every_day() -> None:
    assert shipped("24/7").is_always_open
    assert not shipped("arkipaiva").is_always_open
    assert not a_calendar(weekly={"mon-sun": ["0:00-24:00"]}, closed={"2026-12-06": NAMES}).is_always_open
    assert not a_calendar(weekly={"mon-sun": ["0:00-23:00"]}).is_always_open


def test_a_school_works_on_the_saturday_it_says() -> None:
    assert school().is_working_day(date(2026, 9, 19))
    assert due("2026-09-18 12:00", "1 school day", calendar=school()).due_on == date(2026, 9, 19)


def test_a_search_for_an_opening_that_never_comes_ends_with_a_refusal() -> None:
    closed = {(date(2026, 1, 1) + timedelta(days=ahead)).isoformat(): NAMES for ahead in range(1200)}
    calendar = a_calendar(closed=closed)

    with pytest.raises(CalendarError, match="no open day"):
        calendar.effective_at(at("2026-02-01 12:00"))
    with pytest.raises(CalendarError, match="no open day"):
        due("2026-02-01 12:00", "1 week", calendar=calendar)


def test_a_time_without_an_offset_is_refused() -> None:
    naive = datetime(2026, 12, 4, 23, 40)  # noqa: DTZ001 — what is refused

    with pytest.raises(InstantError, match="no offset"):
        due(naive, "1 week")
    with pytest.raises(InstantError, match="no offset"):
        next(shipped().openings_after(naive))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"weekly": {"mon-fri": []}}, "never opens"),
        ({"weekly": {"mon-fry": ["8:00-16:00"]}}, "is not a weekday"),
        ({"weekly": {"mon-fri": ["8:00-16:00"], "fri": ["8:00-15:00"]}}, '"fri" is given twice'),
        ({"weekly": {"mon": ["8-16"]}}, "are not opening hours"),
        ({"weekly": {"mon": ["16:00-8:00"]}}, "closes before it opens"),
        ({"weekly": {"mon": ["8:00-12:00", "11:00-16:00"]}}, "overlap"),
        ({"weekly": {"mon": ["8:00-24:00", "23:00-23:30"]}}, "overlap"),
        ({"weekly": {"mon": ["8:00-25:00"]}}, "are not opening hours"),
        ({"last_contact_for_same_day": "15:60"}, "is no time of day"),
        ({"zone": "Europe/Espoo"}, "is not a time zone"),
        ({"closed": {"2026-12-06": {"fi": "x", "sv": "y"}}}, "en"),
        ({"exeptions": {}}, "exeptions"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        a_calendar(**changes)


def test_a_calendar_file_with_a_mistake_names_the_place() -> None:
    text = "key: x\nvalid_from: 2024-01-01\ntitle: {fi: a, sv: b, en: c}\nweekly: {mon: ['8:00-16:00']}\nclosd: {}\n"

    with pytest.raises(DefinitionRefused) as refused:
        read_calendar(text, "x.yaml")

    assert str(refused.value.findings[0].place).startswith("x.yaml:5:")


def test_the_version_in_force_is_the_latest_that_had_begun() -> None:
    first, second = a_calendar(), a_calendar(version=2, valid_from="2027-01-01")
    known = Calendars([second, first])

    assert known.in_force("koe", at("2026-12-31 23:59")) is first
    assert known.in_force("koe", at("2027-01-01 00:00")) is second
    assert known.in_force("koe", at("2020-01-01 00:00")) is first
    assert known.version("koe", 2) is second


def test_an_unknown_calendar_is_refused_with_the_near_miss() -> None:
    with pytest.raises(CalendarError, match='did you mean "palveluaika"') as refused:
        shipped_calendars().in_force("palveluajka", at("2026-12-01 12:00"))

    assert "arkipaiva" in refused.value.fi
    with pytest.raises(CalendarError, match="no version 7"):
        shipped_calendars().version("palveluaika", 7)


def test_one_version_can_not_have_two_contents() -> None:
    Calendars([a_calendar(), a_calendar()])

    with pytest.raises(CalendarError, match="two contents"):
        Calendars([a_calendar(), a_calendar(eves_closed=False)])


def test_a_county_s_own_calendars_stand_beside_the_shipped_ones() -> None:
    from_tests = calendars_of([_folder_of_test_calendars()])

    assert set(from_tests.names) == {*shipped_calendars().names, "oppilaitos_espoo"}


def test_a_calendar_survives_being_stored() -> None:
    for calendar in (shipped(), school(), shipped("24/7")):
        assert ServiceCalendar.model_validate_json(calendar.model_dump_json()) == calendar


def _folder_of_test_calendars() -> Path:
    return Path(__file__).parents[1] / "calendars"
