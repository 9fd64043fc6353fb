"""Case migration in bulk: running cases of one version go on by another, a batch in one transaction (rule 21).

What waits is found by query, so a run that was killed goes on where it was. A case that can't follow stays as it is,
and why is told. What each run did stands beside it: see `migration_runs`; `migration_reversal` takes it back.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, and_, func, select

from engine.database import is_passing
from engine.handle import Decided, Engine
from engine.machine import CompiledPathway
from engine.migration_moves import Move, Moved, moves_of, summed
from engine.migration_runs import RUN_CASE, RunCase, add_cases, begin_run, note_state, told_of
from engine.people import UNIT
from engine.projection import CASE_TABLE as CASE
from engine.rules.migration import MIGRATED, mistakes_of
from pathways import events as e
from pathways.commands import Key, MigrateCase, PromiseChoice
from pathways.errors import Malformed

BATCH = 200  # cases in one transaction
SHOWN = 5

log = structlog.get_logger(__name__)


class MigrationPlan(BaseModel):
    """What a plan file says: where open steps go on, and what each running promise does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: dict[Key, Key] = {}
    promises: dict[Key, PromiseChoice] = {}


@dataclass(slots=True)
class Migrated:
    """How many cases moved or would, why others stayed, and which due instants move.

    `stayed`: reason → the numbers of the first of them, and how many there are. `listed` holds every move in a dry run.
    """

    waiting: int
    migration_id: str | None = None
    moved: int = 0
    stayed: dict[str, tuple[list[str], int]] = field(default_factory=dict)
    moves: dict[str, Moved] = field(default_factory=dict)
    listed: list[tuple[str, Move]] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return sum(count for _, count in self.stayed.values())

    @property
    def breaches(self) -> int:
        """Promises that would be overdue at once."""
        return sum(each.breaches for each in self.moves.values())

    def refuse(self, number: str, why: str) -> None:
        numbers, count = self.stayed.get(why, ([], 0))
        self.stayed[why] = ([*numbers, number][:SHOWN], count + 1)

    def move(self, number: str, moves: Sequence[Move]) -> None:
        self.moved += 1
        summed(moves, self.moves)
        self.listed += [(number, move) for move in moves]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to move: whose cases, from which version to which, by which plan, for whom."""

    tenant_id: str
    pathway: str
    versions: tuple[int, int]
    plan: MigrationPlan = field(default_factory=MigrationPlan)
    by: str = "system"

    def command(self, case_id: str) -> MigrateCase:
        return MigrateCase(case_id=case_id, to_version=self.versions[1], **self.plan.model_dump())

    @property
    def waits(self) -> ColumnElement[bool]:
        of_version = (CASE.c.pathway_id == self.pathway) & (CASE.c.version == self.versions[0])
        return (CASE.c.tenant_id == self.tenant_id) & of_version & (CASE.c.state == "open")


def migrate_all(engine: Engine, asked: Asked, *, dry: bool, batch: int = BATCH) -> Generator[Migrated]:
    """Move every open case of a version, or only say what would happen; yields after each batch.

    Refuses a plan that no case could follow: `Malformed`. One that was interrupted goes on under its own id.
    """
    with engine.database.read() as connection:
        untrained = _untrained_units(connection, engine, asked)
        done = Migrated(connection.execute(select(func.count()).select_from(CASE).where(asked.waits)).scalar_one())
    if not dry:
        with engine.database.begin() as connection:
            plan, now = asked.plan.model_dump(), engine.clock.now()
            done.migration_id = begin_run(
                connection, asked.tenant_id, asked.pathway, asked.versions, plan,
                waiting=done.waiting, by=asked.by, now=now,
            )  # fmt: skip
        _count_again(engine, asked, done)
    yield done
    after = ""
    while rows := _next(engine, asked, done.migration_id, after, batch):
        after = rows[-1].case_id
        _Batch(engine, asked, done, untrained).move(rows)
        yield done
    if done.migration_id:
        with engine.database.begin() as connection:
            finished = {"state": "done", "finished_at": engine.clock.now()}
            note_state(connection, asked.tenant_id, done.migration_id, **finished)
        yield done


def _untrained_units(connection: Connection, engine: Engine, asked: Asked) -> frozenset[str]:
    """Check the plan against both versions; return the units that may not run the new one, if it isn't approved."""
    published, (old_version, new_version) = engine.published, asked.versions
    old = published.version(connection, asked.tenant_id, asked.pathway, old_version)
    new = published.version(connection, asked.tenant_id, asked.pathway, new_version)
    published.check_takes_cases(connection, asked.tenant_id, asked.pathway, new_version)
    check_plan(old, new, asked.plan)
    if engine.demo or not new.definition.approved.missing():
        return frozenset()
    units = select(UNIT.c.unit_id).where(UNIT.c.tenant_id == asked.tenant_id, UNIT.c.training.is_(False))
    return frozenset(connection.execute(units).scalars())


def cases_running(connection: Connection, tenant_id: str, pathway: str, version: int) -> int:
    """How many open cases run on a version."""
    question = select(func.count()).select_from(CASE).where(Asked(tenant_id, pathway, (version, version)).waits)
    return connection.execute(question).scalar_one()


def check_plan(old: CompiledPathway, new: CompiledPathway, plan: MigrationPlan) -> None:
    """Refuse a plan with names that neither version knows, or that would move a clock of the law."""
    mistakes = list(mistakes_of(old, new, plan.steps, plan.promises))
    if mistakes:
        raise Malformed("plan", "; ".join(mistakes))


