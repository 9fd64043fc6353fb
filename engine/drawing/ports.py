"""Ports: the exact places where lines leave and enter boxes."""

from collections.abc import Mapping, Sequence

from engine.drawing.boxes import Box
from engine.drawing.nets import Net, Way
from engine.drawing.stacking import Item, Stacks, entry_dy

EDGE = 14.0
"""Px kept free of ports at the corners of a box."""
SPACE = 12.0
BELOW = 1e6
CLEAR = 4.5
"""Px between the end of one line and the beginning of another on the other side of a gutter."""


def leaving(
    ways: Sequence[Way], boxes: Mapping[str, Box], stacks: Stacks, place: Mapping[str, int]
) -> dict[Way, float]:
    """Return the height at which each way leaves its box: its own port, or straight towards where it leads."""
    found: dict[Way, float] = {}
    entered_right = {way.net.target for way in ways if way.net.side == "up"}
    for key, box in boxes.items():
        top = stacks.top[place[key], Item(key)]
        own = [way for way in ways if way.source == key]
        free = sorted((w for w in own if w.port.y is None), key=lambda w: (_aim(w, boxes, stacks, place), w.net))
        found.update({way: top + way.port.y for way in own if way.port.y is not None})
        high, low = top + EDGE + (SPACE if key in entered_right else 0.0), top + box.height - EDGE
        aims = [min(max(_aim(way, boxes, stacks, place), high), low) for way in free]
        spread = _spread(aims, high, low)
        found.update(zip(free, spread, strict=True))
    return found


def entering(
    nets: set[Net], leave: Mapping[Way, float], boxes: Mapping[str, Box], stacks: Stacks, place: Mapping[str, int]
) -> dict[Net, float]:
    """Return the height at which each net enters its box: from the left, but `up` nets from the right; `down` nets enter from the top."""
    found: dict[Net, float] = {}
    for net in sorted(nets, key=lambda net: (net.target, net.side != "forward")):
        box, column = boxes[net.target], place[net.target]
        top = stacks.top[column, Item(net.target)]
        forward = found.get(Net(net.target, "forward"))
        beside = {leave[w]: w.net for w in leave if place[w.source] == column - 1}
        beside |= {stacks.top[at, i]: Net(i.key, "forward") for at, i in stacks.top if at == column - 1 and i.passing}
        wish = top + box.height - EDGE
        if net.side == "forward":
            usual = top + entry_dy(box)
            straight = (y for y, other in beside.items() if other == net and top + EDGE <= y <= top + box.height - 30)
            wish = min(straight, key=lambda y: abs(y - usual), default=usual)
        elif forward is not None and wish - forward < SPACE:
            wish = forward - SPACE
        if net.side == "up":
            found[net] = top + EDGE
        elif net.side != "down":
            taken = [y for y, other in beside.items() if other != net] + ([] if forward is None else [forward])
            found[net] = _clear(wish, taken, top + EDGE / 2, top + box.height - EDGE / 2)
    return found


def _clear(wish: float, taken: Sequence[float], low: float, high: float) -> float:
    """Return the height nearest to the wish at which no other line arrives from across the gutter."""
    tries = [wish + step * sign for step in range(0, 40, 5) for sign in (1, -1)]
    free = (y for y in tries if low <= y <= high and all(abs(y - other) >= CLEAR for other in taken))
    return next(free, wish)


def _aim(way: Way, boxes: Mapping[str, Box], stacks: Stacks, place: Mapping[str, int]) -> float:
    """Return the height a way heads for in the next gutter."""
    target, column = way.net.target, place[way.source]
    if way.net.side == "back":
        return BELOW
    if way.net.side == "up":
        return -BELOW
    if way.net.side == "down":
        return stacks.top[column, Item(target)]
    if place[target] == column + 1:
        return stacks.top[place[target], Item(target)] + entry_dy(boxes[target])
    return stacks.top[column + 1, Item(target, "forward")]


def _spread(aims: list[float], low: float, high: float) -> list[float]:
    """Return rising heights near the aims, apart from each other and between the limits."""
    if not aims:
        return []
    space = min(SPACE, (high - low) / max(len(aims) - 1, 1))
    placed = [aims[0]]
    for aim in aims[1:]:
        placed.append(max(aim, placed[-1] + space))
    limit = high
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - space
    return placed
