"""Boxes: how large each node is and where its words stand in it, by the font's widths.

Room for a state, a name and, where a promise hangs on the step, a badge is kept whether or not a case has them, so that
no box grows or moves with a case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.drawing.graph import Exit, Node, PathwayGraph
from engine.drawing.labels import BADGE, EXIT, SMALL, STATE, TITLE, TextStyle, lines
from engine.drawing.words import Language, say

PAD = 10.0
INSET = 8.0
PAIRED = 270.0
"""Px from which on a frame has room for two branches side by side."""
GLYPH = 18.0
"""Px kept for a sign beside a text."""
OF_A_UNIT = ("consultation", "handover")
"""Kinds of step that a unit answers for, whose names are longer than people's; each has a sign beside its title."""
LOWEST = 50.0
"""Px of the lowest box: two lines can enter it apart."""
MARK = 14.0
"""Px kept at the right of an outcome for its sign."""

JOINED = " · "
Purpose = Literal["definition", "case", "figures", "compared"]
Part = Literal["start", "title", "who", "about", "note", "join", "end", "goes_on", "exit", "exit_end"]
Sign = Literal["", "start", "end", "again", "way"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in a box: its lines and the baseline of the first, from the box's top left corner."""

    part: Part
    x: float
    y: float
    style: TextStyle
    lines: tuple[str, ...]
    text: str
    sign: Sign = ""


@dataclass(frozen=True, slots=True)
class Port:
    """Where an edge leaves a box. Without a `y` the layout chooses one on the right side."""

    target: str
    outcome: str
    x: float
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its size; `x` and `y` place it in the box around it, or in the drawing once that is laid out."""

    node: Node
    width: float
    height: float
    words: tuple[Words, ...] = ()
    ports: tuple[Port, ...] = ()
    inside: tuple["Box", ...] = ()
    chained: bool = False
    """What is inside follows one another instead of running side by side."""
    state_y: float | None = None
    who_y: float | None = None
    who_lines: int = 0
    badge_y: float | None = None
    x: float = 0.0
    y: float = 0.0

    def at(self, x: float, y: float) -> "Box":
        return replace(self, x=x, y=y)


@dataclass(frozen=True)
class Drafting:
    """What all boxes of a drawing have in common. `full` writes every outcome into its box."""

    language: Language
    purpose: Purpose = "definition"
    full: bool = False
    about: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    top: frozenset[str] = frozenset()
    first: str = ""


def drafting_for(graph: PathwayGraph, purpose: Purpose, full: bool) -> Drafting:
    """Return what the boxes of this graph share."""
    titles = {inside.key: inside.title for node in graph.nodes for inside in node.with_inside()}
    first = next((node.key for node in graph.nodes if not node.by_hand), "")
    about = graph.view == "client"
    return Drafting(graph.language, purpose, full, about, titles, frozenset(node.key for node in graph.nodes), first)


def box_of(node: Node, width: float, drafting: Drafting, depth: int = 0) -> Box:
    """Return the node's box, everything in it placed."""
    pen = _Pen(node, width, drafting, depth)
    pen.head()
    pen.inside()
    pen.tail()
    return pen.box()


def may_pair(node: Node) -> bool:
    """Whether a node's branches may stand two and two: no way may lead out of one, through the other beside it."""
    inside = [below for branch in node.branches for below in branch.with_inside()]
    own = {below.key for below in inside}
    leads = (way.target for below in inside for way in below.exits if way.kind == "step")
    return len(node.branches) > 1 and own.issuperset(leads)


def _stacked(boxes: Sequence[Box]) -> float:
    return sum(box.height + INSET for box in boxes)


class _Pen:
    """Writes one box from the top down."""

    def __init__(self, node: Node, width: float, drafting: Drafting, depth: int) -> None:
        self.node, self.width, self.drafting, self.depth = node, width, drafting, depth
        self.y = PAD - 2
        self.words: list[Words] = []
        self.ports: list[Port] = []
        self.boxes: list[Box] = []
        self.state_y: float | None = None
        self.who_y: float | None = None
        self.who_lines = 0
        self.badge_y: float | None = None

    def head(self) -> None:
        node, language = self.node, self.drafting.language
        if self.drafting.purpose in ("case", "compared"):
            self.state_y = self._down(STATE)
        if self.drafting.purpose != "case" and node.key == self.drafting.first and self.depth == 0:
            self._write("start", say("starts_here", language), SMALL, sign="start")
        self._write("title", node.title, TITLE, room=GLYPH if node.kind in OF_A_UNIT else 0)
        if self.drafting.about:
            self._write("about", node.about, SMALL)
            self.y += 3 if node.about else 0
        self._who()
        if not self.drafting.about:
            self._write("join", node.join, SMALL)
        if self.drafting.full or (self.drafting.about and self.drafting.purpose == "definition"):
            for note in node.notes:
                self._write("note", note, SMALL)
        if not self.drafting.full and node.may_end and self.drafting.purpose != "case":
            if self.drafting.about and node.kind == "handover":
                self._write("goes_on", say("goes_on", language), SMALL, sign="end")
            else:
                self._write("end", say("ends" if node.only_ends else "may_end", language), SMALL, sign="end")

    def _who(self) -> None:
        """Write the role, and keep as many lines for who it is in a case: a unit's name may take two."""
        self.who_y = self.y + SMALL.line - 4
        before = self.y
        self.who_lines = self._write("who", self.node.who, SMALL)
        if self.drafting.purpose == "case" and not self.node.branches:
            self.who_lines = max(self.who_lines, 2 if self.node.kind in OF_A_UNIT else 1)
            self.y = before + self.who_lines * SMALL.line

    def inside(self) -> None:
        below = self.node.branches or self.node.inner
        if self.width >= PAIRED and may_pair(self.node):
            self._pairs()
            return
        for index, child in enumerate(below):
            self.y += INSET if index == 0 or self.node.branches else INSET * 2
            box = box_of(child, self.width - 2 * INSET, self.drafting, self.depth + 1).at(INSET, self.y)
            self.boxes.append(box)
            self.ports += [replace(p, x=p.x + INSET, y=None if p.y is None else p.y + self.y) for p in box.ports]
            self.y += box.height

    def _pairs(self) -> None:
        """Stand the branches in two columns of about one height, each in the order written."""
        width = (self.width - 3 * INSET) / 2
        boxes = [box_of(child, width, self.drafting, self.depth + 1) for child in self.node.branches]
        columns: tuple[list[Box], list[Box]] = ([], [])
        for box in sorted(boxes, key=lambda box: -box.height):
            min(columns, key=_stacked).append(box)

        def first(column: list[Box]) -> int:
            return min(map(boxes.index, column))

        top = self.y
        for x, column in zip((INSET, 2 * INSET + width), sorted(columns, key=first), strict=True):
            y = top
            for box in sorted(column, key=boxes.index):
                self.boxes.append(box.at(x, y + INSET))
                y += INSET + box.height
            self.y = max(self.y, y)

    def tail(self) -> None:
        if self.drafting.purpose == "figures" or (self.drafting.purpose == "case" and self.node.promised):
            self.y += 5
            self.badge_y = self.y
            self.y += BADGE.line + 5
            if self.drafting.purpose == "figures":
                self.y += SMALL.line
        if self.drafting.full:
            self._exits(() if self._just_done() else self.node.exits)
        else:
            self.ports += [Port(w.target, w.outcome, self.width) for w in self.node.exits if self._is_edge(w)]

    def _exits(self, exits: Sequence[Exit]) -> None:
        """Write every outcome; those that only end a branch share a line, and so do those to one step beside it."""
        self.y += 7 if exits else 0
        beside: dict[str, list[str]] = {}
        for way in exits:
            if way.kind == "step" and way.target != self.node.key and not self._is_edge(way):
                beside.setdefault(way.target, []).append(way.text)
            elif way.kind != "done":
                self._exit(way)
        for target, outcomes in beside.items():
            title = self.drafting.titles.get(target, target)
            text = say("leads", self.drafting.language, source=JOINED.join(outcomes), target=title)
            self.y += 2
            self._write("exit", text, EXIT, room=MARK)
        self._write("exit", JOINED.join(way.text for way in exits if way.kind == "done"), EXIT)

    def box(self) -> Box:
        return Box(
            node=self.node,
            width=self.width,
            height=max(self.y + PAD - (2 if self.boxes else 0), self._least_height()),
            words=tuple(self.words),
            ports=tuple(self.ports),
            inside=tuple(self.boxes),
            chained=bool(self.node.inner),
            state_y=self.state_y,
            who_y=self.who_y,
            who_lines=self.who_lines,
            badge_y=self.badge_y,
        )

    def _least_height(self) -> float:
        """Return the height at which the lines that leave and enter the box stand apart."""
        places = {port.target for port in self.ports if port.y is None}
        return LOWEST + 10.0 * max(len(places) - 1, 0)

    def _just_done(self) -> bool:
        """Whether a branch can only be done, which goes without saying."""
        return self.depth > 0 and [way.kind for way in self.node.exits] == ["done"]

    def _is_edge(self, way: Exit) -> bool:
        return way.kind == "step" and way.target in self.drafting.top and way.target != self.node.key

    def _exit(self, way: Exit) -> None:
        again = way.target == self.node.key
        sign: Sign = "end" if way.kind == "end" else "again" if again else "way" if self._is_edge(way) else ""
        self.y += 2
        middle = self.y + EXIT.line / 2
        self._write("exit", way.text, EXIT, room=MARK, sign=sign)
        if way.kind == "end" and way.end_title.casefold() != way.text.casefold():
            self._write("exit_end", say("to_end", self.drafting.language, title=way.end_title), SMALL, room=MARK)
        if self._is_edge(way):
            self.ports.append(Port(way.target, way.outcome, self.width, middle))

    def _write(self, part: Part, text: str, style: TextStyle, room: float = 0, sign: Sign = "") -> int:
        if not text:
            return 0
        shift = GLYPH if part in ("start", "end", "goes_on") else 0.0
        broken = lines(text, style, self.width - 2 * PAD - room - shift)
        self.words.append(Words(part, PAD + shift, self.y + style.line - 4, style, broken, text, sign))
        self.y += style.line * len(broken)
        return len(broken)

    def _down(self, style: TextStyle) -> float:
        """Go one line down and return its baseline."""
        self.y += style.line
        return self.y - 4
