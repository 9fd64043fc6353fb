"""Fill an empty database with the demo: some two hundred invented clients, a hundred days of their lives.

A virtual clock runs from a hundred days ago to now; every case moves through real commands and every promise is swept
on the way, so that journals, breaches and messages are what they would have become. The chance is seeded.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import select

from engine.absence_cover import cover_absences
from engine.absences import NewAbsence, record_absence
from engine.catalogue import load_catalogue
from engine.clients import NewClient, add_client
from engine.demo.clients import DemoClient, invent
from engine.demo.people import COUNTY, add_people
from engine.demo.walker import Walk, Walker
from engine.handle import Engine
from engine.ids import drawn_id, new_id
from engine.machine import CompiledPathway
from engine.outbox import relay
from engine.people import actor_of, add_tenant
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.published import publish
from engine.sweep import sweep
from engine.tables import PromiseRow
from pathways.actor import Actor, the_system
from pathways.commands import GiveBreachReason, RecordEvent
from pathways.time_zone import HELSINKI

PROMISE = table_of(PromiseRow)
DAYS = 100
CLIENTS = {"nuorten_mielenterveys": 90, "ikaihmisen_kotona_asuminen": 80, "ppt": 30}
RECEPTION = {"nuorten_mielenterveys": "Aino Rinne", "ikaihmisen_kotona_asuminen": "Eero Salo", "ppt": "Ville Kallio"}
LEADS = ("Leena Saari", "Raija Notko", "Satu Viita")
REASONS = ("kapasiteetti", "odottaa_toista_tahoa", "sijaisuus", "asiakkaasta_johtuva", "kapasiteetti")
SEED = 20261121
EVERY = timedelta(hours=3)
Tell = Callable[[float], None]


class DemoClock:
    """Runs through the demo's hundred days, forwards only."""

    def __init__(self, begins: datetime) -> None:
        self._now = begins

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


def fill(engine: Engine, tell: Tell = lambda _: None) -> str:
    """Make the county, its people and its clients; `tell` hears how much is done (0–1). Return the tenant's id."""
    ends = engine.clock.now()
    begins = ends - timedelta(days=DAYS)
    clock = DemoClock(begins)
    virtual = Engine(engine.database, clock, engine.calendars, engine.keys, demo=True, published=engine.published)
    with _unhurried(engine):
        tenant_id, ids = _found_county(virtual, begins)
        walks = _walks(virtual, tenant_id, ids, begins, ends)
        _live(virtual, tenant_id, ids, walks, ends, tell)
    engine.demo = True
    return tenant_id


def _unhurried(engine: Engine) -> "_WithoutWaitingForDisk":
    return _WithoutWaitingForDisk(engine)


