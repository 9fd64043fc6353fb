"""When warnings, breaches and escalations fire (rule 15)."""

from datetime import datetime, time, timedelta

import pytest

from pathways.tier_anchor import TierAnchor, TierError, parse_tier_anchor
from pathways.working_time import Pause, tier_instant, warn_at
from tests.unit.working_time import a_calendar, a_pause, at, due, end_of, school, shipped

JUST_AFTER = timedelta(microseconds=1)


def fires(
    text: str, start: str, goal: str, *pauses: Pause, calendar: str = "palveluaika", acute: bool = False
) -> datetime | None:
    counted_on = shipped(calendar)
    found = due(start, goal, *pauses, calendar=counted_on)
    return warn_at(text, at(start), found, counted_on, pauses=pauses, acute=acute)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("at start", TierAnchor(base="start")),
        ("at working due", TierAnchor(base="working_due")),
        ("at due", TierAnchor(base="due")),
        ("at breach", TierAnchor(base="breach")),
        ("at 50%", TierAnchor(base="start", percent=50)),
        ("at 80 %", TierAnchor(base="start", percent=80)),
        ("2 service hours before", TierAnchor(base="working_due", number=-2, unit="service_hour")),
        ("2 service hours before due", TierAnchor(base="due", number=-2, unit="service_hour")),
        ("2 hours before working due", TierAnchor(base="working_due", number=-2, unit="hour")),
        ("2 hours before breach", TierAnchor(base="due", number=-2, unit="hour")),
        ("3 days before", TierAnchor(base="due", number=-3, unit="day")),
        ("2 working days after breach", TierAnchor(base="breach", number=2, unit="working_day")),
        ("2 working days after due", TierAnchor(base="breach", number=2, unit="working_day")),
        ("30 minutes after start", TierAnchor(base="start", number=30, unit="minute")),
        ("day 21", TierAnchor(base="start", number=21, unit="day")),
        ("week 8", TierAnchor(base="start", number=8, unit="week")),
        ("working day 7 12:00", TierAnchor(base="start", number=7, unit="working_day", at=time(12))),
        ("after breach next morning 8:15", TierAnchor(base="breach", next_morning=True, at=time(8, 15))),
        ("next morning 8.15", TierAnchor(base="breach", next_morning=True, at=time(8, 15))),
        ("1 working day after breach at 9:00", TierAnchor(base="breach", number=1, unit="working_day", at=time(9))),
    ],
)
def test_an_anchor_is_read_in_words(text: str, anchor: TierAnchor) -> None:
    assert parse_tier_anchor(text) == anchor


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 servce hours before", "2 service hours before"),
        ("at 50", "at 50%"),
        ("at breech", "at breach"),
        ("2 workdays after breach", "2 working days after breach"),
        ("next morning 25:15", "after breach next morning 8:15"),
    ],
)
def test_a_near_miss_of_an_anchor_is_named(text: str, meant: str) -> None:
    with pytest.raises(TierError) as refused:
        parse_tier_anchor(text)

    assert f'"{meant}"' in refused.value.fi
    assert f"”{meant}”" in refused.value.sv


@pytest.mark.parametrize("text", ["", "at 0%", "at 100%", "0 days before", "soon", "2 days", "x"])
def test_what_names_no_instant_is_refused(text: str) -> None:
    with pytest.raises(TierError):
        parse_tier_anchor(text)


@pytest.mark.rule(15)
def test_a_warning_not_after_the_start_is_not_armed() -> None:
    assert fires("2 service hours before", "2026-12-01 15:50", "same day") is None
    assert fires("2 service hours before", "2026-12-01 14:00", "same day") is None
    assert fires("2 service hours before", "2026-12-01 13:59", "same day") == at("2026-12-01 14:00")


def test_service_hours_are_counted_back_over_closed_time() -> None:
    assert fires("2 service hours before", "2026-12-04 23:40", "1 week") == at("2026-12-11 14:00")
    assert fires("2 service hours before due", "2026-11-29 12:00", "1 week") == at("2026-12-04 14:00")
    assert fires("10 service hours before", "2026-12-01 09:00", "1 week") == at("2026-12-07 14:00")


