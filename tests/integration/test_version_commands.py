"""`diff`, `retire`, `withdraw` and `migrate` as an operator types them: each does it, or says in a sentence why not."""

import json
from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.database import Database
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from tests.integration.test_commands import Run, run  # noqa: F401 - `run` is a fixture
from tests.small_county import PATHWAY, running_engine, settle

CHECKED = PATHWAY.replace("    pause_on: [client_postponed]\n    warn: [at 50%]\n", "    ladder: usual\n")
"""As the checker wants it: somebody hears of each breach."""


@pytest.fixture
def published(sqlite_url: str, tmp_path: Path) -> Path:
    """A county with two versions of a pathway; the folder is for files."""
    database = Database.open(sqlite_url)
    try:
        where = settle(running_engine(database, SystemClock()))
        text = PATHWAY.replace("version: 1", "version: 2").replace("within: 1 week", "within: 2 weeks")
        second = read_pathway(text, "apu.yaml", load_shelf().shelf).definition
        with database.begin() as connection:
            publish(connection, where.tenant_id, second, by=where.lead.worker_id, now=where.engine.clock.now())
    finally:
        database.dispose()
    (tmp_path / "apu.yaml").write_text(PATHWAY, encoding="utf-8")
    return tmp_path


def test_versions_are_compared_in_words_as_json_and_drawn(run: Run, published: Path) -> None:  # noqa: F811
    drawn = published / "erot.svg"

    in_words = run("diff", "apu@1", "apu@2", "--lang", "sv", "-o", str(drawn))
    as_json = run("diff", str(published / "apu.yaml"), "apu@2", "--format", "json", "--lang", "en")

    assert "tid: längre: 1 vecka → 2 veckor" in in_words.out
    assert drawn.read_text(encoding="utf-8").startswith("<svg")
    (one,) = json.loads(as_json.out)
    assert (one["area"], one["key"], one["aspect"], one["length"]) == ("promise", "palvelu", "within", "longer")


REFUSED = {
    ("diff", "apu@1", "apu@3"): 'did you mean "apu@',
    ("diff", "apu@1", "apu@uusi"): "names no version",
    ("retire", "apu", "--version", "1", "--why", " "): "Say why with --why",
    ("withdraw", "apu", "--version", "7", "--why", "virhe"): "There are: apu@1, apu@2",
    ("migrate", "apu", "--from", "1", "--to", "2"): "--plan-template prints one",
    ("migrate", "apu", "--to", "2", "--plan-template"): "Say which cases move",
    ("migrate", "--undo", "ei-ole"): 'There is no migration "ei-ole"',
    ("publish", "--for-training", "apu_muu.yaml"): "differs: promise palvelu.",
}


def test_what_can_not_be_done_is_said(run: Run, published: Path) -> None:  # noqa: F811
    (published / "apu_muu.yaml").write_text(CHECKED, encoding="utf-8")
    for arguments, said in REFUSED.items():
        typed = (str(published / each) if each.endswith(".yaml") else each for each in arguments)

        ended = run(*typed)

        assert (ended.code, ended.out) == (1, "")
        assert said in ended.err


def test_a_plan_is_begun_from_a_template_and_a_run_is_remembered(run: Run, published: Path) -> None:  # noqa: F811
    template = run("migrate", "apu", "--from", "1", "--to", "2", "--plan-template")
    plan = published / "plan.yaml"
    plan.write_text(template.out, encoding="utf-8")
    on_version_2 = ("migrate", "apu", "--from", "1", "--to", "2", "--plan", str(plan))

    done = run(*on_version_2, "--by", "liisa", "--report", str(published / "moves.csv"))
    runs = json.loads(run("migrate", "--runs", "--format", "json").out)

    assert "# palvelu: keep_due | keep_elapsed | restart | drop  # 1 week → 2 weeks; 0 running" in template.out
    assert (done.code, done.out.splitlines()[0]) == (0, "0 of 0 cases moved.")
    assert (published / "moves.csv").read_text(encoding="utf-8").startswith("case,promise,kind,choice,due_from")
    ((state, started_by),) = ((each["state"], each["started_by"]) for each in runs)
    assert state == "done"
    assert started_by != "system"
    assert "0 of 0 cases went back" in run("migrate", "--undo", runs[0]["migration_id"]).out


def test_a_version_is_retired_then_withdrawn_and_takes_no_case(run: Run, published: Path) -> None:  # noqa: F811
    assert "version 2 is retired" in run("retire", "apu", "--version", "2", "--why", "korvattu").out
    assert run("retire", "apu", "--version", "2", "--why", "korvattu").err == "apu version 2 is retired already."
    assert "version 2 is withdrawn" in run("withdraw", "apu", "--version", "2", "--why", "virhe").out
    plan = published / "plan.yaml"
    plan.write_text("promises: {}", encoding="utf-8")

    ended = run("migrate", "apu", "--from", "1", "--to", "2", "--plan", str(plan), "--dry-run")

    assert ended.code == 1
    assert "version 2 is withdrawn: no case may be moved to it" in ended.err
