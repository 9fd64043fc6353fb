"""PathwayGraph: what a drawing shows of a pathway, for one reader in one language. It knows nothing of places or colours."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.drawing.words import Language, say

View = Literal["worker", "client"]


@dataclass(frozen=True, slots=True)
class Exit:
    """One outcome of a step: its words and where it leads. `end_title` are the words of the end it leads to."""

    outcome: str
    text: str
    kind: Literal["step", "end", "done"]
    target: str = ""
    end_title: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A step, a branch or a step inside a branch. `branches` run side by side inside it; `inner` one after another."""

    key: str
    title: str
    phase: str = ""
    kind: str = "work"
    who: str = ""
    about: str = ""
    """What happens in the step, in the reader's own words."""
    notes: tuple[str, ...] = ()
    limit: str = ""
    """How often it may be done; only the list says it, in the picture it would stand on every box."""
    exits: tuple[Exit, ...] = ()
    branches: tuple["Node", ...] = ()
    join: str = ""
    inner: tuple["Node", ...] = ()
    by_hand: bool = False
    promised: bool = False
    """Whether a promise, a clock of the law or a target hangs on this step."""

    def with_inside(self) -> Iterator["Node"]:
        """Give this node and everything inside it."""
        yield self
        for node in (*self.branches, *self.inner):
            yield from node.with_inside()

    @property
    def may_end(self) -> bool:
        """Whether an outcome of this step ends the case."""
        return any(way.kind == "end" for way in self.exits)

    @property
    def only_ends(self) -> bool:
        return self.may_end and not any(way.kind == "step" and way.target != self.key for way in self.exits)


@dataclass(frozen=True, slots=True)
class Titled:
    """A phase or an end: its key and its words."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    """From one drawn step to another; several outcomes may lead the same way."""

    source: str
    target: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathwayGraph:
    """Phases, nodes in the file's order, and ends. Nodes at the top level are what edges join.

    A node whose phase is "" belongs to none: something that happens brings it, and no way joins it to the others.
    """

    pathway: str
    title: str
    view: View
    language: Language
    phases: tuple[Titled, ...]
    nodes: tuple[Node, ...]
    ends: tuple[Titled, ...] = ()

    @property
    def sections(self) -> tuple[Titled, ...]:
        """The phases, and after them what belongs to none."""
        beside = any(not node.phase for node in self.nodes)
        return (*self.phases, Titled("", say("when_needed", self.language))) if beside else self.phases

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every way from step to step, in the order written; a step that leads to itself is one too."""
        ways: dict[tuple[str, str], list[str]] = {}
        known = {node.key for node in self.nodes}
        for node in self.nodes:
            for inside in node.with_inside():
                for way in inside.exits:
                    if way.kind == "step" and way.target in known:
                        ways.setdefault((node.key, way.target), []).append(way.text)
        return tuple(Edge(source, target, tuple(dict.fromkeys(texts))) for (source, target), texts in ways.items())

    def node(self, key: str) -> Node:
        """Return a node at any depth."""
        return next(inside for node in self.nodes for inside in node.with_inside() if inside.key == key)
