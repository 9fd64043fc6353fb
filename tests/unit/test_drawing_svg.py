"""The picture obeys a strict content policy, names every step, and a case never moves it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.drawing import draw_svg
from engine.drawing.graph import Exit, Node, PathwayGraph, Titled
from engine.drawing.layout import lay_out
from engine.drawing.overlay import Badge, Overlay, StepMark, StepState, figures
from engine.drawing.svg import Manner, to_svg
from tests.unit.drawing import graphs, parsed, placed_boxes
from tests.unit.pathways_drawn import example

SVG = "{http://www.w3.org/2000/svg}"
STATES: tuple[StepState, ...] = ("done", "open", "waiting", "late", "upcoming", "not_needed")
marks = st.builds(
    StepMark,
    state=st.sampled_from(STATES),
    when=st.sampled_from(("", "9.11.")),
    badge=st.one_of(st.none(), st.builds(Badge, st.sampled_from(("Pidetty", "3 pv myöhässä", "2 t 18 min jäljellä")))),
    who=st.sampled_from(("", "Salla Laine", "Nuorisopsykiatrian poliklinikka, Espoo ja Kauniainen")),
)
few = settings(max_examples=20, deadline=None)


@few
@given(graphs(most=14), st.booleans(), st.data())
def test_a_case_moves_nothing(graph: PathwayGraph, full: bool, data: st.DataObject) -> None:
    layout = lay_out(graph, "case", full)
    keys = [inside.key for node in graph.nodes for inside in node.with_inside()]
    overlay = Overlay(data.draw(st.dictionaries(st.sampled_from(keys), marks)))

    assert _places(to_svg(layout, overlay)) == _places(to_svg(layout))


@few
@given(graphs(most=14), st.booleans())
def test_every_step_is_a_link_whose_name_begins_with_what_stands_in_it(graph: PathwayGraph, full: bool) -> None:
    layout = lay_out(graph, "definition", full)
    links = {link.attrib["id"]: link for link in parsed(to_svg(layout)).iter(f"{SVG}a")}

    assert len(links) == sum(1 for _ in placed_boxes(layout))
    for link in links.values():
        assert _words(link.attrib["aria-label"]).startswith(_words("".join(link.itertext())))


@few
@given(graphs(most=14), st.booleans())
def test_every_way_is_in_the_picture(graph: PathwayGraph, full: bool) -> None:
    edges = [path.attrib for path in parsed(to_svg(lay_out(graph, "definition", full))).iter(f"{SVG}path")]

    drawn = {(edge["data-from"], edge["data-to"]) for edge in edges if "data-from" in edge}
    assert drawn == {(edge.source, edge.target) for edge in graph.edges if edge.source != edge.target}


@few
@given(graphs(most=14))
def test_in_a_page_there_is_nothing_a_strict_policy_refuses(graph: PathwayGraph) -> None:
    picture = to_svg(lay_out(graph))

    assert not re.search(r"<style|<script|\sstyle=|\son[a-z]+=|javascript:", picture)


def test_a_file_brings_its_style_for_light_dark_and_forced_colours() -> None:
    picture = draw_svg(example(), standalone=True)

    style = "".join(element.text or "" for element in parsed(picture).iter(f"{SVG}style"))
    assert "prefers-color-scheme: dark" in style
    assert "forced-colors: active" in style
    assert "var(" not in style
    assert " style=" not in picture


def test_a_file_holds_each_line_to_its_width_whatever_the_font() -> None:
    texts = list(parsed(draw_svg(example(), standalone=True)).iter(f"{SVG}text"))

    assert all("textLength" in text.attrib for text in texts if "pw-phase-t" not in text.attrib["class"])


def test_a_state_is_a_sign_and_a_word_and_a_border() -> None:
    for state, word in zip(
        STATES, ("Valmis", "Käynnissä", "Odottaa", "Myöhässä", "Tulossa", "Ei tarvita"), strict=True
    ):
        overlay = Overlay({"vastaanotto": StepMark(state, "9.11.")})
        link = _link(draw_svg(example(), overlay=overlay), "polku-vastaanotto")

        assert link.attrib["aria-label"].startswith(f"{word} 9.11., Yhteydenoton vastaanotto")
        assert f"is-{state.replace('_', '-')}" in link.attrib["class"]
        assert any("pw-mark" in sign.attrib.get("class", "") for sign in link.iter(f"{SVG}g"))


def test_a_late_step_says_its_promise_in_words() -> None:
    overlay = Overlay({"arvio": StepMark("late", badge=Badge("3 pv myöhässä", "late"), who="Salla Laine")})

    link = _link(draw_svg(example(), overlay=overlay), "polku-arvio")

    assert "Salla Laine" in link.attrib["aria-label"]
    assert "3 pv myöhässä" in "".join(link.itertext())


def test_only_the_steps_in_hand_are_current() -> None:
    overlay = Overlay({"vastaanotto": StepMark("done"), "arvio": StepMark("open")})

    links = parsed(draw_svg(example(), overlay=overlay)).iter(f"{SVG}a")

    assert [link.attrib["id"] for link in links if "aria-current" in link.attrib] == ["polku-arvio"]


def test_a_step_nothing_is_known_of_is_still_to_come() -> None:
    picture = draw_svg(example(), overlay=Overlay({"vastaanotto": StepMark("open")}))

    assert _link(picture, "polku-hoito").attrib["aria-label"].startswith("Tulossa")


def test_the_designer_sees_how_many_are_where_and_how_long() -> None:
    overlay = figures({"vastaanotto": 3, "hoito": 12}, {"hoito": "84 pv"}, "fi")

    link = _link(draw_svg(example(), overlay=overlay), "polku-hoito")

    assert "Nyt 12, mediaani 84 pv" in link.attrib["aria-label"]
    assert any("pw-heat-4" in rect.attrib["class"] for rect in link.iter(f"{SVG}rect"))


def test_links_go_where_the_page_says() -> None:
    picture = draw_svg(example(), link=lambda key: f"/pathways/p/{key}?a=1&b=2")

    assert _link(picture, "polku-hoito").attrib["href"] == "/pathways/p/hoito?a=1&b=2"


def test_a_way_gone_is_drawn_as_gone() -> None:
    overlay = Overlay({"vastaanotto": StepMark("done"), "arvio": StepMark("open")})
    known = replace(overlay, travelled=frozenset({("hoito", "arvio")}))

    assert _gone(draw_svg(example(), overlay=overlay)) == {("vastaanotto", "arvio")}
    assert _gone(draw_svg(example(), overlay=known)) == {("hoito", "arvio")}


def test_words_of_a_definition_are_never_read_as_markup() -> None:
    node = Node("a", '<script>alert("1")</script> & muuta', "p", exits=(Exit("o", "<b>", "end", "l", '"loppu"'),))
    graph = PathwayGraph("polku", "<i>", "worker", "fi", (Titled("p", "</svg>"),), (node,), (Titled("l", "x"),))

    picture = parsed(to_svg(lay_out(graph, "definition", full=True), None, Manner(standalone=True)))

    assert {element.tag for element in picture.iter() if "script" in element.tag or element.tag.endswith("}b")} == set()
    assert '<script>alert("1")</script> & muuta' in _link_of(picture, "polku-a").attrib["aria-label"]


def _places(picture: str) -> list[tuple[str, ...]]:
    """Return where the boxes, bands and ways stand, whatever is written in them."""
    kept = []
    for element in parsed(picture).iter():
        first = element.attrib.get("class", "").split(" ")[0]
        if first in ("pw-box", "pw-band", "pw"):
            kept.append(tuple(element.attrib.get(name, "") for name in ("x", "y", "width", "height", "viewBox")))
    return kept


def _gone(picture: str) -> set[tuple[str, str]]:
    return {
        (path.attrib["data-from"], path.attrib["data-to"])
        for path in parsed(picture).iter(f"{SVG}path")
        if "data-from" in path.attrib and "is-done" in path.attrib["class"]
    }


def _link(picture: str, ident: str) -> Element:
    return _link_of(parsed(picture), ident)


def _link_of(picture: Element, ident: str) -> Element:
    links: Iterator[Element] = picture.iter(f"{SVG}a")
    return next(link for link in links if link.attrib["id"] == ident)


def _words(text: str) -> str:
    """Return the words as they are compared by ear: no signs, single spaces."""
    return " ".join("".join(letter for letter in text if letter.isalnum() or letter == " ").split())
