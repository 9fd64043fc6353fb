"""Collapse: phases that are behind the client become one box each, so that what lies ahead has the room."""

from dataclasses import replace

from engine.drawing.graph import Exit, Node, PathwayGraph
from engine.drawing.overlay import Overlay, StepMark, finished_phases
from engine.drawing.words import say


def collapsed(graph: PathwayGraph, overlay: Overlay) -> tuple[PathwayGraph, Overlay]:
    """Return the graph with each finished phase as one node, and an overlay that marks those as done."""
    keys = {phase.key: [node.key for node in graph.nodes if node.phase == phase.key] for phase in graph.phases}
    finished = {phase for phase in finished_phases(keys, overlay) if len(keys[phase]) > 1}
    stands_for = {key: f"phase_{phase}" for phase in finished for key in keys[phase]}
    nodes: list[Node] = []
    marks = dict(overlay.marks)
    for phase in graph.sections:
        inside = [node for node in graph.nodes if node.phase == phase.key]
        if phase.key not in finished:
            nodes += [_with_new_targets(node, stands_for) for node in inside]
            continue
        key = f"phase_{phase.key}"
        done = sum(overlay.mark(node.key).state == "done" for node in inside)
        count = (
            say("finished_phase_one", graph.language)
            if done == 1
            else say("finished_phase", graph.language, count=done)
        )
        exits = _joined(key, inside, stands_for)
        nodes.append(Node(key, phase.title, phase.key, "phase", count, exits=exits))
        marks[key] = StepMark("done")
    travelled = overlay.travelled
    if travelled is not None:
        travelled = frozenset((stands_for.get(a, a), stands_for.get(b, b)) for a, b in travelled)
    return replace(graph, nodes=tuple(nodes)), Overlay(marks, travelled)


def _with_new_targets(node: Node, stands_for: dict[str, str]) -> Node:
    exits = tuple(replace(way, target=stands_for.get(way.target, way.target)) for way in node.exits)
    return replace(node, exits=exits)


def _joined(key: str, nodes: list[Node], stands_for: dict[str, str]) -> tuple[Exit, ...]:
    """Return the ways out of a phase, each target once; a phase that is behind ends nothing any more."""
    exits: dict[str, Exit] = {}
    for node in nodes:
        for way in node.exits:
            target = stands_for.get(way.target, way.target)
            if way.kind == "step" and target != key:
                exits.setdefault(target, replace(way, target=target))
    return tuple(exits.values())
