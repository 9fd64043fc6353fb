"""Every code of the checker: a definition that triggers it, and one that barely doesn't."""

import pytest

from engine.findings import DefinitionRefused, all_codes, name_of
from engine.reader import read_pathway
from pathways.definition_parts import LANGUAGES
from tests.definitions.breaking import SMALL, Break, codes_in, edited, findings_beside, findings_in, the_shelf
from tests.definitions.breaks_of_meaning import DATA, FLOW, NAMES, RESPONSIBILITY, WORDS
from tests.definitions.breaks_of_promises import CLOSING, PROMISES
from tests.definitions.breaks_of_reading import READING

BREAKS = (*READING, *NAMES, *DATA, *WORDS, *FLOW, *RESPONSIBILITY, *PROMISES, *CLOSING)
ELSEWHERE = {
    "PW000": "tests/unit/test_catalogue.py",
    "PW034": "test_an_instrument_without_a_licence_note_is_refused",
    "PW037": "tests/unit/test_catalogue.py",
    "PW046": "tests/unit/test_catalogue.py",
    **dict.fromkeys(
        ("PW100", "PW101", "PW102", "PW103", "PW104", "PW105"), "tests/definitions/test_candidate_rules.py"
    ),
    "PW091": "test_a_hand_over_its_receiver_does_not_take_is_refused",
}


def test_the_small_pathway_has_no_finding() -> None:
    assert findings_in(SMALL) == ()


@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_a_broken_pathway_is_found(broken: Break) -> None:
    text = edited(*broken.also, broken.breaks)

    findings = [finding for finding in findings_in(text) if finding.code == broken.code]

    assert findings, sorted(finding.code for finding in findings_in(text))
    assert broken.says in findings[0].sentence("en")
    if broken.at:
        assert broken.at in text.splitlines()[findings[0].place.line - 1]


@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_a_pathway_that_is_barely_right_is_not_found(broken: Break) -> None:
    assert broken.code not in codes_in(edited(*broken.also, broken.spares))


def test_every_code_has_a_definition_that_triggers_it() -> None:
    tried = {broken.code for broken in BREAKS} | set(ELSEWHERE)

    assert tried == set(all_codes())


def test_every_code_has_a_name_of_its_own() -> None:
    names = [name_of(code) for code in all_codes()]

    assert len(set(names)) == len(names)
    assert all(name.isalpha() and name[0].isupper() for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_every_finding_is_said_with_a_remedy_in_every_language(broken: Break, language: str) -> None:
    for finding in findings_in(edited(*broken.also, broken.breaks)):
        said = f"{finding.sentence(language)} {finding.remedy(language)}"

        assert "{" not in said.replace("{fi: …, sv: …}", "").replace("{at_most: 3, per: case}", "").replace(
            "{at_most: …}", ""
        ).replace("${ppt_rja}", ""), said


def test_all_errors_of_a_file_come_together_in_the_order_of_the_file() -> None:
    text = edited(
        ("register: terveys", "register: terveis"),
        ("within: 2 weeks", "within: 2 wekes"),
        ("kept_when: [first act recorded]", "kept_when: [first akt recorded]"),
    )

    findings = findings_in(text)

    assert [finding.code for finding in findings] == ["PW013", "PW020", "PW015"]
    assert [finding.place.line for finding in findings] == sorted(finding.place.line for finding in findings)


def test_a_promise_left_open_is_shown_with_the_shortest_way() -> None:
    text = edited(("cancelled_when: [need not found, client", "cancelled_when: [client"))

    (finding,) = findings_in(text)

    assert finding.way[:2] == ("vastaanotto", "jatkuu")
    assert finding.way[-2:] == ("neuvonta_riittaa", "end ratkaistu")


@pytest.mark.parametrize("block", sorted(the_shelf().shelf.blocks))
def test_any_block_can_be_included(block: str) -> None:
    included = "[vastaanotto, kiireellisyys, poikkeamat]"

    findings = findings_in(edited((f"include: {included}", f"include: {included[:-1]}, {block}]")))

    unused = {"PW063", "PW071"}  # its roles, and a survey nobody asks because its step isn't used
    assert [finding.sentence() for finding in findings if finding.code not in unused] == []


def test_a_promise_that_starts_once_is_not_left_open_by_a_second_start() -> None:
    edits = (
        ("{vointi_hyva: end ratkaistu, oireita: hoito}", "{vointi_hyva: end ratkaistu, palveluun: end ratkaistu}"),
        (", esh_kiireeton: lahete}", "}"),
    )
    once = ("    on_handover: travels\n", "    on_handover: travels\n    once: true\n")

    assert codes_in(edited(*edits)) == {"PW076"}
    assert codes_in(edited(*edits, once)) == set()


def test_a_finding_in_a_shared_block_points_into_the_block() -> None:
    text = edited(
        (
            "include: [vastaanotto, kiireellisyys, poikkeamat]",
            "include: [vastaanotto, kiireellisyys, vastuutyontekija, poikkeamat]",
        )
    )
    shelf = the_shelf().shelf
    block = shelf.blocks["vastuutyontekija"]
    promises = block.entries()["promises"]
    broken = promises.with_entry(
        "vastuutyontekija_kuittaa", promises.entries()["vastuutyontekija_kuittaa"].without("title")
    )
    blocks = {**shelf.blocks, "vastuutyontekija": block.with_entry("promises", broken)}

    findings = findings_beside(text, type(shelf)(**{**vars(shelf), "blocks": blocks}))

    assert [finding.code for finding in findings] == ["PW081"]
    assert findings[0].place.file.endswith("blocks/vastuutyontekija.yaml")


def test_an_instrument_without_a_licence_note_is_refused() -> None:
    shelved = the_shelf()
    instruments = shelved.vocabulary.instruments
    bare = instruments["phq_9a"].model_copy(update={"licence": None})
    words = shelved.vocabulary.model_copy(update={"instruments": {**instruments, "phq_9a": bare}})

    findings = findings_beside(SMALL, words=words)

    assert [finding.code for finding in findings] == ["PW034"]


def test_a_hand_over_its_receiver_does_not_take_is_refused() -> None:
    text = edited(("  - {to: kela, external: true}", "  - {to: aikuiset}"))
    receiver = read_pathway(SMALL, "aikuiset.yaml", the_shelf().shelf).definition

    refusing = receiver.model_copy(update={"receives": ("muut",)})
    taking = receiver.model_copy(update={"receives": ("muut", "koe")})

    assert [f.code for f in findings_beside(text, pathways={"aikuiset": refusing})] == ["PW091"]
    assert findings_beside(text, pathways={"aikuiset": taking}) == ()


def test_reading_refuses_with_every_finding_at_once() -> None:
    with pytest.raises(DefinitionRefused) as refused:
        read_pathway(edited(("version: 1", "version: 0"), ("source: test\n", "")), "koe.yaml", the_shelf().shelf)

    assert {finding.code for finding in refused.value.findings} == {"PW011", "PW014"}
    assert "koe.yaml:" in str(refused.value)
