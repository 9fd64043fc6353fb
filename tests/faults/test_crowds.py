"""Many at once: two schedulers, four sweepers, and people who work on the very cases that are being swept."""

import threading
import time
from pathlib import Path

import pytest

from engine.database import Database
from pathways.commands import RecordAct
from pathways.errors import PathwayError
from tests.faults.cliff import Cliff
from tests.faults.ledger import Ledger
from tests.faults.processes import Killable, command, settings_of, start_sweeper, sweeper
from tests.servers import RedisServer
from tests.small_county import running_engine


@pytest.mark.rule(24)
def test_two_schedulers_and_four_sweepers_at_once_do_no_harm(
    cliff: Cliff, killable_redis: RedisServer, tmp_path: Path, ledger: Ledger
) -> None:
    settings, log = settings_of(cliff.url, killable_redis.url), tmp_path / "log"
    sweepers: list[Killable] = []
    try:
        with command("timers", log, settings), command("timers", log, settings):
            sweepers = [start_sweeper(cliff.url, batch=7) for _ in range(3)]
            with command("worker", log, settings, "--processes", "1"):
                cliff.arm(10)
                cliff.wait_until_quiet()
    finally:
        for each in sweepers:
            each.kill()

    ledger.note("two schedulers, and four sweepers at once (three and a worker)", cliff.after())


@pytest.mark.rule(27)
def test_commands_and_sweeps_on_the_same_cases_never_lock_each_other_up(
    cliff: Cliff, full: bool, ledger: Ledger
) -> None:
    cases = cliff.cases()
    problems: list[Exception] = []
    acts = 2 if full else 1

    def works(own: list[str]) -> None:
        database = Database.open(cliff.url)
        engine = running_engine(database, cliff.engine.clock)
        try:
            for number, case_id in [(number, case_id) for number in range(acts) for case_id in own]:
                act_id = f"{case_id[:-2]}{number:02}"
                engine.handle(RecordAct(case_id=case_id, act_id=act_id, kind="call"), cliff.county.nurse)
        except PathwayError as refused:
            problems.append(refused)
        except Exception as problem:  # noqa: BLE001 - whatever it is fails the test
            problems.append(problem)
        finally:
            database.dispose()

    with sweeper(cliff.url, batch=3), sweeper(cliff.url, batch=4):
        people = [threading.Thread(target=works, args=(own,)) for own in (cases[: len(cases) // 2], cases[::-1])]
        for each in people:
            each.start()
        for each in people:
            each.join()
        cliff.wait_until(lambda: cliff.unfired() == 0)
    time.sleep(0.1)

    assert problems == []
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert cliff.number(deadlocks) == 0
    ledger.note("commands against sweeps on the same cases: no deadlock", cliff.after())
