"""Routes: the corners of every way, run in gutters between columns and in lanes below the boxes, never through a box."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.drawing.boxes import Box
from engine.drawing.columns import Columns
from engine.drawing.nets import Net, Way
from engine.drawing.ports import BELOW, entering, leaving
from engine.drawing.stacking import ABOVE_ENTRY, Item, Stacks
from engine.drawing.tracks import Trunk, tracks_of

Point = tuple[float, float]
TRACK = 8.0
LANE = 22.0
BEFORE, AFTER = 10.0, 17.0
"""Px between a box and the first track, and between the last track and the box an arrow points at."""
NARROW, BETWEEN_PHASES, OUTER = 30.0, 38.0, 10.0


@dataclass(frozen=True)
class Sheet:
    """What there is to route: boxes stacked in columns below a head, and the gutters where phases meet."""

    columns: Columns
    boxes: Mapping[str, Box]
    ways: Sequence[Way]
    stacks: Stacks
    head: float
    breaks: frozenset[int]


@dataclass(frozen=True)
class Routing:
    """Where the columns stand, the corners of every way, and the size of it all. Gutter -1 is left of column 0."""

    left: tuple[float, ...]
    gutters: Mapping[int, tuple[float, float]]
    points: Mapping[Way, tuple[Point, ...]]
    lanes: Mapping[Net, float]
    width: float
    height: float

    def middle(self, gutter: int) -> float:
        start, end = self.gutters[gutter]
        return (start + end) / 2

    def free_stretches(self, others: bool = True) -> dict[Net, list[tuple[float, float]]]:
        """Return the parts of each lane that no line joins, nor any other crosses unless `others` don't count."""
        found: dict[Net, list[tuple[float, float]]] = {}
        for net, y in self.lanes.items():
            own = [x for way, points in self.points.items() if way.net == net for x, py in points if abs(py - y) < 0.01]
            crossing = {
                a[0]
                for way, points in self.points.items()
                if others or way.net == net
                for a, b in pairwise(points)
                if a[0] == b[0] and min(a[1], b[1]) - 0.01 <= y <= max(a[1], b[1]) + 0.01
            }
            stops = sorted(x for x in {*crossing, *own} if min(own) <= x <= max(own))
            found[net] = list(pairwise(stops))
        return found


def route(sheet: Sheet) -> Routing:
    """Return the routing of a sheet."""
    return _Router(sheet).result()


