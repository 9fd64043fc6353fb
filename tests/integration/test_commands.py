"""The commands of an operator: each does its work or says in one sentence why not, and ends with the right code."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from cli import __main__ as command_line
from engine import schema
from engine import tables as t
from engine.accounts import actor_of_token
from engine.clock import SystemClock
from engine.database import Database
from engine.keys import Keys
from engine.projection import table_of
from engine.sign_in import SignIns
from tests.small_county import PATHWAY, SECRET, running_engine, settle

ACCOUNT, UNIT, PROMISE, PUBLISHED = (table_of(model) for model in (t.Account, t.Unit, t.PromiseRow, t.PublishedPathway))


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sqlite_url: str) -> Run:
    """Run a command on an empty database with today's tables."""
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PATHWAYS_SECRET_KEY", SECRET)

    def ended(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["pathways", *arguments])
        with pytest.raises(SystemExit) as end:
            command_line.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        code = end.value.code
        return Ended(code if isinstance(code, int) else 0, said.out.strip(), said.err.strip())

    return ended


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database.open(sqlite_url)
    yield opened
    opened.dispose()


# --- people ---


def test_the_first_user_is_an_administrator_and_settles_the_county(run: Run, database: Database) -> None:
    ended = run("user", "add", "Anna Åström", "--role", "admin")

    assert ended.code == 0
    signed_in = SignIns(database, Keys.of(SECRET)).sign_in("anna.astrom", ended.out, "here", SystemClock().now())
    assert signed_in.actor.has("admin")
    with database.read() as connection:
        assert "lahdeniemen_nuoret" in connection.execute(select(UNIT.c.key)).scalars().all()


def test_the_first_user_can_be_nobody_else(run: Run) -> None:
    ended = run("user", "add", "Anna Åström", "--role", "case_worker")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith('pathways user add "Anna Åström" --role admin')


def test_a_worker_gets_professions_and_a_unit(run: Run, database: Database) -> None:
    run("user", "add", "Anna Admin", "--role", "admin")

    ended = run(
        *("user", "add", "Salla Laine", "--role", "case_worker", "--unit", "lahdeniemen_nuoret"),
        *("--profession", "psykologi", "--profession", "sairaanhoitaja", "--skill", "ipc"),
        *("--language", "fi", "--language", "sv", "--hours", "24/7"),
    )

    assert ended.code == 0
    with database.read() as connection:
        worker = connection.execute(select(table_of(t.Worker)).where(table_of(t.Worker).c.name == "Salla Laine")).one()
    assert (worker.professions, worker.skills, worker.languages) == (
        ["psykologi", "sairaanhoitaja"],
        ["ipc"],
        ["fi", "sv"],
    )
    assert worker.hours == "24/7"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--role", "admn"), 'There is no role "admn"; did you mean "admin"?'),
        (("--role", "case_worker"), "Say the unit with --unit; there are:"),
        (("--role", "case_worker", "--unit", "lahdeniemen_nuore"), 'did you mean "lahdeniemen_nuoret"?'),
        (("--role", "admin", "--username", "anna.admin"), 'Somebody signs in as "anna.admin" already'),
        (("--role", "admin", "--hours", "palvelu"), 'There is no calendar "palvelu"; did you mean "palveluaika"?'),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_what_can(run: Run, arguments: tuple[str, ...], said: str) -> None:
    run("user", "add", "Anna Admin", "--role", "admin")

    ended = run("user", "add", "Salla Laine", *arguments)

    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


def test_a_token_speaks_for_its_user(run: Run, database: Database) -> None:
    run("user", "add", "Anna Admin", "--role", "admin")

    ended = run("token", "anna.admin")

    with database.read() as connection:
        actor = actor_of_token(connection, ended.out, SystemClock().now())
    assert actor is not None
    assert actor.name == "Anna Admin"


def test_a_token_for_nobody_or_for_a_closed_account_is_refused(run: Run, database: Database) -> None:
    run("user", "add", "Anna Admin", "--role", "admin")
    assert run("token", "anna").code == 1

    with database.begin() as connection:
        connection.execute(update(ACCOUNT).values(disabled=True))

    assert run("token", "anna.admin").err == 'The account "anna.admin" is disabled.'


# --- pathways ---


def test_a_pathway_is_published_once(run: Run, tmp_path: Path, database: Database) -> None:
    run("user", "add", "Anna Admin", "--role", "admin")
    file = Path(__file__).parents[2] / "definitions" / "ppt.yaml"

    refused = run("publish", str(file))
    first, second = (run("publish", "--for-training", str(file)) for _ in range(2))

    assert refused.code == 1
    assert "waits for approval" in refused.err
    assert (first.code, second.code) == (0, 0)
    assert "ppt version 1 published" in first.out
    assert "was published already" in second.out
    with database.read() as connection:
        assert [row.pathway_id for row in connection.execute(select(PUBLISHED))] == ["ppt"]


