"""Layout: where everything of a drawing stands. Phases are bands of columns, ways run in the gutters between columns.

`lay_out` is the one function the rest asks; it depends on the definition only, never on a case, but for phases that
are shown collapsed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.drawing.boxes import PAIRED, Box, Drafting, Purpose, box_of, drafting_for, may_pair
from engine.drawing.columns import Columns, arrange
from engine.drawing.graph import Node, PathwayGraph
from engine.drawing.labels import PHASE, SMALL, lines
from engine.drawing.nets import Side, ways_of
from engine.drawing.routes import Routing, Sheet, route
from engine.drawing.stacking import GAP, Item, stack
from engine.drawing.words import say

Point = tuple[float, float]
MOST_COLUMNS = 9
PAGE = 1356.0
"""Px inside a card of a page 1440 px wide."""
NARROWEST, WIDEST = 122.0, 190.0
GUTTER = 50.0
"""Px that a gutter usually takes."""
WIDE_GUTTER = 74.0
"""Px that a gutter usually takes in a pathway so large that it needs a wide sheet."""
FRAME = 24.0
"""Px that a column with branches is wider."""
TALL = 1500.0
"""Px of height from which on a drawing may be wider than the page, which then scrolls sideways as well."""
WIDE = 1900.0
"""Px that a tall drawing may take: on paper, A3 lying, its words are then largest."""
GAIN = 0.92
"""To what share of its height a drawing must come down for its being wider."""
WORTH = 0.05
"""To what share of its height a wide drawing must come down for one column more, and so narrower boxes."""
TALL_FRAME = 800.0
"""Px of height from which on the branches of a step stand two and two."""


@dataclass(frozen=True, slots=True)
class Band:
    """A phase behind its columns, with its number and title in lines."""

    key: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One way as a line of corners; it ends in an arrow."""

    source: str
    target: str
    side: Side
    outcomes: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LaneLabel:
    """Words on a line that leads back, with the middle of their line."""

    target: str
    x: float
    y: float
    text: str
    width: float


@dataclass(frozen=True)
class Layout:
    """A drawing with every place known, in px from its top left corner."""

    graph: PathwayGraph
    purpose: Purpose
    full: bool
    width: float
    height: float
    columns: int
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    labels: tuple[LaneLabel, ...]


@lru_cache(maxsize=256)
def lay_out(graph: PathwayGraph, purpose: Purpose = "definition", full: bool = False) -> Layout:
    """Return the layout of a graph. `full` writes every outcome into its box and gives it a line of its own.

    At most nine columns, and as many as the page holds; one fewer where the wider boxes make the drawing lower. A tall
    drawing may have more columns than the page holds.
    """
    layout = _on_a_page(graph, purpose, full)
    wider = _on_a_wide_sheet(layout) if layout.height > TALL else layout
    return wider if wider.height < GAIN * layout.height else layout


def _on_a_wide_sheet(page: Layout) -> Layout:
    """Return the layout with as many columns as promise the lowest drawing that a wide sheet holds."""
    counts = range(page.columns, MOST_COLUMNS + 1)
    most = min(counts, key=lambda count: _height_on_a_wide_sheet(page, count) * (1 + WORTH * count))
    layout = _laid_out(page.graph, page.purpose, page.full, most, NARROWEST)
    while layout.width > WIDE and most > page.columns:
        most -= 1
        layout = _laid_out(page.graph, page.purpose, page.full, most, NARROWEST)
    return _widened(layout, most, WIDE)


def _height_on_a_wide_sheet(page: Layout, most: int) -> float:
    """Return about how high the drawing will be with so many columns, from the boxes alone."""
    columns = _columns(page.graph, page.purpose, page.full, most)
    for width in (WIDEST, 170.0, 150.0, 135.0, NARROWEST):
        boxes = _boxes(page.graph, page.purpose, page.full, columns, width)
        if sum(boxes[keys[0]].width + WIDE_GUTTER for keys in columns.steps) <= WIDE:
            return max(sum(boxes[key].height + GAP for key in keys) for keys in columns.steps)
    return float("inf")


