"""Lags: every process's sweeps are summed, and none is lost when a process is gone."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.database import Database
from engine.sweep_lags import LAG, fold_lags, record_lags, recorded_lags

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.dispose()


def test_lags_of_several_sweepers_are_summed_by_bucket(database: Database) -> None:
    def one_sweep() -> None:
        with database.begin() as connection:
            record_lags(connection, [0.01, 0.02, 40_000.0, 300_000.0], NOW)

    for sweeper in [threading.Thread(target=one_sweep) for _ in range(3)]:
        sweeper.start()
        sweeper.join()

    with database.read() as connection:
        lags = recorded_lags(connection)
        assert len(connection.execute(select(LAG)).all()) == 3
    assert (lags.sweeps, lags.noticed) == (3, 12)
    assert {column: count for column, count in lags.counts.items() if count} == {
        "upto_10ms": 3,
        "upto_50ms": 3,
        "upto_1d": 3,
        "longer": 3,
    }
    assert lags.lag_seconds == pytest.approx(3 * 340_000.03)
    assert lags.share_within(0.05) == 0.5


def test_a_sweep_that_found_nothing_shows_that_it_ran_and_hides_no_lag(database: Database) -> None:
    with database.begin() as connection:
        record_lags(connection, [2.5], NOW)
        record_lags(connection, [], NOW + timedelta(seconds=15))

        lags = recorded_lags(connection)

    assert (lags.sweeps, lags.noticed) == (2, 1)
    assert (lags.found_at, lags.found_lag) == (NOW, 2.5)
    assert lags.last_at == NOW + timedelta(seconds=15)


def test_sweepers_that_are_gone_are_folded_and_stay_counted(database: Database) -> None:
    with database.begin() as connection:
        record_lags(connection, [2.5], NOW)

        early = fold_lags(connection, NOW + timedelta(minutes=59))
        folded = fold_lags(connection, NOW + timedelta(minutes=61))
        again = fold_lags(connection, NOW + timedelta(days=1))
        record_lags(connection, [0.5], NOW + timedelta(minutes=62))
        fold_lags(connection, NOW + timedelta(days=2))

        lags = recorded_lags(connection)
        rows = connection.execute(select(LAG.c.sweeper)).scalars().all()

    assert (early, folded, again) == (0, 1, 0)
    assert (lags.sweeps, lags.noticed, lags.lag_seconds) == (2, 2, 3.0)
    assert lags.found_lag == 0.5
    assert rows == ["past"]


def test_before_the_first_sweep_there_is_nothing_to_tell(database: Database) -> None:
    with database.read() as connection:
        lags = recorded_lags(connection)

    assert (lags.sweeps, lags.last_at, lags.share_within(1.0)) == (0, None, None)
