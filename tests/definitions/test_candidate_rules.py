"""What `pathways check` says of rules that find candidates and of segment sets: a place, a code and a remedy."""

from pathlib import Path

import pytest

from engine.candidate_rules import examined_rule_book, uses_rules
from engine.catalogue import check_paths
from engine.checks.proposals import proposal_findings
from engine.findings import Finding
from engine.segments import examined_segments
from engine.shelf import SHIPPED, load_shelf
from engine.yaml_text import read_yaml
from pathways.definition_parts import LANGUAGES
from tests.definitions.breaking import the_shelf

RULES = (SHIPPED / "candidates" / "paljon_palveluja.yaml").read_text("utf-8")
YOUNG = (SHIPPED / "segments" / "keusote_nuoret.yaml").read_text("utf-8")
BREAKS = [
    ("PW100", "count.laakarikontaktit >=", "count.laakarikontaktt >=", "laakarikontaktit"),
    ("PW101", "count.saapumatta >= ${h8_saapumatta}", "count.saapumatta >= saapumatta", "saapumatta"),
    ("PW102", '"count.sama_asia >= ${h10_yhteydenottoja}"', '"count.sama_asia >= ${h10_yhteydenotoja}"', "h10_yhte"),
    (
        "PW103",
        "Päivystyskäyntejä oli vuodessa {paivystyskaynnit} ",
        "Päivystyksessä {paivystyskaynti} ",
        "paivystyskaynti",
    ),
    ("PW104", "shows: [asioinnit]", "shows: [asionnit]", "asioinnit"),
    ("PW104", "rules: [H1, H2, H3]", "rules: [H1, H2, H33]", "H33"),
    ("PW024", "outcomes: [ei_saapunut]", "outcomes: [ei_sapunut]", "ei_saapunut"),
    ("PW015", '    weight: 1\n    worker: {fi: "Samassa', '    worker: {fi: "Samassa', ""),
]


def findings(text: str) -> tuple[Finding, ...]:
    return examined_rule_book(read_yaml(text, "saannot.yaml"), the_shelf())[1]


def test_the_shipped_rules_and_sets_have_no_finding() -> None:
    assert findings(RULES) == ()
    assert examined_segments(read_yaml(YOUNG, "nuoret.yaml"), the_shelf())[1] == ()


@pytest.mark.parametrize(("code", "old", "new", "near"), BREAKS)
def test_a_broken_rule_is_found_at_its_place(code: str, old: str, new: str, near: str) -> None:
    assert RULES.count(old) == 1

    broken = RULES.replace(old, new)
    (found,) = [each for each in findings(broken) if each.code == code]

    assert near in found.sentence("en") or near in found.remedy("en")
    assert all("{" not in found.sentence(one) for one in LANGUAGES if code != "PW103")


def test_a_text_missing_in_swedish_is_found() -> None:
    text = RULES.replace(
        "title: {fi: Lupauksia on rikkoutunut, sv: Löften har brutits, en: Promises were broken}",
        "title: {fi: Lupauksia on rikkoutunut, en: Promises were broken}",
    )
    assert text != RULES

    assert [each.code for each in findings(text)] == ["PW030"]


def test_a_segment_asks_only_what_is_known() -> None:
    text = YOUNG.replace("answers.audit >=", "answers.auditt >=")

    (found,) = examined_segments(read_yaml(text, "nuoret.yaml"), the_shelf())[1]

    assert (found.code, found.path) == ("PW100", "domains.alkoholi")


def test_the_way_of_a_confirmed_candidate_is_checked_against_its_pathway(tmp_path: Path) -> None:
    (tmp_path / "candidates").mkdir()
    file = tmp_path / "candidates" / "omat.yaml"
    file.write_text(
        RULES.replace("through: {vastaanotto: ehdokas}", "through: {vastaanotto: ehdokass, alku: jatkuu}"), "utf-8"
    )
    read = check_paths((SHIPPED / "ppt.yaml",)).read
    pathways = {each.definition.pathway: each.definition for each in read.values()}

    found = {each.code for each in proposal_findings((tmp_path,), the_shelf(), pathways)}
    alone = {each.code for each in proposal_findings((tmp_path,), the_shelf(), {})}

    assert found == {"PW024", "PW055"}
    assert alone == {"PW105"}


def test_a_county_that_has_set_no_threshold_counts_nobody(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "pieni.yaml").write_text("county: pieni\ntitle: {fi: Pieni, sv: Liten}\n", "utf-8")
    small = load_shelf((SHIPPED, tmp_path), "pieni")

    assert not uses_rules(small, read_yaml(RULES, "saannot.yaml"))
    assert list(proposal_findings((SHIPPED,), small, {})) == []
