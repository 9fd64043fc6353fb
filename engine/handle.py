"""Engine: the one door. A command is loaded, decided, recorded and answered; what it writes is one transaction.

Order: the case's live parts load → access decides → the rule tells what follows → events, rows, promises, messages and
the answer to its idempotency key are written together. Nothing is sent from here. The first try holds no lock: what
it writes hangs on the case being as it was loaded, so that on PostgreSQL a command is two statements. Who lost a race
tries again with the case's row locked.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.access import authorise
from engine.access_log import AccessLog, Read
from engine.alarm import Alarm, SilentAlarm, ring_if_soon
from engine.calendars import Calendars
from engine.change_set import ChangeSet, LostRace, write_all
from engine.clock import Clock
from engine.consequences import CONTACT, add_consequences, cancel_messages, contact_row
from engine.contacts import Opening, opening_of
from engine.corrections import fact_of, judged_again_by
from engine.database import Database, is_passing, together
from engine.ids import new_id
from engine.keys import Keys
from engine.machine import CompiledPathway
from engine.projection import CaseKey, table_of
from engine.published import Published
from engine.published_calendars import CalendarShelf
from engine.rules import decide
from engine.rules.circumstances import Candidate, Circumstances
from engine.rules.contact import take_contact
from engine.rules.service_promise import follow_promises
from engine.rules.story import Story
from engine.staff import staff_of
from engine.store import Ask, LoadedCase, Recorded, last_change, load_case, load_cases, record
from engine.tables import CaseTextRow, IdempotencyRow
from engine.texts import KeptText, row_of_text, texts_of
from pathways import commands as c
from pathways import events as e
from pathways.actor import Actor, the_system
from pathways.case import Case
from pathways.errors import KeyReused, PathwayError, RevisionStale, UnknownThing
from pathways.time_zone import HELSINKI
from pathways.values import replace

TEXT = table_of(CaseTextRow)
IDEMPOTENCY = table_of(IdempotencyRow)
TRIES = 4


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The asker's key and a digest of what was asked with it."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to: ids and the revision, no personal data. `repeated` when it had been answered before."""

    case_id: str
    revision: int
    made: Mapping[str, Any] = field(default_factory=dict)
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's surroundings: one transaction, who asks, and when. `reads` fills with what client data was shown."""

    connection: Connection
    actor: Actor
    now: datetime
    engine: "Engine"
    reads: list[Read] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(HELSINKI).date()

    def note(self, read: Read) -> None:
        """Remember for the access log that this was shown."""
        self.reads.append(read)


class Engine:
    """Makes the language run on one database."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        calendars: Calendars,
        keys: Keys,
        *,
        demo: bool = False,
        published: Published | None = None,
        alarm: Alarm | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.shelf = CalendarShelf(calendars)
        self.keys = keys
        self.demo = demo
        self.published = published or Published()
        self.alarm = alarm or SilentAlarm()
        self.access_log = AccessLog(database)

    @property
    def calendars(self) -> Calendars:
        """The calendars as they stand now: those of files and those published since."""
        return self.shelf.now

    def handle(self, command: c.Command, actor: Actor, idempotency: Idempotency | None = None) -> Answer:
        """Carry out a command, or refuse it and write nothing. One that lost a race is tried again."""
        for attempt in range(TRIES):
            unlocked = attempt == 0 and isinstance(command, c.CaseCommand)
            try:
                with self.database.one_by_one() if unlocked else self.database.begin() as connection:
                    return self.handle_within(connection, command, actor, idempotency, lock=not unlocked)
            except (LostRace, IntegrityError):
                if attempt == TRIES - 1:
                    raise  # two askers raced for one case, key or client: look again, and find what the other wrote
            except OperationalError as error:
                if not is_passing(error) or attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")

    def handle_within(
        self,
        connection: Connection,
        command: c.Command,
        actor: Actor,
        idempotency: Idempotency | None = None,
        now: datetime | None = None,
        *,
        lock: bool = True,
    ) -> Answer:
        """The same inside the caller's transaction and at its *now*: for sweeps that take several cases at once.

        Without `lock` the caller holds the case's row already, or hears of a lost race by `LostRace`.
        """
        self.shelf.look(connection)
        handled = _Handled(self, connection, command, actor, idempotency, now or self.clock.now(), lock)
        return handled.answer()

    def handle_together(self, connection: Connection, commands: Mapping[CaseKey, c.CaseCommand], now: datetime) -> None:
        """The system's own commands, one on each of these locked cases: loaded by one question, written by one statement."""
        decided = list(self.decide_together(connection, commands, now))
        for each in decided:
            if each.refusal:
                raise each.refusal
        self.write_together(connection, decided)

    def decide_together(
        self, connection: Connection, commands: Mapping[CaseKey, c.CaseCommand], now: datetime, ask: Ask | None = None
    ) -> "Iterator[Decided]":
        """What each of these commands would come to, or why it is refused; nothing is written."""
        if not commands:
            return
        self.shelf.look(connection)
        for loaded in load_cases(connection, list(commands), ask):
            key = loaded.case.tenant_id, loaded.case.case_id
            handled = _Handled(self, connection, commands[key], the_system(key[0]), None, now, lock=False)
            try:
                yield Decided(key, loaded.case, handled, handled.decided(loaded))
            except PathwayError as refusal:
                yield Decided(key, loaded.case, handled, refusal=refusal)

    def write_together(self, connection: Connection, decided: Sequence["Decided"]) -> None:
        """Write what was decided on cases that are locked since before; refused ones are passed over."""
        going = [(each, each.outcome) for each in decided if each.outcome]
        write_all(connection, [outcome.changes for _, outcome in going])
        for each, outcome in going:
            each.handled.after_writing(outcome)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Reading]:
        """A reading transaction for read models.

        What was read is in the access log before the block is left; `NotRecorded` when it can't be written.
        """
        with self.database.read() as connection:
            self.shelf.look(connection)
            reading = Reading(connection, actor, self.clock.now(), self)
            yield reading
        self.access_log.write(actor, reading.reads, reading.now)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a command came to: the rows it writes, the case before and after, and what is answered."""

    changes: ChangeSet
    before: Case
    after: Case
    answer: Answer
    recorded_at: datetime
    cancels_messages: bool
    events: tuple[e.CaseEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What one of many commands comes to: an outcome that waits to be written, or a refusal."""

    key: CaseKey
    before: Case
    handled: "_Handled"
    outcome: _Outcome | None = None
    refusal: PathwayError | None = None

    @property
    def after(self) -> Case:
        """The case as it would be; as it is, where the command is refused."""
        return self.outcome.after if self.outcome else self.before

    @property
    def events(self) -> tuple[e.CaseEvent, ...]:
        """What would be told."""
        return self.outcome.events if self.outcome else ()


