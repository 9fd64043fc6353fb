"""Tracks: side-by-side places for the lines that share a gutter between columns, or the lanes below the boxes."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from engine.drawing.ordering import least_costly

K = TypeVar("K", bound=Hashable)
APART = 7.0
"""Px between the ends of two lines on one track."""
SAME = 4.0
"""Ends nearer than this would look like one line."""


@dataclass(frozen=True, slots=True)
class Trunk(Generic[K]):
    """A straight line and the places along it where lines arrive from before it and leave to after it."""

    key: K
    before: tuple[float, ...]
    after: tuple[float, ...]
    far: float | None = None
    """Where it goes on beyond the gutter, if it does."""

    low: float = field(init=False)
    high: float = field(init=False)

    def __post_init__(self) -> None:
        ends = (*self.before, *self.after, *(() if self.far is None else (self.far,)))
        object.__setattr__(self, "low", min(ends))
        object.__setattr__(self, "high", max(ends))


def tracks_of(trunks: Sequence[Trunk[K]]) -> dict[K, int]:
    """Return a track for each trunk, counted from the side of `before`; trunks that don't overlap may share one."""
    long = {trunk.key: trunk for trunk in trunks if trunk.high - trunk.low > 0.01}
    tracks: dict[K, int] = {}
    for key in least_costly(list(long), lambda a, b: _cost(long[a], long[b])):
        trunk = long[key]
        beside = [tracks[other] for other in tracks if _overlap(trunk, long[other])]
        tracks[key] = max(beside, default=-1) + 1
    return tracks


def _cost(first: Trunk[K], second: Trunk[K]) -> float:
    """Count the crossings when `first` stands before `second`; lines that would lie on each other cost most."""
    if first.low > second.high + SAME or second.low > first.high + SAME:
        return 0.0
    crossings: int = sum(second.low < at < second.high for at in first.after)
    crossings += sum(first.low < at < first.high for at in second.before)
    touching = sum(abs(a - b) < SAME for a in first.after for b in second.before)
    return float(crossings + 100 * touching)


def _overlap(first: Trunk[K], second: Trunk[K]) -> bool:
    return bool(first.low < second.high + APART and second.low < first.high + APART)
