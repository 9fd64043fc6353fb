"""A larger invented county for tests of reading and of the API: two units, every role, the example pathway beside *apu*."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from engine.absences import NewAbsence, record_absence
from engine.accounts import add_account, issue_token
from engine.calendars import shipped_calendars
from engine.clients import NewClient, add_client
from engine.clock import Clock
from engine.database import Database
from engine.handle import Answer, Engine
from engine.ids import new_id
from engine.keys import Keys
from engine.people import NewWorker, actor_of, add_tenant, add_unit, add_worker, join_unit
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from pathways import commands as c
from pathways.actor import Actor
from pathways.definition import PathwayDefinition
from pathways.time_zone import HELSINKI
from tests.builders import the_example
from tests.clock import StoppedClock

PEOPLE: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...], str]] = {
    "nurse": ("Noora Nokka", "ita", ("case_worker",), ("sairaanhoitaja",), ""),
    "therapist": ("Salla Laine", "ita", ("case_worker",), ("psykiatrinen_sairaanhoitaja",), ""),
    "lead": ("Liisa Vetäjä", "ita", ("team_lead",), ("sairaanhoitaja",), ""),
    "stranger": ("Outi Muu", "lansi", ("case_worker", "team_lead"), ("sairaanhoitaja",), ""),
    "consultant": ("Hannu Hus", "lansi", ("consultant",), ("nuorisopsykiatri",), "hus"),
    "designer": ("Mui Muotoilija", "ita", ("service_designer",), (), ""),
    "admin": ("Aatos Ylläpito", "ita", ("admin",), (), ""),
}
SECRET = "a secret made up for tests"
MORNING = datetime(2026, 12, 1, 9, 12, tzinfo=HELSINKI)


@cache
def a_small_pathway() -> PathwayDefinition:
    return read_pathway(PATHWAY, "apu.yaml", load_shelf().shelf).definition


@dataclass
class Town:
    """The engine, the clock, and everybody by role."""

    engine: Engine
    clock: StoppedClock
    tenant_id: str
    units: dict[str, str]
    workers: dict[str, str]

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def actor(self, who: str) -> Actor:
        """Somebody as they are known this very moment."""
        with self.engine.database.read() as connection:
            today = self.now.astimezone(HELSINKI).date()
            actor = actor_of(connection, self.tenant_id, self.workers[who], today)
        assert actor is not None
        return actor

    def token(self, who: str) -> str:
        with self.engine.database.begin() as connection:
            return issue_token(connection, self.tenant_id, self.workers[who], self.now)

    def add_client(self, name: str = "Aino Testinen", born: date = date(2011, 3, 4), **more: Any) -> str:
        client = NewClient(client_id=new_id(self.now), name=name, birth_date=born, is_new=True, **more)
        with self.engine.database.begin() as connection:
            return add_client(connection, self.actor("nurse"), self.engine.keys, client, self.now)

    def open_case(self, pathway: str = "nuorten_mielenterveys", client_id: str | None = None, **more: Any) -> str:
        """A call this moment, taken by the nurse."""
        said = {"channel": "puhelin", "matter": "En saa nukuttua.", "received_at": self.now, **more}
        contact = c.TakeContact(
            contact_id=new_id(self.now),
            new_case_id=new_id(self.now),
            new_client_id=new_id(self.now),
            pathway=pathway,
            client_id=client_id or self.add_client(),
            **said,
        )
        return self.do(contact).case_id

    def do(self, command: c.Command, who: str = "nurse") -> Answer:
        return self.engine.handle(command, self.actor(who))

    def outcome(self, case_id: str, step: str, outcome: str, who: str = "nurse", **more: Any) -> None:
        self.do(c.DecideOutcome(case_id=case_id, step=step, outcome=outcome, **more), who)

    def act(self, case_id: str, kind: Any = "call", who: str = "nurse", **more: Any) -> None:
        self.do(c.RecordAct(case_id=case_id, act_id=new_id(self.now), kind=kind, **more), who)

    def name(self, case_id: str, who: str = "nurse") -> None:
        self.do(c.AssignResponsibleWorker(case_id=case_id, worker_id=self.workers[who]), "lead")

    def ask(self, case_id: str, **more: Any) -> str:
        """A question to the youth psychiatrist of HUS."""
        consultation_id = new_id(self.now)
        said = {"profession": "nuorisopsykiatri", "organisation": "hus", "question": "Sopiiko lääkitys?", **more}
        asked = c.RequestConsultation(
            case_id=case_id, consultation_id=consultation_id, question_text_id=new_id(self.now), **said
        )
        self.do(asked)
        return consultation_id

    def away(self, who: str, substitute: str | None = None, days: tuple[int, int] = (1, 4)) -> None:
        first, last = (date(2026, 12, day) for day in days)
        absence = NewAbsence(self.workers[who], first, last, self.workers[substitute] if substitute else None)
        with self.engine.database.begin() as connection:
            record_absence(connection, self.actor("lead"), absence, self.now)


@contextmanager
def town(url: str, clock: Clock | None = None) -> Iterator[Town]:
    """Settle the county in an empty database that has today's tables. It is Tuesday 1.12.2026, 9.12."""
    database = Database.open(url)
    stopped = clock if isinstance(clock, StoppedClock) else StoppedClock(MORNING)
    try:
        yield _settle(Engine(database, stopped, shipped_calendars(), Keys.of(SECRET), demo=True), stopped)
    finally:
        database.dispose()


def _settle(engine: Engine, clock: StoppedClock) -> Town:
    now = clock.now()
    with engine.database.begin() as connection:
        tenant_id = add_tenant(connection, "Koekunta", now, demo=True)
        units = {
            key: add_unit(connection, tenant_id, key, names, now, promises_on=True)
            for key, names in {"ita": ("Itä", "Öst"), "lansi": ("Länsi", "Väst")}.items()
        }
        workers = {}
        for who, (name, unit, roles, professions, organisation) in PEOPLE.items():
            worker = NewWorker(name, professions=professions, organisation=organisation, languages=("fi", "sv"))
            workers[who] = add_worker(connection, tenant_id, worker, now)
            join_unit(connection, tenant_id, units[unit], workers[who], roles)
            add_account(connection, tenant_id, workers[who], who, "", now)
        for definition in (a_small_pathway(), the_example().definition):
            publish(connection, tenant_id, definition, by="system", now=now)
    return Town(engine, clock, tenant_id, units, workers)


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
    professions: [sairaanhoitaja, psykiatrinen_sairaanhoitaja]
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
