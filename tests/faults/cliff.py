"""A cliff: many cases of a small county whose promises are due; made once, copied for each fault."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.exc import SQLAlchemyError

from engine import tables as t
from engine.clock import Clock, SystemClock
from engine.database import Database
from engine.handle import Engine
from engine.projection import table_of
from engine.published import PUBLISHED
from pathways.actor import Actor
from pathways.commands import PausePromise
from tests.faults.after import After, after, see_when_rungs_are_written
from tests.small_county import County, running_engine, settle

TENANT, PROMISE = table_of(t.Tenant), table_of(t.PromiseRow)
LONG_AGO = timedelta(days=14)  # both promises of a case of that age are overdue, and every rung has come
PATIENCE = 120.0


@dataclass(frozen=True)
class Cliff:
    """A running county and where its database is."""

    url: str
    county: County

    @property
    def engine(self) -> Engine:
        return self.county.engine

    def arm(self, cases: int) -> list[str]:
        """Open cases that are overdue at once."""
        return [self.county.open_case(received_at=datetime.now(UTC) - LONG_AGO) for _ in range(cases)]

    def cases(self) -> list[str]:
        """Every case, the oldest first."""
        with self.engine.database.read() as connection:
            return [
                str(id_) for id_ in connection.execute(text("SELECT case_id FROM client_case ORDER BY 1")).scalars()
            ]

    def unfired(self) -> int:
        """How many promises and timers are due and not noticed."""
        return self.number(UNFIRED)

    def number(self, question: str) -> int:
        with self.engine.database.read() as connection:
            return int(connection.execute(text(question)).scalar_one())

    def wait_until_quiet(self, patience: float = PATIENCE) -> None:
        """Return once nothing is due or waiting to be told."""
        self.wait_until(lambda: self.unfired() == 0 and self.number(WAITING) == 0, patience)

    def wait_until_fewer(self) -> None:
        """Return once something of what is due has been noticed."""
        before = self.unfired()
        self.wait_until(lambda: self.unfired() < before)

    def wait_until(self, so: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Return once it is so; a database that doesn't answer is asked again."""
        give_up_at = time.monotonic() + patience
        while not _answered(so):
            assert time.monotonic() < give_up_at, "it took too long"
            time.sleep(0.03)

    def after(self, acknowledged: Any = ()) -> After:
        with self.engine.database.read() as connection:
            now = self.engine.database.now(connection, self.engine.clock.now())
        return after(
            self.engine, now if isinstance(self.engine.clock, SystemClock) else self.engine.clock.now(), acknowledged
        )


UNFIRED = """SELECT (SELECT count(*) FROM service_promise WHERE next_fire_at <= clock_timestamp())
    + (SELECT count(*) FROM timer WHERE fired_at IS NULL AND fire_at <= clock_timestamp())"""
WAITING = """SELECT count(*) FROM outbox WHERE relayed_at IS NULL AND cancelled_at IS NULL AND kind <> 'letter'
    AND (next_try_at IS NULL OR next_try_at <= clock_timestamp())"""


@contextmanager
def cliff_in(url: str, people: dict[str, Any], clock: Clock | None = None) -> Iterator[Cliff]:
    """Work in a copy of the cliff."""
    database = Database.open(url)
    try:
        yield Cliff(url, County(running_engine(database, clock or SystemClock()), **people))
    finally:
        database.dispose()


def make_cliff(url: str, cases: int) -> dict[str, Any]:
    """Settle a county and open its cases; return who is who. Every tenth has a pause that ends as time passes."""
    database = Database.open(url)
    try:
        county = settle(running_engine(database, SystemClock()))
        with database.begin() as connection:
            connection.execute(update(TENANT).values(demo=False))  # `pathways api` serves no demo
            connection.execute(update(PUBLISHED).values(approved=True))
            see_when_rungs_are_written(connection)
        cliff = Cliff(url, county)
        for number, case_id in enumerate(cliff.arm(cases)):
            if number % 3 == 0:
                county.name_nurse(case_id)
            if number % 10 == 0:
                _pause(county, county.nurse, case_id)
        return {"tenant_id": county.tenant_id, "unit_id": county.unit_id} | {
            "nurse": county.nurse,
            "lead": county.lead,
            "head": county.head,
        }
    finally:
        database.dispose()


def _pause(county: County, by: Actor, case_id: str) -> None:
    """A pause told afterwards, over before today: its end is a timer that is due at once."""
    with county.engine.database.read() as connection:
        rows = connection.execute(PROMISE.select().where(PROMISE.c.case_id == case_id, PROMISE.c.key == "palvelu"))
        promise = rows.one()
    start = promise.started_at + timedelta(days=2)
    pause = PausePromise(
        case_id=case_id,
        promise_id=promise.promise_id,
        start=start,
        end=start + timedelta(days=3),
        reason="client_postponed",
    )
    county.engine.handle(pause, by)


def _answered(so: Callable[[], Any]) -> bool:
    try:
        return bool(so())
    except SQLAlchemyError:
        return False