def test_hours_before_count_from_the_last_closing_and_from_due_only_when_said() -> None:
    assert fires("2 hours before", "2026-12-01 09:00", "same day") == at("2026-12-01 14:00")
    assert fires("2 hours before due", "2026-12-01 09:00", "same day") == at("2026-12-01 22:00")


def test_working_due_and_due_are_instants_of_their_own() -> None:
    assert fires("at working due", "2026-12-01 15:50", "same day") == at("2026-12-01 16:00")
    assert fires("at due", "2026-12-01 15:50", "same day") == end_of("2026-12-01")
    assert fires("at breach", "2026-12-01 15:50", "same day") == end_of("2026-12-01") + JUST_AFTER
    assert fires("at start", "2026-12-01 15:50", "same day") == at("2026-12-01 15:50")


def test_a_percentage_is_of_elapsed_time_from_start_to_due() -> None:
    assert fires("at 50%", "2026-12-01 12:00", "24 hours", calendar="24/7") == at("2026-12-02 00:00")
    assert fires("at 50%", "2026-12-04 23:40", "1 week") == at("2026-12-08 11:50")


@pytest.mark.rule(15)
def test_a_percentage_in_closed_time_moves_back_to_the_start_of_the_opening_before() -> None:
    assert fires("at 80%", "2027-01-05 10:00", "14 days") == at("2027-01-15 08:00")
    assert fires("at 50%", "2026-12-01 12:00", "1 week") == at("2026-12-04 08:00")


def test_a_percentage_never_moves_back_before_the_start() -> None:
    assert fires("at 50%", "2026-12-04 15:00", "3 days") is None
    assert fires("at 50%", "2026-12-04 23:40", "same day") is None


@pytest.mark.rule(15)
def test_an_acute_percentage_never_waits_for_an_opening() -> None:
    assert fires("at 50%", "2026-12-04 15:00", "3 days", acute=True) == at("2026-12-06 07:30")


def test_a_pause_moves_a_percentage_and_no_warning_fires_inside_it() -> None:
    offered = a_pause("2027-01-14 10:00", "2027-01-21 09:00")

    assert fires("at 50%", "2027-01-11 10:00", "1 week", offered) == at("2027-01-21 09:00")
    assert fires("at 80%", "2027-01-11 10:00", "1 week", offered) == at("2027-01-22 08:00")
    assert fires("day 3", "2027-01-11 10:00", "1 week", offered) == at("2027-01-21 09:00")


def test_a_day_offset_from_the_start_fires_at_that_day_s_opening() -> None:
    assert fires("day 21", "2027-02-01 10:00", "28 days") == at("2027-02-22 08:00")
    assert fires("working day 5", "2026-12-04 23:40", "7 working days") == at("2026-12-11 08:00")
    assert fires("working day 7 12:00", "2026-12-04 23:40", "7 working days") == at("2026-12-15 12:00")
    assert fires("week 8", "2026-11-30 12:00", "3 months") == at("2027-01-25 08:00")
    assert fires("month 2", "2026-11-30 12:00", "3 months") == at("2027-01-29 08:00")


def test_a_day_offset_on_a_closed_day_moves_back_to_the_opening_before() -> None:
    assert fires("day 12", "2027-01-05 10:00", "14 days") == at("2027-01-15 08:00")
    assert fires("day 12 12:00", "2027-01-05 10:00", "14 days") == at("2027-01-15 08:00")
    assert fires("day 12", "2027-01-05 10:00", "14 days", acute=True) == at("2027-01-17 00:00")
    assert fires("day 12 12:00", "2027-01-05 10:00", "14 days", acute=True) == at("2027-01-17 12:00")


def test_days_before_count_back_from_the_due_day() -> None:
    assert fires("3 days before", "2027-02-01 10:00", "28 days") == at("2027-02-26 08:00")
    assert fires("2 working days before", "2027-02-01 10:00", "28 days") == at("2027-02-25 08:00")
    assert fires("1 week before", "2027-02-01 10:00", "28 days") == at("2027-02-22 08:00")
    assert fires("1 month before", "2026-11-30 12:00", "3 months") == at("2027-01-28 08:00")


def test_a_warning_that_would_come_after_due_is_not_armed() -> None:
    assert fires("day 21", "2027-01-05 10:00", "14 days") is None
    assert fires("5 hours after start", "2026-12-01 10:00", "2 service hours") is None


