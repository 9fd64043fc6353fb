"""Waits of reports: gross, net and working time of one promise, and how many waits become a median."""

import random
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from engine.calendars import shipped_calendars
from engine.read_models.open_time import OpenTime
from engine.read_models.promise_waits import Measures, PromiseWaits
from engine.read_models.report_access import ReportUnits, hidden_keys
from engine.read_models.wait_counts import Spread, WaitCounts
from pathways.time_zone import HELSINKI
from pathways.working_time import open_time_between

DAY = 86_400


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    year = 2027 if month < 6 else 2026
    return datetime(year, month, day, hour, minute, tzinfo=HELSINKI).astimezone(UTC)


def waits_of(started: datetime, ended: datetime, goal: str, pauses: str = "[]", **more: Any) -> PromiseWaits:
    row = SimpleNamespace(
        started_at=started,
        effective_at=more.pop("effective", started),
        ended_at=ended,
        goal=goal,
        pauses=pauses,
        corrected=more.pop("state", "kept"),
        kind=more.pop("kind", "promise"),
        calendar=more.pop("calendar", "palveluaika@1"),
        roll="none",
    )
    waits = PromiseWaits()
    Measures(shipped_calendars()).add(waits, row)
    return waits


@pytest.mark.rule(3, 13)
def test_a_pause_is_in_the_gross_wait_and_not_in_the_net_one() -> None:
    """The worked example of the rules: from Mon 11.1.2027, paused 14.–21.1., held on 21.1."""
    pause = f'[["{at(1, 14, 0).isoformat()}", "{at(1, 21, 0).isoformat()}", "client_postponed"]]'

    waits = waits_of(at(1, 11, 10), at(1, 21, 10), "1 week", pause)

    assert (waits.gross.spread().median, waits.net.spread().median) == (10 * DAY, 3 * DAY)
    assert waits.working.spread().median == (6 + 8 + 8 + 2) * 3600
    assert waits.kept_gross == 0  # a week from the contact had passed; the client's own wish isn't our merit


@pytest.mark.rule(7)
def test_a_contact_late_in_the_day_is_kept_net_and_not_gross_on_the_next() -> None:
    late_contact = waits_of(at(12, 1, 15, 30), at(12, 2, 9), "same day")
    same_day = waits_of(at(12, 1, 15, 30), at(12, 1, 15, 59), "same day")

    assert (late_contact.kept_gross, same_day.kept_gross) == (0, 1)


def test_a_late_one_waits_but_is_never_kept_gross_and_a_keep_before_opening_waits_nothing_net() -> None:
    late = waits_of(at(12, 1, 9), at(12, 3, 9), "same day", state="late")
    early = waits_of(at(12, 4, 23, 40), at(12, 5, 7), "same day", effective=at(12, 7, 8))

    assert (late.kept_gross, late.gross.spread().median) == (0, 2 * DAY)
    assert (early.net.spread().median, early.working.spread().median) == (0, 0)
    assert early.gross.spread().median == 7 * 3600 + 20 * 60


def test_a_calendar_that_never_closes_has_no_working_time() -> None:
    assert waits_of(at(12, 4, 23), at(12, 5, 7), "24 hours", calendar="vuorokausi@1").working.spread().count == 0


def test_open_time_is_what_working_time_says_it_is() -> None:
    calendar = shipped_calendars().version("palveluaika", 1)
    opened, drawn = OpenTime(calendar), random.Random(7)
    for _ in range(60):
        begins = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=drawn.randrange(900_000))
        ends = begins + timedelta(minutes=drawn.randrange(-100, 500_000))
        assert opened.between(begins, ends) == open_time_between(begins, ends, calendar)


def test_median_and_ninetieth_percentile_are_waits_that_somebody_waited() -> None:
    waits = WaitCounts()
    assert (waits.spread(), waits.mean(), waits.share_within(7)) == (Spread(0, None, None), None, None)
    for minutes in (10, 20, 30, 40, 50, 60, 70, 80, 90, 100):
        waits.add(timedelta(minutes=minutes))

    assert waits.spread() == Spread(10, 50 * 60, 90 * 60)
    assert waits.mean() == 55 * 60
    waits.add(timedelta(days=7, seconds=1))  # a begun minute is a whole one: past seven days
    assert waits.share_within(7) == 10 / 11
    assert WaitCounts.of_json(waits.as_json()) == waits


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 7}, {"a", "c"}),
        ({"a": 4, "b": 2, "c": 7}, {"a", "b"}),
        ({"a": 4}, {"a"}),
        ({"a": 0, "b": 9}, set()),
    ],
)
def test_small_groups_are_hidden_so_that_the_total_does_not_tell_them(sizes: dict[str, int], hidden: set[str]) -> None:
    assert hidden_keys(sizes, ReportUnits(("u",), knows_cases=False)) == hidden
    assert hidden_keys(sizes, ReportUnits(("u",), knows_cases=True)) == set()
