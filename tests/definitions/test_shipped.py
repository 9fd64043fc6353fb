"""Every shipped definition is a test case: it loads, passes the checks, every step is reached and every case can end."""

import json
from pathlib import Path

import jsonschema
import pytest

from engine.catalogue import check_paths
from engine.checks.examined import Examined, Shelves
from engine.checks.flow import main_graph
from engine.checks.ways import leading_to
from engine.definition_reference import readme_text, schema_text
from engine.machine import CompiledPathway
from engine.reader import read_definition, read_file
from engine.shelf import SHIPPED, load_shelf, pathway_files
from engine.source import plain
from engine.yaml_text import read_yaml
from pathways.block import Block
from pathways.phrases import Form, parse_phrase

EXAMPLE = Path(__file__).parent / "example_pathway.yaml"
PATHWAYS = (*pathway_files([SHIPPED]), EXAMPLE)
ALLOWED_WARNINGS = {"PW035"}
"""Approvals are given by a county."""


def test_the_whole_catalogue_and_the_example_pass_the_check() -> None:
    findings = (*check_paths([SHIPPED]).findings, *check_paths([EXAMPLE]).findings)

    assert [str(f.place) + f.sentence() for f in findings if f.code not in ALLOWED_WARNINGS] == []


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.stem)
def test_every_step_is_reached_and_every_case_can_end(path: Path) -> None:
    shelved = load_shelf()
    read = read_definition(read_file(path), shelved.shelf)
    examined = Examined(read, Shelves(shelved.vocabulary, shelved.clocks, shelved.county))
    graph = main_graph(examined)
    ends = [f"end:{end}" for end in read.definition.ends]

    compiled = CompiledPathway(read.definition)

    assert set(graph) <= leading_to([*ends, "done"], graph)
    assert all(compiled.outcomes_of(key) for key, step in compiled.steps.items() if not getattr(step, "steps", None))


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.stem)
def test_a_pathway_fits_the_published_schema(path: Path) -> None:
    content = plain(read_yaml(path.read_text("utf-8"), path.name))

    jsonschema.validate(content, json.loads(schema_text()))


def test_the_schema_and_the_readme_are_fresh() -> None:
    readme = (SHIPPED / "README.md").read_text("utf-8")

    assert (SHIPPED / "schema.json").read_text("utf-8") == schema_text(), "python -m engine.definition_reference"
    assert readme == readme_text(readme), "python -m engine.definition_reference"


def test_the_readme_names_every_form_of_a_phrase() -> None:
    readme = (SHIPPED / "README.md").read_text("utf-8")

    assert all(readme.count(f"`{form.value}`") >= 2 for form in Form)


@pytest.mark.parametrize("key", load_shelf().clocks)
def test_a_clock_of_the_law_can_be_counted_and_heard_or_says_why_not(key: str) -> None:
    clock = load_shelf().clocks[key]

    if clock.startable:
        assert clock.within
        assert clock.kept_when
        assert clock.ladder in load_shelf().shelf.ladders
    else:
        assert clock.why_not
    assert clock.source


def test_the_law_pack_has_every_clock_of_the_domain() -> None:
    assert {f"D-{number:02}" for number in range(1, 34)} <= set(load_shelf().clocks)
    assert not load_shelf().clocks["D-12b"].startable


@pytest.mark.parametrize("name", load_shelf().shelf.blocks)
def test_a_block_names_only_phrases_that_exist_and_gives_every_parameter_a_default(name: str) -> None:
    path = SHIPPED / "blocks" / f"{name}.yaml"
    block = Block.model_validate(plain(read_yaml(path.read_text("utf-8"), path.name)))

    phrases = [
        text
        for promise in block.promises.values()
        for key in ("starts", "kept_when", "cancelled_when")
        for text in promise.get(key, ())
    ]

    assert all(parse_phrase(text) for text in phrases)
    assert all(parameter.default is not None for parameter in block.parameters.values())


def test_every_event_of_life_is_there_with_its_code() -> None:
    events = load_shelf().shelf.blocks["poikkeamat"].at("events")
    coming_of_age = load_shelf().shelf.blocks["taysi_ikaistyminen"].at("events")
    assert events is not None
    assert coming_of_age is not None

    codes = {
        code.text() for each in (events, coming_of_age) for one in each.entries().values() if (code := one.at("code"))
    }

    assert codes == {f"E{number}" for number in range(1, 17)}


def test_the_invented_county_can_fill_every_profession_the_shared_words_know() -> None:
    shelved = load_shelf()
    assert shelved.county is not None
    working = {profession for unit in shelved.county.units.values() for profession in unit.professions}

    assert working <= set(shelved.vocabulary.professions)
