"""Reading definitions: every place is kept, every error is a finding, nothing ends in a trace."""

import random
from pathlib import Path

import pytest

from engine.findings import DefinitionRefused, Finding
from engine.reader import as_model, read_file, read_pathway
from engine.shelf import load_shelf
from engine.source import plain
from engine.yaml_text import read_yaml
from pathways.definition import PathwayDefinition
from pathways.law_clock import LawPack

SHELF = load_shelf().shelf
EXAMPLE = (Path(__file__).parent.parent / "definitions" / "example_pathway.yaml").read_text("utf-8")


def refused(text: str) -> tuple[Finding, ...]:
    with pytest.raises(DefinitionRefused) as refusal:
        read_yaml(text, "polku.yaml")
    return refusal.value.findings


def findings_of(text: str) -> tuple[Finding, ...]:
    try:
        read_pathway(text, "rikki.yaml", SHELF)
    except DefinitionRefused as refusal:
        return refusal.findings
    return ()


def test_words_that_yaml_1_1_reads_otherwise_stay_words() -> None:
    node = read_yaml("a: no\nb: on\nc: 12:30:00\nd: 0o17\ne: yes\nf: 1_000", "polku.yaml")

    assert plain(node) == {"a": "no", "b": "on", "c": "12:30:00", "d": "0o17", "e": "yes", "f": "1_000"}


def test_plain_values_have_the_types_of_yaml_1_2() -> None:
    node = read_yaml("a: 1\nb: -2.5\nc: true\nd: null\ne: ~\nf:\ng: '1'\nh: 007", "polku.yaml")

    assert plain(node) == {"a": 1, "b": -2.5, "c": True, "d": None, "e": None, "f": None, "g": "1", "h": "007"}


def test_every_key_and_value_knows_its_line_and_column() -> None:
    node = read_yaml("a: 1\nb:\n  - {c: x}\n", "polku.yaml")

    assert str(node.place_of(("b", 0, "c"))) == "polku.yaml:3:6"
    assert str(node.value_place(("b", 0, "c"))) == "polku.yaml:3:9"


def test_a_path_that_is_not_there_points_at_the_nearest_thing_above_it() -> None:
    node = read_yaml("a:\n  b: 1\n", "polku.yaml")

    assert str(node.place_of(("a", "x", "y"))) == "polku.yaml:1:1"


def test_all_duplicate_keys_are_named_with_the_line_of_the_first() -> None:
    findings = refused("a: 1\nb: 2\na: 3\nb: 4\n")

    assert [(finding.place.line, finding.facts["first"]) for finding in findings] == [(3, "1"), (4, "2")]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: &x 1", 1, 4),
        ("a: 1\nb: *a", 2, 4),
        ("a: !!int '1'", 1, 4),
        ("a: 1\n\tb: 2", 2, 1),
        ("a: x\ty", 1, 5),
        ("? [a]\n: 1", 1, 3),
        ("a: 1\n---\nb: 2", 2, 1),
        ("a: " + "[" * 40, 1, 28),
    ],
)
def test_tricks_of_yaml_are_refused_at_their_place(text: str, line: int, column: int) -> None:
    (finding,) = refused(text)

    assert finding.code == "PW002"
    assert (finding.place.line, finding.place.column) == (line, column)


def test_a_billion_laughs_are_refused_before_they_are_heard() -> None:
    (finding,) = refused("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")

    assert finding.code == "PW002"


def test_broken_yaml_is_a_finding_with_its_place() -> None:
    (finding,) = refused("a: {b: 1\nc: 2\n")

    assert finding.code == "PW001"
    assert finding.place.line in (1, 2)


def test_an_empty_file_lacks_everything_but_is_no_trace() -> None:
    with pytest.raises(DefinitionRefused) as refusal:
        read_pathway("", "tyhja.yaml", SHELF)

    assert {finding.code for finding in refusal.value.findings} == {"PW011"}


@pytest.mark.parametrize(
    "text", ["- a", "just words", "steps: 3\nroles: []\npromises: x\nends: {a: 1}\ninclude: {a: b}"]
)
def test_the_wrong_shape_is_a_finding(text: str) -> None:
    with pytest.raises(DefinitionRefused):
        read_pathway(text, "polku.yaml", SHELF)


def test_a_file_that_is_not_there_or_no_text_is_unreadable(tmp_path: Path) -> None:
    binary = tmp_path / "polku.yaml"
    binary.write_bytes(b"\xff\xfe\x00a")

    for path in (binary, tmp_path / "puuttuu.yaml", tmp_path):
        with pytest.raises(DefinitionRefused) as refusal:
            read_file(path)
        assert refusal.value.findings[0].is_unreadable


def test_an_unknown_law_clock_key_is_found_in_the_law_pack_too() -> None:
    text = "law: laki\ntitle: {fi: a, sv: b}\nclocks:\n  D-01: {titel: {fi: a, sv: b}}\n"

    with pytest.raises(DefinitionRefused) as refusal:
        as_model(read_yaml(text, "laki.yaml"), LawPack)

    assert any(finding.facts.get("near") == "title" for finding in refusal.value.findings)


def test_the_stored_text_gives_the_same_definition_and_the_same_hash() -> None:
    definition = read_pathway(EXAMPLE, "esimerkki.yaml", SHELF).definition

    again = PathwayDefinition.from_json(definition.to_json())

    assert again == definition
    assert again.content_hash == definition.content_hash
    assert list(again.steps) == list(definition.steps)


def test_the_stored_text_needs_no_files_any_more() -> None:
    definition = read_pathway(EXAMPLE, "esimerkki.yaml", SHELF).definition

    assert definition.expanded
    assert definition.promises["terapiatakuu"].within == "28 days"
    assert {"usual", "fast", "acute"} <= set(definition.ladders)
    assert "phq_9a" in definition.vocabulary.instruments
    assert "cerad" not in definition.vocabulary.instruments


def test_a_change_of_any_word_changes_the_hash() -> None:
    one = read_pathway(EXAMPLE, "esimerkki.yaml", SHELF).definition
    other = read_pathway(EXAMPLE.replace("fi: Hoitojakso", "fi: Hoitojaksot"), "esimerkki.yaml", SHELF).definition

    assert one.content_hash != other.content_hash


def test_a_comment_or_another_line_order_of_words_keeps_the_hash() -> None:
    one = read_pathway(EXAMPLE, "esimerkki.yaml", SHELF).definition
    other = read_pathway("# toinen huomautus\n" + EXAMPLE, "toinen.yaml", SHELF).definition

    assert one.content_hash == other.content_hash


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_to_a_file_ends_in_a_trace(seed: int) -> None:
    chance = random.Random(seed)
    lines = EXAMPLE.splitlines(keepends=True)
    for _ in range(3):
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(
            [
                "",
                lines[at][: chance.randrange(len(lines[at]) + 1)] + "\n",
                lines[at].replace(":", "", 1),
                lines[at].replace("{", "[", 1),
                lines[at].replace("[", "{", 1),
                lines[chance.randrange(len(lines))],
                "  " + lines[at],
                lines[at].replace(": ", ": ]", 1),
            ]
        )

    findings = findings_of("".join(lines))

    assert all(finding.sentence("fi") and finding.remedy("sv") for finding in findings)
