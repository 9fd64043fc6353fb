"""The due instant, rule by rule: the worked table of the promises and the scenarios of the domain."""

import timeit
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest

from pathways.due_instant import Roll
from pathways.goal import GoalError, parse_goal
from pathways.time_refusals import RollError
from pathways.working_time import due as due_of
from pathways.working_time import open_time_between, time_between, warn_at
from tests.unit.working_time import a_calendar, a_pause, at, due, end_of, school, shipped


def test_worked_a_contact_before_closing_is_due_the_same_day_and_its_early_warning_is_not_armed() -> None:
    found = due("2026-12-01 15:50", "same day")

    assert found.due_at == end_of("2026-12-01")
    assert warn_at("2 service hours before", at("2026-12-01 15:50"), found, shipped()) is None


@pytest.mark.rule(7, 3)
@pytest.mark.parametrize(
    ("goal", "day"), [("same day", "2026-12-07"), ("1 week", "2026-12-11"), ("7 working days", "2026-12-15")]
)
def test_worked_a_contact_late_on_friday(goal: str, day: str) -> None:
    found = due("2026-12-04 23:40", goal)

    assert found.effective_at == at("2026-12-07 08:00")
    assert found.due_at == end_of(day)


def test_worked_a_contact_at_closing_sharp_belongs_to_the_next_open_day() -> None:
    assert due("2026-12-01 16:00", "same day").due_on == date(2026, 12, 2)
    assert due("2026-12-01 15:59:59.999999", "same day").due_on == date(2026, 12, 1)


@pytest.mark.rule(9)
def test_worked_three_months_from_the_last_of_november() -> None:
    found = due("2026-11-30 12:00", "3 months")

    assert found.due_at == end_of("2027-02-28")
    assert found.working_due_at == at("2027-02-26 16:00")


def test_worked_a_pause_of_a_week_moves_a_week_by_seven_days() -> None:
    offered = a_pause("2027-01-14 10:00", "2027-01-21 09:00")
    found = due("2027-01-11 10:00", "1 week", offered)

    assert found.due_at == end_of("2027-01-25")
    assert time_between(at("2027-01-11 09:00"), at("2027-01-21 09:00"), [offered]) == timedelta(days=3, hours=1)
    assert time_between(at("2027-01-11 09:00"), at("2027-01-21 09:00")) == timedelta(days=10)


def test_worked_a_week_from_a_saturday_stays_on_all_saints_day() -> None:
    found = due("2026-10-24 12:00", "1 week")

    assert found.due_at == end_of("2026-10-31")
    assert found.working_due_at == at("2026-10-30 16:00")


@pytest.mark.rule(10)
def test_worked_a_day_of_25_hours_ends_at_its_own_midnight() -> None:
    found = due(at("2027-10-31 03:30", second=True), "same day", calendar=shipped("vuorokausi"))

    assert found.due_at.astimezone(at("2027-11-01").tzinfo) == at("2027-11-01 00:00")
    assert shipped("vuorokausi").local(found.due_at).isoformat() == "2027-11-01T00:00:00+02:00"


def test_s06_a_day_of_24_hours_over_the_spring_night() -> None:
    found = due("2027-03-27 23:30", "24 hours", calendar=shipped("24/7"))

    assert found.due_at == at("2027-03-29 00:30")
    assert found.working_due_at == found.due_at


def test_s07_on_a_weekday_channel_the_sunday_of_25_hours_belongs_to_monday() -> None:
    assert due(at("2027-10-31 03:30"), "same day").due_on == date(2027, 11, 1)


def test_s12_urgent_is_the_next_school_day() -> None:
    assert due("2027-02-18 12:00", "1 school day", calendar=school()).due_on == date(2027, 2, 19)
    assert due("2027-02-18 12:00", "7 school days", calendar=school()).due_on == date(2027, 3, 8)


@pytest.mark.rule(8)
def test_s04_where_the_eves_are_open_midsummer_eve_is_counted() -> None:
    open_eves = shipped().model_copy(update={"eves_closed": False})

    assert due("2027-06-24 14:00", "7 working days", calendar=open_eves).due_on == date(2027, 7, 5)


@pytest.mark.rule(8)
def test_the_handbook_s_example_from_tuesday_to_thursday_next_week() -> None:
    assert due("2026-11-10 09:00", "7 working days").due_on == date(2026, 11, 19)


def test_s25_the_acute_promise_runs_on_the_round_the_clock_calendar() -> None:
    assert due("2027-05-06 11:00", "same day", calendar=shipped("24/7")).due_on == date(2027, 5, 6)
    assert due("2027-05-06 11:00", "same day").due_on == date(2027, 5, 7)