class _WithoutWaitingForDisk:
    """While the demo is made nothing in it is anybody's yet: SQLite needn't wait for the disk at each command."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> None:
        self._say("OFF")

    def __exit__(self, *_: object) -> None:
        self._say("FULL")

    def _say(self, how: str) -> None:
        database = self._engine.database
        if database.is_postgres:
            return
        database.dispose()
        database.sqlite_synchronous = how


def _found_county(engine: Engine, now: datetime) -> tuple[str, dict[str, str]]:
    with engine.database.begin() as connection:
        tenant_id = add_tenant(connection, COUNTY, now, demo=True)
        ids = add_people(connection, tenant_id, now)
        for pathway in load_catalogue():
            publish(connection, tenant_id, pathway.definition, by=ids["Sampo Piirto"], now=now)
    return tenant_id, ids


def _walks(
    engine: Engine, tenant_id: str, ids: dict[str, str], begins: datetime, ends: datetime
) -> list[tuple[Walker, Walk]]:
    people = _actors(engine, tenant_id, ids)
    chance = Random(SEED)  # noqa: S311 - a demo is the same every time
    made: list[tuple[Walker, Walk]] = []
    for pathway_id, number in CLIENTS.items():
        pathway, reception = _newest(engine, tenant_id, pathway_id), people[ids[RECEPTION[pathway_id]]]
        walker = Walker(engine, tenant_id, reception, people)
        made += [(walker, _walk(engine, tenant_id, pathway, chance, begins, ends, reception)) for _ in range(number)]
    return made


def _actors(engine: Engine, tenant_id: str, ids: dict[str, str]) -> dict[str, Actor]:
    today = engine.clock.now().astimezone(HELSINKI).date()
    with engine.database.read() as connection:
        found = (actor_of(connection, tenant_id, worker_id, today) for worker_id in ids.values())
        return {actor.worker_id: actor for actor in found if actor}


def _newest(engine: Engine, tenant_id: str, pathway_id: str) -> CompiledPathway:
    with engine.database.read() as connection:
        return engine.published.startable(connection, tenant_id, pathway_id, unapproved=True)


def _walk(
    engine: Engine,
    tenant_id: str,
    pathway: CompiledPathway,
    chance: Random,
    begins: datetime,
    ends: datetime,
    by: Actor,
) -> Walk:
    client = invent(chance, pathway.id, ends.date())
    contact_at = _contact_at(chance, begins, ends)
    age = (ends - contact_at).days
    return Walk(
        client=client,
        pathway=pathway,
        contact_at=contact_at,
        moves=max(0, round(chance.gauss(3 + age / 5, 3))),
        slowness=chance.choice((0.6, 1.0, 1.4, 2.5)),
        seed=_register(engine, client, chance, by),
        chance=Random(chance.random()),  # noqa: S311 - as above
    )


def _contact_at(chance: Random, begins: datetime, ends: datetime) -> datetime:
    """More of them lately than long ago, on weekdays mostly, some in the evening or at night."""
    days = DAYS * (1 - chance.random() ** 0.6)
    local = (ends - timedelta(days=days)).astimezone(HELSINKI)
    if local.weekday() > 4 and chance.random() < 0.8:
        local -= timedelta(days=local.weekday() - 4)
    if chance.random() < 0.85:
        local = datetime.combine(local.date(), time(8 + chance.randint(0, 7), chance.randint(0, 59)), HELSINKI)
    return max(begins + timedelta(hours=1), min(local, ends - timedelta(minutes=chance.randint(2, 300))))


def _register(engine: Engine, client: DemoClient, chance: Random, by: Actor) -> str:
    client_id = drawn_id(new_id(engine.clock.now()), chance.randint(0, 2**31), "client")
    known = NewClient(
        client_id=client_id,
        language=client.language,
        name=client.name,
        birth_date=client.birth_date,
        municipality=client.municipality,
        is_new=True,
    )
    with engine.database.begin() as connection:
        return add_client(connection, by, engine.keys, known, engine.clock.now())


# --- a hundred days -------------------------------------------------------------------------------------------


def _live(
    engine: Engine, tenant_id: str, ids: dict[str, str], walks: list[tuple[Walker, Walk]], ends: datetime, tell: Tell
) -> None:
    clock = engine.clock
    if not isinstance(clock, DemoClock):
        raise TypeError("the demo runs on its own clock")
    begins = clock.now()
    agenda = _Agenda()
    for walker, walk in walks:
        agenda.follow(walker.walk(walk))
    for when, act in (*_absences(engine, tenant_id, ids, ends), *_about_to_break(engine, tenant_id, walks, ends)):
        agenda.add(when, act)
    swept, today = begins, begins.astimezone(HELSINKI).date()
    while (at := agenda.next_at()) is not None and at < ends:
        while swept + EVERY < at:
            swept += EVERY
            clock.move_to(swept)
            _let_time_act(engine)
        clock.move_to(at)
        agenda.do_next()
        if (morning := at.astimezone(HELSINKI).date()) != today:
            today = morning
            _give_reasons(engine, tenant_id, ids)
        tell((at - begins) / (ends - begins))
    clock.move_to(ends)
    _let_time_act(engine)
    relay(engine, letters=False)
    tell(1.0)


def _give_reasons(engine: Engine, tenant_id: str, ids: dict[str, str]) -> None:
    """The team leads say why promises broke and what is done now; the newest ones still wait for it."""
    breached = (
        select(PROMISE.c.case_id, PROMISE.c.promise_id, PROMISE.c.unit_id)
        .where(PROMISE.c.tenant_id == tenant_id, PROMISE.c.kind != "target", PROMISE.c.reason_code.is_(None))
        .where(PROMISE.c.breached_at < engine.clock.now() - timedelta(days=2))
        .order_by(PROMISE.c.promise_id)
    )
    leads = _actors(engine, tenant_id, {name: ids[name] for name in LEADS})
    with engine.database.read() as connection:
        waiting = list(connection.execute(breached))
    for number, row in enumerate(waiting):
        lead = next((lead for lead in leads.values() if row.unit_id in lead.units), None)
        if lead is None or not _may_see(engine, tenant_id, row.case_id):
            continue
        command = GiveBreachReason(
            case_id=row.case_id,
            promise_ids=(row.promise_id,),
            code=REASONS[number % len(REASONS)],
            plan="Soitetaan asiakkaalle tänään ja sovitaan uusi aika.",
            plan_text_id=drawn_id(row.promise_id, 1, "plan"),
        )
        engine.handle(command, lead)


def _may_see(engine: Engine, tenant_id: str, case_id: str) -> bool:
    """Whether the case is open to its unit: of a restricted one only its care team sees anything (E10)."""
    restricted = select(CASE.c.restricted).where(CASE.c.tenant_id == tenant_id, CASE.c.case_id == case_id)
    with engine.database.read() as connection:
        return not connection.execute(restricted).scalar()


def _let_time_act(engine: Engine) -> None:
    cover_absences(engine)
    sweep(engine)


class _Agenda:
    """What comes next, earliest first."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = 0

    def add(self, at: datetime, act: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._heap, (at, self._number, act))

    def follow(self, moments: Iterator[datetime]) -> None:
        """Ask the walk for its next moment; when that comes, ask again, which makes the move."""
        at = next(moments, None)
        if at is not None:
            self.add(at, lambda: self.follow(moments))

    def next_at(self) -> datetime | None:
        return self._heap[0][0] if self._heap else None

    def do_next(self) -> None:
        heapq.heappop(self._heap)[2]()


