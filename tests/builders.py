"""Builders: a valid thing in one line, for tests of rules. Everybody in them is invented."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine.calendars import Calendars, shipped_calendars
from engine.corrections import the_fact
from engine.expansion import Shelf
from engine.ids import new_id
from engine.machine import CompiledPathway
from engine.reader import read_pathway
from engine.rules import decide
from engine.rules.circumstances import Candidate, Circumstances, RecordedFact
from engine.rules.contact import take_contact
from engine.rules.service_promise import follow_promises
from engine.rules.story import Story
from engine.shelf import load_shelf
from pathways import commands as c
from pathways.actor import Actor, the_system
from pathways.case import Case
from pathways.events import CaseEvent, ContactReceived, TimeCorrected
from pathways.service_promise import ServicePromise

EXAMPLE = Path(__file__).parent / "definitions" / "example_pathway.yaml"
TUESDAY = datetime(2026, 12, 1, 7, 12, tzinfo=UTC)  # ti 1.12.2026 klo 9.12
TENANT, UNIT, CLIENT = (new_id(TUESDAY) for _ in range(3))


@cache
def the_example() -> CompiledPathway:
    """`example_pathway.yaml` as cases would run it."""
    return CompiledPathway(read_pathway(EXAMPLE.read_text("utf-8"), EXAMPLE.name, load_shelf().shelf).definition)


def a_pathway(text: str) -> CompiledPathway:
    """A pathway of a test's own, with no shared blocks."""
    return CompiledPathway(read_pathway(text, "testi.yaml", Shelf()).definition)


def a_worker(name: str, *professions: str, **more: Any) -> Candidate:
    """A worker of the unit: Finnish-speaking, with a light load, at work today."""
    known: dict[str, Any] = {"languages": frozenset({"fi"}), "load": 5, "load_limit": 40, "away": False}
    known |= {"skills": frozenset({"ipc"}), "roles": frozenset({"case_worker"}), "unit_id": UNIT}
    return Candidate(worker_id=worker_id(name), name=name, professions=frozenset(professions), **(known | more))


@cache
def worker_id(name: str) -> str:
    return new_id(TUESDAY)


AINO = a_worker("Aino", "sairaanhoitaja")
SALLA = a_worker("Salla", "psykiatrinen_sairaanhoitaja")
PEKKA = a_worker("Pekka", "psykologi", load=9)
LEENA = a_worker("Leena", "sairaanhoitaja", roles=frozenset({"case_worker", "team_lead"}))
STAFF = (AINO, SALLA, PEKKA, LEENA)


def actor_of(candidate: Candidate) -> Actor:
    return Actor(
        tenant_id=TENANT,
        worker_id=candidate.worker_id,
        name=candidate.name,
        roles=candidate.roles,
        units=frozenset({UNIT}),
        professions=candidate.professions,
    )


