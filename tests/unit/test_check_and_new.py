"""`pathways check` and `pathways new`, as somebody at a terminal or a program meets them."""

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.check import check
from cli.new import new
from tests.definitions.breaking import SMALL

app = typer.Typer()
app.command()(check)
app.command()(new)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "koe.yaml"
    path.write_text(SMALL.replace("    kind: service\n", "    knid: service\n"), "utf-8")
    return path


def test_a_clean_file_ends_with_0(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(SMALL, "utf-8")

    result = run("check", path)

    assert (result.exit_code, result.stdout) == (0, "")


def test_warnings_alone_end_with_0(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(SMALL.replace("  legal: {by: Juristi, on: 2026-11-02}\n", ""), "utf-8")

    result = run("check", path)

    assert result.exit_code == 0
    assert "varoitus PW035" in result.stdout


@pytest.mark.parametrize(
    ("lang", "meant"), [("fi", 'tarkoititko "kind"?'), ("sv", 'menade du "kind"?'), ("en", 'did you mean "kind"?')]
)
def test_an_error_ends_with_1_and_begins_with_its_place(broken: Path, lang: str, meant: str) -> None:
    result = run("check", broken, "--lang", lang)

    line = next(number for number, text in enumerate(broken.read_text("utf-8").splitlines(), 1) if "knid" in text)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{broken}:{line}:5: ")
    assert meant in result.stdout


def test_an_unreadable_file_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text("a: {b\n", "utf-8")

    assert run("check", path).exit_code == 2
    assert run("check", tmp_path / "puuttuu.yaml").exit_code == 2


def test_json_says_the_same_to_a_program(broken: Path) -> None:
    result = run("check", broken, "--format", "json", "--lang", "en")

    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert said["errors"] == len([finding for finding in said["findings"] if finding["severity"] == "error"])
    assert said["findings"][0].keys() >= {"file", "line", "column", "code", "severity", "path", "sentence", "remedy"}


def test_json_says_it_in_every_language_when_asked(broken: Path) -> None:
    (finding, *_) = json.loads(run("check", broken, "--format", "json", "--lang", "all").stdout)["findings"]

    assert finding["sentence"].keys() == finding["remedy"].keys() == {"fi", "sv", "en"}
    assert 'menade du "kind"?' in finding["sentence"]["sv"]
    assert run("check", broken, "--lang", "all").exit_code == 2


def test_sarif_says_the_same_to_a_code_host(broken: Path) -> None:
    said = json.loads(run("check", broken, "--format", "sarif").stdout)

    (run_,) = said["runs"]
    (result, *_) = run_["results"]
    place = result["locations"][0]["physicalLocation"]
    rule = run_["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert said["version"] == "2.1.0"
    assert (rule["id"], rule["name"]) == (result["ruleId"], "UnknownKey")
    assert rule["helpUri"] == "docs/checks/PW010.md"
    assert rule["shortDescription"]["text"] == 'tuntematon avain "…"'
    assert place["region"]["startLine"] > 1


def test_sarif_shows_a_way_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(SMALL.replace("cancelled_when: [need not found, client", "cancelled_when: [client"), "utf-8")

    (run_,) = json.loads(run("check", path, "--format", "sarif").stdout)["runs"]

    (flow,) = next(each for each in run_["results"] if each["ruleId"] == "PW076")["codeFlows"]
    along = [each["location"] for each in flow["threadFlows"][0]["locations"]]
    lines = path.read_text("utf-8").splitlines()
    assert [each["message"]["text"] for each in along][:2] == ["vastaanotto", "jatkuu"]
    for each in along:
        word = each["message"]["text"].removeprefix("end ")
        assert word in lines[each["physicalLocation"]["region"]["startLine"] - 1]


def test_states_says_how_much_was_explored(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(SMALL, "utf-8")

    result = run("check", path, "--states", "--lang", "en")
    explored = json.loads(run("check", path, "--format", "json").stdout)["explored"]

    assert re.fullmatch(r".*koe\.yaml: explored [1-9]\d* states, complete, \d+ ms\n", result.stdout)
    assert "Explored" in result.stderr
    assert explored[0]["complete"] is True
    assert explored[0]["states"] > 100


@pytest.mark.parametrize("arguments", [("--format", "xml"), ("--lang", "de")])
def test_a_choice_that_is_none_is_refused(broken: Path, arguments: tuple[str, str]) -> None:
    assert run("check", broken, *arguments).exit_code == 2


def test_a_new_pathway_passes_the_check_and_has_a_feature(tmp_path: Path) -> None:
    result = run("new", "oma_polku", "--folder", tmp_path)

    assert result.exit_code == 0
    assert "pathway: oma_polku" in (tmp_path / "oma_polku.yaml").read_text("utf-8")
    assert (tmp_path / "oma_polku.feature").read_text("utf-8").startswith("# language: fi\n")
    assert run("check", tmp_path / "oma_polku.yaml").exit_code == 0


def test_a_new_pathway_goes_where_definitions_and_features_are(tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "features").mkdir()

    run("new", "oma_polku", "--folder", tmp_path)

    assert (tmp_path / "definitions" / "oma_polku.yaml").is_file()
    assert (tmp_path / "features" / "oma_polku.feature").is_file()


@pytest.mark.parametrize("there", ["oma_polku.yaml", "oma_polku.feature"])
def test_nothing_is_ever_overwritten(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("minun", "utf-8")

    result = run("new", "oma_polku", "--folder", tmp_path)

    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text("utf-8") == "minun"


def test_a_name_that_is_no_id_is_refused_with_one_that_is(tmp_path: Path) -> None:
    result = run("new", "Äidin polku", "--folder", tmp_path)

    assert result.exit_code == 2
    assert "aidin_polku" in result.output
