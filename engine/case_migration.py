"""Case migration in bulk: running cases of one version go on by another, each in a transaction of its own (rule 21).

What waits is found by query, so a run that was interrupted goes on where it was. A case that can't follow stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, func, select

from engine.handle import Engine
from engine.projection import CASE_TABLE as CASE
from pathways.actor import the_system
from pathways.commands import Key, MigrateCase, PromiseChoice
from pathways.errors import PathwayError

BATCH = 200
SHOWN = 5


class MigrationPlan(BaseModel):
    """What a plan file says: where open steps go on, and what each running promise does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: dict[Key, Key] = {}
    promises: dict[Key, PromiseChoice] = {}


@dataclass(slots=True)
class Migrated:
    """How many cases moved, and why others stayed: reason → the numbers of the first of them, and how many there are."""

    waiting: int
    moved: int = 0
    stayed: dict[str, tuple[list[str], int]] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        return sum(count for _, count in self.stayed.values())

    def refuse(self, number: str, why: str) -> None:
        numbers, count = self.stayed.get(why, ([], 0))
        self.stayed[why] = ([*numbers, number][:SHOWN], count + 1)


class _Undone(Exception):
    """Leaves a transaction without keeping anything."""


def migrate_all(
    engine: Engine, tenant_id: str, pathway: str, versions: tuple[int, int], plan: MigrationPlan, *, dry: bool
) -> Iterator[Migrated]:
    """Move every open case of a version, or only say what would happen; yields after each batch."""
    of_version = (CASE.c.tenant_id == tenant_id) & (CASE.c.pathway_id == pathway) & (CASE.c.version == versions[0])
    waits = of_version & (CASE.c.state == "open")
    with engine.database.read() as connection:
        done = Migrated(connection.execute(select(func.count()).select_from(CASE).where(waits)).scalar_one())
    yield done
    after = ""
    while True:
        with engine.database.read() as connection:
            page = waits & (CASE.c.case_id > after) if after else waits
            question = select(CASE.c.case_id, CASE.c.number).where(page).order_by(CASE.c.case_id).limit(BATCH)
            rows = connection.execute(question).all()
        if not rows:
            return
        after = rows[-1].case_id
        for row in rows:
            command = MigrateCase(case_id=row.case_id, to_version=versions[1], **plan.model_dump())
            _migrate(engine, tenant_id, row, command, done, dry=dry)
        yield done


def _migrate(engine: Engine, tenant_id: str, row: Any, command: MigrateCase, done: Migrated, *, dry: bool) -> None:
    try:
        if dry:
            _try(engine, tenant_id, command)
        else:
            engine.handle(command, the_system(tenant_id))
    except PathwayError as refusal:
        done.refuse(row.number, str(refusal))
    else:
        done.moved += 1


def _try(engine: Engine, tenant_id: str, command: MigrateCase) -> None:
    def within(connection: Connection) -> None:
        engine.handle_within(connection, command, the_system(tenant_id))
        raise _Undone

    try:
        with engine.database.begin() as connection:
            within(connection)
    except _Undone:
        return