@dataclass
class Run:
    """A case moved by real rules, with nothing stored: each step takes a command and keeps what was told."""

    pathway: CompiledPathway
    case: Case
    now: datetime
    staff: tuple[Candidate, ...] = STAFF
    actor: Candidate = AINO
    unit: dict[str, Any] = None  # type: ignore[assignment]
    clients: dict[str, dict[str, Any]] = None  # type: ignore[assignment]
    last: Story = None  # type: ignore[assignment]
    calendars: Calendars = field(default_factory=shipped_calendars)
    journal: list[CaseEvent] = field(default_factory=list)
    versions: dict[int, CompiledPathway] = field(default_factory=dict)

    def do(self, command: c.CaseCommand, *, by: Candidate | None = None, at: datetime | None = None) -> "Run":
        self.now = at or self.now
        self._take(decide(self.case, command, self._on(actor_of(by or self.actor))))
        return self

    def _take(self, story: Story) -> None:
        self.last, self.case = story, story.case
        self.journal += story.events

    def fact(self, sequence: int) -> RecordedFact | None:
        """An event of the journal, as somebody may correct it, with those that have been corrected."""
        corrected = {each.corrects for each in self.journal if isinstance(each, TimeCorrected)}
        asked = sorted(number for number in {sequence, *corrected} if 0 < number <= len(self.journal))
        return the_fact([self._fact(number) for number in asked], sequence)

    def _fact(self, sequence: int) -> RecordedFact:
        event = self.journal[sequence - 1]
        said = [event.received_at if isinstance(event, ContactReceived) else event.occurred_at]
        corrections = [each for each in self.journal if isinstance(each, TimeCorrected)]
        said += [each.corrected_to for each in corrections if each.corrects == sequence]
        return RecordedFact(sequence, event, tuple(said), self.now)

    def pass_until(self, moment: datetime) -> "Run":
        """Let time pass from one due instant to the next, as the sweep does."""
        while True:
            due = [p.next_fire_at for p in self.case.promises.values() if p.next_fire_at]
            due += [t.fire_at for t in self.case.timers.values() if t.fired_at is None]
            coming = [at for at in due if at <= moment]
            if not coming:
                self.now = moment
                return self
            self.now = max(self.now, min(coming))
            self.fire()

    def fire(self) -> "Run":
        """Fire what is due now, all of it together."""
        on = self._on(the_system(TENANT))
        promises = [p.promise_id for p in self.case.promises.values() if p.next_fire_at and p.next_fire_at <= self.now]
        if promises:
            self._take(decide(self.case, c.FireTiers(case_id=self.case.case_id, promise_ids=tuple(promises)), on))
        for timer in list(self.case.timers.values()):
            if timer.fired_at is None and timer.fire_at <= self.now:
                command = c.FireTimer(case_id=self.case.case_id, timer_id=timer.timer_id, fire_at=timer.fire_at)
                self._take(decide(self.case, command, self._on(the_system(TENANT))))
        return self

    def promise(self, key: str) -> ServicePromise:
        """The newest cycle of a promise."""
        return max((p for p in self.case.promises.values() if p.key == key), key=lambda p: p.cycle)

    def has(self, key: str) -> bool:
        return any(p.key == key for p in self.case.promises.values())

    def open_steps(self) -> set[str]:
        return {run.step for run in self.case.open_runs}

    def outcome(self, step: str, outcome: str, *, by: Candidate | None = None, **more: Any) -> "Run":
        return self.do(c.DecideOutcome(case_id=self.case.case_id, step=step, outcome=outcome, **more), by=by)

    def act(self, kind: Any = "call", *, by: Candidate | None = None, **more: Any) -> "Run":
        return self.do(c.RecordAct(case_id=self.case.case_id, act_id=new_id(self.now), kind=kind, **more), by=by)

    def event(self, event: str, *, by: Candidate | None = None, **more: Any) -> "Run":
        return self.do(c.RecordEvent(case_id=self.case.case_id, event=event, **more), by=by)

    def contact(self, at: datetime, **more: Any) -> "Run":
        """A contact received at that moment, recorded at once."""
        self.now = max(self.now, at)
        said: dict[str, Any] = {
            "channel": "puhelin",
            "matter": "apua",
            "received_at": at,
            "pathway": self.pathway.id,
        } | more
        made: dict[str, Any] = {"contact_id": new_id(at), "new_case_id": self.case.case_id, "new_client_id": CLIENT}
        story = Story(self.case, self._on(actor_of(self.actor)), self.now)
        take_contact(story, c.TakeContact(**made, **said), CLIENT)
        follow_promises(story)
        self._take(story)
        return self

    def _on(self, actor: Actor) -> Circumstances:
        return Circumstances(
            actor=actor,
            now=self.now,
            pathway=self.pathway,
            calendars=self.calendars,
            unit=self.unit,
            clients=self.clients,
            seed=new_id(self.now),
            ask_staff=lambda: self.staff,
            ask_fact=self.fact,
            ask_version=self.versions.__getitem__,
        )


def a_case(
    pathway: CompiledPathway | None = None,
    *,
    received: datetime = TUESDAY,
    born: date | None = date(2011, 3, 4),
    **more: Any,
) -> Run:
    """A case opened by a contact of an invented fifteen-year-old, on the example pathway unless another is given."""
    unit = {"unit_id": UNIT, "calendar": "palveluaika", "promises_on": True, "language_status": "fi", "training": False}
    client = {"client_id": CLIENT, "birth_date": born, "guardian_may_know": True, "special_support": False}
    run = Run(pathway or the_example(), Case(case_id=new_id(received), tenant_id=TENANT), received)
    run.unit, run.clients = unit, {CLIENT: client}
    for name, value in more.items():
        setattr(run, name, value)
    return run.contact(received)


def changed(candidate: Candidate, **changes: Any) -> Candidate:
    return replace(candidate, **changes)