def test_a_pathway_with_errors_publishes_nothing(run: Run, tmp_path: Path, database: Database) -> None:
    run("user", "add", "Anna Admin", "--role", "admin")
    (tmp_path / "apu.yaml").write_text(PATHWAY.replace("outcomes: {jatkuu: seuranta", "outcomes: {jatkuu: seurata"))

    ended = run("publish", str(tmp_path / "apu.yaml"), "--lang", "en")

    assert ended.code == 1
    assert "apu.yaml:" in ended.err
    with database.read() as connection:
        assert connection.execute(select(PUBLISHED)).all() == []


def test_publishing_into_an_empty_database_is_refused(run: Run) -> None:
    assert "Begin with its administrator" in run("publish", "definitions").err


# --- health ---


def test_doctor_and_verify_of_a_healthy_county_end_with_0(run: Run, database: Database) -> None:
    settle(running_engine(database, SystemClock())).open_case()

    doctor, verify = run("doctor"), run("verify")

    assert (doctor.code, doctor.out) == (0, "Everything is well.")
    assert verify.code == 0
    assert "1 cases" in verify.out
    assert "everything agrees" in verify.out
    assert "Not sealed yet" in verify.out


def test_verify_of_a_changed_row_ends_with_1_and_json_says_where(run: Run, database: Database) -> None:
    settle(running_engine(database, SystemClock())).open_case()
    with database.begin() as connection:
        connection.execute(update(PROMISE).where(PROMISE.c.key == "aloitus").values(state="kept"))

    ended = run("verify", "--format", "json")

    assert ended.code == 1
    found = json.loads(ended.out)["found"]
    assert found[0]["kind"] == "row_differs"
    assert found[0]["where"].endswith(": state")
    assert {each["kind"] for each in found[1:]} == {"rung_differs"}  # a kept one would have skipped its rungs


def test_doctor_says_that_redis_does_not_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_REDIS_URL", "redis://127.0.0.1:1")

    ended = run("doctor", "--format", "json")

    assert ended.code == 1
    assert [each["kind"] for each in json.loads(ended.out)["found"]] == ["redis_not_reached"]


@pytest.mark.parametrize("command", ["doctor", "verify"])
def test_an_unknown_format_ends_with_2(run: Run, command: str) -> None:
    assert run(command, "--format", "xml").code == 2


# --- what is missing ---


@pytest.mark.parametrize("command", ["worker", "timers"])
def test_a_role_that_needs_redis_says_so(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"cli.{command}.configure_logs", lambda *_: None)

    assert run(command).err.startswith("Set PATHWAYS_REDIS_URL:")


def test_the_api_refuses_a_demo(run: Run, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.api.configure_logs", lambda *_: None)
    settle(running_engine(database, SystemClock()))

    assert "holds a demo" in run("api").err


def test_without_a_secret_nothing_runs(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PATHWAYS_SECRET_KEY")
    monkeypatch.setenv("PATHWAYS_DATA", str(tmp_path / "nothing"))

    assert run("verify").err.startswith("Set PATHWAYS_SECRET_KEY:")


def test_a_secret_that_is_too_short_is_refused_without_being_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_SECRET_KEY", "hunter2")

    assert run("verify").err == "PATHWAYS_SECRET_KEY needs at least 16 characters."


def test_a_database_without_tables_is_refused_and_db_upgrade_makes_them(
    run: Run, monkeypatch: pytest.MonkeyPatch, empty_sqlite_url: str
) -> None:
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", empty_sqlite_url)
    assert "pathways db upgrade" in run("verify").err

    assert run("db", "upgrade").out == f"The tables are now of this release ({schema.newest()}; before: none)."
    assert run("db", "upgrade").out == f"The tables are of this release already ({schema.newest()})."


def test_something_unexpected_is_one_sentence_without_values(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: object) -> None:
        raise ValueError("Maija Mehiläinen, 010101-123N")

    monkeypatch.setattr("cli.doctor.diagnose", breaks)

    ended = run("doctor")

    assert ended.code == 1
    assert ended.err.startswith("Something unexpected: ValueError at test_commands.py:")
    assert "Maija" not in ended.err


@pytest.mark.parametrize("command", sorted(command_line.COMMANDS))
def test_every_command_has_help(run: Run, command: str) -> None:
    ended = run(command, "--help")

    assert ended.code == 0
    assert "Usage: pathways" in ended.out