@dataclass(slots=True)
class _Handled:
    """One command on its way through the engine."""

    engine: Engine
    connection: Connection
    command: c.Command
    actor: Actor
    idempotency: Idempotency | None
    now: datetime
    lock: bool

    def answer(self) -> Answer:
        if isinstance(self.command, c.TakeContact):
            return self._answer_contact(self.command)
        if not isinstance(self.command, c.CaseCommand):
            raise UnknownThing("command", type(self.command).__name__)
        loaded = self._load(self.command.case_id)
        if loaded is None:
            raise UnknownThing("case", self.command.case_id)
        repeated = self._answered_before(loaded.answered)
        if repeated:
            return repeated
        return self._write(self.decided(loaded))

    def decided(self, loaded: LoadedCase) -> "_Outcome":
        """What the command comes to on this case, or its refusal; nothing is written yet."""
        if not isinstance(self.command, c.CaseCommand):
            raise UnknownThing("command", type(self.command).__name__)
        authorise(self.actor, self.command, loaded.case, self.now.astimezone(HELSINKI).date())
        self._check_revision(loaded.case)
        pathway = self.engine.published.version(
            self.connection, self.actor.tenant_id, loaded.case.pathway_id, loaded.case.version
        )
        on = self._circumstances(loaded, pathway)
        texts = texts_of(self.command)
        story = decide(loaded.case, self.command, on_with_texts(on, texts))
        return self._outcome(loaded.case, story, texts)

    def _load(self, case_id: str) -> LoadedCase | None:
        command = self.command
        ids = getattr(command, "promise_ids", None) or ((command.promise_id,) if hasattr(command, "promise_id") else ())
        key = self.idempotency.key if self.idempotency else None
        ask = Ask(
            promise_ids=tuple(ids),
            consultation_id=getattr(command, "consultation_id", None),
            actor=self.actor.worker_id,
            idempotency_key=key,
            promises_in=judged_again_by(command),
        )
        return load_case(self.connection, self.actor.tenant_id, case_id, ask, lock=self.lock)

    def _answered_before(self, row: Mapping[str, Any] | None) -> Answer | None:
        if row is None or self.idempotency is None:
            return None
        if row["digest"] != self.idempotency.digest:
            raise KeyReused(self.idempotency.key)
        return Answer(**row["answer"], repeated=True)

    def _check_revision(self, case: Case) -> None:
        seen = getattr(self.command, "revision", None)
        if seen is not None and seen != case.revision:
            raise RevisionStale(seen, case.revision, *last_change(self.connection, case))

    def _circumstances(self, loaded: LoadedCase, pathway: CompiledPathway) -> Circumstances:
        today = self.now.astimezone(HELSINKI).date()
        around = loaded.unit

        def ask_staff() -> tuple[Candidate, ...]:
            """The unit's people, and those of another unit whose queue answers for the case (E8)."""
            answers = loaded.case.responsible
            units = dict.fromkeys((str(around["unit_id"]), answers.unit_id if answers else str(around["unit_id"])))
            asked = [staff_of(self.connection, self.actor.tenant_id, u, tuple(loaded.clients), today) for u in units]
            return tuple({each.worker_id: each for staff in reversed(asked) for each in staff}.values())

        return Circumstances(
            actor=self.actor,
            now=self.now,
            pathway=pathway,
            calendars=self.engine.calendars,
            unit=around,
            clients=loaded.clients,
            seed=getattr(self.command, "seed", None) or new_id(self.now),
            ask_staff=ask_staff,
            ask_fact=partial(fact_of, self.connection, loaded.case),
            ask_version=partial(
                self.engine.published.version, self.connection, self.actor.tenant_id, loaded.case.pathway_id
            ),
        )

    # --- a contact ---

    def _answer_contact(self, command: c.TakeContact) -> Answer:
        authorise(self.actor, command, None, self.now.astimezone(HELSINKI).date())
        opening: Opening = opening_of(self.connection, self.engine, command, self.actor, self.idempotency, self.now)
        repeated = self._answered_before(opening.answered)
        if repeated:
            return repeated
        texts = texts_of(command)
        on = on_with_texts(self._circumstances(opening.loaded, opening.pathway), texts)
        story = Story(opening.loaded.case, on, self.now)
        take_contact(story, command, opening.client_id)
        follow_promises(story)
        made = {"contact_id": command.contact_id, "client_id": opening.client_id, "joined": opening.joined}
        return self._write(self._outcome(opening.loaded.case, story, texts, made, opening.changes))

    # --- writing ---

    def _outcome(
        self,
        before: Case,
        story: Story,
        texts: tuple[KeptText, ...],
        made: Mapping[str, Any] | None = None,
        changes: ChangeSet | None = None,
    ) -> "_Outcome":
        changes = changes or ChangeSet()
        recorded_at = max(self.now, before.recorded_at) if before.recorded_at else self.now
        by_people = not self.actor.is_system and bool(story.events)
        after = replace(
            story.case,
            sequence=before.sequence + len(story.events),
            revision=before.revision + (1 if by_people else 0),
            recorded_at=recorded_at if story.events else before.recorded_at,
        )
        story.case = after
        if story.events:
            record(changes, Recorded(before, after, tuple(story.events), recorded_at))
        self._add_texts(changes, after, texts, recorded_at)
        if isinstance(self.command, c.TakeContact):
            changes.insert(CONTACT, [contact_row(self.command, story, recorded_at)])
        add_consequences(changes, story, recorded_at)
        answer = Answer(after.case_id, after.revision, {**(made or {}), **_made(story)})
        self._remember(changes, answer)
        return _Outcome(changes, before, after, answer, recorded_at, story.cancels_messages, tuple(story.events))

    def _write(self, outcome: "_Outcome") -> Answer:
        with together(self.connection) if outcome.cancels_messages else nullcontext():
            outcome.changes.write(self.connection)
            self.after_writing(outcome)
        return outcome.answer

    def after_writing(self, outcome: "_Outcome") -> None:
        """What takes other rows than the case's own: messages that must not leave, and whom to wake."""
        if outcome.cancels_messages:
            cancel_messages(self.connection, outcome.after, outcome.recorded_at)
        ring_if_soon(self.engine.alarm, self.connection, outcome.before, outcome.after, self.now)

    def _add_texts(self, changes: ChangeSet, case: Case, texts: tuple[KeptText, ...], recorded_at: datetime) -> None:
        rows = [row_of_text(text, case.tenant_id, case.case_id, self.actor.worker_id, recorded_at) for text in texts]
        changes.insert(TEXT, rows)

    def _remember(self, changes: ChangeSet, answer: Answer) -> None:
        if self.idempotency is None:
            return
        row = {
            "tenant_id": self.actor.tenant_id,
            "actor": self.actor.worker_id,
            "key": self.idempotency.key,
            "digest": self.idempotency.digest,
            "answer": {"case_id": answer.case_id, "revision": answer.revision, "made": dict(answer.made)},
            "made_at": self.now,
        }
        changes.insert(IDEMPOTENCY, [row])


def on_with_texts(on: Circumstances, texts: tuple[KeptText, ...]) -> Circumstances:
    """The rule tells the digest of each text it names, so that the seal covers the words without holding them."""
    return dataclasses.replace(on, digests={text.text_id: text.digest for text in texts}) if texts else on


def _made(story: Story) -> dict[str, Any]:
    """The ids a caller may want at once: entered runs, started promises, the consultation or hand-over asked for."""
    runs = [event.run_id for event in story.events if isinstance(event, e.StepEntered)]
    promises = [event.promise_id for event in story.events if isinstance(event, e.PromiseStarted)]
    made: dict[str, Any] = {"runs": runs} if runs else {}
    for event in story.events:
        if isinstance(event, e.ConsultationRequested):
            made["consultation_id"] = event.consultation_id
        elif isinstance(event, e.HandoverProposed):
            made["handover_id"] = event.handover_id
    return {**made, "promises": promises} if promises else made
