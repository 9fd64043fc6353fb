"""SVG: a layout with its overlay as an accessible picture. Classes only: it obeys `style-src 'self'` inside a page.

Each step is a link whose name begins with the words that stand in it; edges are hidden from assistive technology, as
the list beside the drawing says the same in words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from engine.drawing.boxes import GLYPH, INSET, OF_A_UNIT, PAD, Box, Words
from engine.drawing.glyphs import glyph
from engine.drawing.key import SIGN, Key, key_of
from engine.drawing.labels import BADGE, PHASE, SMALL, STATE, TextStyle, shortened, with_spaces
from engine.drawing.layout import Band, LaneLabel, Layout, Route
from engine.drawing.lines import Point, arrow, rounded, until_joined
from engine.drawing.nets import BACKWARD, Side
from engine.drawing.overlay import ACTIVE, Overlay, StepMark
from engine.drawing.stylesheet import file_style
from engine.drawing.words import Language, say


@dataclass(frozen=True)
class Manner:
    """How a drawing is written: its id on the page, where a step's link goes, and whether it is a file of its own."""

    ident: str = "polku"
    link: Callable[[str], str] = field(default=lambda key: f"#{key}")
    standalone: bool = False
    inside: Point | None = None
    """Where it stands in a larger drawing, which brings the style."""


def to_svg(layout: Layout, overlay: Overlay | None = None, manner: Manner | None = None) -> str:
    """Return the drawing as SVG text."""
    return "".join(_Picture(layout, overlay or Overlay(), manner or Manner()).parts())