def _absences(
    engine: Engine, tenant_id: str, ids: dict[str, str], ends: datetime
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Somebody is away today with a substitute, somebody without one, somebody next week."""
    today = ends.astimezone(HELSINKI).date()
    this_morning = ends - timedelta(hours=3)
    away = (
        ("Jari Niemi", "Petra Holm", 0, 4),
        ("Pirjo Harju", None, -1, 1),
        ("Hanna Vesa", "Camilla Berg", 7, 21),
    )
    for name, substitute, first, last in away:
        absence = NewAbsence(
            worker_id=ids[name],
            from_on=today + timedelta(days=first),
            to_on=today + timedelta(days=last),
            substitute_id=ids[substitute] if substitute else None,
            reason="sairaus" if first <= 0 else "vuosiloma",
        )

        def record(absence: NewAbsence = absence) -> None:
            with engine.database.begin() as connection:
                record_absence(connection, the_system(tenant_id), absence, engine.clock.now())
            cover_absences(engine)

        yield this_morning, record


def _about_to_break(
    engine: Engine, tenant_id: str, walks: list[tuple[Walker, Walk]], ends: datetime
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """A few follow-ups of 24 hours that run out in the first minutes somebody watches."""
    young = [(walker, walk) for walker, walk in walks if walk.contact_at < ends - timedelta(days=3)][:40:8]
    for number, (walker, walk) in enumerate(young):
        at = ends - timedelta(hours=24) + timedelta(minutes=2 + 4 * number)

        def endanger(walker: Walker = walker, walk: Walk = walk) -> None:
            if walk.case_id and _is_open(engine, walker, walk):
                engine.handle(RecordEvent(case_id=walk.case_id, event="danger"), the_system(tenant_id))

        yield at, endanger


def _is_open(engine: Engine, walker: Walker, walk: Walk) -> bool:
    state = select(CASE.c.state).where(CASE.c.tenant_id == walker.tenant_id, CASE.c.case_id == walk.case_id)
    with engine.database.read() as connection:
        return bool(connection.execute(state).scalar() == "open")
