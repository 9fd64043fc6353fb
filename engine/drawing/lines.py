"""Lines: corners rounded, arrow heads, and lines that join another drawn only as far as they are their own."""

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
ROUND = 6.0
ARROW = 7.0
NEAR = 0.01


def rounded(points: Sequence[Point], whole: bool = True) -> str:
    """Return an SVG path along the points; a whole one stops short of its end, where the arrow head begins."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        near = min(ROUND, _length(before, here) / 2, _length(here, after) / 2)
        start, end = _towards(here, before, near), _towards(here, after, near)
        path += f"L{start[0]:g} {start[1]:g}Q{here[0]:g} {here[1]:g} {end[0]:g} {end[1]:g}"
    last = _towards(points[-1], points[-2], ARROW - 1) if whole else points[-1]
    return f"{path}L{last[0]:g} {last[1]:g}"


def arrow(points: Sequence[Point]) -> str:
    """Return the head of an arrow at the last point."""
    (x0, y0), (x, y) = points[-2], points[-1]
    if abs(y - y0) < NEAR:
        back = x - ARROW if x > x0 else x + ARROW
        return f"M{x:g} {y:g}L{back:g} {y - 4:g}V{y + 4:g}z"
    back = y - ARROW if y > y0 else y + ARROW
    return f"M{x:g} {y:g}L{x - 4:g} {back:g}H{x + 4:g}z"


def until_joined(points: Sequence[Point], others: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    """Return the line up to a little after it joins one of the others, all of which end where it ends.

    Two dashed lines on each other would look like a solid one.
    """
    shared = max((_shared_end(points, other) for other in others), default=0.0)
    keep = sum(_length(a, b) for a, b in pairwise(points)) - shared + (ROUND if shared else 0.0)
    kept = [points[0]]
    for a, b in pairwise(points):
        step = _length(a, b)
        if step >= keep:
            return (*kept, _towards(a, b, keep)) if keep > NEAR else tuple(kept * 2)
        kept.append(b)
        keep -= step
    return tuple(points)


def _shared_end(one: Sequence[Point], other: Sequence[Point]) -> float:
    """Return how long a way two lines go together before their common end."""
    if _length(one[-1], other[-1]) > NEAR:
        return 0.0
    shared = 0.0
    a, b = list(one), list(other)
    while len(a) > 1 and len(b) > 1 and _same_direction(a, b):
        step = min(_length(a[-1], a[-2]), _length(b[-1], b[-2]))
        shared += step
        _shorten(a, step)
        _shorten(b, step)
    return shared


def _same_direction(a: list[Point], b: list[Point]) -> bool:
    return all(_sign(a[-2][i] - a[-1][i]) == _sign(b[-2][i] - b[-1][i]) for i in (0, 1))


def _shorten(points: list[Point], by: float) -> None:
    end = points.pop()
    if _length(end, points[-1]) - by > NEAR:
        points.append(_towards(end, points[-1], by))


def _sign(number: float) -> int:
    return 0 if abs(number) < NEAR else 1 if number > 0 else -1


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, goal: Point, by: float) -> Point:
    whole = _length(start, goal)
    share = min(by / whole, 1.0) if whole else 0.0
    return round(start[0] + (goal[0] - start[0]) * share, 2), round(start[1] + (goal[1] - start[1]) * share, 2)
