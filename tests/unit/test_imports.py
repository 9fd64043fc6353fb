"""No layer knows one further out, or one beside it; and the check that says so can fail."""

from pathlib import Path

import pytest

from tests.unit.imports import hidden_clocks, imports_under, offences

CHECKOUT = Path(__file__).parents[2]

# `file: module` → why this import can't stand at the top.
HIDDEN_WITH_REASON: dict[str, str] = {
    "cli/bench.py: benchmarks.advance": "only benchmarks need PostgreSQL's binaries, which come with ./test",
    "cli/bench.py: benchmarks.board": "the same",
    "cli/bench.py: benchmarks.catalogue": "the same",
    "cli/bench.py: benchmarks.cliff": "the same",
    "cli/bench.py: benchmarks.migration": "the same",
    "cli/bench.py: benchmarks.steady": "the same",
}


def test_every_import_points_inwards() -> None:
    assert offences(CHECKOUT, HIDDEN_WITH_REASON) == []


def test_every_listed_hidden_import_is_still_there() -> None:
    hidden = {f"{each.file}: {each.module}" for each in imports_under(CHECKOUT) if each.hidden}

    assert set(HIDDEN_WITH_REASON) <= hidden


def test_only_the_clock_reads_the_time() -> None:
    assert hidden_clocks(CHECKOUT, allowed="engine/clock.py") == []


@pytest.mark.parametrize(
    ("file", "source", "offence"),
    [
        ("pathways/case.py", "import engine.handle", "pathways may only know itself"),
        ("pathways/case.py", "import sqlmodel", "standard library and pydantic"),
        ("pathways/case.py", "import sqlite3", "pathways is pure"),
        ("pathways/case.py", "if TYPE_CHECKING:\n    from engine.handle import handle", "may only know itself"),
        ("engine/handle.py", "from api.app import app", "engine may only know pathways"),
        ("engine/handle.py", "from worker import app", "engine may only know pathways"),
        ("engine/handle.py", "from cli.settings import Settings", "engine may only know pathways"),
        ("engine/handle.py", "from transitions import Machine", "only engine/machine.py may know"),
        ("engine/handle.py", "import celery", "only worker/ and cli/ may know"),
        ("engine/handle.py", "from fastapi import Request", "only api/ and cli/ may know"),
        ("engine/handle.py", "import tests.builders", "stands beside the layers"),
        ("worker/tasks.py", "from api.deps import actor", "worker may only know engine, pathways"),
        ("api/cases.py", "from worker.tasks import sweep", "api may only know engine, pathways"),
        ("api/cases.py", "import redis", "only worker/ and cli/ may know"),
        ("api/web/pages.py", "from ...worker import tasks", "api may only know engine, pathways"),
        ("api/cases.py", "importlib.import_module('worker.tasks')", "api may only know engine, pathways"),
        ("cli/up.py", "def up():\n    import engine.handle", "inside a function"),
    ],
)
def test_an_import_that_points_elsewhere_is_found(tmp_path: Path, file: str, source: str, offence: str) -> None:
    write(tmp_path / file, source)

    found = offences(tmp_path)

    assert len(found) == 1
    assert found[0].startswith(f"{file}:")
    assert offence in found[0]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (
            "pathways/case.py",
            "import datetime\nimport pydantic\nfrom pathways.events import CaseOpened\nfrom . import events",
        ),
        ("engine/machine.py", "import transitions\nimport sqlmodel\nimport pathways.case"),
        ("worker/tasks.py", "import celery\nimport engine.handle\nimport pathways.case"),
        ("api/cases.py", "import fastapi\nfrom .web import pages\nimport engine.handle"),
        ("cli/up.py", "import api.app, worker.app, engine.handle, pathways.case, celery"),
    ],
)
def test_an_import_that_points_inwards_is_left_alone(tmp_path: Path, file: str, source: str) -> None:
    write(tmp_path / file, source)

    assert offences(tmp_path) == []


def test_a_hidden_import_with_a_reason_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "cli/up.py", "def up():\n    import engine.handle")

    assert offences(tmp_path, {"cli/up.py: engine.handle": "takes a second to load, and --help doesn't need it"}) == []


def test_a_hidden_clock_is_found(tmp_path: Path) -> None:
    write(tmp_path / "engine/clock.py", "now = datetime.now(UTC)")
    write(tmp_path / "engine/handle.py", "now = datetime.datetime.now(UTC)")

    assert hidden_clocks(tmp_path, allowed="engine/clock.py") == [
        "engine/handle.py:1: reads the time by datetime.datetime.now"
    ]


def write(file: Path, source: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source)