@pytest.mark.rule(7)
def test_the_due_day_is_the_local_date_of_the_last_moment_before_due() -> None:
    assert due("2026-12-04 23:40", "1 week").due_on == date(2026, 12, 11)
    assert due("2026-12-03 00:00", "24 hours").due_on == date(2026, 12, 3)
    assert due("2026-12-03 00:00:00.000001", "24 hours").due_on == date(2026, 12, 4)


def test_the_same_instant_gives_the_same_due_whatever_offset_it_is_written_with() -> None:
    as_utc = datetime(2026, 12, 4, 21, 40, tzinfo=UTC)

    assert due(as_utc, "7 working days") == due(datetime.fromisoformat("2026-12-05T02:40:00+05:00"), "7 working days")
    assert due(as_utc, "7 working days") == due("2026-12-04 23:40", "7 working days")


@pytest.mark.rule(3)
def test_only_the_same_day_waits_for_the_opening_unless_the_law_pack_says_so() -> None:
    assert due("2026-12-04 23:40", "1 working day").due_on == date(2026, 12, 7)
    assert due("2026-12-04 23:40", "1 working day", count_from_effective=True).due_on == date(2026, 12, 8)
    assert due("2026-12-04 23:40", "1 week", count_from_effective=True).due_on == date(2026, 12, 14)
    assert due("2026-12-04 23:40", "24 hours", count_from_effective=True).due_at == at("2026-12-08 08:00")
    assert due("2026-12-04 23:40", "same day", count_from_effective=True).due_on == date(2026, 12, 7)


@pytest.mark.rule(8)
def test_day_zero_is_never_counted_however_early_the_contact() -> None:
    assert due("2026-12-01 00:00", "1 working day").due_on == date(2026, 12, 2)
    assert due("2026-12-01 08:00", "2 days").due_on == date(2026, 12, 3)


def test_service_hours_end_at_a_closing_and_not_at_the_next_opening() -> None:
    assert due("2026-12-01 14:00", "2 service hours").due_at == at("2026-12-01 16:00")
    assert due("2026-12-01 14:00:01", "2 service hours").due_at == at("2026-12-02 08:00:01")


def test_a_lunch_break_is_no_service_time() -> None:
    calendar = a_calendar(weekly={"mon-fri": ["8:00-11:00", "12:00-16:00"]})

    assert due("2026-12-01 10:30", "2 service hours", calendar=calendar).due_at == at("2026-12-01 13:30")
    assert due("2026-12-01 10:30", "same day", calendar=calendar).working_due_at == at("2026-12-01 16:00")


def test_working_due_lies_after_the_start() -> None:
    assert due("2026-12-04 17:00", "2 days").working_due_at == end_of("2026-12-06")
    assert due("2026-12-04 15:59", "2 days").working_due_at == at("2026-12-04 16:00")
    assert due("2026-12-04 16:00", "2 days").working_due_at == end_of("2026-12-06")


def test_working_due_of_whole_days_is_at_24() -> None:
    assert due("2026-12-01 12:00", "same day", calendar=shipped("24/7")).working_due_at == end_of("2026-12-01")
    assert due("2026-12-01 12:00", "3 working days", calendar=shipped("arkipaiva")).working_due_at == end_of(
        "2026-12-04"
    )
    assert due("2026-12-01 12:00", "4 days", calendar=shipped("arkipaiva")).working_due_at == end_of("2026-12-04")


def test_working_due_of_hours_is_due_itself() -> None:
    for goal in ("24 hours", "2 service hours"):
        found = due("2026-12-04 12:00", goal)
        assert found.working_due_at == found.due_at


def test_working_due_is_never_a_closing_inside_a_pause() -> None:
    found = due("2026-12-01 12:00", "2 days", a_pause("2026-12-02 15:00", "2026-12-02 17:00"))
    assert found.due_on == date(2026, 12, 3)
    assert found.working_due_at == at("2026-12-03 16:00")

    touching = due("2026-12-04 12:00", "2 days", a_pause("2026-12-04 16:00", "2026-12-04 17:00"))
    assert touching.working_due_at == touching.due_at

    ended = due("2026-12-04 12:00", "2 days", a_pause("2026-12-04 15:00", "2026-12-04 16:00"))
    assert ended.working_due_at == at("2026-12-04 16:00")


@pytest.mark.rule(9)
@pytest.mark.parametrize(
    ("roll", "day"), [("none", "2026-12-06"), ("forward", "2026-12-07"), ("backward", "2026-12-04")]
)
def test_roll_says_what_a_closed_last_day_does(roll: Roll, day: str) -> None:
    assert due("2026-11-29 12:00", "1 week", roll=roll).due_at == end_of(day)


