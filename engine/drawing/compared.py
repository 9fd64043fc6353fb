"""Two versions of a pathway side by side: what is new, gone or changed has a sign, a word and a border of its own.

The words of the drawing say all of it; whoever can't see it reads the same list.
"""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from engine.differences import Change, changed_steps, differences, renamed_steps
from engine.drawing.layout import Layout, lay_out
from engine.drawing.overlay import Overlay, StepMark
from engine.drawing.reading import graph_of
from engine.drawing.stylesheet import file_style
from engine.drawing.svg import Manner, to_svg
from engine.drawing.words import Language, say
from pathways.definition import PathwayDefinition

BETWEEN = 60.0
"""Px from one drawing to the other."""
HEAD = 44.0
EDGE = 20.0


def draw_compared(
    old: PathwayDefinition,
    new: PathwayDefinition,
    language: Language = "fi",
    *,
    sentences: Sequence[str] = (),
    standalone: bool = False,
) -> str:
    """Return both versions as one SVG; `sentences` are the differences in words, for its description."""
    marks = changed_steps(differences(old, new), renamed_steps(old, new))
    left, right = _laid_out(old, language), _laid_out(new, language)
    width, height = left.width + BETWEEN + right.width, HEAD + max(left.height, right.height)
    edge = EDGE if standalone else 0.0
    box = f"{-edge:g} {-edge:g} {width + 2 * edge:g} {height + 2 * edge:g}"
    title = say("versions", language, title=new.title.in_language(language), old=old.version, new=new.version)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pw pw-compared" viewBox="{box}" width="{width + 2 * edge:g}"'
        f' height="{height + 2 * edge:g}" role="group" aria-labelledby="erot-title" aria-describedby="erot-desc"'
        f' lang="{language}">'
    )
    parts = [
        opening,
        f'<title id="erot-title">{escape(title)}</title>',
        f'<desc id="erot-desc">{escape(" ".join(f"{sentence}." for sentence in sentences))}</desc>',
        _style(box) if standalone else "",
        _version(left, old, marks["old"], "vanha", 0.0, standalone),
        _version(right, new, marks["new"], "uusi", left.width + BETWEEN, standalone),
    ]
    return "".join(parts) + "</svg>\n"


def _style(box: str) -> str:
    x, y, width, height = box.split()
    return f'<style>{file_style()}</style><rect class="pw-page" x="{x}" y="{y}" width="{width}" height="{height}"/>'


def _laid_out(definition: PathwayDefinition, language: Language) -> Layout:
    return lay_out(graph_of(definition, "worker", language), "compared", full=True)


def _version(
    layout: Layout, definition: PathwayDefinition, marks: Mapping[str, Change], ident: str, x: float, standalone: bool
) -> str:
    name = say("version", layout.graph.language, number=definition.version)
    overlay = Overlay({key: StepMark(change) for key, change in marks.items()}, compared=True)
    manner = Manner(ident=ident, link=lambda key: f"#{ident}-{key}", standalone=standalone, inside=(x, HEAD))
    head = f'<text class="pw-version-t" x="{x:g}" y="22">{escape(name)}</text>'
    return head + to_svg(layout, overlay, manner)
