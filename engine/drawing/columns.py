"""Columns: which column each step stands in. Each phase has its own; within one, steps follow their outcomes.

A way within a phase counts as forward when it leads to a step written later in the file, so that the author's order
is the order of the picture and a loop can't turn it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

TALL_LAYER = 750.0
"""Px of height from which on steps that follow the same may stand in several columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns from left to right with their steps from the top down, and the columns of each phase."""

    steps: tuple[tuple[str, ...], ...]
    phases: tuple[tuple[int, int], ...]

    @property
    def of(self) -> dict[str, int]:
        return {key: column for column, keys in enumerate(self.steps) for key in keys}


def arrange(
    phases: Sequence[Sequence[str]], ways: set[tuple[str, str]], heights: Mapping[str, float], most: int
) -> Columns:
    """Return the columns for phases of steps in the file's order, at most so many unless there are more phases."""
    layers = [_shortened(_layers(steps, ways), heights) for steps in phases]
    counts = _column_counts(layers, heights, most)
    columns: list[tuple[str, ...]] = []
    spans: list[tuple[int, int]] = []
    for own, count in zip(layers, counts, strict=True):
        parts = _parted(own, heights, count)
        spans.append((len(columns), len(columns) + len(parts) - 1))
        columns += parts
    return Columns(tuple(columns), tuple(spans))


def _layers(steps: Sequence[str], ways: set[tuple[str, str]]) -> list[list[str]]:
    """Return the steps by how many forward ways lie before them within the phase; those without any way come last."""
    joined = {step for way in ways if way[0] != way[1] for step in way}
    depth: dict[str, int] = {}
    for index, step in enumerate(steps):
        depth[step] = max((depth[other] + 1 for other in steps[:index] if (other, step) in ways), default=0)
    deepest = max(depth.values(), default=0)
    depth.update({step: deepest for step in steps if step not in joined})
    steps = sorted(steps, key=lambda step: step not in joined)
    return [[step for step in steps if depth[step] == level] for level in range(max(depth.values(), default=-1) + 1)]


def _shortened(layers: list[list[str]], heights: Mapping[str, float]) -> list[list[str]]:
    """Part tall layers, so that a dozen hand-overs that all follow one step needn't stand in one column."""
    parts: list[list[str]] = []
    for layer in layers:
        tall = _tall(layer, heights)
        aim = tall / -(-tall // TALL_LAYER) if tall else 0.0
        part: list[str] = []
        for key in layer:
            if part and _tall([*part, key], heights) > aim + heights[key] / 2:
                parts, part = [*parts, part], []
            part.append(key)
        parts.append(part)
    return parts


def _column_counts(layers: list[list[list[str]]], heights: Mapping[str, float], most: int) -> list[int]:
    """Share the columns out: first one for each phase, then where the columns would be tallest."""
    counts = [1] * len(layers)
    while sum(counts) < most:
        tallest = [
            (max(_tall(part, heights) for part in _parted(own, heights, count)), -index)
            for index, (own, count) in enumerate(zip(layers, counts, strict=True))
            if count < len(own)
        ]
        if not tallest:
            break
        counts[-max(tallest)[1]] += 1
    return counts


def _parted(layers: list[list[str]], heights: Mapping[str, float], count: int) -> list[tuple[str, ...]]:
    """Return the layers as so many columns, the tallest as low as it can be; of equals, the first columns short."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for parts in range(1, count + 1):
        for end in range(parts, len(layers) + 1):
            options = []
            for start in range(parts - 1, end):
                if (start, parts - 1) in best:
                    cost, cuts = best[start, parts - 1]
                    tall = _tall([key for layer in layers[start:end] for key in layer], heights)
                    options.append((cost + tall**2, (*cuts, end)))
            best[end, parts] = min(options)
    cuts = (0, *best[len(layers), count][1])
    return [tuple(key for layer in layers[start:end] for key in layer) for start, end in pairwise(cuts)]


def _tall(keys: Sequence[str], heights: Mapping[str, float]) -> float:
    return sum(heights[key] + 24 for key in keys)
