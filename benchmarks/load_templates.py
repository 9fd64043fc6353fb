"""The loader's templates: a county of teams, and some fifty invented cases that the product's own commands have written.

Every row the loader copies was first written here: by a contact, outcomes, a named worker, and sweeps at each instant
something fell due. A copy differs from its template by ids, team and worker alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from engine.clients import NewClient, add_client
from engine.handle import Engine
from engine.ids import new_id
from engine.people import UNIT, UNIT_MEMBER, WORKER, actor_of, add_tenant
from engine.projection import CASE_TABLE, table_of
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from engine.sweep import next_due_at, sweep
from engine.tables import PromiseRow
from pathways import commands as c
from pathways.actor import Actor
from pathways.time_zone import HELSINKI

DEFINITION = Path(__file__).parent / "definitions" / "load.yaml"
PROMISE = table_of(PromiseRow)
WORKERS_OF_A_TEAM = 5

COPIED = (
    "client",
    "client_case",
    "case_client",
    "case_member",
    "case_text",
    "assignment",
    "step_run",
    "service_promise",
    "promise_breach",
    "promise_tier",
    "consultation",
    "timer",
    "case_event",
)
"""The tables of which a copy holds its template's rows."""


class LoadClock:
    """Goes to the beginning of each template and through its life. Nothing of an earlier template is due any more then."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of case: how many outcomes were decided, how many days ago the last one, and what else is so of it."""

    group: str
    advances: int
    entered_days_ago: float
    closed: bool = False
    queued: bool = False
    restricted: bool = False
    asked: bool = False
    until_due: bool = False
    """Its life is told until a minute before its last promises fall due, and no further."""


def shapes() -> Iterator[Shape]:
    """Some fifty of them, so that due instants and weeks differ as they do in a county."""
    for n in range(12):
        yield Shape("running", 4, 1 + n * 4.5)
        yield Shape("closed", 4, 2 + n * 27, closed=True)
    for n in range(6):
        yield Shape("late", 4, 58 + n * 9)
    for n in range(3):
        yield Shape("late_twice", 3, 20 + n * 17)
        yield Shape("late_law", 1, 30 + n * 9)
        yield Shape("late_restricted", 4, 60 + n * 9, restricted=True)
        yield Shape("longer", 6, 10 + n * 80, closed=True)
    for n in range(2):
        yield Shape("queued", 4, 3 + n * 17, queued=True)
        yield Shape("restricted", 4, 4 + n * 19, restricted=True)
        yield Shape("asked", 4, 2 + n * 5, asked=True)
        yield Shape("cliff_one", 4, 70 + n, until_due=True)
        yield Shape("cliff_two", 3, 40 + n, until_due=True)


@dataclass(frozen=True, slots=True)
class Team:
    unit_id: str
    lead_id: str
    worker_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountyOfTeams:
    tenant_id: str
    teams: tuple[Team, ...]
    supervisor_id: str
    """Leads the first twenty teams."""
    director_id: str
    """Leads them all."""


def settle(connection: Connection, teams: int, now: datetime) -> CountyOfTeams:
    """An invented county with so many teams, their people, and the load pathway published."""
    tenant_id = add_tenant(connection, "Kuorma", now, demo=True)
    units: list[dict[str, Any]] = []
    workers: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []

    def person(name: str, led: list[str], works_in: str | None = None) -> str:
        worker_id = new_id(now)
        known: dict[str, Any] = {
            "title": "",
            "professions": ["sairaanhoitaja"],
            "skills": [],
            "languages": ["fi"],
            "organisation": "",
        }
        known |= {"phone": "", "email": "", "load_limit": 10**6, "active": True}
        workers.append({"tenant_id": tenant_id, "worker_id": worker_id, "name": name, **known})
        for unit_id, roles in [(unit, ["team_lead"]) for unit in led] + (
            [(works_in, ["case_worker"])] if works_in else []
        ):
            place = {"tenant_id": tenant_id, "unit_id": unit_id, "worker_id": worker_id, "roles": roles, "head": False}
            places.append(place)
        return worker_id

    made = []
    for number in range(1, teams + 1):
        unit_id, key = new_id(now), f"tiimi_{number:03}"
        names = {"name_fi": f"Tiimi {number}", "name_sv": f"Team {number}"}
        units.append(
            {"tenant_id": tenant_id, "unit_id": unit_id, "key": key, **names, "pathways": [], "promises_on": True}
        )
        lead = person(f"Vetäjä {number}", [unit_id])
        made.append(
            Team(unit_id, lead, tuple(person(f"Tekijä {number}.{n}", [], unit_id) for n in range(WORKERS_OF_A_TEAM)))
        )
    ids = [team.unit_id for team in made]
    county = CountyOfTeams(tenant_id, tuple(made), person("Esihenkilö", ids[:20]), person("Johtaja", ids))
    for table, rows in ((UNIT, units), (WORKER, workers), (UNIT_MEMBER, places)):
        connection.execute(insert(table), rows)
    definition = read_pathway(DEFINITION.read_text(encoding="utf-8"), DEFINITION.name, load_shelf().shelf).definition
    publish(connection, tenant_id, definition, by=county.director_id, now=now)
    return county