def test_minutes_after_the_start_do_not_wait() -> None:
    assert fires("30 minutes after start", "2026-12-05 23:50", "24 hours", calendar="24/7") == at("2026-12-06 00:20")
    assert fires("30 minutes after start", "2026-12-05 23:50", "1 week") == at("2026-12-06 00:20")


@pytest.mark.rule(15)
def test_days_after_a_breach_count_from_the_due_day() -> None:
    assert fires("1 working day after breach", "2026-12-04 23:40", "1 week") == at("2026-12-14 08:00")
    assert fires("2 working days after breach", "2026-12-04 23:40", "1 week") == at("2026-12-15 08:00")
    assert fires("5 working days after breach", "2026-12-04 23:40", "1 week") == at("2026-12-18 08:00")
    assert fires("2 working days after breach", "2026-12-02 12:00", "24 hours") == at("2026-12-07 08:00")


def test_what_falls_into_closed_time_after_a_breach_waits_for_the_opening_unless_acute() -> None:
    assert fires("1 day after breach", "2026-12-04 23:40", "1 week") == at("2026-12-14 08:00")
    assert fires("1 day after breach", "2026-12-04 23:40", "1 week", acute=True) == at("2026-12-12 00:00")
    assert fires("4 hours after breach", "2026-12-04 23:40", "1 week") == at("2026-12-14 08:00")
    assert (
        fires("4 hours after breach", "2026-12-04 23:40", "1 week", acute=True) == at("2026-12-12 04:00") + JUST_AFTER
    )
    assert fires("2 service hours after breach", "2026-12-04 23:40", "1 week") == at("2026-12-14 10:00") + JUST_AFTER


@pytest.mark.rule(15)
def test_the_next_morning_is_that_of_the_next_open_day() -> None:
    assert fires("after breach next morning 8:15", "2026-12-01 09:00", "same day") == at("2026-12-02 08:15")
    assert fires("after breach next morning 8:15", "2026-12-04 09:00", "same day") == at("2026-12-07 08:15")
    assert fires("after breach next morning 8:15", "2026-12-23 09:00", "same day") == at("2026-12-28 08:15")
    assert fires("after breach next morning 8:15", "2026-12-04 09:00", "same day", acute=True) == at("2026-12-05 08:15")
    assert fires("next morning 8:15", "2026-12-04 09:00", "same day", calendar="24/7") == at("2026-12-05 08:15")


def test_round_the_clock_a_working_day_is_still_no_weekend() -> None:
    assert fires("2 working days after breach", "2026-12-04 12:00", "same day", calendar="24/7") == at(
        "2026-12-08 00:00"
    )


def test_at_a_time_of_day_after_a_breach_an_open_day_keeps_it() -> None:
    assert fires("1 working day after breach at 9:00", "2026-12-04 23:40", "1 week") == at("2026-12-14 09:00")
    assert fires("1 day after breach at 9:00", "2026-12-04 23:40", "1 week") == at("2026-12-14 08:00")


def test_school_days_warn_on_the_school_s_own_days() -> None:
    found = due("2027-02-18 12:00", "7 school days", calendar=school())

    assert warn_at("school day 4", at("2027-02-18 12:00"), found, school()) == at("2027-03-03 08:00")


def test_in_a_lunch_break_a_percentage_moves_back_to_the_morning_s_opening() -> None:
    calendar = a_calendar(weekly={"mon-fri": ["8:00-11:00", "12:00-16:00"]})
    found = due("2026-12-01 09:00", "3 service hours", calendar=calendar)

    assert found.due_at == at("2026-12-01 13:00")
    assert warn_at("at 60%", at("2026-12-01 09:00"), found, calendar) is None
    earlier = due("2026-12-01 07:00", "6 hours", calendar=calendar)
    assert warn_at("at 75%", at("2026-12-01 07:00"), earlier, calendar) == at("2026-12-01 08:00")


def test_an_anchor_may_be_kept_and_used_again() -> None:
    anchor = TierAnchor.model_validate_json(parse_tier_anchor("2 service hours before").model_dump_json())
    found = due("2026-12-01 09:00", "same day")

    assert tier_instant(anchor, at("2026-12-01 09:00"), found, shipped()) == at("2026-12-01 14:00")
    assert anchor.is_warning
    assert not parse_tier_anchor("at breach").is_warning
