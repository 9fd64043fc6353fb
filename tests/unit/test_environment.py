"""`./run` and `./test` make the environment once, show how far they are, and do again what was interrupted."""

import os
import shutil
import subprocess
from collections import deque
from pathlib import Path

import pytest

from cli import environment

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("line", "package"),
    [
        ("Collecting pyyaml==6.0.3 (from -r requirements.txt (line 9))", "pyyaml"),
        ("Collecting celery[redis]==5.7.0", "celery"),
        ("Requirement already satisfied: axe-playwright-python==0.1.8 in ./.venv", "axe-playwright-python"),
        ("Processing /wheels/pydantic_core-2.50.4-cp311-cp311-linux_x86_64.whl", "pydantic_core"),
    ],
)
def test_a_line_of_pip_names_its_package(line: str, package: str) -> None:
    found = environment.PROGRESS.match(line)

    assert found is not None
    assert found[1] == package


def test_progress_counts_each_package_once(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"Collecting package{n}==1 (from x)\n" for n in range(10) for _ in range(2)]

    environment.show_progress(iter(lines), 10, deque())

    assert capsys.readouterr().out.splitlines() == ["pathways:  10/10 package9"]


def test_an_interrupted_installation_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("celery==5.7.0")
    monkeypatch.setattr(environment, "CHECKOUT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv/bin/python")
    tried: list[Path] = []

    def install(file: Path) -> None:
        tried.append(file)
        (tmp_path / ".venv/bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".venv/bin/python").touch()
        if len(tried) == 1:
            raise OSError("the network is gone")

    monkeypatch.setattr(environment, "install", install)
    monkeypatch.setattr(environment, "works", lambda: True)

    ended = [environment.main(["requirements.txt"]) for _ in range(3)]

    assert ended == [1, 0, 0]
    assert len(tried) == 2
    requirements.write_text("celery==5.7.1")
    assert not environment.is_filled_from(requirements)


def test_a_machine_without_a_suitable_python_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "cli").mkdir()
    shutil.copy(CHECKOUT / "cli/environment.sh", tmp_path / "cli")
    shell = shutil.which("sh")
    assert shell is not None

    told = subprocess.run(
        [shell, "cli/environment.sh", "requirements.txt"],
        cwd=tmp_path,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert "needs Python 3.11, 3.12, 3.13 or 3.14" in told.stderr
