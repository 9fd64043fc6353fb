"""Pages of the board: in their order, complete, seen only by whom they are for, and read from an index."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from engine.handle import Reading
from engine.postgres import run
from engine.projection import CASE_TABLE as CASE
from engine.read_models.promise_board import board_rows, promise_board
from engine.read_models.team_figures import figures, overdue_by_team
from engine.read_models.worst_first import Standing, WorstWanted, asking
from engine.sweep import sweep
from pathways import commands as c
from tests.town import Town, town


@pytest.fixture
def here(database_url: str) -> Iterator[Town]:
    with town(database_url) as settled:
        yield settled


@contextmanager
def reading(here: Town, who: str = "lead") -> Iterator[Reading]:
    with here.engine.reading(here.actor(who)) as opened:
        yield opened


def test_pages_follow_each_other_worst_first_and_leave_nothing_out(here: Town) -> None:
    for _ in range(5):
        here.open_case("apu")
        here.clock.advance(hours=1)
    here.open_case()  # a statutory clock and others beside promises
    here.clock.advance(days=20)
    found, cursor = [], None
    with reading(here) as r:
        while True:
            rows, cursor = board_rows(r, "fi", limit=3, cursor=cursor)
            found += [(row.promise.kind, row.promise.due_at, row.promise.promise_id) for row in rows]
            if cursor is None:
                break
        every, _ = board_rows(r, "fi", limit=200)
        promises, _ = board_rows(r, "fi", kind="promise", limit=200)

    ranks = ["statutory", "promise", "target"]
    assert found == sorted(found, key=lambda one: (ranks.index(one[0]), one[1:]))
    assert len(found) == len({one[2] for one in found}) == len(every) > 10
    assert {row.promise.promise_id for row in promises} == {one[2] for one in found if one[0] == "promise"}


@pytest.mark.parametrize("state", ["paused", "running", "reason_missing", "told_late"])
def test_every_state_has_its_pages(here: Town, state: Standing) -> None:
    case_id = here.open_case("apu")
    other = here.open_case("apu")
    here.name(case_id)
    with reading(here) as r:
        week = next(row.promise for row in board_rows(r, "fi", state="running")[0] if row.promise.key == "palvelu")
    pause = c.PausePromise(
        case_id=week.case_id,
        promise_id=week.promise_id,
        reason="client_postponed",
        start=here.now,
        end=here.now + timedelta(days=30),
    )
    here.do(pause)
    at_noon = here.now + timedelta(hours=1)
    here.clock.advance(days=3)
    sweep(here.engine)
    here.act(other, occurred_at=at_noon, late_reason="tekninen")
    with reading(here) as r:
        rows, cursor = board_rows(r, "fi", state=state, limit=1)
        rest, _ = board_rows(r, "fi", state=state, limit=9, cursor=cursor) if cursor else ((), None)
        late, _ = board_rows(r, "fi", state="late")

    expected = {"paused": {"palvelu"}, "running": {"aloitus", "palvelu"}, "reason_missing": {"aloitus"}}
    assert {row.promise.key for row in (*rows, *rest)} == expected.get(state, {"aloitus"})
    assert week.promise_id not in {row.promise.promise_id for row in late}


def test_a_lead_who_cares_for_one_restricted_case_sees_no_other(here: Town) -> None:
    mine, others, open_ = here.open_case("apu"), here.open_case("apu"), here.open_case("apu")
    here.name(mine, "lead")
    here.name(others)
    with here.engine.database.begin() as connection:
        connection.execute(update(CASE).where(CASE.c.case_id.in_((mine, others))).values(restricted=True))
    here.clock.advance(days=9)
    with reading(here) as r:
        first, cursor = board_rows(r, "fi", limit=1)
        rest, _ = board_rows(r, "fi", limit=9, cursor=cursor)

    assert {row.case_id for row in (*first, *rest)} == {mine, open_}


def test_a_board_asks_as_many_questions_for_many_rows_as_for_few(here: Town) -> None:
    here.open_case("apu")
    here.clock.advance(days=9)
    few = _questions(here)
    for _ in range(6):
        here.open_case("apu")
    here.clock.advance(days=9)

    assert _questions(here) == few


def test_figures_of_teams_add_up(here: Town) -> None:
    kept, late = here.open_case("apu"), here.open_case("apu")
    here.act(kept)
    here.clock.advance(days=3)
    sweep(here.engine)
    units = frozenset(here.units.values())
    with reading(here) as r:
        counted, by_team = figures(r, units), overdue_by_team(r, units)
        page = promise_board(r, "fi").late

    assert by_team == {here.units["ita"]: 1, here.units["lansi"]: 0}
    assert [row.case_id for row in page] == [late]
    assert (counted.late, counted.reasons_missing, counted.kept_this_week, counted.ended_this_week) == (1, 1, 1, 1)
    assert counted.next_due_at is not None


@pytest.mark.parametrize("state", ["late", "today", "paused", "reason_missing"])
def test_postgres_reads_a_page_from_an_index_without_statistics(postgres_url: str, state: Standing) -> None:
    with town(postgres_url) as here:
        for _ in range(4):
            here.open_case("apu")
        with reading(here) as r:
            wanted = WorstWanted(state, frozenset(here.units.values()))
            question, values = asking(r, wanted, 51)
            plan = "\n".join(row[0] for row in run(r.connection, f"EXPLAIN {question}", values).fetchall())

    index = "service_promise_owed" if state == "reason_missing" else "service_promise_unit_due"
    assert f"using {index} on service_promise" in plan
    assert "Seq Scan on service_promise" not in plan


def _questions(here: Town) -> int:
    """How many statements the whole board takes; the access log's insert is beside the point."""
    asked: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.extend([statement] if statement.lstrip("( ").upper().startswith(("SELECT", "WITH")) else [])

    event.listen(here.engine.database.engine, "before_cursor_execute", count)
    try:
        with reading(here) as r:
            promise_board(r, "fi")
    finally:
        event.remove(here.engine.database.engine, "before_cursor_execute", count)
    return len(asked)
