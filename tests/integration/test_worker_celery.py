"""Timers and a worker as processes of their own on PostgreSQL and Redis; Redis may forget, and nothing is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from engine import schema
from engine import tables as t
from engine.alarm import alarm_of
from engine.clock import SystemClock
from engine.database import Database
from engine.projection import table_of
from tests.servers import Databases, PostgresServer, RedisServer
from tests.small_county import SECRET, County, county
from worker.app import Workplace
from worker.embedded import Embedded

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 90.0
BREACH, NOTIFICATION, EVENT, SEAL, UNIT = (
    table_of(model) for model in (t.BreachRow, t.NotificationRow, t.CaseEventRow, t.SealRow, t.Unit)
)


@contextmanager
def running(
    role: str, log: Path, *arguments: str, database_url: str, redis_url: str
) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PATHWAYS_")}
    settings = {
        "PATHWAYS_DATABASE_URL": database_url,
        "PATHWAYS_REDIS_URL": redis_url,
        "PATHWAYS_SECRET_KEY": SECRET,
    }
    with log.open("ab") as written:
        command = [sys.executable, "-m", "cli", role, *arguments]
        process = subprocess.Popen(command, cwd=CHECKOUT, env=kept | settings, stdout=written, stderr=written)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def rows(where: County, table: Any, **wanted: Any) -> list[Any]:
    with where.engine.database.read() as connection:
        question = select(table).where(*(table.c[name] == value for name, value in wanted.items()))
        return list(connection.execute(question))


def soon(so: Callable[[], Any], what: str | Path, patience: float = PATIENCE) -> Any:
    give_up_at = time.monotonic() + patience
    while not (found := so()):
        assert time.monotonic() < give_up_at, what if isinstance(what, str) else what.read_text()
        time.sleep(0.05)
    return found


def overdue_case(where: County) -> str:
    """A case whose two promises should have been kept a week ago."""
    return where.open_case(received_at=datetime.now(UTC) - timedelta(days=14))


def breached(where: County, case_id: str) -> bool:
    return len(rows(where, BREACH, case_id=case_id)) == 2


def never_quiet(where: County) -> None:
    """Open round the clock, so that people hear at whatever hour this runs."""
    with where.engine.database.begin() as connection:
        connection.execute(update(UNIT).values(round_the_clock=True))


def rungs_told_twice(where: County) -> list[Any]:
    told = [(row.payload["promise_id"], row.payload["tier"]) for row in rows(where, EVENT, type="tier_fired")]
    return [each for each in set(told) if told.count(each) > 1]


@pytest.mark.rule(24)
@pytest.mark.skipif(os.environ.get("PATHWAYS_TEST_FULL") != "1", reason="in ./test --full")
def test_promises_fire_with_redis_forgetting_killed_and_back_and_a_worker_killed(
    postgres_url: str, killable_redis: RedisServer, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    where_from = {"database_url": postgres_url, "redis_url": killable_redis.url}
    with (
        county(postgres_url, SystemClock()) as somewhere,
        running("timers", log, **where_from),
        running("timers", log, **where_from),
        running("worker", log, "--processes", "2", **where_from),
    ):
        never_quiet(somewhere)
        before = overdue_case(somewhere)
        soon(lambda: breached(somewhere, before), log)
        soon(lambda: rows(somewhere, NOTIFICATION), "no notification was made")
        soon(lambda: rows(somewhere, SEAL, case_id=before), "the journal was not sealed")

        with redis.Redis(unix_socket_path=str(killable_redis.socket)) as client:
            client.flushall()
        after_flush = overdue_case(somewhere)
        soon(lambda: breached(somewhere, after_flush), log)

        killable_redis.kill()
        without_redis = overdue_case(somewhere)  # commands need no Redis
        time.sleep(1.0)
        killable_redis.start()
        soon(lambda: breached(somewhere, without_redis), log)

        with running("worker", log, "--processes", "1", **where_from) as second:
            many = [overdue_case(somewhere) for _ in range(20)]
            second.kill()
            soon(lambda: all(breached(somewhere, case_id) for case_id in many), log)

        assert rungs_told_twice(somewhere) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_in_one_process_promises_fire_within_a_moment_of_being_armed(kind: str, request: pytest.FixtureRequest) -> None:
    with county(request.getfixturevalue(f"{kind}_url"), SystemClock()) as somewhere:
        engine = somewhere.engine
        engine.alarm = alarm = alarm_of(engine.database)
        with Embedded(Workplace(lambda: engine), alarm) as embedded:
            case_id = overdue_case(somewhere)
            somewhere.name_nurse(case_id)

            soon(lambda: breached(somewhere, case_id), "it did not fire", 20)
            soon(lambda: rows(somewhere, NOTIFICATION, case_id=case_id), "nobody was told", 20)
            assert embedded.is_alive
        alarm.close()

        assert not [thread for thread in threading.enumerate() if thread.name in ("timers", "worker")]


def test_timers_and_workers_outlive_a_killed_database(killable_postgres: PostgresServer) -> None:
    databases = Databases(killable_postgres.url)
    url = databases.create().render_as_string(hide_password=False)
    made = Database.open(url)
    schema.upgrade(made)
    made.dispose()
    with county(url, SystemClock()) as somewhere:
        engine = somewhere.engine
        engine.alarm = alarm = alarm_of(engine.database)
        with Embedded(Workplace(lambda: engine), alarm) as embedded:
            killable_postgres.kill()
            time.sleep(1.5)
            killable_postgres.start()
            soon(lambda: answers(somewhere), "the database doesn't answer again")

            case_id = overdue_case(somewhere)

            soon(lambda: breached(somewhere, case_id), "it did not fire")
            assert embedded.is_alive
        alarm.close()


def answers(where: County) -> bool:
    """Whether a connection can be had; those of the pool were cut and are thrown away one by one."""
    try:
        rows(where, BREACH)
    except OperationalError:
        return False
    return True
