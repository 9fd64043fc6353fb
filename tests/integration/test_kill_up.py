"""`kill -9` of `up` in the middle of commands: everything acknowledged is there, nothing twice, the journal replays."""

import random
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from engine import tables as t
from engine.accounts import issue_token
from engine.clock import SystemClock
from engine.database import Database
from engine.projection import table_of
from tests.integration.test_up import CHECKOUT, up
from tests.small_county import running_engine, settle

EVENT, ANSWER, BREACH = (table_of(model) for model in (t.CaseEventRow, t.IdempotencyRow, t.BreachRow))
COMMANDS = 80
CASES = 10


@pytest.fixture
def rounds(full: bool) -> int:
    """How often it is killed: twenty times with `./test --full`."""
    return 20 if full else 1


def test_kill_9_in_the_middle_of_commands_loses_nothing_and_doubles_nothing(tmp_path: Path, rounds: int) -> None:
    data, chance = tmp_path / "data", random.Random(20261121)
    with up(data):
        pass  # makes the folder, the secret and the tables
    database = Database.open(f"sqlite:///{data / 'pathways.db'}")
    county = settle(running_engine(database, SystemClock()))
    cases = [county.open_case(received_at=datetime.now(UTC) - timedelta(days=9)) for _ in range(CASES)]
    with database.begin() as connection:
        token = issue_token(connection, county.tenant_id, county.nurse.worker_id, datetime.now(UTC))
    asked: list[tuple[str, str]] = []

    for number in range(rounds):
        wanted = [(f"{number}-{turn}", chance.choice(cases)) for turn in range(COMMANDS)]
        acknowledged: set[str] = set()
        with up(data, "--demo") as running:
            sender = threading.Thread(target=_send, args=(running.address, token, wanted, acknowledged))
            sender.start()
            kill_at = chance.randint(COMMANDS // 4, COMMANDS // 2)
            running.wait_until(partial(_has, acknowledged, kill_at))
            running.end(signal.SIGKILL)
            sender.join()
        assert kill_at <= len(acknowledged) < COMMANDS, "killed in the middle"
        assert acknowledged <= _answered(database)
        with up(data, "--demo") as running:
            left = [(key, case) for key, case in wanted if key not in acknowledged]
            _send(running.address, token, left, acknowledged)
        asked += wanted
        assert acknowledged == {key for key, _ in wanted}
        assert _acts(database) == len(asked)

    assert _breaches_have_their_true_instants(database)
    said = subprocess.run(
        [sys.executable, "-m", "cli", "verify"],
        cwd=CHECKOUT,
        env={"PATHWAYS_DATA": str(data), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    database.dispose()


def _has(acknowledged: set[str], number: int) -> bool:
    return len(acknowledged) >= number


def _send(address: str, token: str, wanted: list[tuple[str, str]], acknowledged: set[str]) -> None:
    """Post acts one after another, each with its own key; stop when nobody answers any more."""
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        for key, case_id in wanted:
            try:
                answer = client.post(
                    f"/api/v1/cases/{case_id}/acts", json={"kind": "call"}, headers={"Idempotency-Key": key}
                )
            except httpx.TransportError:
                return
            assert answer.is_success, answer.text
            acknowledged.add(key)


def _answered(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(select(ANSWER.c.key)).scalars())


def _acts(database: Database) -> int:
    with database.read() as connection:
        question = select(func.count()).where(EVENT.c.type == "act_recorded")
        return int(connection.execute(question).scalar_one())


def _breaches_have_their_true_instants(database: Database) -> bool:
    """Both promises of each case ran out days before anything was up to notice it."""
    with database.read() as connection:
        rows = list(connection.execute(select(BREACH.c.promise_id, BREACH.c.breached_at, BREACH.c.detected_at)))
    return len(rows) == len({row.promise_id for row in rows}) and all(row.breached_at < row.detected_at for row in rows)
