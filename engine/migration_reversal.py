"""Migration reversal: takes a run of a migration back, case by case, until the next thing that happened on each.

A case on which something has happened since stays where it is and is listed. What waits is found by query, so a
reversal that was killed goes on where it was; nothing is deleted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import select

from engine.case_migration import BATCH, SHOWN
from engine.database import is_passing
from engine.handle import Engine
from engine.migration_runs import MigrationRun, change_cases, moved_cases, note_state, run_of, told_of
from engine.projection import CASE_TABLE as CASE
from engine.store import Ask
from pathways.commands import ReverseMigration
from pathways.errors import Malformed, UnknownThing

ENDED_SINCE = Ask(promises_in=("cancelled",))
"""Ended promises come whole, as the migration may have ended them."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Reversed:
    """How many cases went back, and which stayed: the numbers of the first of them, and how many for each reason."""

    run: MigrationRun
    waiting: int
    back: int = 0
    stayed: dict[str, tuple[list[str], int]] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        return sum(count for _, count in self.stayed.values())

    def stay(self, number: str, why: str) -> None:
        numbers, count = self.stayed.get(why, ([], 0))
        self.stayed[why] = ([*numbers, number][:SHOWN], count + 1)


def reverse_all(
    engine: Engine, tenant_id: str, migration_id: str, *, by: str = "system", batch: int = BATCH
) -> Iterator[Reversed]:
    """Take back what a run moved; yields after each batch."""
    with engine.database.begin() as connection:
        run = run_of(connection, tenant_id, migration_id)
        if run is None:
            raise UnknownThing("migration", migration_id)
        if run.state == "reversed":
            raise Malformed("undo", "this migration has been taken back already")
        engine.published.check_may_run(connection, tenant_id, run.pathway_id, run.versions[0])
        if run.state != "reversing":
            note_state(connection, tenant_id, migration_id, state="reversing", reversed_by=by)
        done = Reversed(run, run.counts.get("moved", 0) + run.counts.get("reversed", 0) + run.counts.get("changed", 0))
    with engine.database.read() as connection:
        for number, case in told_of(connection, tenant_id, migration_id):
            done.back += case.state == "reversed"
            if case.state == "changed":
                done.stay(number, case.why)
    yield done
    after = ""
    while True:
        with engine.database.read() as connection:
            rows = moved_cases(connection, tenant_id, migration_id, after, batch)
        if not rows:
            break
        after = rows[-1]["case_id"]
        _reverse(engine, done, rows)
        yield done
    with engine.database.begin() as connection:
        note_state(connection, tenant_id, migration_id, state="reversed", reversed_at=engine.clock.now())
    yield done


def _reverse(engine: Engine, done: Reversed, rows: Sequence[Mapping[Any, Any]]) -> None:
    """A batch in one transaction; if a case breaks it, each case in one of its own, and the broken one stays."""
    try:
        told = _reverse_together(engine, done.run, rows)
    except Exception as error:
        if len(rows) == 1 and is_passing(error):
            raise
        if len(rows) > 1:
            for row in rows:
                _reverse(engine, done, [row])
            return
        log.warning("migration_not_reversed", case_id=rows[0]["case_id"], exc_info=True)
        why = f"it could not be moved back: {type(error).__name__}; see the log"
        told = {rows[0]["case_id"]: ("", "changed", why)}
        with engine.database.begin() as connection:
            states = {case_id: (state, why) for case_id, (_, state, why) in told.items()}
            change_cases(connection, rows[0]["tenant_id"], done.run.migration_id, states, engine.clock.now())
    for number, state, why in told.values():
        if state == "reversed":
            done.back += 1
        else:
            done.stay(number, why)


def _reverse_together(
    engine: Engine, run: MigrationRun, rows: Sequence[Mapping[Any, Any]]
) -> dict[str, tuple[str, str, str]]:
    now, tenant_id = engine.clock.now(), rows[0]["tenant_id"]
    told: dict[str, tuple[str, str, str]] = {}
    with engine.database.begin() as connection:
        these = (CASE.c.tenant_id == tenant_id) & CASE.c.case_id.in_([row["case_id"] for row in rows])
        locking = select(CASE.c.case_id, CASE.c.number).where(these).order_by(CASE.c.case_id).with_for_update()
        numbers = {row.case_id: row.number for row in connection.execute(locking)}
        commands = {(tenant_id, row["case_id"]): _command(row) for row in rows if row["was"]}
        decided = list(engine.decide_together(connection, commands, now, ENDED_SINCE))
        engine.write_together(connection, decided)
        for each in decided:
            case_id = each.key[1]
            why = each.refusal.why if isinstance(each.refusal, Malformed) else str(each.refusal or "")
            told[case_id] = (numbers[case_id], "changed" if each.refusal else "reversed", why)
        for row in rows:
            why = "its migration did more than can be taken back" if row["case_id"] in numbers else "it is gone"
            told.setdefault(row["case_id"], (numbers.get(row["case_id"], ""), "changed", why))
        states = {case_id: (state, why) for case_id, (_, state, why) in told.items()}
        change_cases(connection, tenant_id, run.migration_id, states, now)
    return told


def _command(row: Mapping[Any, Any]) -> ReverseMigration:
    return ReverseMigration(case_id=row["case_id"], sequence=row["sequence"], **row["was"])
