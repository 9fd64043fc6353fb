"""Ports: the exact places where lines leave and enter boxes."""

from collections.abc import Mapping, Sequence

from engine.drawing.boxes import Box
from engine.drawing.nets import Net, Way
from engine.drawing.stacking import Item, Stacks, entry_dy

EDGE = 14.0
"""Px kept free of ports at the corners of a box."""
SPACE = 12.0
BELOW = 1e6


def leaving(
    ways: Sequence[Way], boxes: Mapping[str, Box], stacks: Stacks, place: Mapping[str, int]
) -> dict[Way, float]:
    """Return the height at which each way leaves its box: its own port, or straight towards where it leads."""
    found: dict[Way, float] = {}
    for key, box in boxes.items():
        top = stacks.top[place[key], Item(key)]
        own = [way for way in ways if way.source == key]
        free = sorted((w for w in own if w.port.y is None), key=lambda w: (_aim(w, boxes, stacks, place), w.net))
        found.update({way: top + way.port.y for way in own if way.port.y is not None})
        aims = [min(max(_aim(way, boxes, stacks, place), top + EDGE), top + box.height - EDGE) for way in free]
        spread = _spread(aims, top + EDGE, top + box.height - EDGE)
        found.update(zip(free, spread, strict=True))
    return found


def entering(
    nets: set[Net], leave: Mapping[Way, float], boxes: Mapping[str, Box], stacks: Stacks, place: Mapping[str, int]
) -> dict[Net, float]:
    """Return the height at which each net enters its box from the left; `down` nets enter from the top instead."""
    found: dict[Net, float] = {}
    for net in sorted(nets, key=lambda net: (net.target, net.side != "forward")):
        box, column = boxes[net.target], place[net.target]
        top = stacks.top[column, Item(net.target)]
        if net.side == "forward":
            straight = [leave[w] for w in leave if w.net == net and place[w.source] == column - 1]
            slot = stacks.top.get((column - 1, Item(net.target, "forward")))
            usual = top + entry_dy(box)
            inside = [
                y for y in (*straight, *(() if slot is None else (slot,))) if top + EDGE <= y <= top + box.height - 30
            ]
            found[net] = min(inside, key=lambda y: abs(y - usual), default=usual)
        elif net.side == "back":
            forward = found.get(Net(net.target, "forward"), -BELOW)
            low = top + box.height - EDGE
            found[net] = low if low - forward >= SPACE else forward - SPACE
    return found


def _aim(way: Way, boxes: Mapping[str, Box], stacks: Stacks, place: Mapping[str, int]) -> float:
    """Return the height a way heads for in the next gutter."""
    target, column = way.net.target, place[way.source]
    if way.net.side == "back":
        return BELOW
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
