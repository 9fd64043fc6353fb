"""The list: everything the drawing says, as nested values for an HTML list. It is the drawing's equal, not its caption."""

from dataclasses import dataclass

from engine.drawing.graph import Exit, Node, PathwayGraph, Titled
from engine.drawing.overlay import ACTIVE, Overlay, StepMark
from engine.drawing.words import say


@dataclass(frozen=True, slots=True)
class ListedWay:
    """An outcome and where it leads, in words; `goes_to` is the step's key where it leads to one."""

    outcome: str
    leads: str
    goes_to: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class ListedStep:
    """A step with its state in words (empty without a case) and what is inside it."""

    key: str
    title: str
    who: str
    about: str
    state: str
    state_text: str
    badge_text: str
    badge_tone: str
    beside: str
    notes: tuple[str, ...]
    ways: tuple[ListedWay, ...]
    join: str
    inside: tuple["ListedStep", ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class ListedPhase:
    """A phase with its number and steps; number 0 and no key for what belongs to no phase."""

    key: str
    number: int
    title: str
    steps: tuple[ListedStep, ...]
    is_current: bool


def to_list(graph: PathwayGraph, overlay: Overlay | None = None) -> tuple[ListedPhase, ...]:
    """Return the phases with their steps, in the drawing's order of reading."""
    sections = enumerate(graph.sections, 1)
    return tuple(_phase(graph, phase, number if phase.key else 0, overlay or Overlay()) for number, phase in sections)


def _phase(graph: PathwayGraph, phase: Titled, number: int, overlay: Overlay) -> ListedPhase:
    steps = tuple(_step(node, graph, overlay) for node in graph.nodes if node.phase == phase.key)
    return ListedPhase(phase.key, number, phase.title, steps, any(_current(step) for step in steps))


def _step(node: Node, graph: PathwayGraph, overlay: Overlay) -> ListedStep:
    mark = overlay.of(node)
    return ListedStep(
        key=node.key,
        title=node.title,
        who=mark.who or node.who,
        about=node.about,
        state=mark.state or "",
        state_text=_state_text(mark, graph),
        badge_text=mark.badge.text if mark.badge else "",
        badge_tone=mark.badge.tone if mark.badge else "",
        beside=mark.beside,
        notes=(*node.notes, node.limit) if node.limit else node.notes,
        ways=tuple(_way(way, node, graph) for way in node.exits),
        join=node.join,
        inside=tuple(_step(inside, graph, overlay) for inside in (*node.branches, *node.inner)),
        is_current=mark.state in ACTIVE,
    )


def _state_text(mark: StepMark, graph: PathwayGraph) -> str:
    return f"{say(mark.state, graph.language)} {mark.when}".strip() if mark.state else ""


def _way(way: Exit, node: Node, graph: PathwayGraph) -> ListedWay:
    if way.kind == "end":
        return ListedWay(way.text, say("to_end", graph.language, title=way.end_title), ends=True)
    if way.kind == "done":
        return ListedWay(way.text, "")
    if way.target == node.key:
        return ListedWay(way.text, say("again", graph.language), way.target)
    return ListedWay(way.text, graph.node(way.target).title, way.target)


def _current(step: ListedStep) -> bool:
    return step.is_current or any(map(_current, step.inside))
