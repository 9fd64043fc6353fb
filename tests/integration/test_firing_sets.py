"""Rungs that fire in sets write the rows that the same rungs through the engine's own door would write."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from engine import tables as t
from engine.due_cases import StandsStill, lock_due_cases, not_aside
from engine.firing_sets import fire_in_sets
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.row_sets import RowSets
from engine.staff import People
from engine.sweep import sweep
from engine.verify import Verified, verify
from pathways.actor import the_system
from pathways.commands import FireTiers, PausePromise, RecordAct
from tests.clock import StoppedClock
from tests.small_county import County, county

MODELS = (t.CaseEventRow, t.PromiseRow, t.BreachRow, t.TierRow, t.OutboxRow, t.Incident, t.ChangeRow, t.ClientCase)
DRAWN = ("message_id", "incident_id", "change_id")  # made afresh each time
WORKER, MEMBER, PROMISE = table_of(t.Worker), table_of(t.UnitMember), table_of(t.PromiseRow)


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def rows_after(where: County, fire: Any) -> dict[str, list[dict[str, Any]]]:
    """Every row after firing, which is then undone."""
    found: dict[str, list[dict[str, Any]]] = {}
    now = where.engine.clock.now()
    with where.engine.database.read() as connection:  # which ends with a rollback
        fire(connection, lock_due_cases(connection, not_aside(now), now, 100), now)
        for model in MODELS:
            table = table_of(model)
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            kept = [{name: value for name, value in row.items() if name not in DRAWN} for row in rows]
            found[table.name] = sorted(kept, key=repr)
    return found


def through_the_door(where: County) -> dict[str, list[dict[str, Any]]]:
    def fire(connection: Any, due: Any, now: Any) -> None:
        for case in due:
            in_order = sorted(case.promises.values(), key=lambda p: (p.next_fire_at, p.promise_id))
            command = FireTiers(case_id=case.case_id, promise_ids=tuple(p.promise_id for p in in_order))
            where.engine.handle_within(connection, command, the_system(case.tenant_id), now=now)

    return rows_after(where, fire)


def in_sets(where: County) -> dict[str, list[dict[str, Any]]]:
    return rows_after(
        where, lambda connection, due, now: fire_in_sets(connection, where.engine.published, People(), due, now)
    )


def nobody_leads(where: County) -> None:
    """Everybody but the nurse has left: places stand empty."""
    with where.engine.database.begin() as connection:
        others = (WORKER.c.tenant_id == where.tenant_id) & (WORKER.c.worker_id != where.nurse.worker_id)
        connection.execute(update(WORKER).where(others).values(active=False))


@pytest.mark.parametrize("later", [timedelta(hours=8), timedelta(days=1), timedelta(days=4), timedelta(weeks=3)])
@pytest.mark.parametrize("led", [True, False], ids=["led", "nobody leads"])
def test_sets_and_the_engines_door_write_the_same(
    somewhere: County, clock: StoppedClock, later: timedelta, led: bool
) -> None:
    """Cases with a worker and in the queue, with several promises due, one already breached; people there and gone."""
    named, queued = somewhere.open_case(), somewhere.open_case()
    somewhere.name_nurse(named)
    clock.advance(days=2)
    sweep(somewhere.engine)
    somewhere.open_case()
    if not led:
        nobody_leads(somewhere)
    clock.advance(seconds=later.total_seconds())

    expected, found = through_the_door(somewhere), in_sets(somewhere)

    places = found.pop("incident"), expected.pop("incident")
    assert found == expected
    assert {queued, named} <= {row["case_id"] for row in found["case_event"]}
    assert {row["detail"]["place"] for row in places[0]} == {row["detail"]["place"] for row in places[1]}


def test_a_place_found_empty_is_one_incident_with_a_count(somewhere: County, clock: StoppedClock) -> None:
    for _ in range(3):
        somewhere.open_case()
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(WORKER).values(active=False))
    clock.advance(weeks=3)

    empty = in_sets(somewhere)["incident"]

    assert len(empty) == len({row["detail"]["place"] for row in empty})
    assert all(row["detail"]["promises"] >= 3 for row in empty)


def test_what_was_fired_in_sets_agrees_with_its_journal(somewhere: County, clock: StoppedClock) -> None:
    for _ in range(4):
        somewhere.open_case()
    clock.advance(weeks=3)

    assert sweep(somewhere.engine).cases == 4

    done = Verified()
    assert sum(verify(somewhere.engine, done)) >= 4
    assert done.found == []


def test_a_hundred_cases_take_no_more_statements_than_two(somewhere: County, clock: StoppedClock) -> None:
    def statements(cases: int) -> int:
        for _ in range(cases):
            somewhere.open_case()
        clock.advance(weeks=3)
        counted: list[str] = []
        listener = lambda *said: counted.append(said[2])  # noqa: E731
        event.listen(somewhere.engine.database.engine, "before_cursor_execute", listener)
        try:
            assert sweep(somewhere.engine).cases == cases
        finally:
            event.remove(somewhere.engine.database.engine, "before_cursor_execute", listener)
        return len(counted)

    few, many = statements(2), statements(20)

    assert many <= few


def test_a_promise_that_can_not_move_on_is_an_error_and_no_endless_sweep(
    somewhere: County, clock: StoppedClock
) -> None:
    case_id = somewhere.open_case()
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(PROMISE).where(PROMISE.c.case_id == case_id).values(next_tier=None))
    clock.advance(days=5)

    with pytest.raises(StandsStill):
        in_sets(somewhere)
    assert sweep(somewhere.engine).set_aside == 1


def test_a_set_writes_what_is_hard_to_quote(somewhere: County, clock: StoppedClock) -> None:
    said = 'taka\\kauno "lainaus", {sulku}, tyhjä\n'
    sets = RowSets()
    columns = ("tenant_id", "incident_id", "kind", "case_id", "detail", "at", "closed_at")
    with somewhere.engine.database.begin() as connection:
        case_id = somewhere.tenant_id
        row = (somewhere.tenant_id, case_id, "NULL", None, {"said": said}, clock.now(), None)
        sets.insert(table_of(t.Incident), columns, [row])
        sets.write(connection)
        again = RowSets()
        again.insert(table_of(t.Incident), columns, [row], ignore_known=True)
        again.update(CASE, ("tenant_id", "case_id"), ("number",), [(somewhere.tenant_id, case_id, said)])
        again.write(connection)
        kept = list(connection.execute(select(table_of(t.Incident))))
    assert [(each.kind, each.case_id, each.detail, each.at) for each in kept] == [
        ("NULL", None, {"said": said}, clock.now())
    ]


def test_timers_of_many_cases_are_loaded_and_written_together(somewhere: County, clock: StoppedClock) -> None:
    """A pause that ends by itself on ten cases takes no more statements than on two, and each clock runs on."""

    def statements(cases: int) -> int:
        ids = [somewhere.open_case() for _ in range(cases)]
        for case_id in ids:
            somewhere.engine.handle(RecordAct(case_id=case_id, act_id=case_id, kind="call"), somewhere.nurse)
            with somewhere.engine.database.read() as connection:
                mine = (PROMISE.c.case_id == case_id) & (PROMISE.c.key == "palvelu")
                promise_id = connection.execute(select(PROMISE.c.promise_id).where(mine)).scalar_one()
            end = clock.now() + timedelta(hours=2)
            pause: dict[str, Any] = {"start": clock.now(), "end": end, "reason": "client_postponed"}
            command = PausePromise(case_id=case_id, promise_id=promise_id, **pause)
            somewhere.engine.handle(command, somewhere.nurse)
        clock.advance(hours=3)
        counted: list[str] = []
        listener = lambda *said: counted.append(said[2])  # noqa: E731
        event.listen(somewhere.engine.database.engine, "before_cursor_execute", listener)
        try:
            assert sweep(somewhere.engine).cases == cases
        finally:
            event.remove(somewhere.engine.database.engine, "before_cursor_execute", listener)
        with somewhere.engine.database.read() as connection:
            states = connection.execute(
                select(PROMISE.c.state).where(PROMISE.c.case_id.in_(ids), PROMISE.c.key == "palvelu")
            )
            assert set(states.scalars()) == {"running"}
        return len(counted)

    few, many = statements(2), statements(10)

    if somewhere.engine.database.is_postgres:  # SQLite is in the same process: a question costs it nothing
        assert many <= few
    done = Verified()
    assert sum(verify(somewhere.engine, done)) == 12
    assert done.found == []


def test_a_set_refuses_a_column_it_can_not_write(postgres_url: str, clock: StoppedClock) -> None:
    with county(postgres_url, clock) as somewhere, somewhere.engine.database.begin() as connection:
        sets = RowSets()
        key = (somewhere.tenant_id, somewhere.tenant_id)
        sets.update(table_of(t.Client), ("tenant_id", "client_id"), ("identity_cipher",), [(*key, b"salattu")])
        with pytest.raises(TypeError, match="identity_cipher"):
            sets.write(connection)
