"""What a pause does to each goal, and which pauses are refused (rules 13 and 14)."""

from datetime import date, datetime, timedelta

import pytest

from pathways.due_instant import Kind
from pathways.time_refusals import InstantError, PauseError
from pathways.working_time import Pause
from tests.unit.working_time import a_pause, at, due, end_of, school, shipped


@pytest.mark.rule(14)
def test_hours_move_by_the_paused_time() -> None:
    found = due("2026-12-01 12:00", "24 hours", a_pause("2026-12-01 20:00", "2026-12-02 02:30"))

    assert found.due_at == at("2026-12-02 18:30")


@pytest.mark.rule(14)
def test_service_hours_move_by_the_open_part_of_the_pause() -> None:
    found = due("2026-12-01 14:00", "4 service hours", a_pause("2026-12-01 15:00", "2026-12-02 09:00"))

    assert found.due_at == at("2026-12-02 12:00")


def test_service_hours_do_not_move_for_a_pause_in_closed_time() -> None:
    found = due("2026-12-01 14:00", "4 service hours", a_pause("2026-12-01 16:00", "2026-12-02 08:00"))

    assert found == due("2026-12-01 14:00", "4 service hours")


@pytest.mark.rule(14)
@pytest.mark.parametrize(
    ("goal", "day"), [("5 working days", "2026-12-10"), ("5 days", "2026-12-08"), ("1 week", "2026-12-10")]
)
def test_days_move_by_the_days_the_pause_took_from_them(goal: str, day: str) -> None:
    """Thursday and Friday are taken: two working days, two calendar days."""
    found = due("2026-12-01 12:00", goal, a_pause("2026-12-03 10:00", "2026-12-05 10:00"))

    assert found.due_at == end_of(day)


def test_a_weekend_takes_nothing_from_working_days_and_two_days_from_a_week() -> None:
    weekend = a_pause("2026-12-05 10:00", "2026-12-07 10:00")

    assert due("2026-12-01 12:00", "7 working days", weekend).due_on == date(2026, 12, 10)
    assert due("2026-12-01 12:00", "1 week", weekend).due_on == date(2026, 12, 10)
    assert due("2026-12-01 12:00", "1 week").due_on == date(2026, 12, 8)


def test_day_zero_takes_nothing() -> None:
    assert due("2026-12-01 12:00", "1 week", a_pause("2026-12-01 13:00", "2026-12-02 09:00")).due_on == date(
        2026, 12, 8
    )
    assert due("2026-12-01 12:00", "1 week", a_pause("2026-12-01 13:00", "2026-12-03 09:00")).due_on == date(
        2026, 12, 9
    )


@pytest.mark.rule(14)
def test_the_dates_decide_whatever_the_hours() -> None:
    one_minute = a_pause("2026-12-03 23:59", "2026-12-04 00:00")
    nearly_two_days = a_pause("2026-12-03 00:00", "2026-12-04 23:59")
    within_one_day = a_pause("2026-12-03 00:00", "2026-12-03 23:59")

    assert due("2026-12-01 12:00", "1 week", one_minute).due_on == date(2026, 12, 9)
    assert due("2026-12-01 12:00", "1 week", nearly_two_days).due_on == date(2026, 12, 9)
    assert due("2026-12-01 12:00", "1 week", within_one_day).due_on == date(2026, 12, 8)


def test_days_moved_into_are_looked_at_in_the_same_way() -> None:
    first = a_pause("2026-12-07 10:00", "2026-12-09 10:00")
    second = a_pause("2026-12-10 08:00", "2026-12-12 08:00")

    assert due("2026-12-01 12:00", "1 week", first).due_on == date(2026, 12, 10)
    assert due("2026-12-01 12:00", "1 week", first, second).due_on == date(2026, 12, 12)


def test_working_days_moved_into_a_weekend_go_on_to_monday() -> None:
    thursday = a_pause("2026-12-03 10:00", "2026-12-04 10:00")

    assert due("2026-12-01 12:00", "3 working days", thursday).due_on == date(2026, 12, 7)


def test_a_month_moves_by_calendar_days() -> None:
    three_days = a_pause("2026-12-10 10:00", "2026-12-13 10:00")

    assert due("2026-11-30 12:00", "3 months", three_days).due_on == date(2027, 3, 3)


