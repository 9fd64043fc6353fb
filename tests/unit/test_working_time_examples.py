"""Dated examples with their reason: every holiday 2025-2028, the nights the clocks change, month ends, the leap day.

They were counted by plain loops over a list of Finnish holidays, apart from the code they test.
"""

import csv
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pathways.due_explanation import explain
from pathways.goal import parse_goal
from tests.unit.working_time import at, due, named, shipped

EXAMPLES = list(
    csv.DictReader(
        (Path(__file__).parent / "working_time_examples.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
)
Example = dict[str, str]


YEARS = range(2025, 2029)


def test_there_are_many_examples() -> None:
    assert len(EXAMPLES) >= 150
    assert all(example["why"] for example in EXAMPLES)


def test_every_holiday_and_eve_of_four_years_has_an_example_on_it_and_on_the_day_before() -> None:
    calendar = shipped()
    free = [day for day in (*calendar.closed, *calendar.eves) if day.year in YEARS]
    received = {datetime.fromisoformat(example["received"]).date() for example in EXAMPLES}

    assert len(free) == 15 * len(YEARS)
    assert {day for day in free if not {day, day - timedelta(days=1)} <= received} == set()


def test_both_nights_of_each_year_in_which_clocks_change_have_an_example() -> None:
    changes = {day for year in YEARS for month in (3, 10) for day in [_last_sunday(year, month)]}
    received = {datetime.fromisoformat(example["received"]).date() for example in EXAMPLES}

    assert {day for day in changes if not {day, day - timedelta(days=1)} <= received} == set()


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def test_month_ends_the_leap_day_friday_night_and_school_holidays_have_examples() -> None:
    asked = {(example["received"], example["goal"]) for example in EXAMPLES}
    ends = {example["due_at"][:10] for example in EXAMPLES}

    assert "2028-03-01" in ends  # 24.00 of the leap day
    assert ("2026-12-04 23:40", "same day") in asked
    assert ("2026-12-04 23:40", "7 working days") in asked
    assert sum(goal.endswith("months") or goal == "1 month" for _, goal in asked) >= 15
    assert sum("school" in goal for _, goal in asked) >= 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each['received']} {each['goal']}: {each['why']}")
def test_a_dated_example_is_due_when_it_says(example: Example) -> None:
    found = due(
        example["received"],
        example["goal"],
        calendar=named(example["calendar"]),
        roll=example["roll"],  # type: ignore[arg-type]
        kind=example["kind"],  # type: ignore[arg-type]
    )

    assert found.due_at == datetime.fromisoformat(example["due_at"])
    assert found.working_due_at == datetime.fromisoformat(example["working_due_at"])


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_example_can_be_explained_without_a_gap(lang: str) -> None:
    for example in EXAMPLES:
        lines = explain(
            at(example["received"]),
            (),
            parse_goal(example["goal"]),
            named(example["calendar"]),
            roll=example["roll"],  # type: ignore[arg-type]
            kind=example["kind"],  # type: ignore[arg-type]
            lang=lang,  # type: ignore[arg-type]
        )
        spans = [(line.start, line.end) for line in lines if line.length]

        assert spans[0][0] == at(example["received"])
        assert spans[-1][1] == datetime.fromisoformat(example["due_at"])
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        assert "{" not in "".join(line.text for line in lines)
