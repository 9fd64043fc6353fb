"""Worker and client each see their own pathway; list and Mermaid text say what the picture says."""

import os

import pytest

from engine.drawing import draw_list, draw_mermaid, draw_svg
from engine.drawing.collapse import collapsed
from engine.drawing.graph import View
from engine.drawing.layout import MOST_COLUMNS, WIDE, lay_out
from engine.drawing.list import ListedPhase, ListedStep
from engine.drawing.overlay import Badge, Overlay, StepMark, finished_phases
from engine.drawing.reading import graph_of
from engine.drawing.words import Language
from pathways.anytime_event import AnytimeEvent
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Text
from pathways.promise_definition import PromiseDefinition, PromiseKind
from pathways.step import Step, StepKind
from tests.unit.drawing import SVG, cramped, crossed_boxes, lines_on_each_other, overlapping, parsed, unlike_mermaid
from tests.unit.pathways_drawn import SHIPPED_PATHWAYS, example, shipped, steps_of

REAL = (*SHIPPED_PATHWAYS, "example")
VIEWS: tuple[View, ...] = ("worker", "client")
FULL = os.environ.get("PATHWAYS_TEST_FULL") == "1"
FIRST = ("nuorten_mielenterveys", "ikaihmisen_kotona_asuminen", "ppt", "vastaanotto_jonotta", "suun_terveydenhuolto")
LANGUAGES: tuple[Language, ...] = ("fi", "sv") if FULL else ("fi",)
HIGHEST = 2300
"""Px: two screens and a half, for the largest pathway that ships."""
LINK, DOUBLE = f"{SVG}a", f"{SVG}rect[@class='pw-double']"


def test_the_worker_sees_every_step_with_its_branches() -> None:
    graph = graph_of(example(), "worker", "fi")

    assert {inside.key for node in graph.nodes for inside in node.with_inside()} == set(steps_of(example()))
    assert graph.node("arvio").join == "Rinnakkain, kaikki tarvittavat"
    assert [inside.key for inside in graph.node("huoltaja").inner] == ["kutsu", "kuulla"]


def test_a_phase_without_steps_is_left_out() -> None:
    assert [phase.key for phase in graph_of(example()).phases] == ["alku", "tuki"]


def test_the_client_sees_no_internal_step_and_one_node_for_branches() -> None:
    graph = graph_of(example(), "client", "fi")

    assert [node.key for node in graph.nodes] == ["vastaanotto", "arvio", "hoito"]
    assert graph.node("arvio").branches == ()


def test_past_an_internal_step_the_client_sees_where_it_leads() -> None:
    edges = {(edge.source, edge.target) for edge in graph_of(example(), "client").edges}

    assert ("arvio", "hoito") in edges
    assert graph_of(example(), "client").node("arvio").may_end


def test_the_client_reads_the_clients_words() -> None:
    assert graph_of(example(), "client", "sv").node("vastaanotto").about == "Vi lyssnar på vad du behöver."
    assert "Kuuntelemme," in draw_svg(example(), "client", "fi")
    assert "Kuuntelemme," not in draw_svg(example(), "worker", "fi")


def test_a_step_of_no_phase_stands_beside_the_pathway() -> None:
    graph = graph_of(_with_call_after_danger(), "worker", "fi")

    assert graph.sections[-1].title == "Tarvittaessa"
    assert graph.node("soitto").phase == ""
    assert [phase.number for phase in draw_list(_with_call_after_danger())] == [1, 2, 0]


def test_the_client_sees_a_step_of_no_phase_only_when_it_is_in_the_case() -> None:
    definition = _with_call_after_danger()

    assert "polku-soitto" not in draw_svg(definition, "client")
    assert "polku-soitto" in draw_svg(definition, "client", overlay=Overlay({"soitto": StepMark("open")}))


def test_a_step_of_no_phase_that_leads_on_stands_with_what_it_leads_to() -> None:
    definition = _with_call_after_danger({"tavoitettu": "hoito"})

    assert graph_of(definition).node("soitto").phase == "tuki"


def _with_call_after_danger(outcomes: dict[str, str] | None = None) -> PathwayDefinition:
    words = Text(fi="Soitto vaaran jälkeen", sv="Samtal efter fara")
    step = Step(title=words, client=words, kind=StepKind.CONTACT, by_hand=True, outcomes=outcomes or {"tehty": "done"})
    return example().model_copy(update={"steps": {**example().steps, "soitto": step}})


def test_an_internal_step_with_words_for_the_client_is_shown() -> None:
    definition = example().model_copy(
        update={
            "steps": {
                **example().steps,
                "kirjaus": example()
                .steps["kirjaus"]
                .model_copy(update={"client": Text(fi="Saat päätöksen.", sv="Du får ett beslut.")}),
            }
        }
    )

    assert "kirjaus" in {node.key for node in graph_of(definition, "client").nodes}


