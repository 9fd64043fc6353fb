"""The invented county of a scenario: units, workers and clients by name, made by the commands that real ones are made by.

What a scenario says of a unit or a worker is gathered first and made when somebody is first needed, so that the words
may come in any order.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from engine import people
from engine.clients import NewClient, add_client
from engine.handle import Engine
from engine.ids import new_id
from engine.machine import CompiledPathway
from engine.published import publish
from features.definitions_given import GivenDefinitions, Pinned
from pathways.actor import Actor, the_system
from pathways.near_miss import did_you_mean
from pathways.time_zone import HELSINKI


class NotKnown(Exception):
    """A name that the scenario hasn't introduced."""

    def __init__(self, what: str, name: str, known: "list[str] | dict[str, Any]") -> None:
        hint = did_you_mean(name, known)
        there = f"; known: {', '.join(known)}" if known and not hint else hint
        super().__init__(f'no {what} "{name}"{there}')


class TooLate(Exception):
    """Something about a unit or worker was said after they had begun to work."""


@dataclass
class PlannedUnit:
    """A unit as the scenario describes it."""

    name: str
    settings: dict[str, Any] = field(default_factory=dict)
    swedish_queue: str | None = None
    unit_id: str | None = None


@dataclass
class PlannedWorker:
    """A worker as the scenario describes them. `places` are units by name with their roles there."""

    name: str
    about: dict[str, Any] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    worker_id: str | None = None


@dataclass
class KnownClient:
    """A client by name, and the newest case the scenario has seen of them."""

    name: str
    about: dict[str, Any] = field(default_factory=dict)
    client_id: str = ""
    case_id: str | None = None
    pathway: CompiledPathway | None = None


