"""The worked example of definitions/README.md is checked stage by stage, so that it can't rot; so is what editors are told."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from engine.definition_reference import schema_text
from engine.findings import Finding
from engine.reader import read_pathway
from engine.shelf import SHIPPED, pathway_files
from engine.source import plain
from engine.yaml_text import read_yaml
from pathways.definition import PathwayDefinition
from tests.definitions.breaking import findings_beside, the_shelf
from tests.definitions.guide import README, Stage, guide_of, stages

MODELINE = "# yaml-language-server: $schema=schema.json"
STAGES = stages(README.read_text("utf-8"))
KEPT = [stage for stage in STAGES if stage.kept]
TRIED = [stage for stage in STAGES if not stage.kept]


@cache
def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema_text()))


def finished() -> PathwayDefinition:
    return read_pathway(KEPT[-1].text, "kotona_turvassa.yaml", the_shelf().shelf).definition


def answered(findings: tuple[Finding, ...]) -> list[str]:
    lines: list[str] = []
    for finding in findings:
        lines += [f"{finding.code} {finding.sentence('fi')}", f"    {finding.remedy('fi')}"]
    return lines


@pytest.mark.parametrize("stage", KEPT, ids=lambda stage: stage.heading)
def test_each_stage_of_the_guide_lacks_nothing_but_approvals(stage: Stage) -> None:
    assert [finding.code for finding in findings_beside(stage.text)] == ["PW035"]


@pytest.mark.parametrize("stage", TRIED, ids=lambda stage: stage.heading)
def test_what_the_guide_does_wrong_is_refused(stage: Stage) -> None:
    assert any(finding.severity == "error" for finding in findings_beside(stage.text))
    assert stage.answers, "the guide says what the checker answers"


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage.answers], ids=lambda stage: stage.heading)
def test_the_checker_answers_what_the_guide_says(stage: Stage) -> None:
    assert set(stage.answers) <= set(answered(findings_beside(stage.text)))


def test_the_guide_shows_a_branch_a_clock_a_promise_a_suggestion_an_event_and_a_hand_over() -> None:
    pathway = finished()

    assert len({stage.heading for stage in STAGES}) == 8
    assert any(branch.when for branch in pathway.steps["arvio"].branches.values())
    assert pathway.promises["arviointi_alkaa"].law == "D-02"
    assert pathway.promises["tuki_alkaa"].kind == "promise"
    assert pathway.steps["arvio"].suggests
    assert pathway.events["kaatui"].enters == ("kaatumisen_jalkeen",)
    assert pathway.steps["lahete"].kind == "handover"


def test_every_stage_is_told_in_finnish_and_in_english() -> None:
    for section in guide_of(README.read_text("utf-8")).split("\n### ")[1:]:
        heading, _, told = section.partition("\n")
        assert " · " in heading
        assert "\n*" in told, heading


# --- editors ---


@pytest.mark.parametrize("path", pathway_files([SHIPPED]), ids=lambda path: path.stem)
def test_every_shipped_pathway_tells_editors_of_the_schema(path: Path) -> None:
    assert path.read_text("utf-8").partition("\n")[0] == MODELINE


@pytest.mark.parametrize("stage", KEPT, ids=lambda stage: stage.heading)
def test_an_editor_finds_nothing_wrong_in_the_guide(stage: Stage) -> None:
    assert list(schema().iter_errors(plain(read_yaml(stage.text, "polku.yaml")))) == []


@pytest.mark.parametrize(
    ("right", "wrong"), [("    kind: service", "    knid: service"), ("    kind: service", "    kind: servise")]
)
def test_an_editor_underlines_a_key_or_a_kind_that_does_not_exist(right: str, wrong: str) -> None:
    text = KEPT[0].text
    assert right in text

    assert list(schema().iter_errors(plain(read_yaml(text.replace(right, wrong), "polku.yaml"))))


def test_an_editor_is_offered_the_keys_of_a_step_and_its_kinds() -> None:
    defined = json.loads(schema_text())["$defs"]

    assert {"phase", "title", "kind", "role", "outcomes", "all", "use"} <= set(defined["Step"]["properties"])
    assert "handover" in defined["StepKind"]["enum"]