class Templates:
    """Makes the template cases in the county's first team and keeps their rows in the schema `bench`."""

    def __init__(self, engine: Engine, county: CountyOfTeams, now: datetime) -> None:
        if not isinstance(engine.clock, LoadClock):
            raise TypeError("templates are made on a clock of their own")
        self._engine, self._county, self._now, self._clock = engine, county, now, engine.clock
        team = county.teams[0]
        self._worker, self._lead = self._actor(team.worker_ids[0]), self._actor(team.lead_id)

    def make(self, tell: Callable[[float], None]) -> None:
        """Make and keep each; `tell` hears how much is done (0–1)."""
        with self._engine.database.begin() as connection:
            connection.execute(text("CREATE SCHEMA IF NOT EXISTS bench"))
            connection.execute(
                text(
                    "CREATE TABLE bench.template_row (grp text, nr int, template uuid, tbl text, row jsonb, due_at timestamptz)"
                )
            )
        numbers: dict[str, int] = {}
        wanted = list(shapes())
        for done, shape in enumerate(wanted, 1):
            number = numbers.get(shape.group, 0)
            numbers[shape.group] = number + 1
            self._keep(shape, number, self._live(shape))
            tell(done / len(wanted))

    def _live(self, shape: Shape) -> str:
        """Tell one case's whole life by commands; return its id."""
        entered = _working_morning(self._now - timedelta(days=shape.entered_days_ago))
        gap = timedelta(days=12 if len(shape.group) % 2 else 17)  # ten working days or more: some were kept late
        self._clock.at = _working_morning(entered - gap * shape.advances)
        case_id = self._open(shape)
        for number in range(1, shape.advances + 1):
            self._pass_time(_working_morning(entered - gap * (shape.advances - number)))
            self._decide(case_id, *(("alku", "eteenpain") if number % 2 else ("jatko", "takaisin")))
        if shape.asked:
            self._ask(case_id)
        if shape.closed:
            self._decide(case_id, "alku", "valmis")
        self._pass_time(self._last_due(case_id) - timedelta(minutes=1) if shape.until_due else self._now)
        if not shape.until_due:
            self._give_reasons(case_id)
        if shape.restricted:
            with self._engine.database.begin() as connection:
                connection.execute(update(CASE_TABLE).where(CASE_TABLE.c.case_id == case_id).values(restricted=True))
        return case_id

    def _open(self, shape: Shape) -> str:
        now = self._clock.now()
        client = NewClient(
            client_id=new_id(now),
            name="Malli Mallinen",
            birth_date=date(2010, 5, 17),
            municipality="Kallio",
            is_new=True,
        )
        with self._engine.database.begin() as connection:
            add_client(connection, self._worker, self._engine.keys, client, now)
        contact = c.TakeContact(
            contact_id=new_id(now),
            new_case_id=new_id(now),
            new_client_id=new_id(now),
            client_id=client.client_id,
            pathway="kuorma",
            channel="puhelin",
            received_at=now,
            matter="kuorma",
        )
        case_id = self._engine.handle(contact, self._worker).case_id
        if not shape.queued:
            named = c.AssignResponsibleWorker(case_id=case_id, worker_id=self._worker.worker_id)
            self._engine.handle(named, self._lead)
        return case_id

    def _decide(self, case_id: str, step: str, outcome: str) -> None:
        self._engine.handle(c.DecideOutcome(case_id=case_id, step=step, outcome=outcome), self._worker)

    def _ask(self, case_id: str) -> None:
        now = self._clock.now()
        question: dict[str, Any] = {
            "question": "Sopiiko?",
            "question_text_id": new_id(now),
            "profession": "sairaanhoitaja",
        }
        asked = c.RequestConsultation(case_id=case_id, consultation_id=new_id(now), **question)
        self._engine.handle(asked, self._worker)

    def _give_reasons(self, case_id: str) -> None:
        """Breaches of more than a week ago have their reason and plan; newer ones wait for them."""
        owed = select(PROMISE.c.promise_id).where(
            PROMISE.c.case_id == case_id,
            PROMISE.c.breached_at < self._now - timedelta(days=7),
            PROMISE.c.kind != "target",
        )
        with self._engine.database.read() as connection:
            ids = tuple(connection.execute(owed).scalars())
        if ids:
            said: dict[str, Any] = {"code": "kapasiteetti", "plan": "Soitetaan.", "plan_text_id": new_id(self._now)}
            self._engine.handle(c.GiveBreachReason(case_id=case_id, promise_ids=ids, **said), self._lead)

    def _pass_time(self, until: datetime) -> None:
        """Sweep at each instant something falls due, as a worker that never sleeps would."""
        while True:
            with self._engine.database.read() as connection:
                due = next_due_at(connection, self._clock.now())
            if due is None or due > until:
                break
            self._clock.at = max(due, self._clock.at)
            sweep(self._engine)
        self._clock.at = max(until, self._clock.at)

    def _last_due(self, case_id: str) -> datetime:
        last = select(PROMISE.c.due_at).where(PROMISE.c.case_id == case_id, PROMISE.c.state == "running")
        with self._engine.database.read() as connection:
            due: datetime = max(due for due in connection.execute(last).scalars() if due)
            return due

    def _actor(self, worker_id: str) -> Actor:
        with self._engine.database.read() as connection:
            actor = actor_of(connection, self._county.tenant_id, worker_id, self._now.astimezone(HELSINKI).date())
        if actor is None:
            raise LookupError(worker_id)
        return actor

    def _keep(self, shape: Shape, number: int, case_id: str) -> None:
        """Keep the case's rows as JSON, and take the case itself out of the county again."""
        due = self._last_due(case_id) if shape.until_due else None
        same = {"grp": shape.group, "nr": number, "case": case_id, "due": due}
        with self._engine.database.begin() as connection:
            for table in COPIED:
                where = "case_id = cast(:case AS uuid)"
                if table == "client":
                    where = f"client_id IN (SELECT client_id FROM case_client WHERE {where})"
                chosen = f"SELECT :grp, :nr, cast(:case AS uuid), '{table}', to_jsonb(t), :due FROM {table} t"
                kept = f"INSERT INTO bench.template_row {chosen} WHERE {where}"
                connection.execute(text(kept), same)
            _forget(connection, case_id)


def _forget(connection: Connection, case_id: str) -> None:
    """Every row of the case, wherever it is: copies are made of what was kept."""
    holders = """SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'case_id' AND t.table_type = 'BASE TABLE'
        AND c.table_name <> 'client_case'"""
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    clients = (
        "DELETE FROM client WHERE client_id IN (SELECT client_id FROM case_client WHERE case_id = cast(:case AS uuid))"
    )
    connection.execute(text(clients), {"case": case_id})
    for table in [*connection.execute(text(holders)).scalars(), "client_case"]:
        connection.execute(text(f'DELETE FROM "{table}" WHERE case_id = cast(:case AS uuid)'), {"case": case_id})


def _working_morning(moment: datetime) -> datetime:
    local = moment.astimezone(HELSINKI)
    day = local.date() - timedelta(days=max(0, local.weekday() - 4))
    return datetime.combine(day, time(9, 12), HELSINKI)
