"""What time asks for happens once: with two sweeps, after kill -9, after an outage, beside a broken case."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, event, select, update

from engine import tables as t
from engine.alarm import OwnAlarm, SharedAlarm
from engine.clock import SystemClock
from engine.database import Database
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.sweep import next_due_at, sweep
from pathways.commands import PausePromise, RecordAct
from tests.clock import StoppedClock
from tests.small_county import County, county, running_engine

CHECKOUT = Path(__file__).parents[2]
PROMISE, BREACH, TIER, EVENT = (table_of(model) for model in (t.PromiseRow, t.BreachRow, t.TierRow, t.CaseEventRow))
OUTBOX, INCIDENT = table_of(t.OutboxRow), table_of(t.Incident)


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def rows(where: County, table: Table, **wanted: Any) -> list[Any]:
    with where.engine.database.read() as connection:
        question = select(table).where(*(table.c[name] == value for name, value in wanted.items()))
        return list(connection.execute(question))


def count(where: County, table: Table, **wanted: Any) -> int:
    return len(rows(where, table, **wanted))


def promise_of(where: County, case_id: str, key: str) -> Any:
    return rows(where, PROMISE, case_id=case_id, key=key)[0]


def doubled(where: County) -> list[Any]:
    """Rungs told twice in any journal."""
    with where.engine.database.read() as connection:
        told = connection.execute(select(EVENT).where(EVENT.c.type == "tier_fired"))
        seen = [(row.case_id, row.payload["promise_id"], row.payload["tier"]) for row in told]
    return sorted({each for each in seen if seen.count(each) > 1})


# --- due, and no sooner ---


@pytest.mark.rule(11, 23)
def test_nothing_fires_before_its_instant(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    due_at = promise_of(somewhere, case_id, "aloitus").due_at
    clock.move_to(due_at)

    sweep(somewhere.engine)
    assert count(somewhere, BREACH) == 0

    clock.move_to(due_at + timedelta(microseconds=1))
    sweep(somewhere.engine)
    assert [(row.breached_at, row.detected_at) for row in rows(somewhere, BREACH)] == [(due_at, clock.now())]


@pytest.mark.rule(16)
def test_sweeping_again_adds_nothing(somewhere: County, clock: StoppedClock) -> None:
    somewhere.open_case()
    clock.advance(weeks=2)
    first = sweep(somewhere.engine)
    journal = count(somewhere, EVENT)

    second = sweep(somewhere.engine)

    assert (first.cases, second.cases) == (1, 0)
    assert count(somewhere, EVENT) == journal


def test_a_promise_kept_in_time_is_never_breached(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    somewhere.engine.handle(RecordAct(case_id=case_id, act_id=case_id, kind="call"), somewhere.nurse)

    clock.advance(days=3)
    sweep(somewhere.engine)

    assert promise_of(somewhere, case_id, "aloitus").state == "kept"
    assert count(somewhere, BREACH) == 0


@pytest.mark.rule(25)
def test_after_an_outage_each_rung_has_its_true_instant_and_only_the_highest_tells(
    somewhere: County, clock: StoppedClock
) -> None:
    case_id = somewhere.open_case()
    somewhere.name_nurse(case_id)
    promise = promise_of(somewhere, case_id, "aloitus")
    clock.advance(weeks=2)

    swept = sweep(somewhere.engine)

    fired = rows(somewhere, TIER, promise_id=promise.promise_id)
    assert {row.tier: row.fire_at for row in fired} == {
        key: datetime.fromisoformat(fire_at) for key, fire_at in promise.tiers
    }
    assert {row.noted_at for row in fired} == {clock.now()}
    told = [row.payload for row in rows(somewhere, OUTBOX, kind="promise_rung")]
    assert [m["tier"] for m in told if m["promise"] == "aloitus"] == ["usual:x5"]
    assert swept.lags == [(clock.now() - promise.next_fire_at).total_seconds()]


def test_a_pause_that_began_before_the_due_instant_is_told_before_the_breach(
    somewhere: County, clock: StoppedClock
) -> None:
    case_id = somewhere.open_case()
    promise = promise_of(somewhere, case_id, "palvelu")
    begins = clock.now() + timedelta(days=1)
    pause = PausePromise(
        case_id=case_id,
        promise_id=promise.promise_id,
        start=begins,
        end=begins + timedelta(days=40),
        reason="client_postponed",
    )
    somewhere.engine.handle(pause, somewhere.nurse)

    clock.advance(days=20)
    sweep(somewhere.engine)

    assert promise_of(somewhere, case_id, "palvelu").state == "paused"
    assert count(somewhere, BREACH, promise_id=promise.promise_id) == 0


def test_a_pause_ends_by_itself(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    promise = promise_of(somewhere, case_id, "palvelu")
    pause = PausePromise(
        case_id=case_id,
        promise_id=promise.promise_id,
        start=clock.now(),
        end=clock.now() + timedelta(days=7),
        reason="client_postponed",
    )
    somewhere.engine.handle(pause, somewhere.nurse)

    clock.advance(days=8)
    sweep(somewhere.engine)

    after = promise_of(somewhere, case_id, "palvelu")
    assert (after.state, after.due_at) == ("running", promise.due_at + timedelta(days=6))  # day 0 takes nothing


# --- many at once ---


@pytest.mark.rule(24)
def test_two_sweeps_at_once_fire_everything_exactly_once(
    somewhere: County, database_url: str, clock: StoppedClock
) -> None:
    cases = [somewhere.open_case() for _ in range(30)]
    clock.advance(weeks=2)
    problems: list[Exception] = []

    def sweeps() -> None:
        database = Database.open(database_url)
        try:
            for _ in range(3):
                sweep(running_engine(database, clock), batch=4)
        except Exception as problem:  # noqa: BLE001 - whatever it is fails the test
            problems.append(problem)
        finally:
            database.dispose()

    threads = [threading.Thread(target=sweeps) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert count(somewhere, BREACH) == 2 * len(cases)
    assert doubled(somewhere) == []


@pytest.mark.rule(23)
def test_a_case_somebody_works_on_is_passed_over_and_fired_afterwards(postgres_url: str, clock: StoppedClock) -> None:
    with county(postgres_url, clock) as somewhere:
        busy, free = somewhere.open_case(), somewhere.open_case()
        clock.advance(days=3)

        with somewhere.engine.database.begin() as connection:
            connection.execute(select(CASE).where(CASE.c.case_id == busy).with_for_update())
            sweep(somewhere.engine)
            assert {row.case_id for row in rows(somewhere, BREACH)} == {free}

        sweep(somewhere.engine)
        assert {row.case_id for row in rows(somewhere, BREACH)} == {busy, free}


@pytest.mark.rule(24)
def test_kill_9_of_a_sweep_loses_and_doubles_nothing(somewhere: County, database_url: str, clock: StoppedClock) -> None:
    cases = [somewhere.open_case() for _ in range(24)]
    clock.advance(weeks=2)

    for at_least in (1, 8, 16):
        command = [sys.executable, "-m", "tests.integration.sweeper", database_url, clock.now().isoformat()]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as sweeper:
            while sweeper.poll() is None and count(somewhere, BREACH) < 2 * at_least:
                time.sleep(0.005)
            sweeper.kill()
    sweep(somewhere.engine)

    assert count(somewhere, BREACH) == 2 * len(cases)
    assert doubled(somewhere) == []


# --- broken cases ---


def breaks(somewhere: County, case_id: str) -> None:
    """What a bug or a broken disk could leave behind: a rung that no release can read."""
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(PROMISE).where(PROMISE.c.case_id == case_id).values(tiers=[["aloitus"]]))


def heals(somewhere: County, case_id: str) -> None:
    with somewhere.engine.database.begin() as connection:
        for row in connection.execute(
            select(EVENT).where(EVENT.c.case_id == case_id, EVENT.c.type == "promise_started")
        ):
            tiers = [[rung["key"], rung["fire_at"]] for rung in row.payload["rungs"]]
            mended = update(PROMISE).where(PROMISE.c.promise_id == row.payload["promise_id"])
            connection.execute(mended.values(tiers=tiers))


@pytest.mark.rule(26)
def test_a_broken_case_is_set_aside_and_the_others_go_on(somewhere: County, clock: StoppedClock) -> None:
    broken = somewhere.open_case()
    healthy = [somewhere.open_case() for _ in range(3)]
    breaks(somewhere, broken)
    clock.advance(days=3)

    swept = sweep(somewhere.engine)

    assert (swept.cases, swept.set_aside) == (3, 1)
    assert {row.case_id for row in rows(somewhere, BREACH)} == set(healthy)
    aside = rows(somewhere, CASE, case_id=broken)[0]
    assert (aside.set_aside_tries, aside.set_aside_at) == (1, clock.now())
    assert aside.set_aside_error.startswith("ValueError at ")
    assert [row.case_id for row in rows(somewhere, INCIDENT, kind="case_set_aside")] == [broken]


def test_more_broken_cases_than_a_batch_holds_stop_nobody(somewhere: County, clock: StoppedClock) -> None:
    for _ in range(5):
        breaks(somewhere, somewhere.open_case())
    clock.advance(hours=1)
    healthy = somewhere.open_case()
    clock.advance(days=3)

    sweep(somewhere.engine, batch=2)

    assert {row.case_id for row in rows(somewhere, BREACH)} == {healthy}


@pytest.mark.rule(26)
def test_a_set_aside_case_is_tried_again_later_each_time(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    breaks(somewhere, case_id)
    clock.advance(days=3)

    waits = []
    for _ in range(3):
        sweep(somewhere.engine)
        aside = rows(somewhere, CASE, case_id=case_id)[0]
        waits.append((aside.set_aside_until - clock.now()).total_seconds() / 60)
        clock.move_to(aside.set_aside_until)

    assert waits == [1, 2, 4]


def test_a_mended_case_catches_up_with_its_true_instants(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    due_at = promise_of(somewhere, case_id, "aloitus").due_at
    breaks(somewhere, case_id)
    clock.advance(days=3)
    sweep(somewhere.engine)

    heals(somewhere, case_id)
    clock.advance(minutes=2)
    sweep(somewhere.engine)

    assert [row.breached_at for row in rows(somewhere, BREACH)] == [due_at]
    back = rows(somewhere, CASE, case_id=case_id)[0]
    assert (back.set_aside_at, back.set_aside_until, back.set_aside_tries, back.set_aside_error) == (
        None,
        None,
        0,
        None,
    )


def test_what_is_still_due_after_firing_is_set_aside_instead_of_going_round(
    somewhere: County, clock: StoppedClock
) -> None:
    case_id = somewhere.open_case()
    clock.advance(days=3)
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(PROMISE).where(PROMISE.c.case_id == case_id).values(next_tier=None))

    swept = sweep(somewhere.engine)

    assert (swept.cases, swept.set_aside) == (0, 1)
    assert rows(somewhere, CASE, case_id=case_id)[0].set_aside_error.startswith("StandsStill")


# --- when to look next ---


def test_the_next_due_instant_is_the_earliest_of_promises_and_timers(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    first = promise_of(somewhere, case_id, "aloitus").next_fire_at

    with somewhere.engine.database.read() as connection:
        assert next_due_at(connection, clock.now()) == first


def test_a_case_set_aside_does_not_keep_anybody_awake(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    breaks(somewhere, case_id)
    clock.advance(days=3)
    sweep(somewhere.engine)

    with somewhere.engine.database.read() as connection:
        assert next_due_at(connection, clock.now()) is None
        assert next_due_at(connection, clock.now() + timedelta(minutes=1)) is not None


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_only_what_is_armed_for_the_second_ahead_rings(
    kind: str, request: pytest.FixtureRequest, clock: StoppedClock
) -> None:
    with county(request.getfixturevalue(f"{kind}_url"), clock) as somewhere:
        database = somewhere.engine.database
        alarm = SharedAlarm(database) if database.is_postgres else OwnAlarm()
        somewhere.engine.alarm = alarm
        alarm.wait(0.01)  # from here on it listens

        somewhere.open_case()
        assert not rang(alarm)

        somewhere.open_case(received_at=clock.now() - timedelta(days=5))
        assert rang(alarm)
        alarm.close()


def rang(alarm: OwnAlarm | SharedAlarm) -> bool:
    begun = time.monotonic()
    alarm.wait(0.3)
    return time.monotonic() - begun < 0.25


# --- clocks ---


class FastClock(SystemClock):
    """A machine whose clock runs a week ahead."""

    def now(self) -> datetime:
        return super().now() + timedelta(days=7)


@pytest.mark.rule(23)
def test_a_process_whose_clock_runs_ahead_fires_nothing_early_and_operations_hear_of_it(postgres_url: str) -> None:
    with county(postgres_url, SystemClock()) as somewhere:
        somewhere.open_case(received_at=datetime.now(UTC) - timedelta(seconds=1))
        somewhere.engine.clock = FastClock()

        sweep(somewhere.engine)
        sweep(somewhere.engine)

        assert count(somewhere, BREACH) == 0
        assert count(somewhere, INCIDENT, kind="clocks_differ") == 1


def test_a_sweep_asks_a_fixed_number_of_questions_when_nothing_is_due(somewhere: County) -> None:
    somewhere.open_case()
    asked: list[str] = []

    event.listen(somewhere.engine.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    sweep(somewhere.engine)

    questions = [statement for statement in asked if statement.startswith("SELECT") and "set_config" not in statement]
    assert len(questions) == 2
