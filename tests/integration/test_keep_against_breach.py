"""Keep against breach is decided on the case's row: whoever commits first is read again by the other (rule 27)."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import tables as t
from engine.ids import new_id
from engine.projection import table_of
from engine.sweep import sweep
from engine.verify import Verified, verify
from pathways.commands import RecordAct
from tests.clock import StoppedClock
from tests.small_county import County, county

PROMISE, BREACH = table_of(t.PromiseRow), table_of(t.BreachRow)
IN_TIME = timedelta(minutes=10)


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def promise_of(where: County, case_id: str) -> Any:
    with where.engine.database.read() as connection:
        mine = select(PROMISE).where(PROMISE.c.case_id == case_id, PROMISE.c.key == "aloitus")
        return connection.execute(mine).one()


def breaches(where: County, case_id: str) -> list[Any]:
    with where.engine.database.read() as connection:
        mine = select(BREACH).join(PROMISE, PROMISE.c.promise_id == BREACH.c.promise_id)
        return list(connection.execute(mine.where(BREACH.c.case_id == case_id, PROMISE.c.key == "aloitus")))


def act_in_time(where: County, case_id: str) -> RecordAct:
    happened = promise_of(where, case_id).due_at - IN_TIME
    return RecordAct(
        case_id=case_id, act_id=new_id(happened), kind="call", occurred_at=happened, late_reason="home_visit"
    )


@pytest.mark.rule(27)
def test_a_keep_that_is_being_written_is_waited_for_and_leaves_nothing_to_breach(
    postgres_url: str, clock: StoppedClock
) -> None:
    with county(postgres_url, clock) as somewhere:
        case_id = somewhere.open_case()
        act = act_in_time(somewhere, case_id)
        clock.move_to(promise_of(somewhere, case_id).due_at + timedelta(seconds=1))
        with somewhere.engine.database.begin() as connection:
            somewhere.engine.handle_within(connection, act, somewhere.nurse)
            assert sweep(somewhere.engine).cases == 0

        sweep(somewhere.engine)

        assert promise_of(somewhere, case_id).state == "kept"
        assert breaches(somewhere, case_id) == []


@pytest.mark.rule(27, 17)
def test_a_keep_in_time_that_comes_after_the_breach_finds_it_and_voids_it(
    somewhere: County, clock: StoppedClock
) -> None:
    case_id = somewhere.open_case()
    act = act_in_time(somewhere, case_id)
    clock.move_to(promise_of(somewhere, case_id).due_at + timedelta(seconds=1))
    sweep(somewhere.engine)

    somewhere.engine.handle(act, somewhere.nurse)

    assert promise_of(somewhere, case_id).state == "kept"
    (breach,) = breaches(somewhere, case_id)
    assert (breach.voided_by, breach.void_why) == (somewhere.nurse.worker_id, "kept in time, recorded later")


@pytest.mark.rule(27)
def test_at_once_nothing_is_both_kept_in_time_and_breached(somewhere: County, clock: StoppedClock) -> None:
    cases = [somewhere.open_case() for _ in range(8)]
    acts = [act_in_time(somewhere, case_id) for case_id in cases]
    clock.move_to(promise_of(somewhere, cases[0]).due_at + timedelta(seconds=1))
    keeping = [threading.Thread(target=somewhere.engine.handle, args=(act, somewhere.nurse)) for act in acts]
    sweeping = [threading.Thread(target=sweep, args=(somewhere.engine,)) for _ in range(2)]
    for thread in (*keeping[:4], *sweeping, *keeping[4:]):
        thread.start()
    for thread in (*keeping, *sweeping):
        thread.join()

    assert {promise_of(somewhere, case_id).state for case_id in cases} == {"kept"}
    assert all(breach.voided_at for case_id in cases for breach in breaches(somewhere, case_id))
    done = Verified()
    assert sum(verify(somewhere.engine, done)) == len(cases)
    assert done.found == []
