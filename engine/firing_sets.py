"""FiringSets: fires the due rungs of many cases at once, with one writing statement for all of them.

No case is loaded: what fires on a promise needs the promise, who answers, the unit's people and the pathway
(`engine/rules/firing.py`), and those are asked for in sets. The cases' rows are locked by the caller. The rows written
are those that the same events through `engine/handle.py` would write; a test holds the two together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine import tables as t
from engine.consequences import BREACH, CHANGE, INCIDENT, OUTBOX, TIER
from engine.due_cases import PROMISE, Breach, DueCase, DuePromise, StandsStill, rows_of_cases
from engine.ids import new_id
from engine.machine import CompiledPathway
from engine.projection import CASE_TABLE as CASE
from engine.projection import CaseKey, table_of
from engine.published import Published
from engine.row_sets import JsonText, RowSets
from engine.rules.circumstances import Candidate
from engine.rules.firing import Firer, Firing
from engine.rules.hearers import Hearing, empty_place
from engine.staff import People
from engine.store import EVENT_TABLE as EVENT
from pathways import events as e
from pathways.actor import the_system
from pathways.case import Assignment

ASSIGNMENT = table_of(t.AssignmentRow)
_ASSIGNMENTS = tuple(
    ASSIGNMENT.c[name]
    for name in (
        *("tenant_id", "case_id", "assignment_id", "kind", "role"),
        *("unit_id", "worker_id", "since", "ground", "substitute_id"),
    )
)


def fire_in_sets(
    connection: Connection, published: Published, people: People, due: Sequence[DueCase], now: datetime
) -> None:
    """Fire what is due on the promises of these locked cases."""
    if not due:
        return
    around = _Around(connection, published, people, due, now)
    written = _Written(now)
    for case in due:
        hearing = around.hearing(case)
        written.add(case, _fired(case, around.pathway(case), hearing, now), hearing.responsible)
    written.sets().write(connection)


def _fired(case: DueCase, pathway: CompiledPathway, hearing: Hearing, now: datetime) -> list[tuple[DuePromise, Firing]]:
    """In the order of their instants, as one command on the case would."""
    firer = Firer(pathway, hearing, now, now, the_system(case.tenant_id).worker_id)
    in_order = sorted(case.promises.values(), key=lambda promise: (promise.next_fire_at or now, promise.promise_id))
    fired: list[tuple[DuePromise, Firing]] = []
    breaches = case.breaches
    for promise in in_order:
        fired.append((promise, firer.fire(promise, breaches)))
        breaches += fired[-1][1].breaches
    if not all(firing.events for _, firing in fired):
        raise StandsStill
    return fired


class _Around:
    """What stands around the cases of one batch, asked once for all of them."""

    def __init__(
        self, connection: Connection, published: Published, people: People, due: Sequence[DueCase], now: datetime
    ) -> None:
        self._connection = connection
        self._published = published
        self._responsible = _responsible(connection, due)
        units = {(case.tenant_id, case.unit_id) for case in due}
        units |= {(tenant_id, found.unit_id) for (tenant_id, _), found in self._responsible.items()}
        self._people = people.of(connection, units, now)
        self._staff: dict[tuple[str, str, str], tuple[Candidate, ...]] = {}

    def pathway(self, case: DueCase) -> CompiledPathway:
        return self._published.version(self._connection, case.tenant_id, case.pathway_id, case.version)

    def hearing(self, case: DueCase) -> Hearing:
        answers = self._responsible.get((case.tenant_id, case.case_id))
        staff = self._staff_of(case.tenant_id, case.unit_id, answers.unit_id if answers else case.unit_id)
        return Hearing(case.unit_id, answers, lambda: staff, self.pathway(case).definition.roles)

    def _staff_of(self, tenant_id: str, own: str, answering: str) -> tuple[Candidate, ...]:
        key = (tenant_id, own, answering)
        if key not in self._staff:
            asked = [self._people[tenant_id, unit_id] for unit_id in dict.fromkeys((own, answering))]
            self._staff[key] = tuple({c.worker_id: c for people in reversed(asked) for c in people}.values())
        return self._staff[key]


def _responsible(connection: Connection, due: Sequence[DueCase]) -> dict[CaseKey, Assignment]:
    cases = [(case.tenant_id, case.case_id) for case in due]
    rows = rows_of_cases(connection, cases, ASSIGNMENT, _ASSIGNMENTS, ASSIGNMENT.c.until.is_(None), ("kind",))
    return {(row.tenant_id, row.case_id): _assignment(row) for row in rows if row.kind == "responsible"}


def _assignment(row: Any) -> Assignment:
    """As far as hearing goes."""
    who = (row.assignment_id, row.kind, row.role, row.unit_id, row.worker_id)
    return Assignment(*who, since=row.since, ground=row.ground, substitute_id=row.substitute_id)


# --- rows -----------------------------------------------------------------------------------------------------

_EVENT_COLUMNS = (
    *("tenant_id", "case_id", "sequence", "type", "v"),
    *("occurred_at", "recorded_at", "actor", "revision", "payload"),
)
_BREACH_COLUMNS = ("tenant_id", "promise_id", "number", "case_id", "breached_at", "detected_at", "unit_id", "role")
_TIER_COLUMNS = ("tenant_id", "promise_id", "tier", "arming", "case_id", "state", "fire_at", "noted_at")
_OUTBOX_COLUMNS = ("tenant_id", "message_id", "case_id", "kind", "payload", "made_at", "tries")
_INCIDENT_COLUMNS = ("tenant_id", "incident_id", "kind", "detail", "at")
_CHANGE_COLUMNS = ("tenant_id", "topic", "subject_id", "at")
_FIRED_COLUMNS = ("next_tier", "next_fire_at", *Breach._fields)

Row = tuple[Any, ...]


@dataclass(slots=True)
class _Written:
    """The rows of a batch, table by table."""

    now: datetime
    cases: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    promises: list[Row] = field(default_factory=list)
    breaches: list[Row] = field(default_factory=list)
    tiers: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    empty: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, case: DueCase, fired: Sequence[tuple[DuePromise, Firing]], responsible: Assignment | None) -> None:
        """Add what one case's firings write."""
        recorded_at = max(self.now, case.recorded_at)
        sequence = case.sequence
        told: set[str] = set()
        for promise, firing in fired:
            for event in firing.events:
                sequence += 1
                self._add_event(case, event, sequence, recorded_at)
            self._add_promise(case, promise, firing.events)
            self._add_message(case, promise, firing, recorded_at)
            told.update(firing.told)
        if sequence == case.sequence:
            return
        breaches = case.breaches + sum(firing.breaches for _, firing in fired)
        self.cases.append((case.tenant_id, case.case_id, sequence, recorded_at, breaches))
        if responsible and responsible.worker_id:
            told.add(responsible.worker_id)
        topics = [("case", case.case_id), ("unit", case.unit_id), *(("worker", worker) for worker in sorted(told))]
        self.changes += [(case.tenant_id, topic, subject, recorded_at) for topic, subject in topics]

    def _add_event(self, case: DueCase, event: e.CaseEvent, sequence: int, recorded_at: datetime) -> None:
        named = (case.tenant_id, case.case_id, sequence, event.type, event.v)
        self.events.append(
            (*named, event.occurred_at, recorded_at, event.by, case.revision, JsonText(event.payload_text()))
        )

    def _add_promise(self, case: DueCase, promise: DuePromise, events: Sequence[e.CaseEvent]) -> None:
        """What the events make of the promise's row, and their facts beside it; see `pathways/case_changes.py`."""
        following, breach = promise.next_tier, promise.breach
        of_promise = (case.tenant_id, promise.promise_id)
        for event in events:
            if isinstance(event, e.TierFired):
                following = event.sequence_in_promise + 1
                breach = breach._replace(on_list=event.lists or breach.on_list)
                named = (*of_promise, event.tier, promise.arming, case.case_id)
                self.tiers.append((*named, "fired", event.fire_at, event.occurred_at))
            elif isinstance(event, e.PromiseBreached):
                fallen = (event.breached_at, event.occurred_at, None, None, None)
                breach = Breach(breach.breaches + 1, *fallen, breach.on_list)
                numbered = (*of_promise, breach.breaches, case.case_id)
                self.breaches.append((*numbered, event.breached_at, event.occurred_at, event.unit_id, event.role))
        armed = following is not None and following < len(promise.tiers)
        next_fire_at = promise.tiers[following].fire_at if armed and following is not None else None
        self.promises.append((*of_promise, following if armed else None, next_fire_at, *breach))

    def _add_message(self, case: DueCase, promise: DuePromise, firing: Firing, recorded_at: datetime) -> None:
        for place in firing.empty:
            key = (case.tenant_id, place, case.unit_id)
            self.empty[key] = self.empty.get(key, 0) + 1
        for told, facts in firing.messages(promise):
            named = (case.tenant_id, new_id(self.now), case.case_id)
            self.messages.append((*named, "promise_rung", {"to": list(told), **facts}, recorded_at, 0))

    def sets(self) -> RowSets:
        """Everything as sets, the promises before what points at them."""
        sets = RowSets()
        sets.update(CASE, ("tenant_id", "case_id"), ("sequence", "recorded_at", "breaches"), self.cases)
        sets.update(PROMISE, ("tenant_id", "promise_id"), _FIRED_COLUMNS, self.promises)
        sets.insert(EVENT, _EVENT_COLUMNS, self.events)
        sets.insert(BREACH, _BREACH_COLUMNS, self.breaches)
        sets.insert(TIER, _TIER_COLUMNS, self.tiers)
        sets.insert(OUTBOX, _OUTBOX_COLUMNS, self.messages)
        sets.insert(CHANGE, _CHANGE_COLUMNS, self.changes)
        sets.insert(INCIDENT, _INCIDENT_COLUMNS, list(self._incidents()))
        return sets

    def _incidents(self) -> Iterator[Row]:
        """One for each place found empty in this batch, with how many promises fell through it."""
        for (tenant_id, place, unit_id), promises in self.empty.items():
            kind, detail = empty_place(place, unit_id)
            yield (tenant_id, new_id(self.now), kind, {**detail, "promises": promises}, self.now)
