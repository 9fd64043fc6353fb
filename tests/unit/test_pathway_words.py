"""A pathway in words: conditions, phrases, its page and the form on which it is approved."""

import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.__main__ import app_for
from engine.approval_form import approval_form
from engine.pathway_page import PagePictures, catalogue_index, pathway_page
from engine.pathway_words import PathwayWords
from engine.placed_steps import placed_steps
from engine.reader import read_pathway
from engine.shelf import SHIPPED, load_shelf
from pathways.definition_parts import Language
from tests.definitions.breaking import SMALL


@cache
def words_of(name: str, language: Language = "fi") -> PathwayWords:
    shelved = load_shelf()
    text = SMALL if name == "small" else (SHIPPED / f"{name}.yaml").read_text("utf-8")
    return PathwayWords(read_pathway(text, name, shelved.shelf).definition, shelved.vocabulary, language)


YOUTH = "nuorten_mielenterveys"


@pytest.mark.parametrize(
    ("condition", "language", "said"),
    [
        ("client.age >= 13 && client.age <= 17", "fi", "ikä täysinä vuosina 13–17"),
        ("client.age >= 13 && client.age < 17", "fi", "ikä täysinä vuosina ≥ 13 ja ikä täysinä vuosina < 17"),
        ("!client.lives_alone", "sv", "inte: bor ensam"),
        ("case.urgency != 'urgent' || client.lives_alone", "en", "urgency ≠ urgent or lives alone"),
        ("case.channel in ['chat', 'kaynti']", "sv", "servicekanal: Chatt eller Besök"),
        ("case.school != ''", "fi", "asiakkaan oppilaitoksen tunnus on tiedossa"),
        ("answers.yp_core > 12.5", "fi", "YP-CORE (nuoren vointi) > 12,5"),
        ("client.lives_alone == false", "fi", "asuu yksin = ei"),
    ],
)
def test_a_condition_is_said_in_words(condition: str, language: Language, said: str) -> None:
    assert words_of(YOUTH, language).condition(condition) == said


def test_no_condition_has_no_words() -> None:
    assert words_of(YOUTH).condition(None) == ""


def test_outcomes_of_one_step_are_said_together() -> None:
    phrases = ("need found", "outcome arvio.ipc", "outcome arvio.cool_kids")

    said = words_of(YOUTH).phrases(phrases)

    assert said == (
        "palvelun tarve todettiin; Hoidon tarpeen arviointi: Ohjaus IPC-hoitoon tai Ohjaus Cool Kids -ohjelmaan"
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_page_tells_every_step_every_clock_and_how_it_ends(language: Language) -> None:
    words = words_of(YOUTH, language)

    page = pathway_page(words, PagePictures("tyo.svg", "asiakas.svg"))

    definition = words.definition
    steps = [words.step(placed.key) for placed in placed_steps(definition)]
    clocks = [words.text(each.title) for each in definition.promises.values() if each.title and not each.step]
    law = [each.law for each in definition.promises.values() if each.law]
    assert [said for said in (*steps, *clocks, *law, *map(words.end, definition.ends)) if said not in page] == []
    assert "(tyo.svg)" in page
    assert "(asiakas.svg)" in page
    assert "${" not in page
    assert "{0}" not in page
    assert "None" not in page


def test_the_catalogue_lists_pathways_by_title_with_their_state() -> None:
    index = catalogue_index([("b.md", words_of(YOUTH)), ("a.md", words_of("small"))])

    titles = [row.split("]")[0].removeprefix("| [") for row in index.splitlines() if row.startswith("| [")]
    assert titles == sorted(words_of(name).text(words_of(name).definition.title) for name in (YOUTH, "small"))
    assert index.count("odottaa hyväksyntää |") + index.count("| hyväksytty |") == 2


def test_the_form_marks_what_is_a_proposal_and_never_the_law() -> None:
    form = approval_form(words_of(YOUTH))

    marked = re.findall(r'<td class="proposal">([^<]*)</td>', form)
    law = re.search(r"<td><b>Laki</b></td><td>Terapiatakuu.*?</td><td(.*?)>28 päivää</td>", form, re.S)
    assert "21 päivää" in marked
    assert law
    assert "proposal" not in law[1]
    assert all(f'<th scope="row" colspan="4">{lead}' in form for lead in ("Kliininen", "Juristi", "Tietosuoja"))
    assert "enintään 5 kertaa" in form


def test_the_form_escapes_what_a_file_says() -> None:
    words = words_of("small")
    title = words.definition.title.model_copy(update={"fi": "<script>alert(1)</script>"})
    sly = PathwayWords(words.definition.model_copy(update={"title": title}), words.vocabulary, "fi")

    assert "<script>" not in approval_form(sly)


def test_the_commands_write_pages_and_forms_and_refuse_what_is_not_there(tmp_path: Path) -> None:
    run = CliRunner().invoke
    form, pages = tmp_path / "form.html", tmp_path / "polut"

    written = run(app_for(["approval-form"]), ["approval-form", "ppt", "-o", str(form)])
    refused = run(app_for(["approval-form"]), ["approval-form", "pptt"])
    listed = run(app_for(["catalogue"]), ["catalogue", "-o", str(pages), "--lang", "sv", "--no-pictures"])
    unknown = run(app_for(["catalogue"]), ["catalogue", "--lang", "ruotsi"])

    assert written.exit_code == 0
    assert "Paljon palveluja" in form.read_text("utf-8")
    assert refused.exit_code == 2
    assert 'did you mean "ppt"' in refused.stderr
    assert listed.exit_code == 0
    assert (pages / "README.md").exists()
    assert (pages / "ppt.md").exists()
    assert unknown.exit_code == 2
    assert "choose fi, sv, en" in unknown.stderr