def test_school_days_move_by_school_days() -> None:
    over_the_holiday = a_pause("2027-02-19 10:00", "2027-03-02 10:00")

    assert due("2027-02-18 12:00", "7 school days", over_the_holiday, calendar=school()).due_on == date(2027, 3, 10)


@pytest.mark.rule(14)
@pytest.mark.parametrize(
    ("begins", "ends", "day"),
    [
        ("2026-12-01 13:00", "2026-12-02 09:00", "2026-12-02"),
        ("2026-12-01 13:00", "2026-12-02 17:00", "2026-12-03"),
        ("2026-12-01 13:00", "2026-12-04 16:00", "2026-12-07"),
        ("2026-12-01 13:00", "2026-12-05 12:00", "2026-12-07"),
        ("2026-12-01 13:00", "2026-12-01 15:00", "2026-12-01"),
        ("2026-12-01 23:00", "2026-12-02 00:00", "2026-12-02"),
    ],
)
def test_the_same_day_moves_to_the_service_day_of_the_pause_s_end(begins: str, ends: str, day: str) -> None:
    assert due("2026-12-01 12:00", "same day", a_pause(begins, ends)).due_at == end_of(day)


def test_a_pause_before_the_service_day_moves_it_only_when_it_ends_on_a_later_day() -> None:
    assert due("2026-12-04 23:40", "same day", a_pause("2026-12-05 10:00", "2026-12-07 10:00")).due_on == date(
        2026, 12, 7
    )
    assert due("2026-12-04 23:40", "same day", a_pause("2026-12-05 10:00", "2026-12-08 10:00")).due_on == date(
        2026, 12, 8
    )


def test_no_due_instant_lies_inside_a_pause_that_touches_midnight() -> None:
    until_midnight = a_pause("2026-12-08 10:00", "2026-12-09 00:00")
    found = due("2026-12-01 12:00", "1 week", until_midnight)

    assert found.due_on == date(2026, 12, 9)


def test_a_pause_may_begin_in_the_future_where_another_ends() -> None:
    first = a_pause("2027-01-14 10:00", "2027-01-16 10:00")
    second = a_pause("2027-01-16 10:00", "2027-01-21 09:00")

    assert due("2027-01-11 10:00", "1 week", second, first).due_on == date(2027, 1, 25)


def test_a_pause_of_a_rolled_day_moves_it_to_the_next_open_day() -> None:
    rolled = due("2026-11-29 12:00", "1 week", roll="forward")
    paused = due("2026-11-29 12:00", "1 week", a_pause("2026-12-07 09:00", "2026-12-09 09:00"), roll="forward")

    assert rolled.due_on == date(2026, 12, 7)
    assert paused.due_on == date(2026, 12, 9)


def test_a_pause_between_the_last_day_and_the_rolled_one_moves_what_it_covers() -> None:
    covering = a_pause("2026-10-31 23:00", "2026-11-03 09:00")
    over_monday = a_pause("2026-11-01 10:00", "2026-11-03 09:00")
    sunday_only = a_pause("2026-11-01 10:00", "2026-11-02 07:00")

    assert due("2026-10-24 12:00", "1 week", roll="forward").due_on == date(2026, 11, 2)
    assert due("2026-10-24 12:00", "1 week", over_monday, roll="forward").due_on == date(2026, 11, 3)
    assert due("2026-10-24 12:00", "1 week", sunday_only, roll="forward").due_on == date(2026, 11, 2)
    assert due("2026-10-24 12:00", "1 week", covering, roll="forward").due_on == date(2026, 11, 3)


def test_a_roll_looks_at_the_last_day_after_pauses() -> None:
    moved_to_saturday = a_pause("2026-12-02 10:00", "2026-12-06 10:00")

    assert due("2026-12-01 12:00", "1 week", moved_to_saturday).due_on == date(2026, 12, 12)
    assert due("2026-12-01 12:00", "1 week", moved_to_saturday, roll="forward").due_on == date(2026, 12, 14)
    assert due("2026-12-01 12:00", "1 week", moved_to_saturday, roll="backward").due_on == date(2026, 12, 11)


def test_hours_counted_from_the_opening_lose_only_what_is_paused_after_it() -> None:
    over_the_opening = a_pause("2026-12-05 10:00", "2026-12-07 10:00")
    found = due("2026-12-04 23:40", "24 hours", over_the_opening, count_from_effective=True)

    assert found.due_at == at("2026-12-08 10:00")


