"""Nets: all ways into one step that come from the same side share one line, so that few lines say much.

A net is `forward` (from columns to the left), `down` or `up` (from above or below in the same column) or `back` (from
columns to the right; it runs below all boxes). `up` and `back` lead to what was there before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.drawing.boxes import Port
from engine.drawing.columns import Columns

Side = Literal["forward", "down", "up", "back"]
BACKWARD: frozenset[Side] = frozenset({"up", "back"})


@dataclass(frozen=True, slots=True, order=True)
class Net:
    """The ways into `target` from one side."""

    target: str
    side: Side


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome, or in a plain drawing one edge, on its way: from a port of `source` into a net."""

    source: str
    net: Net
    port: Port
    outcomes: tuple[str, ...]


def ways_of(ports: Mapping[str, Iterable[Port]], columns: Columns) -> tuple[Way, ...]:
    """Return every way between boxes; ports that have no place of their own are joined by where they lead."""
    place = columns.of
    row = {key: index for keys in columns.steps for index, key in enumerate(keys)}
    ways: list[Way] = []
    for source, own in ports.items():
        joined: dict[str, list[Port]] = {}
        for port in own:
            if port.target == source or port.target not in place:
                continue
            side = _side(place[source], place[port.target], row[source] < row[port.target])
            if port.y is None:
                joined.setdefault(port.target, []).append(port)
            else:
                ways.append(Way(source, Net(port.target, side), port, (port.outcome,)))
        for target, same in joined.items():
            side = _side(place[source], place[target], row[source] < row[target])
            outcomes = tuple(dict.fromkeys(port.outcome for port in same))
            ways.append(Way(source, Net(target, side), same[0], outcomes))
    return tuple(ways)


def _side(source: int, target: int, above: bool) -> Side:
    if source < target:
        return "forward"
    if source > target:
        return "back"
    return "down" if above else "up"