def test_notes_say_target_opening_and_condition() -> None:
    graph = graph_of(example(), "worker", "fi")

    assert graph.node("arvio").notes == ("Tavoite: 7 päivää",)
    assert graph.node("arvio").limit == "Enintään 3 kertaa"
    assert graph.node("hoito").notes == ("Aukeaa: Hoidon tarpeen arviointi + 2 vk",)
    assert graph.node("huoltaja").notes == ("Vain kun ehto täyttyy",)
    assert graph.node("kokous").notes == ("Lisätään tarvittaessa",)


def test_a_hand_over_says_who_receives_and_where_the_responsibility_goes() -> None:
    away = Step(title=Text(fi="Siirto", sv="Överföring"), phase="tuki", kind=StepKind.HANDOVER, to="muualle")
    along = away.model_copy(update={"keeps_responsible": True})
    graph = graph_of(example().model_copy(update={"steps": {**example().steps, "siirto": away, "rinnalle": along}}))

    assert graph.node("siirto").who == "Toinen polku"
    assert graph.node("siirto").notes == ("Vastuu siirtyy",)
    assert graph.node("rinnalle").notes == ("Vastuu pysyy täällä",)


def test_a_step_says_the_clocks_it_keeps_and_the_client_only_what_is_promised_to_all() -> None:
    owed = {
        "lupaus": _clock("promise", "3 days"),
        "ehdollinen": _clock("promise", "24 hours", applies="client.lives_alone"),
        "laki": _clock("statutory", "3 months"),
        "tavoite": _clock("target", "9 days"),
    }
    definition = example().model_copy(update={"promises": owed})

    notes = graph_of(definition, "worker").node("arvio").notes
    assert notes == ("Laki: 3 kuukautta", "Lupaus: 3 päivää / 24 tuntia", "Tavoite: 7 päivää")
    assert graph_of(definition, "client").node("arvio").notes == ("Lupaamme: 3 päivää",)
    assert graph_of(definition, "worker").node("hoito").notes == ("Aukeaa: Hoidon tarpeen arviointi + 2 vk",)


def test_a_side_step_says_the_event_that_opens_it() -> None:
    event = AnytimeEvent(title=Text(fi="Asiakas muuttaa", sv="Klienten flyttar"), enters=("kokous",))
    definition = example().model_copy(update={"events": {"moved": event}})

    assert graph_of(definition).node("kokous").notes == ("Avautuu tapahtumasta: Asiakas muuttaa",)


def _clock(kind: PromiseKind, within: str, applies: str | None = None) -> PromiseDefinition:
    return PromiseDefinition(kind=kind, within=within, applies=applies, kept_when=("step arvio done",))


def test_an_outcome_without_words_shows_its_id() -> None:
    words = {way.outcome: way.text for way in graph_of(example(), "worker", "sv").node("vastaanotto").exits}

    assert words == {"jatkuu": "Fortsätter", "ratkaistu": "Ratkaistu yhteydenotossa (sv)"}
    assert graph_of(example()).node("hoito").exits[1].text == "Vaihto"


def test_the_list_says_every_step_way_and_end() -> None:
    phases = draw_list(example(), "worker", "fi")

    start = phases[0].steps[0]
    assert [(phase.number, phase.title) for phase in phases] == [(1, "Alku"), (2, "Tuki")]
    assert [step.key for step in _all(phases)] == [
        *("vastaanotto", "arvio", "alkuarvio", "huoltaja", "kutsu", "kuulla", "kirjaus", "hoito", "kokous"),
    ]
    assert [(way.outcome, way.leads, way.ends) for way in start.ways] == [
        ("Jatkuu", "Hoidon tarpeen arviointi", False),
        ("Ratkaistu yhteydenotossa", "Päättyy: Asia ratkaistu", True),
    ]
    assert start.about == "Kirjaa asia asiakkaan sanoin."
    assert phases[0].steps[1].ways[1].leads == "Sama askel uudelleen"


def test_the_list_of_a_case_says_states_promises_and_who() -> None:
    late = StepMark("late", "19.11.", Badge("1 pv myöhässä", "late"), "Salla Laine")
    phases = draw_list(example(), overlay=Overlay({"vastaanotto": StepMark("done"), "alkuarvio": late}))

    step = next(step for step in _all(phases) if step.key == "alkuarvio")
    assert (step.state_text, step.badge_text, step.who) == ("Myöhässä 19.11.", "1 pv myöhässä", "Salla Laine")
    assert step.is_current
    assert phases[0].is_current
    assert not phases[1].is_current
    assert phases[1].steps[0].state == "upcoming"
    assert phases[1].steps[1].state == ""


