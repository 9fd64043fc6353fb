"""What a local date and wall time mean as an instant, on the pinned time zone data and never the machine's own copy."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=[])

TZDATA_VERSION = version("tzdata")
MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)


@cache
def zone_named(key: str) -> ZoneInfo:
    """The zone of that name from the `tzdata` package; `ZoneInfoNotFoundError` when it has none."""
    return ZoneInfo.no_cache(key)


def instant_of(day: date, at: time, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """The UTC instant of a local wall time (rule 10 of the promises).

    A wall time that does not exist moves forward to the first that does; one that comes twice is the first one, or the
    second with `later`.
    """
    local = datetime.combine(day, at, zone).replace(fold=int(later))
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The next local midnight in UTC (rule 7): a day is whole on 23-hour and 25-hour days too."""
    return instant_of(day + ONE_DAY, MIDNIGHT, zone)


def _end_of_gap(local: datetime) -> datetime:
    """The instant the clocks jump over `local`, a wall time that does not exist; to the second."""
    low = local.replace(fold=1).astimezone(UTC)
    high = local.replace(fold=0).astimezone(UTC)
    after = high.astimezone(local.tzinfo).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(local.tzinfo).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)
