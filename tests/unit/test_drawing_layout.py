"""Whatever the pathway, its drawing keeps its promises: nothing overlaps, nothing is cut, nothing is left out.

15 pathways of each kind; 400 larger ones with `./test --full`.
"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.drawing.boxes import Purpose
from engine.drawing.graph import PathwayGraph
from engine.drawing.layout import MOST_COLUMNS, Layout, lay_out
from tests.unit.drawing import cramped, crossed_boxes, graphs, lines_on_each_other, overlapping, placed_boxes

purposes: st.SearchStrategy[Purpose] = st.sampled_from(("definition", "case", "figures"))
FULL = os.environ.get("PATHWAYS_TEST_FULL") == "1"
MOST = 30 if FULL else 14
few = settings(max_examples=400 if FULL else 15, deadline=None)


@few
@given(graphs(MOST), purposes, st.booleans())
def test_no_two_boxes_overlap(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    layout = lay_out(graph, purpose, full)

    assert overlapping(list(layout.boxes)) == []
    for box, _, _ in placed_boxes(layout):
        assert overlapping(list(box.inside)) == []


@few
@given(graphs(MOST), purposes, st.booleans())
def test_no_line_goes_through_a_box(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    assert crossed_boxes(lay_out(graph, purpose, full)) == []


@few
@given(graphs(MOST), purposes, st.booleans())
def test_every_label_fits_its_box(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    layout = lay_out(graph, purpose, full)

    assert cramped(layout) == []
    for box, _, _ in placed_boxes(layout):
        for inside in box.inside:
            assert inside.x > 0
            assert inside.x + inside.width < box.width
            assert inside.y + inside.height < box.height


@few
@given(graphs(MOST), purposes, st.booleans())
def test_the_drawing_holds_everything_in_it(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    layout = lay_out(graph, purpose, full)

    points = [point for route in layout.routes for point in route.points]
    points += [(box.x, box.y) for box in layout.boxes]
    points += [(box.x + box.width, box.y + box.height) for box in layout.boxes]
    points += [(label.x - label.width / 2, label.y - 9) for label in layout.labels]
    points += [(label.x + label.width / 2, label.y + 9) for label in layout.labels]
    points += [(band.x + band.width, band.y + band.height) for band in layout.bands]
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in points)


@few
@given(graphs(MOST), purposes, st.booleans())
def test_every_step_and_every_way_is_there(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    layout = lay_out(graph, purpose, full)

    drawn = {(route.source, route.target) for route in layout.routes}
    assert {box.node.key for box in layout.boxes} == {node.key for node in graph.nodes}
    assert drawn == {(edge.source, edge.target) for edge in graph.edges if edge.source != edge.target}
    assert all(route.points[0] != route.points[-1] and len(route.points) >= 2 for route in layout.routes)


@few
@given(graphs(MOST), purposes, st.booleans())
def test_steps_stand_in_the_band_of_their_phase(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    layout = lay_out(graph, purpose, full)

    bands = {band.key: band for band in layout.bands}
    for box in layout.boxes:
        band = bands[box.node.phase]
        assert band.x <= box.x
        assert box.x + box.width <= band.x + band.width
        assert box.y + box.height <= band.y + band.height


@few
@given(graphs(MOST), purposes)
def test_there_are_at_most_nine_columns(graph: PathwayGraph, purpose: Purpose) -> None:
    assert lay_out(graph, purpose).columns <= MOST_COLUMNS


@few
@given(graphs(MOST), purposes, st.booleans())
def test_the_same_pathway_is_always_drawn_alike(graph: PathwayGraph, purpose: Purpose, full: bool) -> None:
    assert lay_out(graph, purpose, full) == lay_out(graph, purpose, full)


@few
@given(graphs(MOST), st.booleans())
def test_lines_to_different_steps_never_lie_on_each_other(graph: PathwayGraph, full: bool) -> None:
    layout: Layout = lay_out(graph, "definition", full)

    assert lines_on_each_other(layout) == []