class _Picture:
    def __init__(self, layout: Layout, overlay: Overlay, manner: Manner) -> None:
        self.layout, self.overlay, self.manner = layout, overlay, manner
        self.language: Language = layout.graph.language
        self.key = Key() if manner.inside else key_of(layout)
        self.height = layout.height + self.key.height
        worker = layout.graph.view == "worker"
        self.outcomes = {(e.source, e.target): e.outcomes for e in layout.graph.edges} if worker else {}

    def parts(self) -> Iterator[str]:
        graph, ident = self.layout.graph, self.manner.ident
        steps = sum(1 for _ in graph.nodes)
        yield self._opening()
        yield f'<title id="{ident}-title">{escape(say("picture", self.language, title=graph.title))}</title>'
        described = say("described", self.language, phases=len(graph.phases), steps=steps)
        yield f'<desc id="{ident}-desc">{escape(described)}</desc>'
        if self.manner.standalone and not self.manner.inside:
            yield f"<style>{file_style()}</style>"
            yield f'<rect class="pw-page" x="-20" y="-20" width="{self.layout.width + 40:g}" height="{self.height + 40:g}"/>'
        for band in self.layout.bands:
            yield self._band(band)
        yield '<g aria-hidden="true">'
        yield from self._edges()
        yield from map(self._lane_label, self.layout.labels)
        yield "</g>"
        for number, phase in enumerate(graph.sections, 1):
            name = say("phase", self.language, number=number, title=phase.title) if phase.key else phase.title
            yield f'<g role="group" aria-label={quoteattr(name)}>'
            for box in self.layout.boxes:
                if box.node.phase == phase.key:
                    yield from self._node(box, 0.0, 0.0)
            yield "</g>"
        yield from self._key()
        yield "</svg>\n"

    def _opening(self) -> str:
        layout, ident = self.layout, self.manner.ident
        whole = "" if self.manner.inside else "pw "  # what is inside keeps its own size
        classes = f"{whole}pw-{layout.graph.view}" + (" for-case" if self.overlay.for_case else "")
        edge = 20 if self.manner.standalone and not self.manner.inside else 0
        box = f"{-edge} {-edge} {layout.width + 2 * edge:g} {self.height + 2 * edge:g}"
        size = f' width="{layout.width + 2 * edge:g}" height="{self.height + 2 * edge:g}"'
        if self.manner.inside:
            size = f' x="{self.manner.inside[0]:g}" y="{self.manner.inside[1]:g}"{size}'
        named = f'role="group" aria-labelledby="{ident}-title" aria-describedby="{ident}-desc" lang="{self.language}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" viewBox="{box}"{size} {named}>'

    # bands and edges

    def _band(self, band: Band) -> str:
        keys = [box.node.key for box in self.layout.boxes if box.node.phase == band.key]
        inside = [node.key for key in keys for node in self.layout.graph.node(key).with_inside()]
        current = any(self.overlay.mark(key).state in ACTIVE for key in inside)
        lines = "".join(
            f'<text class="pw-phase-t" x="{band.x + PAD:g}" y="{band.y + 22 + index * PHASE.line:g}">{escape(line)}</text>'
            for index, line in enumerate(band.lines)
        )
        place = f'x="{band.x:g}" y="{band.y:g}" width="{band.width:g}" height="{band.height:g}"'
        return (
            f'<g class="pw-phase{" is-current" if current else ""}"><rect class="pw-band" {place} rx="8"/>{lines}</g>'
        )

    def _edges(self) -> Iterator[str]:
        """Draw the ways not gone first, so that those gone lie on top."""
        went = {
            route: self.overlay.went(route.source, route.target, route.side not in BACKWARD)
            for route in self.layout.routes
        }
        for gone in (False, True):
            drawn: dict[tuple[str, Side], list[Route]] = defaultdict(list)
            for route in (route for route in self.layout.routes if went[route] is gone):
                before = drawn[route.target, route.side]
                yield self._edge(route, until_joined(route.points, [other.points for other in before]), gone)
                if not before or arrow(route.points) not in {arrow(other.points) for other in before}:
                    yield f'<path class="pw-arrow{" is-done" if gone else ""}" d="{arrow(route.points)}"/>'
                before.append(route)

    def _edge(self, route: Route, points: Sequence[Point], gone: bool) -> str:
        off = any(self.overlay.mark(key).state == "not_needed" for key in (route.source, route.target))
        states = {"is-back": route.side in BACKWARD, "is-done": gone, "is-off": off and not gone}
        classes = " ".join(["pw-edge", *(name for name, holds in states.items() if holds)])
        title = say("leads", self.language, source=self._title(route.source), target=self._title(route.target))
        title = ": ".join(filter(None, (title, ", ".join(self.outcomes.get((route.source, route.target), ())))))
        facts = f"data-from={quoteattr(route.source)} data-to={quoteattr(route.target)}"
        whole = points[-1] == route.points[-1]
        return f'<path class="{classes}" {facts} d="{rounded(points, whole)}"><title>{escape(title)}</title></path>'

    def _title(self, key: str) -> str:
        return self.layout.graph.node(key).title

    def _lane_label(self, label: LaneLabel) -> str:
        left = label.x - label.width / 2
        place = f'x="{left:g}" y="{label.y - 9:g}" width="{label.width:g}" height="18"'
        text = f'<text class="pw-lane-t" x="{left + 8:g}" y="{label.y + 4.5:g}"{self._held(label.text, SMALL)}>{escape(label.text)}</text>'
        return f'<rect class="pw-lane" {place} rx="9"/>{text}'

    def _key(self) -> Iterator[str]:
        if self.key.items:
            yield '<g class="pw-key" aria-hidden="true">'
            for item in self.key.items:
                yield glyph(item.sign, item.x, item.y)
                yield self._text("pw-key-t", item.x + SIGN, item.y + 12.5, item.text, SMALL) + " "
            yield "</g>"

    # boxes

    def _node(self, box: Box, x: float, y: float) -> Iterator[str]:
        x, y = x + box.x, y + box.y
        mark = self.overlay.of(box.node)
        classes = (
            "pw-node"
            + (f" is-{mark.state.replace('_', '-')}" if mark.state else "")
            + (" pw-frame" if box.inside else "")
            + (" is-by-hand" if box.node.by_hand and not mark.state else "")
        )
        current = ' aria-current="step"' if mark.state in ACTIVE else ""
        link = f"href={quoteattr(self.manner.link(box.node.key))} aria-label={quoteattr(self._name(box, mark))}"
        yield f'<a {link} id="{self.manner.ident}-{box.node.key}" class="{classes}"{current}>'
        heat = f" pw-heat-{mark.heat}" if mark.heat else ""
        yield f'<rect class="pw-box{heat}" x="{x:g}" y="{y:g}" width="{box.width:g}" height="{box.height:g}" rx="6"/>'
        if box.node.kind == "handover":
            inner = f'x="{x + 3:g}" y="{y + 3:g}" width="{box.width - 6:g}" height="{box.height - 6:g}"'
            yield f'<rect class="pw-double" {inner} rx="4"/>'
        yield from self._state(box, mark, x, y)
        for words in box.words:
            if not (words.part == "who" and mark.who):
                yield from self._words(box, words, x, y)
        yield from self._who(box, mark, x, y)
        yield from self._badge(box, mark, x, y)
        yield "</a>"
        for index, inside in enumerate(box.inside):
            if box.chained and index:
                middle = x + inside.x + inside.width / 2
                yield f'<path class="pw-edge" d="M{middle:g} {y + inside.y - 2 * INSET:g}v{2 * INSET:g}"/>'
            yield from self._node(inside, x, y)

    def _state(self, box: Box, mark: StepMark, x: float, y: float) -> Iterator[str]:
        words = self._state_words(box, mark)
        if box.state_y is None or not words:
            return
        if mark.state:
            yield glyph(mark.state, x + PAD - 1, y + box.state_y - 12, "pw-mark")
        yield self._text("pw-state", x + PAD + (GLYPH if mark.state else 0), y + box.state_y, words, STATE) + " "

    def _words(self, box: Box, words: Words, x: float, y: float) -> Iterator[str]:
        part = words.part.replace("_", "-")
        if words.part in ("start", "end", "goes_on"):
            yield glyph("handover" if words.part == "goes_on" else words.part, x + PAD - 1, y + words.y - 12)
        if words.part == "title" and box.node.kind in OF_A_UNIT:
            yield glyph(box.node.kind, x + box.width - PAD - 14, y + words.y - 12)
        if words.part == "exit":
            middle = y + words.y - words.style.line / 2 + 4
            if words.sign in ("end", "again"):
                yield glyph(words.sign, x + box.width - PAD - 12, middle - 8)
            elif words.sign == "way":
                yield f'<circle class="pw-port" cx="{x + box.width:g}" cy="{middle:g}" r="2.6"/>'
        for index, (line, space) in enumerate(with_spaces(words.lines, words.text)):
            yield (
                self._text(f"pw-{part}", x + words.x, y + words.y + index * words.style.line, line, words.style) + space
            )

    def _who(self, box: Box, mark: StepMark, x: float, y: float) -> Iterator[str]:
        if mark.who and box.who_y is not None:
            most = box.who_lines + (0 if mark.badge else 1)
            broken = shortened(mark.who, SMALL, box.width - 2 * PAD, most)
            for index, (line, space) in enumerate(with_spaces(broken, mark.who)):
                yield self._text("pw-who", x + PAD, y + box.who_y + index * SMALL.line, line, SMALL) + space

    def _badge(self, box: Box, mark: StepMark, x: float, y: float) -> Iterator[str]:
        if mark.badge:
            top = y + (box.height - 10 if box.badge_y is None else box.badge_y)
            (text,) = shortened(mark.badge.text, BADGE, box.width - 2 * PAD - 14, 1)
            width, tone = BADGE.width(text) + 14, f"is-{mark.badge.tone}"
            place = f'x="{x + PAD:g}" y="{top:g}" width="{width:g}" height="20"'
            yield f'<rect class="pw-badge {tone}" {place} rx="4"/>'
            yield self._text(f"pw-badge-t {tone}", x + PAD + 7, top + 14.5, text, BADGE) + " "
            for line in shortened(mark.beside, SMALL, box.width - 2 * PAD, 1):
                yield self._text("pw-note", x + PAD, top + BADGE.line + SMALL.line, line, SMALL) + " "

    def _text(self, classes: str, x: float, y: float, text: str, style: TextStyle) -> str:
        return f'<text class="{classes}" x="{x:g}" y="{y:g}"{self._held(text, style)}>{escape(text)}</text>'

    def _held(self, text: str, style: TextStyle) -> str:
        """In a file the font may be another: hold each line to the width it was fitted for."""
        return (
            f' textLength="{style.width(text):.1f}" lengthAdjust="spacingAndGlyphs"' if self.manner.standalone else ""
        )

    def _name(self, box: Box, mark: StepMark) -> str:
        """Return a link's name: what stands in the box from the top down, unbroken."""
        said: list[tuple[float, str]] = [(words.y, words.text) for words in box.words if words.part != "who"]
        if box.state_y is not None:
            said.append((box.state_y, self._state_words(box, mark)))
        said.append((box.height if box.who_y is None else box.who_y, mark.who or box.node.who))
        if mark.badge:
            badge_y = box.height if box.badge_y is None else box.badge_y
            said += [(badge_y, mark.badge.text), (badge_y, mark.beside)]
        return ", ".join(text for _, text in sorted(said, key=lambda line: line[0]) if text)

    def _state_words(self, box: Box, mark: StepMark) -> str:
        if mark.state:
            return f"{say(mark.state, self.language)} {mark.when}".strip()
        return say("when_needed", self.language) if box.node.by_hand else ""
