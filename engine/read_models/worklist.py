"""The worklist: one worker's work worst first, in four views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.read_models.promise_shown import PromiseShown

View = Literal["own", "queue", "consultations", "waiting"]
VIEWS: tuple[View, ...] = ("own", "queue", "consultations", "waiting")
GroupKey = Literal["late", "today", "soon", "later"]
"""`soon` is this and next week (ISO weeks, Helsinki); `later` holds also what has no clock running."""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One case, or one consultation asked of me. What I may not see of the client is None."""

    case_id: str
    number: str
    client_name: str | None
    client_age: int | None
    birth_date: date | None
    restricted: bool
    urgency: str
    pathway_id: str
    pathway_title: str
    phase_title: str
    run_id: str | None
    step: str | None
    step_title: str
    step_state: str | None
    missing: int
    """How many facts the step still waits for."""
    responsible_name: str | None
    """None while a queue answers."""
    unit_id: str
    unit_name: str
    promise: PromiseShown | None
    """The worst live clock."""
    last_event_at: datetime | None
    last_event: str
    action: str
    """The primary verb for this row: take, start, outcome, answer, accept, remind, open …"""
    consultation_id: str | None
    consultation_state: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class WorklistGroup:
    key: GroupKey
    rows: tuple[WorklistRow, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    view: View
    groups: tuple[WorklistGroup, ...]
    """Every group that has rows on this page, late first."""
    group_counts: Mapping[GroupKey, int]
    """How many there are of each in the whole view, whatever the page."""
    counts: Mapping[View, int]
    """How many rows each view holds."""
    next_due_at: datetime | None
    """The next due instant of the view that is still ahead: what to say when nothing is late."""
    read_at: datetime
    next_cursor: str | None

    @property
    def rows(self) -> tuple[WorklistRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)
