"""Clocks tell aware time in UTC, and the tests' clock only moves when it is moved."""

import zoneinfo
from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.clock import Clock, SystemClock
from pathways.time_zone import HELSINKI, tzdata_version
from tests.clock import StoppedClock


def test_both_clocks_tell_aware_time_in_utc() -> None:
    clocks: list[Clock] = [SystemClock(), StoppedClock()]

    assert all(clock.now().utcoffset() == timedelta(0) for clock in clocks)


def test_a_stopped_clock_stands_until_it_is_moved() -> None:
    clock = StoppedClock(datetime(2026, 3, 2, 7, tzinfo=UTC))

    clock.advance(days=8, hours=1)

    assert clock.now() == clock.now() == datetime(2026, 3, 10, 8, tzinfo=UTC)


def test_a_stopped_clock_keeps_utc_whatever_offset_it_is_given() -> None:
    clock = StoppedClock()

    clock.move_to(datetime(2026, 3, 3, 8, tzinfo=timezone(timedelta(hours=2))))

    assert clock.now().isoformat() == "2026-03-03T06:00:00+00:00"


def test_a_stopped_clock_never_goes_back() -> None:
    clock = StoppedClock()

    with pytest.raises(ValueError, match="time goes forwards"):
        clock.advance(seconds=-1)


def test_a_time_without_an_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no offset"):
        StoppedClock().move_to(datetime(2026, 3, 3, 8))  # noqa: DTZ001 - the very thing that is refused


def test_time_zones_come_from_the_pinned_package_and_not_from_the_machine() -> None:
    assert zoneinfo.TZPATH == ()
    assert tzdata_version() >= "2026"
    assert datetime(2026, 7, 1, 12, tzinfo=HELSINKI).utcoffset() == timedelta(hours=3)
