"""Exploration: every state that moves lead to, breadth first, so that the first way found to a state is a shortest one.

There is a bound, and it is never silent: what was left unexplored is counted and said.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Generic, TypeVar

S = TypeVar("S", bound=Hashable)

MOST_STATES = 100_000
"""So many states of one pathway are looked at for one question; some hundreds are usual."""


@dataclass
class Explored(Generic[S]):
    """States in the order they were found, each with where it was reached from and by what."""

    came: dict[S, tuple[S | None, tuple[str, ...]]] = field(default_factory=dict)
    unexplored: int = 0
    """States found but not gone on from; none where everything was explored."""

    def __iter__(self) -> Iterator[S]:
        return iter(self.came)

    def __len__(self) -> int:
        return len(self.came)

    def way(self, state: S) -> tuple[str, ...]:
        """Return a shortest way to a state, as a finding shows it."""
        parts: list[tuple[str, ...]] = []
        here: S | None = state
        while here is not None:
            here, said = self.came[here]
            parts.append(said)
        return tuple(word for part in reversed(parts) for word in part)


def explore(
    starts: Iterable[tuple[S, tuple[str, ...]]],
    moves: Callable[[S], Iterable[tuple[S, tuple[str, ...]]]],
    most: int = MOST_STATES,
) -> Explored[S]:
    """Return every state reached from these; at most so many are gone on from."""
    found: Explored[S] = Explored()
    for state, said in starts:
        found.came.setdefault(state, (None, said))
    waiting = deque(found.came)
    gone_on = 0
    while waiting and gone_on < most:
        here = waiting.popleft()
        gone_on += 1
        for there, said in moves(here):
            if there not in found.came:
                found.came[there] = (here, said)
                waiting.append(there)
    found.unexplored = len(waiting)
    return found


@dataclass
class Proof:
    """What the exploration of one pathway came to: how many states, what was left, how long it took."""

    states: int = 0
    unexplored: int = 0
    stopped: list[str] = field(default_factory=list)
    """The questions whose bound was reached: a promise's key, or what else was asked."""
    began: float = field(default_factory=perf_counter)
    milliseconds: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether everything there is was looked at."""
        return not self.stopped

    def count(self, asked: str, found: "Explored[S]") -> "Explored[S]":
        """Add the states of one question, and return them."""
        self.states += len(found)
        self.unexplored += found.unexplored
        if found.unexplored:
            self.stopped.append(asked)
        return found

    def ended(self) -> "Proof":
        """Stop the watch."""
        self.milliseconds = round((perf_counter() - self.began) * 1000)
        return self
