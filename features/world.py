"""The world of a scenario: an engine on the database under test, virtual time, and people by name.

Every step goes through the engine's own commands and read models; nothing here reaches into tables to change them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from api.messages import in_words
from engine.calendars import Calendars, shipped_calendars
from engine.database import Database
from engine.handle import Answer, Engine, Idempotency, Reading
from engine.ids import new_id
from engine.keys import Keys
from engine.machine import CompiledPathway
from engine.read_models.case_access import load_any_case
from engine.read_models.case_view import CaseView, case_view
from features.county import InventedCounty, KnownClient
from features.definitions_given import COMPILED, GivenDefinitions
from features.names import key_of, title_of
from features.reading import Reader, on_day
from features.told import Told, all_so_far, told_to
from features.virtual_time import ForwardClock, VirtualTime
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import Case
from pathways.errors import PathwayError
from pathways.time_words import Language, exactly_in_words

T = TypeVar("T")
KEYS = Keys.of("the secret of an invented county")
BEGINS = on_day(Reader("fi").day("ma 2.11.2026"), (8, 0))
"""What the time is when a scenario names none."""


class CheckFailed(AssertionError):
    """What a scenario said isn't so; the sentence says what is."""


class RefusedUnexpectedly(CheckFailed):
    """The engine refused something that the scenario didn't expect to be refused."""


@dataclass
class World:
    """One scenario's world. `about` is the client last spoken of."""

    database: Database
    language: Language
    definitions: GivenDefinitions = field(default_factory=GivenDefinitions)
    begins: datetime = BEGINS
    calendars: Calendars = field(default_factory=shipped_calendars)
    about: str | None = None
    pathway_id: str | None = None
    refusal: PathwayError | None = None
    answer: Answer | None = None
    sentence: str = ""
    played: int = 0
    checking: bool = True
    told_before: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        clock = ForwardClock(self.begins)
        self.reader = Reader(self.language)
        self.engine = Engine(self.database, clock, self.calendars, KEYS, demo=True, published=COMPILED)
        self.time = VirtualTime(self.engine, clock, self.reader)
        self.county = InventedCounty(self.engine, self.definitions)
        self.absences: dict[str, str] = {}
        self._cases: dict[str, Case] = {}
        self._asked: list[tuple[c.Command, Actor, Idempotency]] = []

    # --- doing ---

    def pass_to(self, instant: datetime) -> None:
        """Time passes until then, and everything that comes due happens."""
        self.time.pass_to(instant)
        self._cases.clear()

    def ask(self, command: c.Command, actor: Actor) -> Answer | None:
        """Carry out a command; a refusal is kept for the sentence that checks it."""
        key = f"{len(self._asked) + 1}"
        self._asked.append((command, actor, Idempotency(key, key)))
        return self.ask_again()

    def ask_again(self) -> Answer | None:
        """The last command with the same key: what a second click sends."""
        self.answer = self.attempt(lambda: self.engine.handle(*self._asked[-1]))
        self.time.tell_around()
        self._cases.clear()
        return self.answer

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something that may be refused; the refusal is kept."""
        try:
            return act()
        except PathwayError as refusal:
            self.refusal = refusal
            self.sentence_refused = self.sentence
            return None

    def check_nothing_refused(self) -> None:
        """A refusal nobody asked about fails the scenario."""
        if self.refusal is not None:
            raise RefusedUnexpectedly(f"{self.sentence_refused}: {self.refusal_in_words()} ({self.refusal})")

    def refusal_in_words(self) -> str:
        """What the refused worker reads."""
        titles = self._compiled(self.pathway_id) if self.pathway_id else None
        return (
            in_words(self.refusal, self.language, lambda key: title_of(titles, key, self.language))
            if self.refusal
            else ""
        )

    def new_id(self) -> str:
        return new_id(self.time.now)

    # --- people and cases by name ---

    def actor(self, worker: str) -> Actor:
        return self.county.actor(worker)

    def client(self, name: str | None = None) -> KnownClient:
        """The client of that name, else the one last spoken of; from now on they are spoken of."""
        wanted = name or self.about
        if wanted is None:
            raise CheckFailed("say which client this is about")
        self.about = wanted
        return self.county.known_client(wanted)

    def case_id(self, client: str | None = None) -> str:
        known = self.client(client)
        if known.case_id is None:
            raise CheckFailed(f'"{known.name}" has no case yet')
        return known.case_id

    # --- reading ---

    @contextmanager
    def reading(self, worker: str | None = None) -> Iterator[Reading]:
        """Read as this worker; nobody named is the system, which sees everything."""
        with self.engine.reading(self.actor(worker) if worker else self.county.system) as reading:
            yield reading

    def case(self, client: str | None = None) -> Case:
        """The case with everything that ever stood on it, read once between two things that happen."""
        case_id = self.case_id(client)
        if case_id not in self._cases:
            with self.reading() as reading:
                self._cases[case_id] = load_any_case(reading, case_id, everything=True).case
        return self._cases[case_id]

    def view(self, client: str | None = None, worker: str | None = None) -> CaseView:
        """The case's page as this worker sees it; refuses whoever may not."""
        case_id = self.case_id(client)
        with self.reading(worker) as reading:
            return case_view(reading, case_id, self.language)

    def told(self, worker: str, *, ever: bool = False) -> tuple[Told, ...]:
        """What this worker was told since the last check, or ever; oldest first."""
        with self.reading(worker) as reading:
            everything = told_to(reading, self.language)
        return everything if ever else tuple(m for m in everything if m.notification_id not in self.told_before)

    def something_is_done(self) -> None:
        """The first sentence after a check that does something: what is told from now on is new."""
        if self.checking:
            self.told_before = all_so_far(self.database)
        self.checking = False

    def said(self, instant: datetime | None) -> str:
        """An instant as a person reads it."""
        return "–" if instant is None else exactly_in_words(instant, self.language, midnight="ends")

    # --- pathways by title ---

    def choose_pathway(self, title: str) -> None:
        self.pathway_id = key_of("pathway", title, dict(self.definitions.titles), self.language)
        self.county.pathways.add(self.pathway_id)

    @property
    def pathway(self) -> CompiledPathway:
        """The pathway of the case spoken of, else the one the scenario named."""
        known = self.county.clients.get(self.about or "")
        if known and known.case_id:
            case = self.case()
            known.pathway = known.pathway or self._compiled(case.pathway_id, case.version)
            return known.pathway
        if self.pathway_id is None:
            raise CheckFailed("say first which pathway this is about")
        return self._compiled(self.pathway_id)

    def _compiled(self, pathway_id: str, version: int | None = None) -> CompiledPathway:
        self.county.settle()
        tenant = self.county.tenant_id
        with self.database.read() as connection:
            if version is None:
                return COMPILED.startable(connection, tenant, pathway_id, unapproved=True)
            return COMPILED.version(connection, tenant, pathway_id, version)
