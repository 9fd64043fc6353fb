"""Stacking: the order and the height at which boxes, and lines that pass a column, stand in each column.

A line over several columns keeps a slot of its own in every column it passes, so it can't cross a box.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from engine.drawing.boxes import Box
from engine.drawing.columns import Columns
from engine.drawing.nets import Net, Way

GAP = 22.0
ABOVE_ENTRY = 16.0
"""Px more above a box that is entered from the top."""
SLOT_GAP = 13.0
NUDGE = 5.0
NEIGHBOURLY = 2.5
"""How strongly a box wants to stand close below the one that leads to it."""
SLACK = 320.0
"""Px that a box may stand lower than it must: a short phase begins on the first screen, however tall another is."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """What stands in a column: a box, or the slot of a passing net (`passing` is its side then)."""

    key: str
    passing: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A line through one gutter between two items, with where it meets them, from their tops."""

    left: Item
    right: Item
    left_dy: float
    right_dy: float
    weight: float


@dataclass(frozen=True)
class Stacks:
    """The columns' items from the top down, the top of each item, and the height of all."""

    columns: tuple[tuple[Item, ...], ...]
    top: Mapping[tuple[int, Item], float]
    height: float


def stack(columns: Columns, boxes: Mapping[str, Box], ways: Sequence[Way]) -> Stacks:
    """Return where everything stands."""
    return _Stacking(columns, boxes, ways).result()