def test_a_step_added_by_hand_is_never_still_to_come() -> None:
    step = graph_of(example()).node("kokous")

    assert Overlay({"kokous": StepMark("upcoming"), "arvio": StepMark("open")}).of(step).state is None
    assert Overlay({"kokous": StepMark("open")}).of(step).state == "open"


def test_a_phase_is_finished_when_something_is_done_and_nothing_left() -> None:
    overlay = Overlay({"a": StepMark("done"), "b": StepMark("not_needed"), "c": StepMark("not_needed")})

    assert finished_phases({"p": ["a", "b"], "q": ["c"], "r": ["a", "x"]}, overlay) == {"p"}


def test_phases_behind_the_client_fold_to_one_box() -> None:
    graph = graph_of(example(), "client")
    overlay = Overlay({"vastaanotto": StepMark("done"), "arvio": StepMark("done"), "hoito": StepMark("open")})

    folded, marks = collapsed(graph, overlay)

    assert [node.key for node in folded.nodes] == ["phase_alku", "hoito"]
    assert folded.node("phase_alku").who == "2 askelta valmiina"
    assert marks.mark("phase_alku").state == "done"
    assert {(edge.source, edge.target) for edge in folded.edges} == {("phase_alku", "hoito"), ("hoito", "phase_alku")}


def test_mermaid_text_has_phases_outcomes_and_ends() -> None:
    text_ = draw_mermaid(example(), "worker", "fi")

    assert text_.startswith('---\ntitle: "Nuoren polku"\n---\nflowchart LR\n')
    assert 'subgraph phase_alku["Alku"]' in text_
    assert 'step_vastaanotto -->|"Jatkuu"| step_arvio' in text_
    assert 'step_hoito -->|"Paattyy"| end_tavoite' in text_
    assert 'end_tavoite(["Tavoite saavutettu"])' in text_
    assert text_.count("subgraph") == text_.count("\n  end\n") + text_.count("\n    end\n") + text_.count(
        "\n      end\n"
    )


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_real_pathways_are_drawn_cleanly(name: str, view: View, language: Language) -> None:
    if view == "client" and not FULL and name not in FIRST:
        pytest.skip("in ./test --full; the catalogue's pictures are drawn in any case")
    graph = graph_of(shipped(name), view, language)

    for full, purpose in ((view == "worker", "definition"), (False, "case")):
        layout = lay_out(graph, purpose, full)
        assert overlapping(list(layout.boxes)) == []
        assert crossed_boxes(layout) == []
        assert lines_on_each_other(layout) == []
        assert cramped(layout) == []
        assert layout.columns <= MOST_COLUMNS
        assert layout.width <= WIDE * 1.05
        assert layout.height <= HIGHEST


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("view", VIEWS)
def test_picture_list_and_mermaid_say_the_same_of_a_real_pathway(name: str, view: View) -> None:
    definition = shipped(name)
    graph = graph_of(definition, view)
    nodes = {inside.key: inside for node in graph.nodes for inside in node.with_inside()}
    links = {link.attrib["id"].removeprefix("polku-"): link for link in parsed(draw_svg(definition, view)).iter(LINK)}
    listed = {step.key: step for step in _all(draw_list(definition, view))}
    mermaid = draw_mermaid(definition, view)

    assert set(links) == set(listed) == set(nodes)
    assert unlike_mermaid(mermaid) == []
    for key, node in nodes.items():
        named = links[key].attrib["aria-label"]
        assert node.title in named
        assert listed[key].title == node.title
        assert set(node.notes) <= set(listed[key].notes)
        assert all(note in named for note in node.notes)
        assert f"step_{key}[" in mermaid
    received = {key for key, node in nodes.items() if node.kind == "handover"}
    assert {key for key in links if links[key].find(f"{DOUBLE}") is not None} == received
    assert {key for key in nodes if f"step_{key}[[" in mermaid} == received


@pytest.mark.parametrize("name", REAL)
def test_the_worker_finds_every_step_and_outcome_of_a_real_pathway(name: str) -> None:
    definition = shipped(name)
    said = {(step.key, way.outcome) for step in _all(draw_list(definition)) for way in step.ways}
    words = definition.vocabulary.outcomes | definition.outcomes

    for key, step in steps_of(definition).items():
        assert key in {each for each, _ in said} or not step.outcomes
        for outcome in step.outcomes:
            assert (key, words[outcome].fi) in said


def _all(phases: tuple[ListedPhase, ...]) -> list[ListedStep]:
    found: list[ListedStep] = []

    def gather(steps: tuple[ListedStep, ...]) -> None:
        for step in steps:
            found.append(step)
            gather(step.inside)

    for phase in phases:
        gather(phase.steps)
    return found
