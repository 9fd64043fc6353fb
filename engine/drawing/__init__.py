"""The pathway as a picture: a neutral graph, a layout of its own, SVG, Mermaid text and a list that says the same."""

from collections.abc import Callable

from engine.drawing.boxes import Purpose
from engine.drawing.collapse import collapsed
from engine.drawing.compared import draw_compared as draw_compared
from engine.drawing.graph import View
from engine.drawing.layout import lay_out
from engine.drawing.list import ListedPhase, to_list
from engine.drawing.mermaid import to_mermaid
from engine.drawing.overlay import Overlay
from engine.drawing.reading import graph_of
from engine.drawing.svg import Manner, to_svg
from engine.drawing.words import Language
from pathways.definition import PathwayDefinition


def draw_svg(
    definition: PathwayDefinition,
    view: View = "worker",
    language: Language = "fi",
    *,
    overlay: Overlay | None = None,
    link: Callable[[str], str] | None = None,
    standalone: bool = False,
) -> str:
    """Return the pathway as SVG.

    Without a case the worker sees every outcome written out; with one, states in their place. The client sees the
    client's words, and phases that are behind folded to one box.
    """
    graph = graph_of(definition, view, language, in_case=overlay.entered if overlay else ())
    case = overlay is not None and overlay.for_case
    if overlay and case and view == "client":
        graph, overlay = collapsed(graph, overlay)
    purpose: Purpose = "case" if case else "figures" if overlay else "definition"
    layout = lay_out(graph, purpose, full=view == "worker" and not case)
    manner = Manner(link=link, standalone=standalone) if link else Manner(standalone=standalone)
    return to_svg(layout, overlay, manner)


def draw_mermaid(definition: PathwayDefinition, view: View = "worker", language: Language = "fi") -> str:
    """Return the pathway as a Mermaid flowchart."""
    return to_mermaid(graph_of(definition, view, language))


def draw_list(
    definition: PathwayDefinition, view: View = "worker", language: Language = "fi", *, overlay: Overlay | None = None
) -> tuple[ListedPhase, ...]:
    """Return the pathway as nested values for a list; it says everything the drawing says."""
    return to_list(graph_of(definition, view, language, in_case=overlay.entered if overlay else ()), overlay)