class _Stacking:
    def __init__(self, columns: Columns, boxes: Mapping[str, Box], ways: Sequence[Way]) -> None:
        self.boxes = boxes
        self.place = columns.of
        self.items = [[Item(key) for key in keys] for keys in columns.steps]
        self.down = {(way.source, way.net.target) for way in ways if way.net.side == "down"}
        self.entered_from_above = {target for _, target in self.down}
        self.links: list[list[Link]] = [[] for _ in columns.steps]
        self._add_slots_and_links([way for way in ways if way.net.side == "forward"])
        self.top: dict[tuple[int, Item], float] = {}

    def result(self) -> Stacks:
        for _ in range(8):
            if sum(self._swapped(column) for column in range(len(self.items))) == 0:
                break
        heights = [self._stack_height(column) for column in range(len(self.items))]
        self.height = max(heights, default=0.0)
        for column, own in enumerate(heights):
            self._settle(column, {}, (self.height - own) / 2)
        order = range(len(self.items))
        for sweep in range(10):
            for column in order if sweep % 2 == 0 else reversed(order):
                self._settle(column, self._wishes(column), 0.0)
        for net, start in self.first.items():
            self._straighten([(column, self._slot(net)) for column in range(start + 1, self.place[net.target])])
        for column in range(1, len(self.items)):
            self._part_swapped(column)
        return Stacks(tuple(map(tuple, self.items)), self.top, self.height)

    # slots and links

    def _add_slots_and_links(self, ways: list[Way]) -> None:
        self.first: dict[Net, int] = {}
        first = self.first
        for way in ways:
            first[way.net] = min(first.get(way.net, self.place[way.source]), self.place[way.source])
        for net, start in first.items():
            for column in range(start + 1, self.place[net.target]):
                self._insert_slot(column, net)
            for column in range(start + 1, self.place[net.target]):
                self._link(column, self._slot(net), net, 0.0, 6.0)
        seen: set[tuple[str, Net]] = set()
        for way in ways:
            box = self.boxes[way.source]
            weight = 1.0 if (way.source, way.net) in seen else 2.0 if way.source not in {s for s, _ in seen} else 1.5
            seen.add((way.source, way.net))
            self._link(self.place[way.source], Item(way.source), way.net, way.port.y or box.height / 2, weight)

    def _slot(self, net: Net) -> Item:
        return Item(net.target, net.side)

    def _insert_slot(self, column: int, net: Net) -> None:
        """Put a slot where its target stands among its own column, in proportion."""
        goal = [item.key for item in self.items[self.place[net.target]] if not item.passing]
        share = (goal.index(net.target) + 0.5) / len(goal)
        self.items[column].insert(round(share * len(self.items[column])), self._slot(net))

    def _link(self, column: int, left: Item, net: Net, left_dy: float, weight: float) -> None:
        arrives = column + 1 == self.place[net.target]
        right = Item(net.target) if arrives else self._slot(net)
        right_dy = entry_dy(self.boxes[net.target]) if arrives else 0.0
        self.links[column].append(Link(left, right, left_dy, right_dy, weight))

    # order

    def _swapped(self, column: int) -> bool:
        """Swap neighbours where that uncrosses lines; say whether any were."""
        changed = False
        items = self.items[column]
        sides = (self._ends(column, -1), self._ends(column, 1))
        for index in range(len(items) - 1):
            upper, lower = items[index], items[index + 1]
            if (upper.key, lower.key) in self.down and not (upper.passing or lower.passing):
                continue
            if sum(_crossings(ends[lower], ends[upper]) - _crossings(ends[upper], ends[lower]) for ends in sides) < 0:
                items[index], items[index + 1] = lower, upper
                changed = True
        return changed

    def _ends(self, column: int, side: int) -> dict[Item, list[tuple[int, float]]]:
        """Return where the lines of each item end in the next column to that side: a row and a place in it."""
        gutter = column - 1 if side < 0 else column
        found: dict[Item, list[tuple[int, float]]] = defaultdict(list)
        if 0 <= gutter < len(self.items) - 1:
            row = {item: index for index, item in enumerate(self.items[column + side])}
            for link in self.links[gutter]:
                if side < 0:
                    found[link.right].append((row[link.left], link.left_dy))
                else:
                    found[link.left].append((row[link.right], link.right_dy))
        return found

    # heights

    def _height(self, item: Item) -> float:
        return 0.0 if item.passing else self.boxes[item.key].height

    def _gap(self, upper: Item, lower: Item) -> float:
        more = ABOVE_ENTRY if not lower.passing and lower.key in self.entered_from_above else 0.0
        return more + (SLOT_GAP if upper.passing or lower.passing else GAP)

    def _offsets(self, column: int) -> list[float]:
        """Return the tops of a column's items when they stand as close as they may."""
        items = self.items[column]
        y = ABOVE_ENTRY if items and not items[0].passing and items[0].key in self.entered_from_above else 0.0
        tops = [y]
        for upper, lower in pairwise(items):
            y += self._height(upper) + self._gap(upper, lower)
            tops.append(y)
        return tops

    def _stack_height(self, column: int) -> float:
        items = self.items[column]
        return self._offsets(column)[-1] + self._height(items[-1]) if items else 0.0

    def _wishes(self, column: int) -> dict[Item, list[tuple[float, float]]]:
        """Return for each item the tops, with weights, at which its lines would be straight."""
        wishes: dict[Item, list[tuple[float, float]]] = defaultdict(list)
        if column > 0:
            for link in self.links[column - 1]:
                wishes[link.right].append((self.top[column - 1, link.left] + link.left_dy - link.right_dy, link.weight))
        if column + 1 < len(self.items):
            for link in self.links[column]:
                wishes[link.left].append((self.top[column + 1, link.right] + link.right_dy - link.left_dy, link.weight))
        for upper, lower in pairwise(self.items[column]):
            if (upper.key, lower.key) in self.down:
                apart = self._height(upper) + self._gap(upper, lower)
                wishes[upper].append((self.top[column, lower] - apart, NEIGHBOURLY))
                wishes[lower].append((self.top[column, upper] + apart, NEIGHBOURLY))
        if column == 0 and self.items[0]:
            wishes[self.items[0][0]].append((0.0, 1.0))
        return wishes

    def _settle(self, column: int, wishes: Mapping[Item, list[tuple[float, float]]], default: float) -> None:
        """Give each item of a column the top nearest to its wishes that the others' heights allow."""
        items, offsets = self.items[column], self._offsets(column)
        room = self.height - self._stack_height(column)
        wanted: list[list[tuple[float, float]]] = []
        for item, offset in zip(items, offsets, strict=True):
            nowhere = [(offset if wishes else default + offset, 0.1)]
            wanted.append([(at - offset, weight) for at, weight in wishes.get(item, nowhere)])
        limit = room
        for item, offset, moved in reversed(list(zip(items, offsets, _in_order(wanted), strict=True))):
            limit = limit if item.passing else min(limit, SLACK)
            self.top[column, item] = offset + min(max(moved, 0.0), limit)

    # straight lines

    def _straighten(self, slots: list[tuple[int, Item]]) -> None:
        """Give neighbouring slots of one line one height, as far as what stands above and below them allows."""
        while slots:
            group, (low, high) = [slots[0]], self._free(*slots[0])
            for slot in slots[1:]:
                lowest, highest = self._free(*slot)
                if max(low, lowest) > min(high, highest):
                    break
                group, low, high = [*group, slot], max(low, lowest), min(high, highest)
            now = sorted(self.top[slot] for slot in group)[len(group) // 2]
            for slot in group:
                self.top[slot] = min(max(self._straight(group, low, high, now), low), high)
            slots = slots[len(group) :]

    def _straight(self, group: list[tuple[int, Item]], low: float, high: float, now: float) -> float:
        """Return the height that continues the line before or after the group, if one lies within the limits."""
        (first, item), (last, _) = group[0], group[-1]
        after = [self.top[last + 1, n.right] + n.right_dy for n in self.links[last] if n.left == item]
        before = [self.top[first - 1, n.left] + n.left_dy for n in self.links[first - 1] if n.right == item]
        return min((y for y in (*after, *before) if low <= y <= high), key=lambda y: abs(y - now), default=now)

    def _part_swapped(self, column: int) -> None:
        """Move a slot a little where two lines would change places between two columns and so lie on each other."""
        slots = [item for item in self.items[column] if item.passing and (column - 1, item) in self.top]
        for one, other in combinations(slots, 2):
            before, after = self.top[column - 1, one], self.top[column, one]
            swaps = abs(after - self.top[column - 1, other]) < NUDGE and abs(before - self.top[column, other]) < NUDGE
            if swaps:
                self.top[column, one] += NUDGE if self.top[column, other] > after else -NUDGE

    def _free(self, column: int, item: Item) -> tuple[float, float]:
        """Return between which heights an item may move without touching its neighbours."""
        items = self.items[column]
        index = items.index(item)
        low, high = 0.0, self.height - self._height(item)
        if index:
            upper = items[index - 1]
            low = self.top[column, upper] + self._height(upper) + self._gap(upper, item)
        if index + 1 < len(items):
            lower = items[index + 1]
            high = self.top[column, lower] - self._height(item) - self._gap(item, lower)
        return low, max(low, high)


def entry_dy(box: Box) -> float:
    """Return where a line enters a box from the left, from its top, unless something else suits better."""
    return min(box.height / 2, 52.0) if box.node.branches or box.height > 130 else box.height / 2


def _crossings(upper: list[tuple[int, float]], lower: list[tuple[int, float]]) -> int:
    """Count the crossings between the lines of two items when one stands above the other."""
    return sum(high > low for high in upper for low in lower)


def _in_order(wanted: list[list[tuple[float, float]]]) -> list[float]:
    """Return values that never fall, as near as can be to the wishes: pooled weighted medians."""
    pools: list[tuple[list[tuple[float, float]], int, float]] = []
    for wishes in wanted:
        pool, count, value = wishes, 1, _median(wishes)
        while pools and pools[-1][2] > value:
            before, number, _ = pools.pop()
            pool, count = before + pool, number + count
            value = _median(pool)
        pools.append((pool, count, value))
    return [value for _, count, value in pools for _ in range(count)]


def _median(wishes: list[tuple[float, float]]) -> float:
    half = sum(weight for _, weight in wishes) / 2
    passed = 0.0
    for value, weight in sorted(wishes):
        passed += weight
        if passed >= half:
            return value
    return 0.0
