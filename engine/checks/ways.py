"""Ways: which step leads to which, and the shortest way that shows it."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

Graph = Mapping[str, Collection[str]]


def reached_from(starts: Iterable[str], graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Return everything that can be reached, each with the shortest way to it."""
    ways: dict[str, tuple[str, ...]] = {start: (start,) for start in starts}
    waiting = deque(ways)
    while waiting:
        here = waiting.popleft()
        for there in graph.get(here, ()):
            if there not in ways:
                ways[there] = (*ways[here], there)
                waiting.append(there)
    return ways


def leading_to(goals: Iterable[str], graph: Graph) -> frozenset[str]:
    """Return everything from which some goal can be reached."""
    backwards: dict[str, list[str]] = {}
    for here, targets in graph.items():
        for there in targets:
            backwards.setdefault(there, []).append(here)
    return frozenset(reached_from(goals, backwards))


def shortest_loop(graph: Graph, allowed: Callable[[str], bool]) -> Sequence[str] | None:
    """Return the shortest loop that stays on allowed steps, or nothing."""
    inside = {here: [there for there in targets if allowed(there)] for here, targets in graph.items() if allowed(here)}
    loops = []
    for here, targets in inside.items():
        ways = reached_from(targets, inside)
        if here in ways:
            loops.append((here, *ways[here]))
    return min(loops, key=len, default=None)