def _on_a_page(graph: PathwayGraph, purpose: Purpose, full: bool) -> Layout:
    most = MOST_COLUMNS
    layout = _laid_out(graph, purpose, full, most, NARROWEST)
    while layout.width > PAGE and layout.columns > len(graph.phases):
        over = int((layout.width - PAGE) // (NARROWEST + GUTTER))
        most = max(layout.columns - max(over, 1), len(graph.phases))
        layout = _laid_out(graph, purpose, full, most, NARROWEST)
    widened = _widened(layout, most)
    if layout.columns <= len(graph.phases):
        return widened
    fewer = _widened(_laid_out(graph, purpose, full, layout.columns - 1, NARROWEST), layout.columns - 1)
    return fewer if fewer.height < widened.height and fewer.width <= PAGE + 0.5 else widened


def _widened(layout: Layout, most: int, page: float = PAGE) -> Layout:
    """Give the boxes what room the page has left; wider boxes are lower, which may move lines and take some back."""
    width = NARROWEST
    tried = layout
    for _ in range(3):
        width = min(width + (page - tried.width) / max(layout.columns, 1), WIDEST)
        if width <= NARROWEST + 1:
            break
        tried = _laid_out(layout.graph, layout.purpose, layout.full, most, width)
        if tried.width <= page + 0.5:
            return tried
    return layout


def _laid_out(graph: PathwayGraph, purpose: Purpose, full: bool, most: int, width: float) -> Layout:
    columns = _columns(graph, purpose, full, most)
    boxes = _boxes(graph, purpose, full, columns, width)
    beside = [box_of(node, width, drafting_for(graph, purpose, full)) for node in graph.nodes if not node.phase]
    ways = ways_of({key: box.ports for key, box in boxes.items()}, columns)
    stacks = stack(columns, boxes, ways)
    titles = [
        lines(f"{n}. {phase.title}", PHASE, _band_room(columns, n - 1, boxes))
        for n, phase in enumerate(graph.phases, 1)
    ]
    header = 12 + max((len(title) for title in titles), default=0) * PHASE.line
    sheet = Sheet(columns, boxes, ways, stacks, header + 10, _breaks(columns))
    routing = route(sheet)
    placed = tuple(
        boxes[key].at(routing.left[columns.of[key]], sheet.head + stacks.top[columns.of[key], Item(key)])
        for key in boxes
    )
    strip, aside = _strip(graph, beside, routing)
    return Layout(
        graph=graph,
        purpose=purpose,
        full=full,
        width=routing.width,
        height=strip.y + strip.height if strip else routing.height,
        columns=len(columns.steps),
        bands=_bands(graph, columns, titles, routing, sheet.head + stacks.height + 12) + ((strip,) if strip else ()),
        boxes=(*placed, *aside),
        routes=tuple(Route(w.source, w.net.target, w.net.side, w.outcomes, routing.points[w]) for w in ways),
        labels=_labels(graph, routing),
    )


def _columns(graph: PathwayGraph, purpose: Purpose, full: bool, most: int) -> Columns:
    phases = [[node.key for node in graph.nodes if node.phase == phase.key] for phase in graph.phases]
    drafting = drafting_for(graph, purpose, full)
    heights = {node.key: _usual_height(node, drafting) for node in graph.nodes if node.phase}
    ways = {(edge.source, edge.target) for edge in graph.edges}
    return arrange(phases, ways, heights, most)


def _usual_height(node: Node, drafting: Drafting) -> float:
    height = box_of(node, 150.0, drafting).height
    return box_of(node, 300.0 + FRAME, drafting).height if height > TALL_FRAME and may_pair(node) else height


def _boxes(graph: PathwayGraph, purpose: Purpose, full: bool, columns: Columns, width: float) -> dict[str, Box]:
    drafting = drafting_for(graph, purpose, full)
    nodes = {node.key: node for node in graph.nodes}
    boxes: dict[str, Box] = {}
    for keys in columns.steps:
        framed = [nodes[key] for key in keys if nodes[key].branches]
        wide = width + FRAME if framed else width
        if any(may_pair(node) and box_of(node, wide, drafting).height > TALL_FRAME for node in framed):
            wide = max(2 * width + FRAME, PAIRED)
        boxes.update({key: box_of(nodes[key], wide, drafting) for key in keys})
    return boxes


def _band_room(columns: Columns, phase: int, boxes: Mapping[str, Box]) -> float:
    first, last = columns.phases[phase]
    return sum(boxes[columns.steps[column][0]].width for column in range(first, last + 1)) + 34.0 * (last - first)


def _breaks(columns: Columns) -> frozenset[int]:
    """Return the gutters that lie between two phases."""
    return frozenset(last for _, last in columns.phases[:-1])


def _bands(
    graph: PathwayGraph, columns: Columns, titles: list[tuple[str, ...]], routing: Routing, height: float
) -> tuple[Band, ...]:
    bands = []
    for phase, title, (first, last) in zip(graph.phases, titles, columns.phases, strict=True):
        left = routing.middle(first - 1) + 3 if first else 0.0
        right = routing.middle(last) - 3 if last + 1 < len(columns.steps) else routing.width
        bands.append(Band(phase.key, left, 0.0, right - left, height, title))
    return tuple(bands)


def _strip(graph: PathwayGraph, boxes: list[Box], routing: Routing) -> tuple[Band | None, tuple[Box, ...]]:
    """Lay what belongs to no phase in rows below everything else."""
    if not boxes:
        return None, ()
    top = routing.height + 14
    x, y, tallest = GAP / 2, top + 12 + PHASE.line + 8, 0.0
    placed: list[Box] = []
    for box in boxes:
        if placed and x + box.width > routing.width - GAP / 2:
            x, y, tallest = GAP / 2, y + tallest + GAP, 0.0
        placed.append(box.at(x, y))
        x, tallest = x + box.width + GAP, max(tallest, box.height)
    title = (graph.sections[-1].title,)
    return Band("", 0.0, top, routing.width, y + tallest + 12 - top, title), tuple(placed)


def _labels(graph: PathwayGraph, routing: Routing) -> tuple[LaneLabel, ...]:
    """Say on each line that leads back where it leads: on its longest free stretch, else where others pass below."""
    found = []
    passing = routing.free_stretches(others=False)
    for net, stretches in routing.free_stretches().items():
        text = say("back_to", graph.language, title=graph.node(net.target).title)
        width = SMALL.width(text) + 16
        for parts in (stretches, passing[net]):
            start, end = max(parts, key=lambda stretch: stretch[1] - stretch[0])
            if end - start >= width + 12:
                found.append(LaneLabel(net.target, (start + end) / 2, routing.lanes[net], text, width))
                break
    return tuple(found)