def _count_again(engine: Engine, asked: Asked, done: Migrated) -> None:
    """A run that goes on has moved cases before; they count, and are not listed again."""
    with engine.database.read() as connection:
        for number, case in told_of(connection, asked.tenant_id, done.migration_id or ""):
            if case.state == "stayed":
                done.refuse(number, case.why)
            else:
                done.waiting += 1
                done.move(number, case.moves)


def _next(engine: Engine, asked: Asked, migration_id: str | None, after: str, limit: int) -> Sequence[Any]:
    """The next cases that wait; those that this run has found to stay are not asked again."""
    waits = asked.waits & (CASE.c.case_id > after) if after else asked.waits
    if migration_id:
        same = and_(RUN_CASE.c.tenant_id == CASE.c.tenant_id, RUN_CASE.c.case_id == CASE.c.case_id)
        waits = waits & ~select(RUN_CASE.c.case_id).where(same, RUN_CASE.c.migration_id == migration_id).exists()
    question = select(CASE.c.case_id, CASE.c.number, CASE.c.unit_id).where(waits).order_by(CASE.c.case_id)
    with engine.database.read() as connection:
        return connection.execute(question.limit(limit)).all()


@dataclass(slots=True)
class _Batch:
    engine: Engine
    asked: Asked
    done: Migrated
    untrained: frozenset[str]

    def move(self, rows: Sequence[Any]) -> None:
        """A batch in one transaction; if a case breaks it, each case in one of its own, and the broken one stays."""
        try:
            told = self._move(rows)
        except Exception as error:
            if len(rows) == 1 and is_passing(error):
                raise
            if len(rows) > 1:
                for row in rows:
                    self.move([row])
                return
            log.warning("case_not_migrated", case_id=rows[0].case_id, exc_info=True)
            told = [RunCase(rows[0].case_id, "stayed", f"it could not be moved: {type(error).__name__}; see the log")]
            self._note(told)
        self._count(rows, told)

    def _move(self, rows: Sequence[Any]) -> list[RunCase]:
        now = self.engine.clock.now()
        if self.done.migration_id is None:
            with self.engine.database.read() as connection:
                return self._decided(connection, rows, now)[0]
        with self.engine.database.begin() as connection:
            told, decided = self._decided(connection, self._locked(connection, rows), now)
            self.engine.write_together(connection, decided)
            add_cases(connection, self.asked.tenant_id, self.done.migration_id, told, now)
        return told

    def _locked(self, connection: Connection, rows: Sequence[Any]) -> list[Any]:
        """Hold the cases' rows in the order of their ids; one that has ended or moved meanwhile waits no more."""
        mine = self.asked.waits & CASE.c.case_id.in_([row.case_id for row in rows])
        locked = set(
            connection.execute(select(CASE.c.case_id).where(mine).order_by(CASE.c.case_id).with_for_update()).scalars()
        )
        return [row for row in rows if row.case_id in locked]

    def _decided(
        self, connection: Connection, rows: Sequence[Any], now: datetime
    ) -> tuple[list[RunCase], list[Decided]]:
        fit = [row for row in rows if row.unit_id not in self.untrained]
        commands = {(self.asked.tenant_id, row.case_id): self.asked.command(row.case_id) for row in fit}
        decided = list(self.engine.decide_together(connection, commands, now))
        told = [self._told(each, now) for each in decided]
        why = f"version {self.asked.versions[1]} is not approved; only units marked harjoittelu may run it"
        unfit = (row for row in rows if row.unit_id in self.untrained)
        return [*told, *(RunCase(row.case_id, "stayed", why) for row in unfit)], decided

    def _told(self, each: Decided, now: datetime) -> RunCase:
        case_id = each.key[1]
        if each.refusal:
            return RunCase(case_id, "stayed", str(each.refusal))
        moves = tuple(moves_of(each.before, each.after, self.asked.plan.promises, now))
        return RunCase(case_id, "moved", sequence=each.after.sequence, was=return_of(each), moves=moves)

    def _note(self, told: Sequence[RunCase]) -> None:
        if self.done.migration_id:
            with self.engine.database.begin() as connection:
                now = self.engine.clock.now()
                add_cases(connection, self.asked.tenant_id, self.done.migration_id, told, now)

    def _count(self, rows: Sequence[Any], told: Sequence[RunCase]) -> None:
        numbers = {row.case_id: row.number for row in rows}
        for each in told:
            if each.state == "moved":
                self.done.move(numbers[each.case_id], each.moves)
            else:
                self.done.refuse(numbers[each.case_id], each.why)


_TAKEN_BACK = (
    *(e.CaseMigrated, e.PromiseCancelled, e.PromiseStarted, e.PromiseBreached),
    *(e.StepEntered, e.StepNotNeeded),
)
"""What a migration tells that reversing it can answer."""


def return_of(each: Decided) -> Mapping[str, Any]:
    """What the case would need to go back; empty when something else followed, such as another who answers."""
    if any(not isinstance(event, _TAKEN_BACK) for event in each.events):
        return {}
    before, after = each.before, each.after
    runs = [(run, after.runs[run.run_id]) for run in before.runs.values()]
    ended = [promise for promise in after.promises.values() if promise.end_reason == MIGRATED]
    return {
        "to_version": before.version,
        "steps": {was.run_id: was.step for was, now in runs if was.step != now.step},
        "branches": {was.run_id: was.branch for was, now in runs if was.branch and was.branch != now.branch},
        "visits": dict(before.visits) if before.visits != after.visits else {},
        "entered": [run.run_id for run in after.open_runs if run.run_id not in before.runs],
        "promise_ids": [promise.promise_id for promise in ended if before.promises[promise.promise_id].is_live],
        "started": [event.promise_id for event in each.events if isinstance(event, e.PromiseStarted)],
    }
