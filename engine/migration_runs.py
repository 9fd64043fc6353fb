"""Migration runs: each migration of running cases as a row, and what it did to each case. Questions and appends only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from engine import tables as t
from engine.ids import new_id
from engine.migration_moves import Move
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.row_sets import RowSets

RUN = table_of(t.MigrationRow)
RUN_CASE = table_of(t.MigrationCaseRow)
OPEN = ("running", "reversing")


@dataclass(frozen=True, slots=True)
class MigrationRun:
    """One run as it stands. `counts` by what became of a case: moved, stayed, reversed, changed."""

    migration_id: str
    pathway_id: str
    versions: tuple[int, int]
    plan: Mapping[str, Any]
    state: str
    waiting: int
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    reversed_at: datetime | None
    reversed_by: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RunCase:
    """What a run did with one case."""

    case_id: str
    state: str
    why: str = ""
    sequence: int = 0
    was: Mapping[str, Any] | None = None
    moves: tuple[Move, ...] = ()


def begin_run(
    connection: Connection,
    tenant_id: str,
    pathway: str,
    versions: tuple[int, int],
    plan: Mapping[str, Any],
    *,
    waiting: int,
    by: str,
    now: datetime,
) -> str:
    """The unfinished run of this plan goes on; else a new one begins, and one with another plan is stopped as it is."""
    unfinished = (RUN.c.tenant_id == tenant_id) & (RUN.c.pathway_id == pathway) & (RUN.c.state == "running")
    for row in connection.execute(select(RUN).where(unfinished)).mappings().all():
        if (row["from_version"], row["to_version"]) == versions and row["plan"] == plan:
            return str(row["migration_id"])
        if (row["from_version"], row["to_version"]) == versions:
            note_state(connection, tenant_id, row["migration_id"], state="stopped", finished_at=now)
    migration_id = new_id(now)
    made = {"tenant_id": tenant_id, "migration_id": migration_id, "pathway_id": pathway, "plan": dict(plan)}
    said = {"from_version": versions[0], "to_version": versions[1], "state": "running", "waiting": waiting}
    connection.execute(insert(RUN).values(**made, **said, started_at=now, started_by=by))
    return migration_id


def note_state(connection: Connection, tenant_id: str, migration_id: str, **values: Any) -> None:
    mine = (RUN.c.tenant_id == tenant_id) & (RUN.c.migration_id == migration_id)
    connection.execute(update(RUN).where(mine).values(**values))


def runs_of(connection: Connection, tenant_id: str, pathway: str | None = None) -> list[MigrationRun]:
    """Every run, the newest first; of one pathway where it is named."""
    mine = RUN.c.tenant_id == tenant_id
    mine = mine & (RUN.c.pathway_id == pathway) if pathway else mine
    rows = connection.execute(select(RUN).where(mine).order_by(RUN.c.started_at.desc())).mappings().all()
    return [_run(row, _counts(connection, tenant_id, row["migration_id"])) for row in rows]


def run_of(connection: Connection, tenant_id: str, migration_id: str) -> MigrationRun | None:
    """One run; None when there is none of that id."""
    mine = (RUN.c.tenant_id == tenant_id) & (RUN.c.migration_id == migration_id)
    row = connection.execute(select(RUN).where(mine)).mappings().first()
    return _run(row, _counts(connection, tenant_id, migration_id)) if row else None


def _run(row: Mapping[Any, Any], counts: Mapping[str, int]) -> MigrationRun:
    same = ("migration_id", "pathway_id", "plan", "state", "waiting", "started_at", "started_by")
    later = ("finished_at", "reversed_at", "reversed_by")
    said = {name: row[name] for name in (*same, *later)}
    return MigrationRun(**said, versions=(row["from_version"], row["to_version"]), counts=counts)


def _counts(connection: Connection, tenant_id: str, migration_id: str) -> dict[str, int]:
    question = select(RUN_CASE.c.state, func.count().label("cases")).where(_of(tenant_id, migration_id))
    return {row.state: row.cases for row in connection.execute(question.group_by(RUN_CASE.c.state))}


def _of(tenant_id: str, migration_id: str) -> ColumnElement[bool]:
    return (RUN_CASE.c.tenant_id == tenant_id) & (RUN_CASE.c.migration_id == migration_id)


# --- cases ------------------------------------------------------------------------------------------------------


def add_cases(
    connection: Connection, tenant_id: str, migration_id: str, cases: Sequence[RunCase], now: datetime
) -> None:
    """Note what became of a batch, in the transaction that moved it."""
    columns = ("tenant_id", "migration_id", "case_id", "state", "why", "sequence", "was", "moves", "noted_at")
    sets = RowSets()
    sets.insert(RUN_CASE, columns, [_row(tenant_id, migration_id, each, now) for each in cases])
    sets.write(connection)


def _row(tenant_id: str, migration_id: str, each: RunCase, now: datetime) -> tuple[Any, ...]:
    moves = [move.as_json() for move in each.moves]
    said = (each.case_id, each.state, each.why[:400], each.sequence, dict(each.was or {}), moves)
    return (tenant_id, migration_id, *said, now)


def change_cases(
    connection: Connection, tenant_id: str, migration_id: str, states: Mapping[str, tuple[str, str]], now: datetime
) -> None:
    """Note another state and why, by case."""
    rows = [(tenant_id, migration_id, case_id, state, why[:400], now) for case_id, (state, why) in states.items()]
    sets = RowSets()
    sets.update(RUN_CASE, ("tenant_id", "migration_id", "case_id"), ("state", "why", "noted_at"), rows)
    sets.write(connection)


def moved_cases(
    connection: Connection, tenant_id: str, migration_id: str, after: str, limit: int
) -> list[Mapping[Any, Any]]:
    """The next cases that this run has moved, in the order of their ids."""
    mine = _of(tenant_id, migration_id) & (RUN_CASE.c.state == "moved")
    question = select(RUN_CASE).where(mine & (RUN_CASE.c.case_id > after) if after else mine)
    return list(connection.execute(question.order_by(RUN_CASE.c.case_id).limit(limit)).mappings())


def told_of(connection: Connection, tenant_id: str, migration_id: str) -> Iterator[tuple[str, RunCase]]:
    """Every case that a run has touched, with its number: state, why, and the promises whose due instant moved."""
    same = (CASE.c.tenant_id == RUN_CASE.c.tenant_id) & (CASE.c.case_id == RUN_CASE.c.case_id)
    columns = (CASE.c.number, RUN_CASE.c.case_id, RUN_CASE.c.state, RUN_CASE.c.why, RUN_CASE.c.moves)
    question = select(*columns).join_from(RUN_CASE, CASE, same).where(_of(tenant_id, migration_id))
    for row in connection.execute(question.order_by(RUN_CASE.c.case_id)):
        moves = tuple(Move.of_json(each) for each in row.moves)
        yield row.number, RunCase(row.case_id, row.state, row.why, moves=moves)
