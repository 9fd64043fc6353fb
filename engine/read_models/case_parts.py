"""The parts of a case's page: steps to do, the plan, consultations, contacts, members, hand-overs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.read_models.people_shown import WorkerShown
from engine.read_models.promise_shown import PromiseShown
from pathways.client_plan import PlanContent


@dataclass(frozen=True, slots=True)
class Titled:
    """A key of the definition with its title in the language asked for."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    key: str
    title: str
    leads_to: str
    """The title of the step or end it leads to; empty inside a branch."""
    ends_case: bool
    suggested: bool
    """The definition's suggestion; another choice asks for a reason."""


@dataclass(frozen=True, slots=True)
class BranchShown:
    branch: str
    title: str
    state: Literal["open", "done", "not_needed"]


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One thing asked in the step: an instrument's result or a field of its own."""

    key: str
    title: str
    type: str
    choices: tuple[Titled, ...]
    instruction: str
    required_at: str | None
    value: bool | int | float | str | None
    """What is noted already."""


@dataclass(frozen=True, slots=True)
class RunShown:
    """One entry into a step."""

    run_id: str
    step: str
    title: str
    instruction: str
    """The definition's words for the worker."""
    client_words: str
    phase: str | None
    phase_title: str
    kind: str
    role: str | None
    role_title: str
    state: str
    visit: int
    parent_run_id: str | None
    branch: str | None
    entered_at: datetime
    opens_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    assignee: WorkerShown | None
    outcome: str | None
    outcome_title: str | None
    by_outcome: str | None
    outcomes: tuple[OutcomeShown, ...]
    missing: tuple[Titled, ...]
    """Facts a condition asked for and nobody has noted: the branch stays until they are known."""
    waits_for: tuple[BranchShown, ...]
    """The branches side by side; while one is open the step can't be ended."""
    fields: tuple[FieldShown, ...]
    promise: PromiseShown | None
    """The step's own target, or the worst clock about it."""
    can: tuple[str, ...]
    """Which of start, assign, outcome, act this actor may do now."""


@dataclass(frozen=True, slots=True)
class PlanVersionShown:
    version: int
    state: str
    updated_at: datetime
    updated_by: WorkerShown
    agreement: str | None
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The newest version of the client plan with its content, and what came before."""

    version: int
    state: str
    content: PlanContent | None
    goals: int
    updated_at: datetime
    updated_by: WorkerShown
    next_review: date | None
    agreement: str | None
    agreed_at: datetime | None
    client_view: str | None
    versions: tuple[PlanVersionShown, ...]
    can: tuple[str, ...]
    """Which of write, send, agreement this actor may do now."""


@dataclass(frozen=True, slots=True)
class CaseConsultation:
    """A consultation as its asker's team sees it."""

    consultation_id: str
    state: str
    asked_by: WorkerShown
    asked_at: datetime
    profession: str
    profession_title: str
    organisation: str | None
    organisation_title: str | None
    worker: WorkerShown | None
    accepted_by: WorkerShown | None
    answered_by: WorkerShown | None
    answered_at: datetime | None
    urgency: str
    language: str
    question: str | None
    answer: str | None
    return_words: str | None
    run_id: str | None
    cycle: int
    promise: PromiseShown | None
    can: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactShown:
    contact_id: str
    channel: str
    channel_title: str
    received_at: datetime
    effective_at: datetime
    matter: str | None
    urgency: str | None
    language: str
    callback: str | None
    callback_safe: bool | None
    taken_by: WorkerShown


@dataclass(frozen=True, slots=True)
class MemberShown:
    worker: WorkerShown
    ground: str
    since: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class HandoverShown:
    handover_id: str
    state: str
    proposed_at: datetime
    proposed_by: WorkerShown
    to_unit: str | None
    to_unit_name: str | None
    to_organisation: str | None
    to_organisation_title: str | None
    run_id: str | None
    decided_at: datetime | None
    can: tuple[str, ...]
    """accept and reject, for the receiving unit."""
