"""Waits, counted by the minute: a median and a 90th percentile of any number of them in little memory."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Spread:
    """A group's waits in seconds. Nearest rank: the shortest wait that at least half (nine in ten) don't exceed."""

    count: int
    median: int | None
    p90: int | None


@dataclass(slots=True)
class WaitCounts:
    """How many waited how many whole minutes; a begun minute is a whole one."""

    minutes: Counter[int] = field(default_factory=Counter)

    def add(self, wait: timedelta) -> None:
        self.minutes[max(0, -((-wait) // MINUTE))] += 1

    def merge(self, others: Iterable["WaitCounts"]) -> "WaitCounts":
        for other in others:
            self.minutes.update(other.minutes)
        return self

    def spread(self) -> Spread:
        count = self.minutes.total()
        return Spread(count, self._ranked(count, 0.5), self._ranked(count, 0.9))

    def mean(self) -> int | None:
        """In seconds; None while nobody waited."""
        count = self.minutes.total()
        return round(sum(minutes * number for minutes, number in self.minutes.items()) * 60 / count) if count else None

    def share_within(self, days: int) -> float | None:
        """The share that waited no longer than so many times 24 hours; None while nobody waited."""
        count = self.minutes.total()
        within = sum(number for minutes, number in self.minutes.items() if minutes <= days * 24 * 60)
        return within / count if count else None

    def as_json(self) -> dict[str, int]:
        return {str(minutes): number for minutes, number in sorted(self.minutes.items())}

    @classmethod
    def of_json(cls, written: Mapping[str, int]) -> "WaitCounts":
        return cls(Counter({int(minutes): number for minutes, number in written.items()}))

    def _ranked(self, count: int, share: float) -> int | None:
        rank, passed = ceil(share * count), 0
        for minutes in sorted(self.minutes):
            passed += self.minutes[minutes]
            if passed >= rank:
                return minutes * 60
        return None
