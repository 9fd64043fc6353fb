"""`pathways draw` writes a picture or Mermaid text, and refuses with what would work."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.draw import draw
from tests.unit.drawing import parsed
from tests.unit.pathways_drawn import EXAMPLE, SHIPPED_PATHWAYS

APP = typer.Typer()
APP.command("draw")(draw)


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", SHIPPED_PATHWAYS)
def test_a_pathway_is_drawn_by_its_id(name: str) -> None:
    result = asked(name)

    assert result.exit_code == 0
    assert parsed(result.stdout).tag.endswith("svg")


def test_a_file_is_drawn_for_the_client_in_swedish(tmp_path: Path) -> None:
    result = asked(EXAMPLE, "--view", "client", "--lang", "sv", "-o", tmp_path / "stig.svg")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert parsed((tmp_path / "stig.svg").read_text(encoding="utf-8")).attrib["lang"] == "sv"


def test_a_name_that_ends_in_mmd_gets_mermaid_text(tmp_path: Path) -> None:
    assert asked(EXAMPLE, "-o", tmp_path / "polku.mmd").exit_code == 0
    assert "flowchart LR" in (tmp_path / "polku.mmd").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nuorten_mielentervey"], 'did you mean "nuorten_mielenterveys"?'),
        (["ei_ole.yaml"], 'There is no file "ei_ole.yaml".'),
        ([str(EXAMPLE), "--view", "clint"], 'did you mean "client"?'),
        ([str(EXAMPLE), "--lang", "de"], "choose fi, sv, en."),
        ([str(EXAMPLE), "-o", "polku.png"], "ends in neither .svg nor .mmd"),
        ([str(EXAMPLE), "-o", "/no/such/folder/polku.svg"], "No such file or directory"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_would_work(arguments: list[str], said: str) -> None:
    result = asked(*arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_with_mistakes_is_refused_with_their_lines(tmp_path: Path) -> None:
    broken = tmp_path / "rikki.yaml"
    broken.write_text("pathway: rikki\nversion: yksi\n", encoding="utf-8")

    result = asked(broken)

    assert result.exit_code == 2
    assert "rikki.yaml:2:10" in result.stderr
