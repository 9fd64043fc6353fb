"""Fills a PostgreSQL with a county of N cases and 8 N promises, as the product writes them, in minutes instead of weeks.

Templates (`load_templates`) are real cases told by commands; a copy has its own ids, team and worker. Copies are made
set-based, index by index and without foreign keys being looked up, which is what makes it quick. Teams whose number
ends in three have about a thousandth of the cases overdue; of every fiftieth case the whole journal is there, of the
others its first event: only those fiftieths can be replayed.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection, text

from benchmarks.load_copies import Copies, first_ms_of
from benchmarks.load_templates import COPIED, CountyOfTeams, LoadClock, Team, Templates, settle
from engine import schema
from engine.calendars import shipped_calendars
from engine.clock import SystemClock
from engine.database import Database
from engine.handle import Engine
from engine.keys import Keys

SECRET = "benchmark-benchmark"  # noqa: S105 - of invented people
TEAMS = 300
CHUNK = 20_000  # cases in one transaction

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loaded database holds. `late_teams` are the numbers (from 1) of the teams with overdue promises."""

    county: CountyOfTeams
    cases: int
    loaded_at: datetime
    due_at: datetime | None = None
    due_at_once: int = 0

    @property
    def tenant_id(self) -> str:
        return self.county.tenant_id

    @property
    def late_teams(self) -> tuple[Team, ...]:
        return tuple(team for number, team in enumerate(self.county.teams, 1) if number % 10 == 3)

    @classmethod
    def of(cls, database: Database) -> "Loaded":
        """What `load` left in this database (or in the one it is a copy of)."""
        with database.read() as connection:
            said: dict[str, Any] = connection.execute(text("SELECT said FROM bench.loaded")).scalar_one()
        county = said["county"]
        teams = tuple(Team(each["unit_id"], each["lead_id"], tuple(each["worker_ids"])) for each in county["teams"])
        return cls(
            county=CountyOfTeams(county["tenant_id"], teams, county["supervisor_id"], county["director_id"]),
            cases=said["cases"],
            loaded_at=datetime.fromisoformat(said["loaded_at"]),
            due_at=datetime.fromisoformat(said["due_at"]) if said["due_at"] else None,
            due_at_once=said["due_at_once"],
        )


def load(
    url: str,
    *,
    cases: int,
    due_at_once: int = 0,
    due_at: datetime | None = None,
    analyze: bool = True,
    teams: int = TEAMS,
    tell: Tell = lambda _: None,
) -> Loaded:
    """Fill an empty PostgreSQL database. `tell` hears how much is done (0–1).

    `due_at_once` promises of further cases fall due together at `due_at`: see `arm`. With `analyze=False` nobody has
    gathered statistics of the tables and nobody will: autovacuum stays away from them.
    """
    now = SystemClock().now().replace(microsecond=0)
    database = Database.open(url)
    try:
        schema.upgrade(database)
        engine = Engine(database, LoadClock(now), shipped_calendars(), Keys.of(SECRET), demo=True)
        with database.begin() as connection:
            county = settle(connection, teams, now)
            _autovacuum(connection, on=False)
        Templates(engine, county, now).make(lambda done: tell(done * 0.05))
        copies = Copies(county, first_ms_of(now))
        with database.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(COPIED)} CASCADE"))  # as if nobody had looked at them yet
            connection.execute(text("CREATE TABLE bench.loaded (said jsonb)"))
            connection.execute(text("INSERT INTO bench.loaded VALUES ('{}')"))
            copies.prepare(connection, cases)
            rebuild = _drop_indexes(connection)
        for first in range(0, cases, CHUNK):
            with database.begin() as connection:
                copies.copy(connection, first, min(first + CHUNK, cases))
            tell(0.05 + 0.65 * min(first + CHUNK, cases) / cases)
        for number, statement in enumerate(rebuild, 1):
            with database.begin() as connection:
                connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
                connection.execute(text(statement))
            tell(0.7 + 0.2 * number / len(rebuild))
        loaded = _remember(database, Loaded(county, cases, now))
        if due_at_once:
            loaded = arm(url, due_at_once, due_at or now)
        if analyze:
            gather_statistics(url)
        tell(1.0)
        return loaded
    finally:
        database.dispose()


def loaded_with_progress(url: str, **asked: Any) -> Loaded:
    """`load`, with a bar on the screen."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Loading the county", total=1.0)
        return load(url, **asked, tell=lambda done: progress.update(task, completed=done))


def arm(url: str, promises: int, due_at: datetime) -> Loaded:
    """Add cases to a loaded database whose running promises, so many in all, fall due at one instant.

    Every other case has two of them. Their indexes are kept up row by row, as arming does it; statistics are not.
    """
    database = Database.open(url)
    try:
        loaded = Loaded.of(database)
        copies = Copies(loaded.county, first_ms_of(loaded.loaded_at))
        with database.begin() as connection:
            cases = copies.cliff(connection, loaded.cases, promises, due_at)
        return _remember(database, replace(loaded, cases=loaded.cases + cases, due_at=due_at, due_at_once=promises))
    finally:
        database.dispose()


def gather_statistics(url: str) -> None:
    """What autovacuum would have done by then: statistics and the visibility map; and let it go on."""
    database = Database.open(url)
    try:
        with database.begin() as connection:
            _autovacuum(connection, on=True)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM (ANALYZE) {', '.join(COPIED)}"))
    finally:
        database.dispose()


def _remember(database: Database, loaded: Loaded) -> Loaded:
    with database.begin() as connection:
        said = json.dumps(asdict(loaded), default=str)
        connection.execute(text("UPDATE bench.loaded SET said = cast(:said AS jsonb)"), {"said": said})
    return loaded


def _autovacuum(connection: Connection, *, on: bool) -> None:
    for table in COPIED:
        connection.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = {str(on).lower()})"))


def _drop_indexes(connection: Connection) -> list[str]:
    """Drop what is no key of the tables to be filled; return the statements that make it again."""
    found = connection.execute(
        text("""
        SELECT i.indexname, i.indexdef FROM pg_indexes i
        WHERE i.schemaname = 'public' AND i.tablename = ANY(:tables)
          AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"""),
        {"tables": list(COPIED)},
    ).all()
    for row in found:
        connection.execute(text(f'DROP INDEX "{row.indexname}"'))
    return [row.indexdef for row in found]
