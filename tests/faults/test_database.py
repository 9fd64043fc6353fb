"""The database stops, is killed, may only be read, or has no room: nothing answered is lost, nobody is set aside."""

import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.sweep import sweep
from tests.faults.cliff import Cliff
from tests.faults.ledger import Ledger
from tests.faults.processes import command, settings_of, sweeper
from tests.servers import PostgresServer, RedisServer


@pytest.mark.rule(25)
def test_timers_and_workers_go_on_after_postgres_was_restarted_and_killed(
    cliff: Cliff, server: PostgresServer, killable_redis: RedisServer, tmp_path: Path, full: bool, ledger: Ledger
) -> None:
    rounds, armed = (10, 20) if full else (1, 5)
    settings, log = settings_of(cliff.url, killable_redis.url), tmp_path / "log"
    with command("timers", log, settings), command("worker", log, settings, "--processes", "1"):
        cliff.wait_until_quiet()  # by then both have started
        for _ in range(rounds):
            for end in (server.stop, server.kill):
                _armed_by_whoever_answers(cliff, armed)
                end()
                time.sleep(0.3)
                server.start()
        _armed_by_whoever_answers(cliff, armed)
        cliff.wait_until_quiet()

    ledger.note("PostgreSQL restarted, and killed, under timers and a worker", cliff.after(), kills=rounds)


@pytest.mark.rule(25)
def test_a_database_that_may_only_be_read_delays_and_loses_nothing(cliff: Cliff, ledger: Ledger) -> None:
    _set(cliff, "ALTER SYSTEM SET default_transaction_read_only = on")
    cliff.wait_until(lambda: cliff.number("SELECT (current_setting('transaction_read_only') = 'on')::int"))
    try:
        with sweeper(cliff.url):
            with pytest.raises(DBAPIError, match="ReadOnly"):
                cliff.arm(1)
            time.sleep(0.5)
            assert cliff.number("SELECT count(*) FROM promise_tier") == 0
            _set(cliff, "ALTER SYSTEM RESET default_transaction_read_only")
            cliff.wait_until(lambda: cliff.unfired() == 0)
    finally:
        _set(cliff, "ALTER SYSTEM RESET default_transaction_read_only")

    ledger.note("PostgreSQL switched to read-only and back", cliff.after())


FULL = """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"""


@pytest.mark.rule(26)
@pytest.mark.parametrize("table", ["promise_tier", "case_event", "outbox"])
def test_a_full_disk_stops_the_sweep_and_sets_nobody_aside(table: str, cliff: Cliff, ledger: Ledger) -> None:
    with cliff.engine.database.begin() as connection:
        connection.execute(text(FULL))
        connection.execute(text(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()"))
    due = cliff.unfired()

    with pytest.raises(DBAPIError, match="DiskFull"):
        sweep(cliff.engine)

    assert cliff.unfired() == due
    assert cliff.number("SELECT count(*) FROM client_case WHERE set_aside_at IS NOT NULL") == 0
    with cliff.engine.database.begin() as connection:
        connection.execute(text(f"DROP TRIGGER no_room ON {table}"))
    sweep(cliff.engine)
    ledger.note(f"a full disk, met by the sweep at a write to `{table}`", cliff.after())


def _armed_by_whoever_answers(cliff: Cliff, cases: int) -> None:
    """Open that many; connections that the server cut are thrown away one by one, and whoever asked asks again."""
    for _ in range(cases):
        cliff.wait_until(lambda: cliff.arm(1))


def _set(cliff: Cliff, statement: str) -> None:
    url = cliff.engine.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True, options="-c default_transaction_read_only=off") as connection:
        connection.execute(statement)
        connection.execute("SELECT pg_reload_conf()")
