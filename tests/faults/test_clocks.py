"""Clocks that are set wrong: never early by the database's, late by no more than they are behind, and nothing lost."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.sweep import sweep
from tests.clock import StoppedClock
from tests.faults.after import see_when_rungs_are_written
from tests.faults.cliff import Cliff
from tests.faults.ledger import Ledger
from tests.faults.processes import command, seconds_ahead, settings_of, sweeper
from tests.servers import RedisServer
from tests.small_county import County, county

HOUR = 3600.0


@pytest.mark.rule(23)
def test_clocks_stepped_back_and_forth_by_an_hour_fire_nothing_early_and_lose_nothing(
    cliff: Cliff, full: bool, ledger: Ledger
) -> None:
    """One sweeper's clock jumps while the other's is right; then the only one's."""
    ahead = seconds_ahead()
    ahead.value = HOUR
    with sweeper(cliff.url, ahead=ahead, batch=9), sweeper(cliff.url, batch=9) as right:
        for step in (-HOUR, HOUR, -HOUR, HOUR) * (5 if full else 1):
            cliff.arm(3)
            ahead.value = step
            time.sleep(0.1)
        right.kill()
        ahead.value = -HOUR
        cliff.arm(3)
        ahead.value = HOUR
        cliff.wait_until(lambda: cliff.unfired() == 0)
        ahead.value = 0.0
        cliff.wait_until(lambda: cliff.number("SELECT count(*) FROM incident WHERE kind = 'clocks_differ'"))

    ledger.note("a sweeper's clock stepped back and forth by an hour", cliff.after())


@pytest.mark.rule(24)
@pytest.mark.parametrize("wrong", ["timers an hour behind", "timers an hour ahead", "worker an hour ahead"])
def test_timers_and_workers_whose_clocks_differ_by_an_hour_go_on(
    wrong: str, cliff: Cliff, killable_redis: RedisServer, tmp_path: Path, full: bool, ledger: Ledger
) -> None:
    """A wake-up says by the one clock until when it is of use, and is read by the other."""
    if not full and wrong != "worker an hour ahead":  # the one that once threw every wake-up away
        pytest.skip("in ./test --full")
    settings, log = settings_of(cliff.url, killable_redis.url), tmp_path / "log"
    ahead = {name: seconds_ahead() for name in ("timers", "worker")}
    ahead[wrong.split()[0]].value = HOUR if wrong.endswith("ahead") else -HOUR
    with (
        command("timers", log, settings, ahead=ahead["timers"]),
        command("worker", log, settings, "--processes", "1", ahead=ahead["worker"]),
    ):
        cliff.wait_until(lambda: cliff.unfired() == 0)
        for each in ahead.values():
            each.value = 0.0
        cliff.arm(2)
        cliff.wait_until_quiet()

    ledger.note(f"clocks of two processes differ: {wrong}", cliff.after())


@pytest.fixture
def in_helsinki() -> Iterator[None]:
    """The machine's own zone has summer time; nothing may come of it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Helsinki"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.rule(25)
@pytest.mark.parametrize(
    ("night", "changes"),
    [("summer time begins", datetime(2026, 3, 29, 1, tzinfo=UTC)), ("it ends", datetime(2026, 10, 25, 1, tzinfo=UTC))],
)
def test_over_the_change_of_summer_time_everything_fires_at_its_instant(
    night: str, changes: datetime, in_helsinki: None, postgres_url: str, ledger: Ledger
) -> None:
    """Swept every ten minutes for nine days around the change, as the instants come."""
    clock = StoppedClock(changes - timedelta(days=8))
    with county(postgres_url, clock) as somewhere:
        with somewhere.engine.database.begin() as connection:
            see_when_rungs_are_written(connection)
        for hours in range(0, 200, 8):
            clock.move_to(changes - timedelta(days=8) + timedelta(hours=hours))
            somewhere.open_case(received_at=clock.now() - timedelta(minutes=1))
            sweep(somewhere.engine)
        for _ in range(6 * 36):
            clock.advance(minutes=10)
            sweep(somewhere.engine)
        found = _cliff(postgres_url, somewhere).after()

    assert found.longest_lag <= 8 * HOUR
    ledger.note(f"sweeps over the night when {night}", found)


@pytest.mark.rule(25)
def test_after_an_outage_of_a_weekend_everything_is_noticed_at_once(
    postgres_url: str, full: bool, ledger: Ledger
) -> None:
    clock = StoppedClock(datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
    with county(postgres_url, clock) as somewhere:
        for _ in range(400 if full else 20):  # all on one Monday
            somewhere.open_case()
            clock.advance(minutes=1)
        clock.move_to(datetime(2026, 3, 6, 14, 0, tzinfo=UTC))  # Friday, 16 o'clock: everything stops
        sweep(somewhere.engine)
        clock.move_to(datetime(2026, 3, 9, 22, 30, tzinfo=UTC))  # and goes on when the week's promises have run out
        first, again = sweep(somewhere.engine), sweep(somewhere.engine)
        found = _cliff(postgres_url, somewhere).after()
        told = (
            "SELECT count(*) FROM (SELECT payload->>'promise_id' FROM outbox WHERE kind = 'promise_rung' AND made_at = "
        )
        told += "(SELECT max(made_at) FROM outbox) GROUP BY 1 HAVING count(*) > 1) AS twice"
        assert _cliff(postgres_url, somewhere).number(told) == 0

    assert (first.cases, again.cases) == (found.cases, 0)
    assert len(first.lags) == found.cases
    ledger.note("an outage from Friday's close to Tuesday's first hour", found)


def _cliff(url: str, somewhere: County) -> Cliff:
    return Cliff(url, somewhere)
