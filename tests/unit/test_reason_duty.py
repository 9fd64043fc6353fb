"""Within a working day: the team lead's duty ends with the next working day after the breach."""

from datetime import datetime, timedelta

import pytest

from engine.calendars import shipped_calendars
from pathways.reason_duty import reason_due_at
from pathways.time_zone import HELSINKI

AT_ONCE = timedelta(seconds=2)


def at(day: int, month: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HELSINKI)


@pytest.mark.rule(18)
@pytest.mark.parametrize(
    ("breached_at", "found_after", "due_at"),
    [
        (at(2, 12), AT_ONCE, at(3, 12)),  # Tuesday 24.00: all of Wednesday
        (at(2, 12, 14), AT_ONCE, at(4, 12)),  # in the middle of Wednesday: all of Thursday
        (at(5, 12), AT_ONCE, at(8, 12)),  # Friday 24.00: all of Monday
        (at(24, 12), AT_ONCE, at(29, 12)),  # the eve of Christmas Eve: all of Monday the 28th
        (at(2, 12), timedelta(days=2, hours=9), at(8, 12)),  # found on Friday after an outage: all of Monday
    ],
)
def test_a_reason_is_owed_until_the_end_of_the_next_working_day(
    breached_at: datetime, found_after: timedelta, due_at: datetime
) -> None:
    working_days = shipped_calendars().in_force("arkipaiva", breached_at)

    assert reason_due_at(breached_at, breached_at + found_after, working_days) == due_at
