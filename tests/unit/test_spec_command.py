"""`pathways spec`: what it prints, what it writes and how it exits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.__main__ import app_for
from features.listing import as_markdown
from tests.unit.test_features_play import CONTACT, HEAD

HOLDS = f"{HEAD}  @D-10\n  Tapaus: Pitää\n{CONTACT}    Niin asia on avoinna\n"
FAILS = f'{HEAD}  Tapaus: Ei pidä\n{CONTACT}    Niin vastuutyöntekijä on "Aino"\n'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app_for(["spec"]), ["spec", *arguments])


def written(folder: Path, text: str, name: str = "koe.feature") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_specifications_that_hold_exit_with_zero(tmp_path: Path) -> None:
    result = run(written(tmp_path, HOLDS))

    assert result.exit_code == 0
    assert "✓ Pitää" in result.output
    assert "1 tapausta, 1 pitää, 0 ei pidä" in result.output


def test_one_that_fails_exits_with_one_and_says_where_and_why(tmp_path: Path) -> None:
    path = written(tmp_path, FAILS)

    result = run(path)

    assert result.exit_code == 1
    assert f'{path}:13: vastuutyöntekijä on "Aino"' in result.output
    assert "Yhteydenoton vastaanottaja, Nuoret" in result.output


def test_the_summary_speaks_the_language_that_is_asked_for(tmp_path: Path) -> None:
    assert "1 scenarier, 1 stämmer" in run(written(tmp_path, HOLDS), "--lang", "sv").output


def test_what_says_less_than_it_seems_to_exits_with_one_before_anything_runs(tmp_path: Path) -> None:
    result = run(written(tmp_path, HOLDS.replace("ti 1.12.2026", "ma 1.12.2026")))

    assert result.exit_code == 1
    assert "✓" not in result.output
    assert "that day is ti 1.12" in result.output


@pytest.mark.parametrize(
    ("text", "said"), [("Nonsense", "expected: "), ("# language: de\nFunktion: X\n", "fi, sv or en")]
)
def test_an_unreadable_file_exits_with_two(tmp_path: Path, text: str, said: str) -> None:
    result = run(written(tmp_path, text))

    assert result.exit_code == 2
    assert said in result.output


def test_a_missing_path_exits_with_two() -> None:
    result = run("/no/such/folder")

    assert result.exit_code == 2
    assert "no such file or folder" in result.output


def test_a_folder_without_features_exits_with_two(tmp_path: Path) -> None:
    assert run(str(tmp_path)).exit_code == 2


def test_an_unknown_language_exits_with_two() -> None:
    assert run("--lang", "de").exit_code == 2


def test_definitions_that_cannot_be_read_exit_with_two_and_say_where(tmp_path: Path) -> None:
    path = written(tmp_path, HOLDS)
    broken = written(tmp_path, "pathway: oma\nverion: 1\n", "oma.yaml")

    result = run(path)

    assert result.exit_code == 2
    assert f"{broken}:2:1" in result.output


def test_the_steps_are_listed_as_the_page_of_sentences() -> None:
    assert run("--steps").output == as_markdown()


def test_a_report_is_written_for_people_and_programs(tmp_path: Path) -> None:
    folder = tmp_path / "raportti"

    run(
        written(tmp_path, HOLDS),
        written(tmp_path, FAILS.replace("Koe", "Toinen"), "b.feature"),
        "--report",
        str(folder),
    )

    facts = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [(each["scenario"], each["passed"], each["tags"]) for each in facts] == [
        ("Pitää", True, ["@D-10"]),
        ("Ei pidä", False, []),
    ]
    assert facts[1]["failed_at"]["step"] == 'vastuutyöntekijä on "Aino"'
    assert "- ✗ Ei pidä" in (folder / "report.md").read_text(encoding="utf-8")


def test_a_new_pathway_and_its_specification_hold_outside_the_checkout(tmp_path: Path) -> None:
    made = CliRunner().invoke(app_for(["new"]), ["new", "omatesti", "--folder", str(tmp_path)])

    result = run(str(tmp_path))

    assert made.exit_code == 0
    assert result.exit_code == 0, result.output
