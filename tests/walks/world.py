"""Worlds a walk can happen in: the rules alone, in memory, or the real engine with its database and its pages."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from engine.handle import Engine
from engine.ids import new_id
from engine.machine import CompiledPathway
from engine.people import NewWorker, actor_of, add_tenant, add_unit, add_worker, join_unit
from engine.published import publish
from engine.rules.circumstances import Candidate
from engine.store import Ask, load_case
from engine.sweep import sweep
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import Case
from pathways.errors import NotAllowed, UnknownThing
from pathways.time_zone import HELSINKI
from tests.builders import CLIENT, TENANT, TUESDAY, UNIT, Run, a_worker
from tests.clock import StoppedClock

ALWAYS = 10_000  # cases a worker of a walk may answer for


class World(Protocol):
    """One case on one pathway. `everybody` and `lead` can both do all work; only the lead leads."""

    pathway: CompiledPathway

    @property
    def everybody_id(self) -> str: ...
    @property
    def lead_id(self) -> str: ...
    @property
    def case(self) -> Case: ...
    @property
    def now(self) -> datetime: ...
    def do(self, command: c.CaseCommand, *, lead: bool = False, organisation: str | None = None) -> None: ...
    def pass_until(self, moment: datetime) -> None: ...
    def new_id(self) -> str: ...


OF_CLIENTS = ("special_support", "highest_care_allowance", "child_protection", "has_children", "lives_alone")


def age_for(pathway: CompiledPathway) -> int:
    """An age the pathway is suggested for, where its file says one."""
    text = pathway.definition.suggested_for or ""
    for age in (40, 15, 70, 80, 25, 18, 8):
        if f"client.age >= {age}" in text or not text:
            return age
    return 15 if "< 18" in text or "<= 17" in text else 40


@dataclass
class RulesWorld:
    """The rules alone: nothing stored, no access asked; thousands of moves a second."""

    pathway: CompiledPathway
    run: Run
    everybody: Candidate
    lead: Candidate
    _made: int = 0

    @classmethod
    def of(cls, pathway: CompiledPathway, number: int = 0) -> "RulesWorld":
        """A contact has just come. `number` chooses among channels and among facts of the client."""
        words = pathway.definition.vocabulary
        known = {"skills": frozenset(_skills(pathway)), "languages": frozenset({"fi", "sv"}), "load_limit": ALWAYS}
        everybody = a_worker("Kaiken Osaava", *words.professions, roles=frozenset({"case_worker"}), **known)
        lead = a_worker("Esi Henkilö", *words.professions, roles=frozenset({"team_lead"}), **known)
        run = Run(pathway, Case(case_id=new_id(TUESDAY), tenant_id=TENANT), TUESDAY, (everybody, lead), everybody)
        run.unit = {"unit_id": UNIT, "calendar": "palveluaika", "promises_on": number % 2 == 0}
        facts = {name: bool(number >> bit & 1) for bit, name in enumerate(OF_CLIENTS)}
        born = date(2026 - (age_for(pathway), 12, 80)[number % 3], 3, 4)
        run.clients = {CLIENT: {"client_id": CLIENT, "birth_date": born, "guardian_may_know": True, **facts}}
        entry = pathway.definition.entry or ("puhelin",)
        run.contact(TUESDAY, channel=entry[number % len(entry)])
        return cls(pathway, run, everybody, lead)

    @property
    def everybody_id(self) -> str:
        return self.everybody.worker_id

    @property
    def lead_id(self) -> str:
        return self.lead.worker_id

    @property
    def case(self) -> Case:
        return self.run.case

    @property
    def now(self) -> datetime:
        return self.run.now

    def do(self, command: c.CaseCommand, *, lead: bool = False, organisation: str | None = None) -> None:
        self.run.do(command, by=self.lead if lead else self.everybody)

    def pass_until(self, moment: datetime) -> None:
        self.run.pass_until(max(moment, self.now))

    def new_id(self) -> str:
        return new_id(self.now)


def _skills(pathway: CompiledPathway) -> set[str]:
    return {skill for role in pathway.definition.roles.values() for skill in (*role.skills_any, *role.skills_all)}


@dataclass
class EngineWorld:
    """The real engine on a database, and two people who know every profession."""

    engine: Engine
    pathway: CompiledPathway
    clock: StoppedClock
    tenant_id: str
    everybody: Actor
    lead: Actor
    case_id: str = ""

    def __post_init__(self) -> None:
        now = self.clock.now()
        contact = c.TakeContact(
            contact_id=new_id(now),
            new_case_id=new_id(now),
            new_client_id=new_id(now),
            pathway=self.pathway.id,
            channel="puhelin",
            received_at=now,
            matter="kokeilu",
        )
        self.case_id = self.engine.handle(contact, self.everybody).case_id

    @property
    def everybody_id(self) -> str:
        return self.everybody.worker_id

    @property
    def lead_id(self) -> str:
        return self.lead.worker_id

    @property
    def case(self) -> Case:
        with self.engine.database.read() as connection:
            loaded = load_case(connection, self.tenant_id, self.case_id, Ask(), lock=False)
        assert loaded is not None
        return loaded.case

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def do(self, command: c.CaseCommand, *, lead: bool = False, organisation: str | None = None) -> None:
        """By whom it is asked of, else by the other: a restricted case is seen by its care team alone."""
        first, second = (self.lead, self.everybody) if lead else (self.everybody, self.lead)
        if organisation:
            first, second = replace(first, organisation=organisation), replace(second, organisation=organisation)
        try:
            self.engine.handle(command, first)
        except (UnknownThing, NotAllowed):
            self.engine.handle(command, second)

    def pass_until(self, moment: datetime) -> None:
        """Sweep once a week on the way, and at the moment itself."""
        while self.clock.now() < moment:
            self.clock.move_to(min(moment, self.clock.now() + timedelta(days=7)))
            sweep(self.engine)

    def new_id(self) -> str:
        return new_id(self.now)


@dataclass(frozen=True)
class WalkingCounty:
    """A county with one unit in which anything can be done, and every pathway of a catalogue."""

    engine: Engine
    clock: StoppedClock
    tenant_id: str
    everybody: Actor
    lead: Actor

    def walk_on(self, pathway: CompiledPathway) -> EngineWorld:
        """Open a case on a pathway; it is published when it is first walked on."""
        now = self.clock.now()
        open_to_all = pathway.definition.model_copy(update={"withheld": None})
        with self.engine.database.begin() as connection:
            publish(connection, self.tenant_id, open_to_all, by="system", now=now)
        return EngineWorld(self.engine, pathway, self.clock, self.tenant_id, self.everybody, self.lead)


def settle_walkers(engine: Engine, clock: StoppedClock, pathways: tuple[CompiledPathway, ...]) -> WalkingCounty:
    now, people = clock.now(), {}
    professions = {name for each in pathways for name in each.definition.vocabulary.professions}
    skills = {skill for each in pathways for skill in _skills(each)}
    with engine.database.begin() as connection:
        tenant_id = add_tenant(connection, "Kulkukunta", now, demo=True)
        unit_id = add_unit(connection, tenant_id, "asema", ("Asema", "Stationen"), now)
        for name, roles in (("Kaiken Osaava", ("case_worker",)), ("Esi Henkilö", ("team_lead",))):
            worker = NewWorker(name, languages=("fi", "sv"), load_limit=ALWAYS)
            worker = replace(worker, professions=tuple(sorted(professions)), skills=tuple(sorted(skills)))
            people[name] = add_worker(connection, tenant_id, worker, now)
            join_unit(connection, tenant_id, unit_id, people[name], roles)
        today = now.astimezone(HELSINKI).date()
        everybody, lead = (actor_of(connection, tenant_id, worker_id, today) for worker_id in people.values())
    assert everybody is not None
    assert lead is not None
    return WalkingCounty(engine, clock, tenant_id, everybody, lead)


__all__ = ["UNIT", "EngineWorld", "RulesWorld", "WalkingCounty", "World", "settle_walkers"]
