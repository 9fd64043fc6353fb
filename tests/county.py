"""A small invented county on a real database, for tests that go through the engine's one door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from engine import published
from engine.calendars import shipped_calendars
from engine.database import Database
from engine.handle import Answer, Engine, Idempotency
from engine.ids import new_id
from engine.keys import Keys
from engine.people import NewWorker, actor_of, add_tenant, add_unit, add_worker, join_unit
from pathways import commands as c
from pathways.actor import Actor
from pathways.time_zone import HELSINKI
from tests.builders import the_example
from tests.clock import StoppedClock

SECRET = "a-secret-of-the-tests-only"


@dataclass
class County:
    """An engine with one unit, its people by name, and the example pathway published."""

    engine: Engine
    clock: StoppedClock
    tenant_id: str
    unit_id: str
    actors: dict[str, Actor] = field(default_factory=dict)

    def worker(self, name: str, *professions: str, roles: tuple[str, ...] = ("case_worker",), **more: Any) -> Actor:
        """Add a worker to the unit and return them as somebody who asks."""
        now = self.clock.now()
        with self.engine.database.begin() as connection:
            known = NewWorker(name=name, professions=professions, **more)
            worker_id = add_worker(connection, self.tenant_id, known, now)
            join_unit(connection, self.tenant_id, self.unit_id, worker_id, roles)
        return self.actor(name, worker_id)

    def actor(self, name: str, worker_id: str) -> Actor:
        with self.engine.database.read() as connection:
            found = actor_of(connection, self.tenant_id, worker_id, self.clock.now().astimezone(HELSINKI).date())
        if found is None:
            raise LookupError(name)
        self.actors[name] = found
        return found

    def contact(self, by: Actor, **more: Any) -> Answer:
        now = self.clock.now()
        said: dict[str, Any] = {"pathway": the_example().id, "channel": "puhelin", "received_at": now, "matter": "apua"}
        made: dict[str, Any] = {"contact_id": new_id(now), "new_case_id": new_id(now), "new_client_id": new_id(now)}
        return self.engine.handle(c.TakeContact(**(made | said | more)), by)

    def outcome(self, case_id: str, step: str, outcome: str, by: Actor, key: str | None = None, **more: Any) -> Answer:
        command = c.DecideOutcome(case_id=case_id, step=step, outcome=outcome, **more)
        digest = sha256(command.model_dump_json().encode()).hexdigest()
        return self.engine.handle(command, by, Idempotency(key, digest) if key else None)

    def act(self, case_id: str, by: Actor, kind: Any = "call", **more: Any) -> Answer:
        return self.engine.handle(c.RecordAct(case_id=case_id, act_id=new_id(self.clock.now()), kind=kind, **more), by)


@contextmanager
def a_county(database_url: str, clock: StoppedClock) -> Iterator[County]:
    """Open the engine on a migrated database and fill in the county."""
    database = Database.open(str(database_url))
    engine = Engine(database, clock, shipped_calendars(), Keys.of(SECRET), demo=True)
    now: datetime = clock.now()
    with database.begin() as connection:
        tenant_id = add_tenant(connection, "Testala", now, demo=True)
        unit_id = add_unit(connection, tenant_id, "nuoret", ("Nuorten tiimi", "Ungdomsteamet"), now, promises_on=True)
        published.publish(connection, tenant_id, the_example().definition, by="test", now=now)
    try:
        yield County(engine, clock, tenant_id, unit_id)
    finally:
        database.dispose()