class _Router:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.place = sheet.columns.of
        self.leave = leaving(sheet.ways, sheet.boxes, sheet.stacks, self.place)
        nets = {way.net for way in sheet.ways}
        self.enter = entering(nets, self.leave, sheet.boxes, sheet.stacks, self.place)
        self.by_net: dict[Net, list[Way]] = defaultdict(list)
        for way in sheet.ways:
            self.by_net[way.net].append(way)
        self.straight_down = {way for way in sheet.ways if self._falls_straight(way)}
        count = len(sheet.columns.steps)
        self.tracks = {gutter: tracks_of(self._trunks(gutter)) for gutter in range(-1, count)}
        self._place_columns(count)
        self.lanes = self._lanes()

    def result(self) -> Routing:
        bottom = self.sheet.head + self.sheet.stacks.height + 12
        height = bottom + (8 + (max(self.lanes.values()) + 1) * LANE if self.lanes else 0)
        points = {way: _simple(self._points(way)) for way in self.sheet.ways}
        lanes = {net: self._lane_y(net) for net in self.lanes}
        return Routing(tuple(self.left), self.gutters, points, lanes, self.width, height)

    # gutters

    def _trunks(self, gutter: int) -> list[Trunk[Net]]:
        before: dict[Net, list[float]] = defaultdict(list)
        after: dict[Net, list[float]] = defaultdict(list)
        far: dict[Net, float] = {}
        for net, ways in self.by_net.items():
            here = [way for way in ways if self.place[way.source] == gutter and way not in self.straight_down]
            column = self.place[net.target]
            if net.side == "forward":
                first = min(self.place[way.source] for way in ways)
                if not first <= gutter < column:
                    continue
                if gutter > first:
                    before[net].append(self._slot(gutter, net))
                after[net].append(self.enter[net] if gutter + 1 == column else self._slot(gutter + 1, net))
            elif net.side == "down" and here:
                before[net].append(self._above(net.target))
            elif net.side == "up" and here:
                before[net].append(self.enter[net])
            elif net.side == "back" and gutter + 1 == column:
                after[net].append(self.enter[net])
                far[net] = BELOW
            elif net.side == "back" and here:
                far[net] = BELOW
            before[net] += [self.leave[way] for way in here]
        keys = sorted({*before, *after} - {net for net in before if not before[net] and net not in after})
        return [Trunk(net, tuple(before[net]), tuple(after[net]), far.get(net)) for net in keys]

    def _slot(self, column: int, net: Net) -> float:
        return self.sheet.stacks.top[column, Item(net.target, net.side)]

    def _top(self, key: str) -> float:
        return self.sheet.stacks.top[self.place[key], Item(key)]

    def _above(self, target: str) -> float:
        return self._top(target) - ABOVE_ENTRY

    def _falls_straight(self, way: Way) -> bool:
        """Whether a way goes from the bottom of one box to the top of the next below it."""
        if way.net.side != "down" or way.port.y is not None:
            return False
        items = self.sheet.stacks.columns[self.place[way.source]]
        return items.index(Item(way.net.target)) == items.index(Item(way.source)) + 1

    def _place_columns(self, count: int) -> None:
        self.left: list[float] = []
        self.gutters: dict[int, tuple[float, float]] = {}
        x = 0.0
        for gutter in range(-1, count):
            used = max(self.tracks[gutter].values(), default=-1) + 1
            least = OUTER if gutter in (-1, count - 1) else BETWEEN_PHASES if gutter in self.sheet.breaks else NARROW
            wide = max(least, BEFORE + AFTER + TRACK * (used - 1) if used else 0.0)
            self.gutters[gutter] = (x, x + wide)
            x += wide
            if gutter + 1 < count:
                self.left.append(x)
                x += self._column_width(gutter + 1)
        self.width = x

    def _column_width(self, column: int) -> float:
        return self.sheet.boxes[self.sheet.columns.steps[column][0]].width

    def _track_x(self, gutter: int, net: Net) -> float:
        start, end = self.gutters[gutter]
        used = max(self.tracks[gutter].values(), default=0)
        first = start + BEFORE + ((end - start) - BEFORE - AFTER - TRACK * used) / 2
        return first + TRACK * self.tracks[gutter].get(net, 0)

    # lanes

    def _lanes(self) -> dict[Net, int]:
        trunks = []
        for net, ways in sorted(self.by_net.items()):
            if net.side == "back":
                ends = [self._track_x(self.place[way.source], net) for way in ways]
                ends.append(self._track_x(self.place[net.target] - 1, net))
                trunks.append(Trunk(net, tuple(sorted(set(ends))), ()))
        return tracks_of(trunks)

    def _lane_y(self, net: Net) -> float:
        return self.sheet.head + self.sheet.stacks.height + 12 + 8 + LANE / 2 + LANE * self.lanes[net]

    # corners

    def _points(self, way: Way) -> list[Point]:
        net, column = way.net, self.place[way.source]
        head, box = self.sheet.head, self.sheet.boxes[way.source]
        target_x = self.left[self.place[net.target]]
        if way in self.straight_down:
            x = target_x + box.width / 2
            return [(x, head + self._top(way.source) + box.height), (x, head + self._top(net.target))]
        y = head + self.leave[way]
        x = self._track_x(column, net)
        points = [(self.left[column] + way.port.x, y), (x, y)]
        if net.side == "down":
            above = head + self._above(net.target)
            middle = target_x + box.width / 2
            return [*points, (x, above), (middle, above), (middle, head + self._top(net.target))]
        enter = head + self.enter[net]
        if net.side == "up":
            return [*points, (x, enter), (target_x + self._column_width(column), enter)]
        if net.side == "back":
            lane, last = self._lane_y(net), self._track_x(self.place[net.target] - 1, net)
            return [*points, (x, lane), (last, lane), (last, enter), (target_x, enter)]
        for gutter in range(column, self.place[net.target]):
            x = self._track_x(gutter, net)
            arrives = gutter + 1 == self.place[net.target]
            at = enter if arrives else head + self._slot(gutter + 1, net)
            points += [(x, points[-1][1]), (x, at)]
        return [*points, (target_x, enter)]


def _simple(points: list[Point]) -> tuple[Point, ...]:
    """Leave out corners that turn nowhere."""
    kept: list[Point] = []
    for point in points:
        if kept and _near(kept[-1], point):
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)


def _near(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 0.01 and abs(a[1] - b[1]) < 0.01


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 0.01 and abs(b[0] - c[0]) < 0.01) or (
        abs(a[1] - b[1]) < 0.01 and abs(b[1] - c[1]) < 0.01
    )
