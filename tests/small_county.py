"""A small invented county in which tests can open cases: one unit, a nurse, a team lead, a head, one pathway."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from engine.accounts import add_account
from engine.calendars import shipped_calendars
from engine.clock import Clock
from engine.database import Database
from engine.handle import Engine
from engine.ids import new_id
from engine.keys import Keys
from engine.people import NewWorker, actor_of, add_tenant, add_unit, add_worker, join_unit
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from pathways.actor import Actor
from pathways.commands import AssignResponsibleWorker, TakeContact
from pathways.definition import PathwayDefinition
from pathways.time_zone import HELSINKI
from tests.clock import StoppedClock

SECRET = "a secret made up for tests"

PATHWAY = """
pathway: apu
version: 1
title: {fi: Apu, sv: Hjälp, en: Help}
purpose: {fi: Kokeile lupauksia., sv: Prova löften., en: Try promises.}
source: tests
register: terveys
retention: potilasasiakirja
calendar: palveluaika
phases:
  alku: {fi: Alku, sv: Början}
roles:
  vastuutyontekija:
    title: {fi: Vastuutyöntekijä, sv: Ansvarig arbetstagare}
    professions: [sairaanhoitaja]
    assign: [queue]
responsible:
  - {from: vastaanotto, role: vastuutyontekija}
promises:
  aloitus:
    kind: promise
    title: {fi: Käsittely alkaa, sv: Handläggningen börjar}
    starts: [contact received]
    kept_when: [first act recorded]
    cancelled_when: [case closed]
    within: 1 working day
    ladder: usual
  palvelu:
    kind: promise
    title: {fi: Palvelu alkaa viikossa, sv: Servicen börjar inom en vecka}
    starts: [contact received]
    kept_when: [step vastaanotto done]
    cancelled_when: [case closed]
    within: 1 week
    pause_on: [client_postponed]
    warn: [at 50%]
steps:
  vastaanotto:
    phase: alku
    title: {fi: Vastaanotto, sv: Mottagning}
    kind: work
    role: vastuutyontekija
    outcomes: {jatkuu: seuranta, valmis: end valmis}
  seuranta:
    phase: alku
    title: {fi: Seuranta, sv: Uppföljning}
    kind: work
    role: vastuutyontekija
    outcomes: {valmis: end valmis}
ends:
  valmis: {fi: Valmis, sv: Klart}
outcomes:
  jatkuu: {fi: Jatkuu, sv: Fortsätter}
  valmis: {fi: Valmis, sv: Klart}
"""


@dataclass(frozen=True)
class County:
    """The running engine and the people one can act as."""

    engine: Engine
    tenant_id: str
    unit_id: str
    nurse: Actor
    lead: Actor
    head: Actor

    def open_case(self, received_at: datetime | None = None) -> str:
        """A contact from somebody new opens a case; nobody has done anything yet."""
        now = self.engine.clock.now()
        contact = TakeContact(
            contact_id=new_id(now),
            new_case_id=new_id(now),
            new_client_id=new_id(now),
            pathway="apu",
            channel="puhelin",
            received_at=received_at or now,
            matter="kokeilu",
        )
        return self.engine.handle(contact, self.nurse).case_id

    def name_nurse(self, case_id: str) -> None:
        """The nurse answers for the case from now on."""
        self.engine.handle(AssignResponsibleWorker(case_id=case_id, worker_id=self.nurse.worker_id), self.lead)


@contextmanager
def county(url: str, clock: Clock | None = None) -> Iterator[County]:
    """Settle a county in an empty database that has today's tables."""
    database = Database.open(url)
    try:
        yield settle(running_engine(database, clock or StoppedClock()))
    finally:
        database.dispose()


def running_engine(database: Database, clock: Clock) -> Engine:
    return Engine(database, clock, shipped_calendars(), Keys.of(SECRET), demo=True)


def settle(engine: Engine) -> County:
    now = engine.clock.now()
    with engine.database.begin() as connection:
        tenant_id = add_tenant(connection, "Koekunta", now, demo=True)
        unit_id = add_unit(connection, tenant_id, "asema", ("Asema", "Stationen"), now)
        people = {}
        for name, roles, head in (
            ("Noora Nokka", ("case_worker",), False),
            ("Liisa Laine", ("team_lead",), False),
            ("Heikki Halla", ("team_lead",), True),
        ):
            email = f"{name.split()[0].lower()}@example.invalid"
            worker = NewWorker(name, professions=("sairaanhoitaja",), email=email)
            people[name] = add_worker(connection, tenant_id, worker, now)
            join_unit(connection, tenant_id, unit_id, people[name], roles, head=head)
            add_account(connection, tenant_id, people[name], name.split()[0], "", now)
        publish(connection, tenant_id, the_pathway(), by="system", now=now)
        today = now.astimezone(HELSINKI).date()
        actors = [actor_of(connection, tenant_id, worker_id, today) for worker_id in people.values()]
    nurse, lead, head_of_unit = (actor for actor in actors if actor is not None)
    return County(engine, tenant_id, unit_id, nurse, lead, head_of_unit)


@cache
def the_pathway() -> PathwayDefinition:
    return read_pathway(PATHWAY, "apu.yaml", load_shelf().shelf).definition
