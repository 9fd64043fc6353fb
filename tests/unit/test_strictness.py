"""Strictness: a county may tighten a statutory time and never loosen it."""

import pytest

from engine.strictness import is_looser


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        ("15 days", "14 days"),
        ("3 weeks", "14 days"),
        ("1 month", "28 days"),
        ("4 months", "3 months"),
        ("8 working days", "7 working days"),
        ("1 working day", "same day"),
        ("10 working days", "7 days"),
        ("2 hours", "1 hour"),
        ("91 days", "3 months"),
        ("2 days", "24 hours"),
    ],
)
def test_a_time_that_can_end_later_is_looser(given: str, limit: str) -> None:
    assert is_looser(given, limit)


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        ("14 days", "14 days"),
        ("2 weeks", "14 days"),
        ("10 days", "2 weeks"),
        ("28 days", "1 month"),
        ("84 days", "3 months"),
        ("5 working days", "7 working days"),
        ("2 hours", "24 hours"),
        ("7 days", "7 working days"),
        ("1 week", "1 month"),
    ],
)
def test_a_time_that_never_ends_later_is_not(given: str, limit: str) -> None:
    assert not is_looser(given, limit)
