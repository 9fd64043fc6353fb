"""What one version says otherwise than another: everything, in words of three languages, and drawn without colour alone."""

import pytest

from engine.difference_words import as_text, differences_in_words
from engine.differences import Difference, changed_steps, differences, differing_parts, renamed_steps
from engine.drawing import draw_compared
from engine.reader import read_pathway
from engine.shelf import load_shelf
from pathways.definition import PathwayDefinition
from pathways.definition_parts import LANGUAGES, Language
from tests.small_county import PATHWAY
from tests.unit.drawing import parsed

SHELVED = load_shelf()
BRANCHES = """
  seuranta:
    phase: alku
    title: {fi: Seuranta, sv: Uppföljning}
    kind: work
    role: vastuutyontekija
    all:
      soitto: {title: {fi: Soitto, sv: Samtal}, kind: contact}
      kaynti: {title: {fi: Käynti, sv: Besök}, kind: meeting}
    outcomes: {valmis: end valmis}
"""


def version(number: int, *edits: tuple[str, str]) -> PathwayDefinition:
    text = PATHWAY.replace("version: 1", f"version: {number}")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return read_pathway(text, "apu.yaml", SHELVED.shelf).definition


ONE = version(1)


def told(new: PathwayDefinition, language: Language = "en") -> list[str]:
    return [each.sentence for each in differences_in_words(ONE, new, language, SHELVED.vocabulary)]


def test_a_new_number_alone_is_no_difference() -> None:
    assert differences(ONE, version(2)) == ()
    assert as_text(differences_in_words(ONE, version(2), "fi"), "fi") == "Versioissa ei ole eroja."


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("within: 1 week", "within: 2 weeks"), "“Palvelu alkaa viikossa”: time: longer: 1 week → 2 weeks"),
        (
            ("within: 1 working day", "within: 2 service hours"),
            "“Käsittely alkaa”: time: 1 working day → 2 service hours",
        ),
        (("    pause_on: [client_postponed]\n", ""), "what pauses it: removed"),
        (("ladder: usual", "ladder: same_day"), "“Käsittely alkaa”: escalation:"),
        (("jatkuu: seuranta", "jatkuu: end valmis"), "where outcomes lead: Jatkuu: Seuranta → ends: Valmis"),
        (("professions: [sairaanhoitaja]", "professions: [laakari]"), "professions: added Physician"),
        (("fi: Seuranta,", "fi: Seuranta-aika,"), "name: “Seuranta” → “Seuranta-aika”"),
        (("kept_when: [first act recorded]", "kept_when: [step seuranta done]"), "“Käsittely alkaa”: kept when: added"),
        (("purpose: {fi: Kokeile lupauksia.", "purpose: {fi: Kokeile."), "purpose:"),
        (("ends:\n  valmis: {fi: Valmis,", "ends:\n  valmis: {fi: Asia valmis,"), "text in Finnish"),
    ],
)
def test_each_kind_of_change_is_said(edit: tuple[str, str], said: str) -> None:
    new = version(2, edit)

    assert any(said.casefold().replace("“", "").replace("”", "") in s.casefold().replace("“", "").replace("”", "") for s in told(new)), told(new)  # fmt: skip
    for language in LANGUAGES:
        assert all(told(new, language))


def test_steps_that_come_and_go_are_said_and_marked() -> None:
    new = version(2, ("jatkuu: seuranta,", "jatkuu: soitto,"), ("  seuranta:\n", "  soitto:\n"), ("Seuranta, sv: Uppföljning", "Soitto, sv: Samtal"), ("kind: work\n    role: vastuutyontekija\n    outcomes: {valmis: end", "kind: contact\n    role: vastuutyontekija\n    outcomes: {valmis: end"))  # fmt: skip

    assert {"new: “Soitto”", "removed: “Seuranta”"} <= {s.replace("”", "”") for s in _quoted(told(new))}
    assert changed_steps(differences(ONE, new), renamed_steps(ONE, new)) == {
        "old": {"seuranta": "removed", "vastaanotto": "changed"},
        "new": {"soitto": "added", "vastaanotto": "changed"},
    }


def _quoted(sentences: list[str]) -> list[str]:
    return [sentence.replace(" ”", " “") for sentence in sentences]


def test_a_renamed_step_is_one_difference_and_nothing_else_that_names_it() -> None:
    new = version(2, ("vastaanotto", "alkukartoitus"))

    assert differences(ONE, new) == (
        Difference("step", "renamed", "alkukartoitus", before="vastaanotto", after="alkukartoitus"),
    )
    assert renamed_steps(ONE, new) == {"vastaanotto": "alkukartoitus"}


def test_a_branch_that_comes_is_a_step_inside_another() -> None:
    start = PATHWAY.index("  seuranta:\n")
    with_branches = PATHWAY[:start] + BRANCHES.lstrip("\n") + PATHWAY[PATHWAY.index("ends:\n") :]
    text = with_branches.replace("version: 1", "version: 2")
    new = read_pathway(text, "apu.yaml", SHELVED.shelf).definition

    found = {each.place: each.change for each in differences(ONE, new)}

    assert found["step soitto"] == "added"
    assert found["step seuranta.branches"] == "changed"
    assert "parallel steps: added Soitto; added Käynti" in " ".join(told(new))


def test_where_contents_differ_is_said_in_a_few_places() -> None:
    new = version(1, ("within: 1 week", "within: 2 weeks"), ("jatkuu: seuranta", "jatkuu: end valmis"))

    assert differing_parts(ONE, new) == ("step vastaanotto.outcomes", "promise palvelu.within")
    assert differing_parts(ONE, new, most=1) == ("step vastaanotto.outcomes", "and 1 more")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_drawings_stand_side_by_side_with_signs_words_and_a_description(language: Language) -> None:
    new = version(2, ("jatkuu: seuranta", "jatkuu: end valmis"))
    sentences = [each.sentence for each in differences_in_words(ONE, new, language, SHELVED.vocabulary)]

    drawn = draw_compared(ONE, new, language, sentences=sentences, standalone=True)

    root = parsed(drawn)
    assert len(root.findall("{*}svg")) == 2
    description = root.find("{*}desc")
    assert description is not None
    assert sentences[0] in (description.text or "")
    word = {"fi": "Muuttunut", "sv": "Ändrat", "en": "Changed"}[language]
    assert drawn.count(f">{word}</text>") == 2
    assert drawn.count('class="pw-glyph pw-mark"') == 2
    assert drawn.count("<style>") == 1
    assert 'style="' not in drawn
