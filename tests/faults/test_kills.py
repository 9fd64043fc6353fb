"""`kill -9` at any moment: what was answered stays, what was due is noticed once, and nobody waits for the dead."""

import random
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from engine.accounts import issue_token
from tests.faults.cliff import LONG_AGO, Cliff
from tests.faults.ledger import Ledger
from tests.faults.processes import Killable, settings_of, start_command, start_sweeper
from tests.servers import RedisServer

SMALL_BATCH = 5  # a kill is to find the sweep in the middle of something
RECOVERY = 2.0  # seconds more that anybody waits when one of two sweepers dies (B6 of the performance goals)


@pytest.mark.rule(24)
def test_sweepers_killed_at_random_lose_and_double_nothing(cliff: Cliff, full: bool, ledger: Ledger) -> None:
    kills, chance = (30, random.Random(5)) if full else (4, random.Random(5))
    pair = [start_sweeper(cliff.url, batch=SMALL_BATCH) for _ in range(2)]
    try:
        for _ in range(kills):
            if cliff.unfired() < SMALL_BATCH:
                cliff.arm(4 * SMALL_BATCH)
            cliff.wait_until_fewer()
            time.sleep(chance.uniform(0, 0.08))
            victim = chance.randrange(2)
            pair[victim].kill()
            pair[victim] = start_sweeper(cliff.url, batch=SMALL_BATCH)
        cliff.wait_until(lambda: cliff.unfired() == 0)
    finally:
        for each in pair:
            each.kill()

    ledger.note("`kill -9` of sweepers at random, one of two at a time", cliff.after(), kills=kills)


@pytest.mark.rule(24)
def test_nobody_waits_for_a_sweeper_that_was_killed(cliff: Cliff, full: bool, ledger: Ledger) -> None:
    kills, chance = (10 if full else 1), random.Random(6)
    pair = [start_sweeper(cliff.url) for _ in range(2)]
    try:
        cliff.wait_until(lambda: cliff.unfired() == 0)
        begun = datetime.now(UTC)
        for _ in range(kills):
            cliff.arm(2)
            victim = chance.randrange(2)
            pair[victim].kill()
            cliff.arm(4)
            cliff.wait_until(lambda: cliff.unfired() == 0)
            pair[victim] = start_sweeper(cliff.url)
        longest = _longest_wait(cliff, begun)
    finally:
        for each in pair:
            each.kill()

    ledger.note(f"one of two sweepers killed: nobody waits over {RECOVERY:.0f} s", cliff.after(), kills=kills)
    assert longest < RECOVERY * (1 if full else 3)  # the short run shares its processor with the whole suite


@pytest.mark.rule(24)
def test_timers_workers_and_the_api_killed_in_a_cliff_lose_nothing_that_was_answered(
    cliff: Cliff, killable_redis: RedisServer, tmp_path: Path, full: bool, ledger: Ledger
) -> None:
    kills, chance = (30 if full else 5), random.Random(7)
    port, log = _free_port(), tmp_path / "log"
    settings = settings_of(cliff.url, killable_redis.url)
    starts: dict[str, Callable[[], Killable]] = {
        "timers": lambda: start_command("timers", log, settings),
        "worker": lambda: start_command("worker", log, settings, "--processes", "1"),
        "api": lambda: start_command("api", log, settings, "--port", str(port)),
    }
    running = {name: start() for name, start in starts.items()}
    asker = _Asker(f"http://127.0.0.1:{port}", _token(cliff), cliff.number("SELECT count(*) FROM client_case"))
    try:
        asker.start()
        for number in range(kills):
            asker.wait_for_answers(chance.randint(1, 8))
            time.sleep(chance.uniform(0, 0.05))
            if number == 1:
                running["worker"].kill_a_child()
                continue
            name = ("api", "timers", "worker")[number % 3]
            running[name].kill()
            running[name] = starts[name]()
        time.sleep(1.0)
        asker.finish()
        cliff.wait_until_quiet()
    finally:
        asker.ended.set()
        for each in running.values():
            each.kill()

    assert not asker.problems, asker.problems
    assert asker.acknowledged == set(asker.asked)
    assert cliff.number("SELECT count(*) FROM client_case") == asker.cases_before + len(asker.asked)
    note = "`kill -9` of timers, worker, a child of it and the API, with commands coming in"
    ledger.note(note, cliff.after(asker.acknowledged), kills=kills)


class _Asker(threading.Thread):
    """Takes overdue contacts by HTTP, each with a key of its own, and asks again until it is answered."""

    def __init__(self, address: str, token: str, cases_before: int) -> None:
        super().__init__(daemon=True)
        self.cases_before = cases_before
        self.asked: list[str] = []
        self.acknowledged: set[str] = set()
        self.problems: list[str] = []
        self.ended = threading.Event()
        self._address, self._headers = address, {"Authorization": f"Bearer {token}"}

    def run(self) -> None:
        with httpx.Client(base_url=self._address, headers=self._headers, timeout=30) as client:
            while not self.ended.is_set():
                key = f"asked-{len(self.asked)}"
                self.asked.append(key)
                received_at = (datetime.now(UTC) - LONG_AGO).isoformat()
                while key not in self.acknowledged and not self.problems:
                    self._ask(client, key, received_at)

    def wait_for_answers(self, more: int) -> None:
        """Return once so many more were answered."""
        wanted, give_up_at = len(self.acknowledged) + more, time.monotonic() + 60
        while len(self.acknowledged) < wanted and time.monotonic() < give_up_at:
            time.sleep(0.005)

    def finish(self) -> None:
        """Ask no more; what was asked is asked until it is answered."""
        self.ended.set()
        self.join(60)

    def _ask(self, client: httpx.Client, key: str, received_at: str) -> None:
        contact = {
            "pathway": "apu",
            "channel": "puhelin",
            "received_at": received_at,
            "matter": "kokeilu",
            "language": "fi",
        }
        try:
            answer = client.post("/api/v1/contacts", json=contact, headers={"Idempotency-Key": key})
        except httpx.TransportError:
            time.sleep(0.05)
            return
        if answer.is_success:
            self.acknowledged.add(key)
        else:
            self.problems.append(answer.text)


def _token(cliff: Cliff) -> str:
    county = cliff.county
    with cliff.engine.database.begin() as connection:
        return issue_token(connection, county.tenant_id, county.nurse.worker_id, datetime.now(UTC))


def _longest_wait(cliff: Cliff, since: datetime) -> float:
    """Seconds from when a case was opened, overdue already, until its first rung was noticed."""
    question = text("""SELECT max(waited) FROM (
        SELECT extract(epoch FROM min(t.noted_at) - min(e.recorded_at)) AS waited FROM promise_tier t
        JOIN case_event e USING (tenant_id, case_id) WHERE e.sequence = 1 AND e.recorded_at > :since GROUP BY case_id) AS w""")
    with cliff.engine.database.read() as connection:
        return float(connection.execute(question, {"since": since}).scalar_one())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
