"""How fast a case advances: the product's own command handler against hand-written psycopg writing the same rows.

One advance finishes a step, enters the next, ends one promise and starts one. Both sides write to the same private
PostgreSQL in turns, so that a noisy machine is noisy for both; what counts is the ratio of medians.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.advance_floor import Floor
from benchmarks.round_trips import counted
from engine import published, schema
from engine import tables as t
from engine.calendars import shipped_calendars
from engine.database import Database
from engine.expansion import Shelf
from engine.handle import Engine, Idempotency
from engine.ids import new_id
from engine.keys import Keys
from engine.reader import read_pathway
from pathways import commands as c
from pathways.actor import Actor
from tests.servers import Databases, PostgresServer

DEFINITION = Path(__file__).parent / "definitions" / "loop.yaml"
BEGINS = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
EARLY, LATE, WIDTH = 10, 400, 11


class SteppingClock:
    """A minute passes at each advance, so that nothing falls due on the way."""

    def __init__(self) -> None:
        self.moment = BEGINS

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class Measured:
    """Per advance: client CPU and wall time in microseconds (medians of rounds), and how many a second."""

    cpu_us: float
    wall_us: float
    per_second: float


@dataclass
class Report:
    measured: Measured
    floor: Measured
    ratio: dict[str, float]
    round_trips: int
    floor_round_trips: int
    history: dict[str, float]
    runs: int
    advances_per_run: int
    server: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def in_words(self) -> str:
        measured, floor, ratio, history = self.measured, self.floor, self.ratio, self.history
        return (
            f"One advance: {measured.cpu_us:.0f} µs of client CPU, {measured.per_second:.0f} a second,"
            f" {self.round_trips} round trips.\n"
            f"Floor:       {floor.cpu_us:.0f} µs of client CPU, {floor.per_second:.0f} a second,"
            f" {self.floor_round_trips} round trips.\n"
            f"Ratio: {ratio['client_cpu']} × the floor's CPU, {ratio['advances_per_second']} × its advances per second.\n"
            f"Step 400 costs {history['ratio']} × step 10 ({history['step_400_cpu_us']:.0f} and"
            f" {history['step_10_cpu_us']:.0f} µs of CPU). {self.server}"
        )


def measure_alone(*, runs: int, advances: int, tell: Callable[[str], None]) -> Report:
    """Measure on a PostgreSQL of our own that waits for the disk as a real one does."""
    with PostgresServer(durable=True) as server:
        databases = Databases(server.url)
        url = databases.create().render_as_string(hide_password=False)
        report = measure(url, runs=runs, advances=advances, tell=tell)
        report.server = databases.version()
        return report


def measure(url: str, *, runs: int = 7, advances: int = 100, tell: Callable[[str], None] = print) -> Report:
    """Measure on an empty PostgreSQL database; `tell` hears of each round."""
    with _engine(url) as (engine, actor):
        case = _open_case(engine, actor)
        floor = Floor(url, actor.tenant_id, case, str(next(iter(actor.units))), actor.worker_id)
        product = _advancer(engine, actor, case)
        for _ in range(30):  # statements prepared, caches warm
            product()
            floor.advance()
        mine: list[tuple[float, float]] = []
        theirs: list[tuple[float, float]] = []
        for number in range(runs):
            mine.append(_timed(product, advances))
            theirs.append(_timed(floor.advance, advances))
            tell(
                f"round {number + 1}/{runs}: {mine[-1][1] * 1e6:.0f} µs, floor {theirs[-1][1] * 1e6:.0f} µs an advance"
            )
        report = Report(
            measured=_median(mine),
            floor=_median(theirs),
            ratio={},
            round_trips=counted(engine.database, product),
            floor_round_trips=floor.round_trips(),
            history=_history(engine, actor),
            runs=runs,
            advances_per_run=advances,
        )
    report.ratio = {
        "client_cpu": round(report.measured.cpu_us / report.floor.cpu_us, 2),
        "advances_per_second": round(report.measured.per_second / report.floor.per_second, 2),
    }
    return report


@contextmanager
def _engine(url: str) -> Iterator[tuple[Engine, Actor]]:
    database = Database.open(url)
    schema.upgrade(database)
    clock = SteppingClock()
    engine = Engine(database, clock, shipped_calendars(), Keys.of("benchmark-benchmark"), demo=True)
    actor = _people(engine)
    try:
        yield engine, actor
    finally:
        database.dispose()


def _people(engine: Engine) -> Actor:
    """An invented county with one unit and one nurse, and the loop published in it."""
    now = BEGINS
    tenant, unit, worker = new_id(now), new_id(now), new_id(now)
    definition = read_pathway(DEFINITION.read_text(encoding="utf-8"), DEFINITION.name, Shelf()).definition
    with engine.database.begin() as connection:
        connection.execute(insert(t.Tenant.__table__).values(tenant_id=tenant, name="Mittaus", demo=True))  # type: ignore[attr-defined]
        unit_row = {"tenant_id": tenant, "unit_id": unit, "key": "mittaus", "name_fi": "Mittaus", "name_sv": "Mätning"}
        connection.execute(insert(t.Unit.__table__).values(**unit_row, pathways=[]))  # type: ignore[attr-defined]
        published.publish(connection, tenant, definition, by=worker, now=now)
    return Actor(
        tenant_id=tenant,
        worker_id=worker,
        roles=frozenset({"case_worker"}),
        units=frozenset({unit}),
        professions=frozenset({"sairaanhoitaja"}),
    )


def _open_case(engine: Engine, actor: Actor) -> str:
    now = engine.clock.now()
    contact = c.TakeContact(
        contact_id=new_id(now),
        new_case_id=new_id(now),
        new_client_id=new_id(now),
        pathway="loop",
        channel="puhelin",
        received_at=now,
        matter="mittaus",
    )
    return engine.handle(contact, actor).case_id


def _advancer(engine: Engine, actor: Actor, case_id: str) -> Callable[[], None]:
    """The product's path: a command with an idempotency key through the handler."""
    turn = iter(range(10**9))

    def advance() -> None:
        number = next(turn)
        step, outcome = ("alku", "eteenpain") if number % 2 == 0 else ("jatko", "takaisin")
        command = c.DecideOutcome(case_id=case_id, step=step, outcome=outcome)
        engine.handle(command, actor, Idempotency(f"{case_id}:{number}", "0" * 64))

    return advance


