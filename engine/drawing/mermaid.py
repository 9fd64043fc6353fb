"""Mermaid: the same graph as text for wikis and tickets. Only the product's own drawing is for its pages."""

from collections.abc import Iterator

from engine.drawing.graph import Exit, Node, PathwayGraph
from engine.drawing.overlay import Overlay
from engine.drawing.words import say

_LOOKS = {
    "done": "stroke:#2d8a63",
    "open": "stroke:#0b5670,stroke-width:3px",
    "waiting": "stroke:#a86a00,stroke-width:3px",
    "late": "stroke:#c43c36,stroke-width:4px",
    "upcoming": "stroke-dasharray:5 4",
    "not_needed": "stroke-dasharray:2 3",
    "by_hand": "stroke-dasharray:1 3",
}


def to_mermaid(graph: PathwayGraph, overlay: Overlay | None = None) -> str:
    """Return a flowchart: phases as subgraphs, outcomes on the arrows, ends rounded, hand-overs with double sides."""
    return "\n".join(_lines(graph, overlay or Overlay())) + "\n"


def _lines(graph: PathwayGraph, overlay: Overlay) -> Iterator[str]:
    yield f"---\ntitle: {_quoted(graph.title)}\n---"
    yield "flowchart LR"
    for phase in graph.sections:
        yield f"  subgraph phase_{phase.key or '0'}[{_quoted(phase.title)}]"
        for node in graph.nodes:
            if node.phase == phase.key:
                yield from _node(node, graph, overlay, "    ")
        yield "  end"
    ends = {
        way.target for node in graph.nodes for inside in node.with_inside() for way in inside.exits if way.kind == "end"
    }
    for end in graph.ends:
        if end.key in ends:
            yield f"  end_{end.key}([{_quoted(end.title)}])"
    known = {inside.key for node in graph.nodes for inside in node.with_inside()}
    for node in graph.nodes:
        yield from _ways(node, known)
    used = {str(mark.state) for mark in overlay.marks.values() if mark.state}
    by_hand = {"by_hand" for node in graph.nodes if node.by_hand}
    for state in sorted(used | by_hand):
        yield f"  classDef {state} {_LOOKS[state]}"


def _node(node: Node, graph: PathwayGraph, overlay: Overlay, indent: str) -> Iterator[str]:
    mark = overlay.of(node)
    state = f"{say(mark.state, graph.language)} {mark.when}".strip() if mark.state else ""
    words = "<br>".join(_escaped(part) for part in (state, node.title, mark.who or node.who) if part)
    if node.branches or node.inner:
        yield f"{indent}subgraph step_{node.key}[{_quoted(' – '.join(filter(None, (node.title, node.join))))}]"
        for inside in (*node.branches, *node.inner):
            yield from _node(inside, graph, overlay, indent + "  ")
        yield f"{indent}end"
    else:
        looks = mark.state or ("by_hand" if node.by_hand else "")
        opening, closing = ("[[", "]]") if node.kind == "handover" else ("[", "]")
        yield f'{indent}step_{node.key}{opening}"{words}"{closing}{f":::{looks}" if looks else ""}'


def _ways(node: Node, known: set[str]) -> Iterator[str]:
    for inside in node.with_inside():
        joined: dict[tuple[str, str], list[Exit]] = {}
        for way in inside.exits:
            joined.setdefault((way.kind, way.target), []).append(way)
        for (kind, target), ways in joined.items():
            words = _quoted(" / ".join(way.text for way in ways))
            if kind == "end":
                yield f"  step_{inside.key} -->|{words}| end_{target}"
            elif kind == "step" and target in known:
                yield f"  step_{inside.key} -->|{words}| step_{target}"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
