"""Dated examples with their reason: every holiday 2025-2028, the nights the clocks change, month ends, the leap day.

They were counted by plain loops over a list of Finnish holidays, apart from the code they test.
"""

import csv
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from pathways.due_explanation import explain
from pathways.goal import parse_goal
from tests.unit.working_time import at, due, named

EXAMPLES = list(
    csv.DictReader(
        (Path(__file__).parent / "working_time_examples.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
)
Example = dict[str, str]


def test_there_are_many_examples() -> None:
    assert len(EXAMPLES) >= 150
    assert all(example["why"] for example in EXAMPLES)


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
