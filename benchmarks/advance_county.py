"""The county in which cases advance: its own in an empty database, or one unit of a loaded one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

from sqlalchemy import insert, text

from benchmarks.advance_floor import Floor
from benchmarks.load import Loaded
from engine import published, schema
from engine import tables as t
from engine.calendars import shipped_calendars
from engine.database import Database
from engine.expansion import Shelf
from engine.handle import Engine, Idempotency
from engine.ids import new_id
from engine.keys import Keys
from engine.projection import table_of
from engine.reader import read_pathway
from pathways import commands as c
from pathways.actor import Actor

DEFINITION = Path(__file__).parent / "definitions" / "loop.yaml"
BEGINS = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
Act = Callable[[], None]


class SteppingClock:
    """A second passes at each command, so that nothing falls due on the way."""

    def __init__(self) -> None:
        self.moment = BEGINS

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class AdvanceCounty:
    """One unit with one nurse, who advances cases through the engine's door; and the same by hand."""

    url: str
    engine: Engine
    actor: Actor
    floors: list[Floor] = field(default_factory=list)

    def open_case(self) -> str:
        now = self.engine.clock.now()
        contact = c.TakeContact(
            contact_id=new_id(now),
            new_case_id=new_id(now),
            new_client_id=new_id(now),
            pathway="loop",
            channel="puhelin",
            received_at=now,
            matter="mittaus",
        )
        return self.engine.handle(contact, self.actor).case_id

    def product(self, case_id: str | None = None) -> Act:
        """Advance one case through the engine: a command with an idempotency key each time."""
        case_id = case_id or self.open_case()
        turn = iter(range(10**9))

        def advance() -> None:
            number = next(turn)
            step, outcome = ("alku", "eteenpain") if number % 2 == 0 else ("jatko", "takaisin")
            command = c.DecideOutcome(case_id=case_id, step=step, outcome=outcome)
            self.engine.handle(command, self.actor, Idempotency(f"{case_id}:{number}", "0" * 64))

        return advance

    def floor(self) -> Floor:
        """The same by hand, on a twin of a case of its own and a connection of its own."""
        unit_id = next(iter(self.actor.units))
        floor = Floor(self.url, self.actor.tenant_id, self.open_case(), unit_id, self.actor.worker_id)
        self.floors.append(floor)
        return floor

    def gather_statistics(self) -> None:
        """As autovacuum does within a minute; both sides are planned by them."""
        with self.engine.database.begin() as connection:
            connection.execute(text("ANALYZE"))


@contextmanager
def advance_county(url: str) -> Iterator[AdvanceCounty]:
    """Open a database that is empty, or one that `benchmarks.load` has filled."""
    database = Database.open(url)
    schema.upgrade(database)
    engine = Engine(database, SteppingClock(), shipped_calendars(), Keys.of("benchmark-benchmark"), demo=True)
    county = AdvanceCounty(url, engine, _nurse(engine))
    try:
        yield county
    finally:
        for floor in county.floors:
            floor.close()
        database.dispose()


def _nurse(engine: Engine) -> Actor:
    """The nurse of an invented unit, or of the loaded county's first one; the loop is published there."""
    loaded = _loaded(engine.database)
    now = BEGINS
    tenant, unit, worker = new_id(now), new_id(now), new_id(now)
    definition = read_pathway(DEFINITION.read_text(encoding="utf-8"), DEFINITION.name, Shelf()).definition
    with engine.database.begin() as connection:
        if loaded:
            tenant, first = loaded.tenant_id, loaded.county.teams[0]
            unit, worker = first.unit_id, first.worker_ids[0]
        else:
            connection.execute(insert(table_of(t.Tenant)).values(tenant_id=tenant, name="Mittaus", demo=True))
            names = {"key": "mittaus", "name_fi": "Mittaus", "name_sv": "Mätning"}
            connection.execute(insert(table_of(t.Unit)).values(tenant_id=tenant, unit_id=unit, pathways=[], **names))
        published.publish(connection, tenant, definition, by=worker, now=now)
        connection.execute(text("UPDATE unit SET pathways = '[]' WHERE unit_id = :unit"), {"unit": unit})
    return Actor(
        tenant_id=tenant,
        worker_id=worker,
        roles=frozenset({"case_worker"}),
        units=frozenset({unit}),
        professions=frozenset({"sairaanhoitaja"}),
    )


def _loaded(database: Database) -> Loaded | None:
    with database.read() as connection:
        known = connection.execute(text("SELECT to_regclass('bench.loaded')")).scalar()
    return Loaded.of(database) if known else None


# --- timing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one advance, on average over a round: seconds of client CPU, and seconds from one to the next."""

    cpu: float
    wall: float


def timed(acts: list[Act], times: int) -> Cost:
    """The cost when each of `acts` is done so often, all of them at once and in one process."""
    if len(acts) == 1:
        cpu, wall = time.process_time(), time.perf_counter()
        _repeat(acts[0], times)
        return Cost((time.process_time() - cpu) / times, (time.perf_counter() - wall) / times)
    ready = Barrier(len(acts) + 1)
    threads = [Thread(target=_repeat, args=(act, times, ready)) for act in acts]
    for thread in threads:
        thread.start()
    ready.wait()
    cpu, wall = time.process_time(), time.perf_counter()
    for thread in threads:
        thread.join()
    every = times * len(acts)
    return Cost((time.process_time() - cpu) / every, (time.perf_counter() - wall) / every)


def _repeat(act: Act, times: int, ready: Barrier | None = None) -> None:
    if ready:
        ready.wait()
    for _ in range(times):
        act()
