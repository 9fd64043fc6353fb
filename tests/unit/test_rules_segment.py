"""Segments: Suuntima's four fields, and a county's own set as data."""

from functools import cache
from itertools import product
from typing import Any

import pytest

from engine.conditions import Unknown
from engine.rules.segment import quadrant, segment_of
from engine.segments import ReadSegments, load_segment_sets
from pathways.goal import parse_goal


@cache
def sets() -> dict[str, ReadSegments]:
    return load_segment_sets()


@pytest.mark.parametrize(
    ("resources", "complexity", "segment"),
    [
        (80, 20, "omatoimi"),
        (80, 80, "yhteistyo"),
        (20, 20, "yhteiso"),
        (20, 80, "verkosto"),
        (50, 20, "yhteiso"),
        (80, 50, "yhteistyo"),
        (50, 50, "verkosto"),
        (51, 49, "omatoimi"),
        (0, 100, "verkosto"),
        (100, 0, "omatoimi"),
    ],
)
def test_a_field_of_suuntima_gives_more_support_on_the_line(resources: int, complexity: int, segment: str) -> None:
    assert quadrant(resources, complexity) == segment


@pytest.mark.parametrize("scales", [(-1, 50), (50, 101)])
def test_a_scale_ends_at_a_hundred(scales: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        quadrant(*scales)


def test_the_shipped_set_divides_as_the_function_does() -> None:
    for resources, complexity in product(range(0, 101, 10), repeat=2):
        facts = {"answers.suuntima_voimavarat": resources, "answers.suuntima_monimutkaisuus": complexity}
        assert segment_of(sets()["suuntima"], facts) == quadrant(resources, complexity)


def test_each_field_says_how_the_work_is_arranged() -> None:
    arranged = {key: segment.arrangement for key, segment in sets()["suuntima"].said.segments.items()}

    assert all(arranged.values())
    every = {key: each.contact_every for key, each in arranged.items() if each}
    assert every == {"verkosto": "1 month", "yhteistyo": "3 months", "yhteiso": "1 month", "omatoimi": None}
    reviews = {key: parse_goal(each.review_every).number for key, each in arranged.items() if each}
    assert reviews == {"verkosto": 3, "yhteistyo": 6, "yhteiso": 6, "omatoimi": 12}


WELL: dict[str, Any] = {
    "answers.core_om": 9,
    "answers.audit": 7,
    "set.opiskelee_tai_tyossa": True,
    "set.kontakteja": 3,
}


@pytest.mark.parametrize(
    ("changes", "segment"),
    [
        ({}, "parjaaja"),
        ({"answers.core_om": 10}, "tuki"),
        ({"set.kontakteja": 4}, "tuki"),
        ({"answers.core_om": 10, "answers.audit": 8}, "yhteistyo"),
        ({"answers.core_om": 10, "answers.audit": 8, "set.kontakteja": 4}, "verkosto"),
        ({"set.opiskelee_tai_tyossa": False}, "tuki"),
        ({"set.opiskelee_tai_tyossa": False, "answers.core_om": 10}, "verkosto"),
    ],
)
def test_the_set_of_young_adults_counts_what_is_raised(changes: dict[str, Any], segment: str) -> None:
    assert segment_of(sets()["keusote_nuoret"], WELL | changes) == segment


def test_what_is_missing_is_said_and_not_guessed() -> None:
    found = segment_of(sets()["keusote_nuoret"], {name: WELL[name] for name in WELL if name != "answers.audit"})

    assert found == Unknown(("answers.audit",))


def test_three_raised_are_enough_whatever_is_missing() -> None:
    facts = {"answers.core_om": 20, "answers.audit": 20, "set.kontakteja": 9}

    assert segment_of(sets()["keusote_nuoret"], facts) == "verkosto"