def _timed(act: Callable[[], None], times: int) -> tuple[float, float]:
    """CPU and wall seconds of one, on average over a round."""
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(times):
        act()
    return (time.process_time() - cpu) / times, (time.perf_counter() - wall) / times


def _median(rounds: list[tuple[float, float]]) -> Measured:
    cpu = statistics.median(cpu for cpu, _ in rounds)
    wall = statistics.median(wall for _, wall in rounds)
    return Measured(round(cpu * 1e6, 1), round(wall * 1e6, 1), round(1 / wall, 1))


def _history(engine: Engine, actor: Actor, cases: int = 8) -> dict[str, float]:
    """Whether the cost grows with history: CPU around step 10 and around step 400 of the same cases, interleaved."""
    early: list[float] = []
    late: list[float] = []
    young = [_advancer(engine, actor, _open_case(engine, actor)) for _ in range(cases)]
    old = [_advancer(engine, actor, _open_case(engine, actor)) for _ in range(cases)]
    for advance in old:
        for _ in range(LATE - WIDTH // 2):
            advance()
    for advance in young:
        for _ in range(EARLY - WIDTH // 2):
            advance()
    for first, second in zip(young, old, strict=True):
        for _ in range(WIDTH):
            early.append(_timed(first, 1)[0])
            late.append(_timed(second, 1)[0])
    at_early, at_late = statistics.median(early), statistics.median(late)
    return {
        "step_10_cpu_us": round(at_early * 1e6, 1),
        "step_400_cpu_us": round(at_late * 1e6, 1),
        "ratio": round(at_late / at_early, 3),
    }