@pytest.mark.parametrize("roll", ["none", "forward", "backward"])
def test_an_open_last_day_never_rolls(roll: Roll) -> None:
    assert due("2026-12-01 12:00", "1 week", roll=roll).due_on == date(2026, 12, 8)


def test_a_backward_roll_may_reach_day_zero_and_never_passes_it() -> None:
    assert due("2026-12-04 12:00", "2 days", roll="backward").due_on == date(2026, 12, 4)
    assert due("2026-12-05 12:00", "1 week", roll="backward").due_on == date(2026, 12, 11)
    assert due("2026-12-24 12:00", "2 days", roll="backward").due_on == date(2026, 12, 26)


def test_a_backward_roll_never_enters_a_pause() -> None:
    friday = a_pause("2026-12-04 10:00", "2026-12-05 10:00")

    assert due("2026-12-02 12:00", "3 days", friday, roll="none").due_on == date(2026, 12, 6)
    assert due("2026-12-02 12:00", "3 days", friday, roll="backward").due_on == date(2026, 12, 6)


def test_a_backward_roll_never_enters_a_pause_on_day_zero() -> None:
    on_day_zero = a_pause("2026-12-04 13:00", "2026-12-05 10:00")

    assert due("2026-12-04 12:00", "2 days", on_day_zero, roll="backward").due_on == date(2026, 12, 6)


@pytest.mark.rule(9)
@pytest.mark.parametrize("goal", ["same day", "7 working days", "24 hours", "2 service hours"])
@pytest.mark.parametrize("roll", ["forward", "backward"])
def test_only_days_weeks_and_months_may_roll(goal: str, roll: Roll) -> None:
    with pytest.raises(RollError, match="doesn't roll"):
        due("2026-12-01 12:00", goal, roll=roll)


def test_school_days_do_not_roll_either() -> None:
    with pytest.raises(RollError, match="doesn't roll"):
        due("2027-02-18 12:00", "7 school days", calendar=school(), roll="forward")


@pytest.mark.rule(9)
def test_a_statutory_clock_may_roll_back_and_never_forward() -> None:
    assert due("2026-11-30 12:00", "3 months", kind="statutory", roll="backward").due_on == date(2027, 2, 26)
    with pytest.raises(RollError, match="can't roll forward"):
        due("2026-11-30 12:00", "3 months", kind="statutory", roll="forward")


def test_a_time_beyond_the_years_is_refused() -> None:
    with pytest.raises(GoalError, match="outside the years"):
        due("9999-12-01 12:00", "3 months")
    with pytest.raises(GoalError, match="outside the years"):
        due("9999-12-30 12:00", "9999 service hours")


def test_years_without_published_holidays_count_by_the_week() -> None:
    found = due("2040-12-23 12:00", "1 working day")

    assert found.due_on == date(2040, 12, 24)
    assert not shipped().knows_holidays_of(found.due_on)


def test_net_working_time_is_what_the_calendar_was_open() -> None:
    calendar = shipped()

    assert open_time_between(at("2026-12-01 15:00"), at("2026-12-02 09:00"), calendar) == timedelta(hours=2)
    assert open_time_between(at("2026-12-04 23:40"), at("2026-12-07 08:00"), calendar) == timedelta(0)
    assert open_time_between(at("2026-12-23 08:00"), at("2026-12-28 16:00"), calendar) == timedelta(hours=16)
    assert open_time_between(at("2026-12-02 09:00"), at("2026-12-01 15:00"), calendar) == timedelta(0)
    paused = [a_pause("2026-12-01 15:30", "2026-12-02 08:30")]
    assert open_time_between(at("2026-12-01 15:00"), at("2026-12-02 09:00"), calendar, paused) == timedelta(hours=1)


@pytest.mark.rule(28)
def test_due_is_pure_and_asks_for_nothing_else() -> None:
    arguments = (at("2026-12-04 23:40"), (), parse_goal("7 working days"), shipped())

    assert due_of(*arguments) == due_of(*arguments)


def test_a_usual_deadline_takes_microseconds() -> None:
    """8 to 17 µs for each kind of goal over 2 000 starts of a year; the bound only sees days looked up again and again."""
    arguments = (at("2026-12-04 23:40"), (), parse_goal("7 working days"), shipped())
    due_of(*arguments)

    best = min(timeit.repeat(lambda: due_of(*arguments), timer=process_time, number=200, repeat=5)) / 200

    assert best < 200e-6
