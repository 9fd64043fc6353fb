"""The team lead's duty after a breach: a reason and a new plan within a working day (rule 18). Targets are only counted."""

from datetime import datetime, timedelta

from pathways.calendar import ServiceCalendar

NOTICED_AT_ONCE = timedelta(hours=1)
JUST_BEFORE = timedelta(microseconds=1)


def reason_due_at(breached_at: datetime, detected_at: datetime, working_days: ServiceCalendar) -> datetime:
    """When the duty ends, in UTC: 24.00 of the next working day after the breach.

    Nobody can answer what nobody was told: a breach found after an outage counts from when it was found.
    """
    found_later = detected_at - breached_at > NOTICED_AT_ONCE
    since = detected_at if found_later else breached_at - JUST_BEFORE
    return working_days.end_of_day(working_days.next_working_day(working_days.local_date(since)))
