"""Builders for tests of drawings: random pathways, and questions about where things stand."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from engine.drawing.boxes import GLYPH, OF_A_UNIT, PAD, Box
from engine.drawing.graph import Exit, Node, PathwayGraph, Titled
from engine.drawing.layout import Layout
from engine.drawing.lines import Point

SVG = "{http://www.w3.org/2000/svg}"
ID = r"(?:step|phase|end)_[a-z0-9_]+"
TEXT = r'"(?:[^"<>]|<br>)*"'
MERMAID = re.compile(
    "|".join((
        rf"subgraph {ID}\[{TEXT}\]",
        "end",
        rf"{ID}(?:\[{TEXT}\]|\[\[{TEXT}\]\]|\(\[{TEXT}\]\))(?::::[a-z_]+)?",
        rf"{ID} -->\|{TEXT}\| {ID}",
        r"classDef [a-z_]+ [a-z0-9#:, -]+",
    ))
)  # fmt: skip
WORDS = (
    "arvio", "hoidon", "tarpeen", "palvelutarpeen", "arviointi", "nuorisopsykiatrin", "konsultaatio", "verkostokokous",
    "mielenterveysasiakkaan", "hoitosuunnitelma", "och", "uppföljningssamtal", "erikoissairaanhoidossa", "IPC", "ja",
    "kiireellinen", "päihdepalvelujen", "ylivuotoviemärinpuhdistaja", "äö", "samtalsterapi",
)  # fmt: skip
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@st.composite
def graphs(draw: st.DrawFn, most: int = 24) -> PathwayGraph:
    """Any pathway: up to seven phases, loops, skips, branches, steps that nothing leads to."""
    phases = draw(st.integers(1, 7))
    count = draw(st.integers(1, most))
    keys = [f"s{number}" for number in range(count)]
    placed = sorted(draw(st.lists(st.integers(0, phases - 1), min_size=count, max_size=count)))
    nodes = tuple(draw(_nodes(key, f"p{phase}", keys)) for key, phase in zip(keys, placed, strict=True))
    used = sorted(set(placed))
    nodes += tuple(Node(f"x{number}", draw(titles)) for number in range(draw(st.integers(0, 3))))
    return PathwayGraph(
        pathway="polku",
        title=draw(titles),
        view=draw(st.sampled_from(("worker", "client"))),
        language=draw(st.sampled_from(("fi", "sv", "en"))),
        phases=tuple(Titled(f"p{phase}", draw(titles)) for phase in used),
        nodes=nodes,
        ends=(Titled("loppu", draw(titles)),),
    )


@st.composite
def _nodes(draw: st.DrawFn, key: str, phase: str, keys: list[str], depth: int = 0) -> Node:
    branches: tuple[Node, ...] = ()
    if depth == 0 and draw(st.integers(0, 5)) == 0:
        names = [f"{key}b{number}" for number in range(draw(st.integers(1, 4)))]
        branches = tuple(draw(_nodes(name, phase, keys, 1)) for name in names)
    targets = draw(st.lists(st.sampled_from(keys), max_size=4 if depth == 0 else 1))
    exits = [Exit(f"o{n}", draw(titles), "step", target) for n, target in enumerate(targets)]
    if draw(st.booleans()):
        exits.append(Exit("loppu", draw(titles), "end", "loppu", draw(titles)))
    return Node(
        key=key,
        title=draw(titles),
        phase=phase,
        who=draw(st.one_of(st.just(""), titles)),
        about=draw(st.one_of(st.just(""), titles)),
        notes=tuple(draw(st.lists(titles, max_size=2))),
        exits=tuple(exits),
        branches=branches,
        join="rinnakkain" if branches else "",
    )


def parsed(svg: str) -> ET.Element:
    """Return a drawing's elements; a drawing that isn't well-formed fails."""
    return ET.fromstring(svg)  # noqa: S314 - our own text


def placed_boxes(layout: Layout) -> Iterator[tuple[Box, float, float]]:
    """Give every box, inner ones too, with its place in the drawing."""

    def below(box: Box, x: float, y: float) -> Iterator[tuple[Box, float, float]]:
        yield box, x + box.x, y + box.y
        for inside in box.inside:
            yield from below(inside, x + box.x, y + box.y)

    for box in layout.boxes:
        yield from below(box, 0.0, 0.0)


def cramped(layout: Layout) -> list[str]:
    """Name the boxes whose words are wider or higher than their room, and the signs that words run into."""
    found = []
    for box, _, _ in placed_boxes(layout):
        for words in box.words:
            widest = max(words.style.width(line) for line in words.lines)
            last = words.y + words.style.line * (len(words.lines) - 1)
            sign = GLYPH if words.part == "title" and box.node.kind in OF_A_UNIT else 0
            fits = words.x + widest <= box.width - PAD - sign + 0.01 and last <= box.height - 4
            found += [] if fits and words.y >= words.style.line - 6 else [f"{box.node.key}: {words.text}"]
    return found


def unlike_mermaid(text: str) -> list[str]:
    """Return the lines of a flowchart that no form of Mermaid's allows: odd ids, or quotes that don't close."""
    return [line for line in text.split("flowchart LR\n", 1)[1].splitlines() if not MERMAID.fullmatch(line.strip())]


def overlapping(boxes: list[Box]) -> list[tuple[str, str]]:
    """Name the pairs of boxes that share any room."""
    return [(a.node.key, b.node.key) for a, b in combinations(boxes, 2) if _meet(a, b)]


def crossed_boxes(layout: Layout) -> list[str]:
    """Say which lines go through which boxes; a line may only touch the boxes it joins."""
    found = []
    for route in layout.routes:
        for index, (start, end) in enumerate(pairwise(route.points)):
            for box in layout.boxes:
                leaves = index == 0 and box.node.key == route.source
                if not leaves and _goes_through(start, end, box):
                    found.append(f"{route.source} → {route.target} through {box.node.key}")
    return found


def lines_on_each_other(layout: Layout) -> list[str]:
    """Say which lines to different steps run along one another, so that nobody could tell them apart."""
    found = []
    pieces = [(route, *ends) for route in layout.routes for ends in pairwise(route.points)]
    for (one, a, b), (other, c, d) in combinations(pieces, 2):
        if (one.target, one.side) != (other.target, other.side) and _shared(a, b, c, d) > 1.0:
            found.append(f"{one.source} → {one.target} on {other.source} → {other.target}")
    return found


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def _goes_through(start: Point, end: Point, box: Box, touch: float = 0.5) -> bool:
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    inside_x = left < box.x + box.width - touch and right > box.x + touch
    return inside_x and top < box.y + box.height - touch and bottom > box.y + touch


def _shared(a: Point, b: Point, c: Point, d: Point) -> float:
    for axis in (0, 1):
        across = 1 - axis
        flat = abs(a[across] - b[across]) < 0.01 and abs(c[across] - d[across]) < 0.01
        if flat and abs(a[across] - c[across]) < 1.5:
            return min(max(a[axis], b[axis]), max(c[axis], d[axis])) - max(min(a[axis], b[axis]), min(c[axis], d[axis]))
    return 0.0