@dataclass
class InventedCounty:
    """Everybody of a scenario, by name. Nothing is in the database until `settle`."""

    engine: Engine
    definitions: GivenDefinitions
    tenant_id: str = ""
    pinned: Pinned = field(default_factory=Pinned)
    pathways: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    units: dict[str, PlannedUnit] = field(default_factory=dict)
    workers: dict[str, PlannedWorker] = field(default_factory=dict)
    clients: dict[str, KnownClient] = field(default_factory=dict)

    # --- what the scenario says ---

    def unit(self, name: str) -> PlannedUnit:
        """The unit of that name, new or known."""
        return self.units.setdefault(name, PlannedUnit(name))

    def set_unit(self, name: str, **settings: Any) -> None:
        unit = self.unit(name)
        _refuse_when(unit.unit_id, name)
        unit.settings |= settings

    def worker(self, name: str) -> PlannedWorker:
        """The worker of that name, new or known."""
        return self.workers.setdefault(name, PlannedWorker(name))

    def describe(self, name: str, **about: Any) -> None:
        """Add to what is known of a worker; lists grow, other things are replaced."""
        worker = self.worker(name)
        _refuse_when(worker.worker_id, name)
        for key, value in about.items():
            worker.about[key] = (*worker.about.get(key, ()), *value) if isinstance(value, tuple) else value

    def place(self, name: str, unit: str, *roles: str, head: bool = False) -> None:
        worker = self.worker(name)
        _refuse_when(worker.worker_id, name)
        self.unit(unit)
        worker.places.setdefault(unit, set()).update(roles)
        if head:
            worker.heads.add(unit)

    def describe_client(self, name: str, **about: Any) -> None:
        """Add to what is known of a client before they make contact."""
        client = self.clients.setdefault(name, KnownClient(name))
        _refuse_when(client.client_id, name)
        client.about |= about

    def pin(self, pinned: Pinned) -> None:
        _refuse_when(self.tenant_id, "the county")
        self.pinned = pinned

    # --- made real ---

    def settle(self) -> None:
        """Make everybody who was described and isn't there yet, and publish the pathways the scenario is about."""
        if not self._is_settled():
            with self.engine.database.begin() as connection:
                self._settle(connection)

    def _is_settled(self) -> bool:
        made = (u.unit_id for u in self.units.values()), (w.worker_id for w in self.workers.values())
        known = all(client.client_id for client in self.clients.values())
        return bool(self.tenant_id) and self.pathways <= self.published and all(map(all, made)) and known

    def _settle(self, connection: Connection) -> None:
        now = self.engine.clock.now()
        if not self.tenant_id:
            self.tenant_id = people.add_tenant(connection, "Rantamaan hyvinvointialue", now, demo=True)
        for pathway in sorted(self.pathways - self.published):
            definition = self.definitions.pathway(pathway, self.pinned)
            publish(connection, self.tenant_id, definition, by=new_id(now), now=now)
            self.published.add(pathway)
        self._make_people(connection)

    def _make_people(self, connection: Connection) -> None:
        for unit in sorted(self.units.values(), key=lambda u: u.swedish_queue is not None):
            if unit.unit_id is None:
                self._make_unit(connection, unit)
        for number, worker in enumerate(self.workers.values()):
            if worker.worker_id is None:
                self._make_worker(connection, worker, number)
        for client in self.clients.values():
            if not client.client_id:
                self._make_client(connection, client)

    def _make_unit(self, connection: Connection, unit: PlannedUnit) -> None:
        settings = dict(unit.settings)
        if unit.swedish_queue:
            settings["swedish_queue_id"] = self.units[unit.swedish_queue].unit_id
        names = (unit.name, unit.name)
        now = self.engine.clock.now()
        unit.unit_id = people.add_unit(connection, self.tenant_id, unit.name.casefold(), names, now, **settings)

    def _make_worker(self, connection: Connection, worker: PlannedWorker, number: int) -> None:
        """One after another, so that where nothing else decides between two the one named first comes first."""
        described = replace(people.NewWorker(worker.name), **worker.about)
        now = self.engine.clock.now() + timedelta(milliseconds=number)
        worker.worker_id = people.add_worker(connection, self.tenant_id, described, now)
        for unit, roles in worker.places.items():
            unit_id = self.units[unit].unit_id or ""
            head = unit in worker.heads
            people.join_unit(connection, self.tenant_id, unit_id, worker.worker_id, sorted(roles), head=head)

    def _make_client(self, connection: Connection, client: KnownClient) -> None:
        now = self.engine.clock.now()
        new = replace(NewClient(new_id(now), name=client.name, is_new=True), **client.about)
        client.client_id = add_client(connection, self._registrar(), self.engine.keys, new, now)

    def _registrar(self) -> Actor:
        """Who enters clients before a scenario begins: anybody who works with clients."""
        for worker in self.workers.values():
            if any("case_worker" in roles for roles in worker.places.values()):
                return Actor(self.tenant_id, worker.worker_id or "", roles=frozenset({"case_worker"}))
        raise NotKnown("worker who works with clients", "", [])

    # --- asked by name ---

    @property
    def system(self) -> Actor:
        return the_system(self.tenant_id)

    def unit_id(self, name: str) -> str:
        if name not in self.units:
            raise NotKnown("unit", name, self.units)
        self.settle()
        return self.units[name].unit_id or ""

    def worker_id(self, name: str) -> str:
        if name not in self.workers:
            raise NotKnown("worker", name, self.workers)
        self.settle()
        return self.workers[name].worker_id or ""

    def known_client(self, name: str) -> KnownClient:
        if name not in self.clients:
            raise NotKnown("client", name, self.clients)
        self.settle()
        return self.clients[name]

    def actor(self, name: str) -> Actor:
        """The worker as today's actor: with their units, and whom they stand in for today."""
        worker_id = self.worker_id(name)
        with self.engine.database.read() as connection:
            actor = people.actor_of(connection, self.tenant_id, worker_id, self.today)
        if actor is None:
            raise NotKnown("active worker", name, [])
        return actor

    @property
    def today(self) -> date:
        return self.engine.clock.now().astimezone(HELSINKI).date()

    def name_of_worker(self, worker_id: str | None) -> str | None:
        return next((w.name for w in self.workers.values() if w.worker_id == worker_id and worker_id), None)

    def name_of_unit(self, unit_id: str | None) -> str | None:
        return next((u.name for u in self.units.values() if u.unit_id == unit_id and unit_id), None)


def _refuse_when(made: str | None, name: str) -> None:
    if made:
        raise TooLate(f'"{name}" works already; say this before anybody makes contact')
