"""`pathways up`: it starts, outlives kill -9, refuses what would do harm, and ends cleanly."""

import fcntl
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from cli import __main__ as command_line
from engine import schema, tables
from engine.clock import SystemClock
from engine.database import Database
from engine.projection import table_of
from tests.small_county import running_engine, settle

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds; a machine that runs all tests at once is slow
TENANT, BREACH = table_of(tables.Tenant), table_of(tables.BreachRow)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Up:
    """A running `up`, with what it printed."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}-{self.port}.log"
        command = [sys.executable, "-m", "cli", "up", "--data", str(data), "--port", str(self.port), *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PATHWAYS_")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=CHECKOUT, stdout=log, stderr=subprocess.STDOUT, env={**kept, "PYTHONUNBUFFERED": "1"}
            )

    def wait_until(self, so: Callable[[], Any]) -> None:
        give_up_at = time.monotonic() + PATIENCE
        while not so():
            assert self.process.poll() is None, self.printed()
            assert time.monotonic() < give_up_at, self.printed()
            time.sleep(0.05)

    def get(self, path: str) -> int:
        try:
            return httpx.get(self.address + path, timeout=10).status_code
        except httpx.TransportError:
            return 0

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def printed(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def up(data: Path, *arguments: str) -> Iterator[Up]:
    running = Up(data, *arguments)
    try:
        running.wait_until(lambda: running.get("/healthz") == 200)
        yield running
    finally:
        if running.process.poll() is None:
            running.end(signal.SIGKILL)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.mark.skipif(os.environ.get("PATHWAYS_TEST_FULL") != "1", reason="in ./test --full")
def test_kill_9_loses_nothing_and_what_fell_due_meanwhile_is_caught_up_with(data: Path) -> None:
    with up(data) as running:
        assert running.get("/readyz") == 200
        assert f"Pathways answers at {running.address}" in running.printed()
        assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
        assert data.stat().st_mode & 0o777 == 0o700
        assert running.end(signal.SIGKILL) == -signal.SIGKILL

    database = Database.open(f"sqlite:///{data / 'pathways.db'}")
    county = settle(running_engine(database, SystemClock()))
    case_id = county.open_case(received_at=datetime.now(UTC) - timedelta(days=9))

    def breaches() -> list[Any]:
        with database.read() as connection:
            return list(connection.execute(select(BREACH).where(BREACH.c.case_id == case_id)))

    assert breaches() == []
    with up(data, "--demo") as running:
        running.wait_until(lambda: len(breaches()) == 2)
        assert all(row.breached_at < row.detected_at for row in breaches())

        assert running.end(signal.SIGINT) == 0
        assert running.printed().rstrip().endswith("Ended.")
    database.dispose()


def test_sigterm_ends_it_cleanly_and_at_once(data: Path) -> None:
    with up(data) as running:
        assert running.end(signal.SIGTERM) == 0
        assert running.printed().rstrip().endswith("Ended.")


# --- refusals: each ends in one sentence that says what to do ---


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path) -> Callable[..., str]:
    """What `up` says when it doesn't start."""

    def run(*arguments: str) -> str:
        port = () if "--port" in arguments else ("--port", str(free_port()))
        monkeypatch.setattr(sys, "argv", ["pathways", "up", "--data", str(data), *port, *arguments])
        monkeypatch.setattr("cli.up.configure_logs", lambda *_: None)
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        assert ended.value.code == 1
        said = capsys.readouterr().err.strip()
        assert "Traceback" not in said
        return said

    return run


def made(data: Path) -> Database:
    data.mkdir()
    database = Database.open(f"sqlite:///{data / 'pathways.db'}")
    schema.upgrade(database)
    return database


def test_a_second_one_on_the_same_folder_is_refused_and_names_the_first(
    data: Path, refused: Callable[..., str]
) -> None:
    data.mkdir()
    with (data / "up.lock").open("w") as lock:
        lock.write("4711\n")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)

        said = refused()

    assert said.startswith(f"Another pathways up, process 4711, uses {data}. End it (kill 4711), or choose another")


def test_a_port_in_use_is_refused_with_another(refused: Callable[..., str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = refused("--port", str(port))

    assert said == f"Port {port} is in use. End what uses it, or choose another: pathways up --port {port + 1}"


def test_an_address_this_machine_does_not_have_is_refused(refused: Callable[..., str]) -> None:
    assert "doesn't have the address 192.0.2.1" in refused("--host", "192.0.2.1")


def test_a_folder_where_a_file_stands_is_refused(data: Path, refused: Callable[..., str]) -> None:
    data.write_text("a file")

    assert refused().startswith("File exists")


def test_a_broken_database_is_refused(data: Path, refused: Callable[..., str]) -> None:
    data.mkdir()
    (data / "pathways.db").write_text("this was a database once" * 100)

    assert "restore a copy" in refused()


def test_a_database_of_a_newer_release_is_refused(data: Path, refused: Callable[..., str]) -> None:
    made(data).dispose()
    with closing(sqlite3.connect(data / "pathways.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '29990101_later'")
        connection.commit()

    assert "29990101_later, which this release does not know" in refused()


def test_a_database_of_an_older_release_is_left_to_db_upgrade(
    data: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(data).dispose()
    monkeypatch.setattr(schema, "newest", lambda: "29990101_later")

    assert "run: pathways db upgrade" in refused()


@pytest.mark.parametrize(
    ("is_demo", "arguments", "why"), [(True, (), "holds a demo"), (False, ("--demo",), "no demo there")]
)
def test_a_demo_and_a_county_are_never_taken_for_each_other(
    data: Path, refused: Callable[..., str], is_demo: bool, arguments: tuple[str, ...], why: str
) -> None:
    database = made(data)
    settle(running_engine(database, SystemClock()))
    with database.begin() as connection:
        connection.execute(update(TENANT).values(demo=is_demo))
    database.dispose()

    assert why in refused(*arguments)


def test_a_demo_answers_this_machine_only(refused: Callable[..., str]) -> None:
    assert "answers on this machine only" in refused("--demo", "--host", "0.0.0.0")  # noqa: S104 - it is refused


def test_a_database_that_does_not_answer_is_told_in_a_sentence(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    said = refused()

    assert said == "The database doesn't answer at the address in PATHWAYS_DATABASE_URL; start it, or mend the address."


def test_a_misspelt_setting_is_refused_before_anything_is_made(
    data: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHWAYS_DATABSE_URL", "x")

    assert "did you mean PATHWAYS_DATABASE_URL?" in refused()
    assert not data.exists()