@pytest.mark.parametrize("kind", ["promise", "target"])
def test_promises_and_targets_may_pause(kind: Kind) -> None:
    found = due("2026-12-01 12:00", "1 week", a_pause("2026-12-02 10:00", "2026-12-03 10:00"), kind=kind)

    assert found.due_on == date(2026, 12, 9)


@pytest.mark.rule(13)
def test_a_statutory_clock_never_pauses() -> None:
    with pytest.raises(PauseError, match="never pauses") as refused:
        due("2026-12-01 12:00", "1 week", a_pause("2026-12-02 10:00", "2026-12-03 10:00"), kind="statutory")

    assert "perusteltuna poikkeamana" in refused.value.fi
    assert "motiverad avvikelse" in refused.value.sv


def test_a_pause_that_begins_before_the_start_is_refused() -> None:
    with pytest.raises(PauseError, match="begins before the contact"):
        due("2026-12-01 12:00", "1 week", a_pause("2026-12-01 11:59", "2026-12-03 10:00"))

    assert due("2026-12-01 12:00", "1 week", a_pause("2026-12-01 12:00", "2026-12-03 10:00")).due_on == date(
        2026, 12, 9
    )


@pytest.mark.rule(13)
def test_a_pause_that_begins_at_or_after_due_is_refused() -> None:
    with pytest.raises(PauseError, match="already up") as refused:
        due("2026-12-01 12:00", "1 week", a_pause("2026-12-09 00:00", "2026-12-10 10:00"))

    assert "ti 8.12.2026 klo 24.00" in refused.value.fi
    assert due("2026-12-01 12:00", "1 week", a_pause("2026-12-08 23:59", "2026-12-10 10:00")).due_on == date(
        2026, 12, 10
    )


def test_a_pause_may_begin_before_the_due_instant_that_an_earlier_pause_moved() -> None:
    first = a_pause("2026-12-07 10:00", "2026-12-14 10:00")
    second = a_pause("2026-12-15 10:00", "2026-12-16 10:00")

    assert due("2026-12-01 12:00", "1 week", first, second).due_on == date(2026, 12, 16)
    with pytest.raises(PauseError, match="already up"):
        due("2026-12-01 12:00", "1 week", second)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    for ends in ("2026-12-02 10:00", "2026-12-02 09:59"):
        with pytest.raises(PauseError, match="doesn't end after it begins"):
            due("2026-12-01 12:00", "1 week", a_pause("2026-12-02 10:00", ends))


@pytest.mark.rule(13)
def test_overlapping_pauses_are_refused_in_whatever_order_they_come() -> None:
    first = a_pause("2026-12-02 10:00", "2026-12-03 10:00")
    second = a_pause("2026-12-03 09:59", "2026-12-04 10:00")

    for pauses in ((first, second), (second, first), (first, first)):
        with pytest.raises(PauseError, match="overlap"):
            due("2026-12-01 12:00", "1 week", *pauses)


def test_a_pause_without_an_offset_is_refused() -> None:
    naive = datetime(2026, 12, 2, 10)  # noqa: DTZ001

    with pytest.raises(InstantError, match="no offset"):
        due("2026-12-01 12:00", "1 week", Pause(start=naive, end=naive + timedelta(days=1), reason="client_postponed"))


def test_pauses_given_in_other_offsets_are_the_same_pauses() -> None:
    here = a_pause("2026-12-03 10:00", "2026-12-05 10:00")
    elsewhere = Pause(
        start=datetime.fromisoformat("2026-12-03T13:00:00+05:00"),
        end=datetime.fromisoformat("2026-12-05T03:00:00-05:00"),
        reason="client_postponed",
    )

    assert due("2026-12-01 12:00", "1 week", here) == due("2026-12-01 12:00", "1 week", elsewhere)


def test_a_pause_over_the_repeated_hour_is_measured_in_real_time() -> None:
    repeated = Pause(start=at("2027-10-31 03:30"), end=at("2027-10-31 03:30", second=True), reason="client_postponed")
    found = due("2027-10-31 00:00", "24 hours", repeated, calendar=shipped("24/7"))

    assert found.due_at - at("2027-10-31 00:00") == timedelta(hours=25)
