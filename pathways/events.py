"""Events: what happened on a case, past tense, never changed once written.

Every event has a `type` (its class name in snake_case) and a version `v`; older versions are lifted by pure
upcasters in `read_event`. Free text and identity are never in an event: text ids and digests stand for them.
`occurred_at` is when it happened, `by` who did it (a worker id or `system`); the journal adds `recorded_at`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from pathways.service_promise import CountedFrom, OnList, PromiseKind

EVENT_TYPES: dict[str, type["CaseEvent"]] = {}
UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(type, v) → payload of that version lifted to v + 1. Empty while every type is at its first version."""


class CaseEvent(BaseModel):
    """A fact about one case."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: ClassVar[str]
    v: ClassVar[int] = 1

    occurred_at: datetime
    by: str
    digests: dict[str, str] | None = None
    """Text id → digest of the words this event names; the words themselves live apart."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.type = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        EVENT_TYPES[cls.type] = cls

    def payload(self) -> dict[str, Any]:
        """What the journal stores beside the columns that every event has."""
        return self.model_dump(mode="json", exclude={"occurred_at", "by"}, exclude_none=True)

    def payload_text(self) -> str:
        """The same as JSON text, without a detour by way of Python's own values."""
        return self.model_dump_json(exclude={"occurred_at", "by"}, exclude_none=True)


def read_event(type_: str, v: int, occurred_at: datetime, by: str, payload: Mapping[str, Any]) -> CaseEvent:
    """Return the event as this release knows it, whatever version it was written in."""
    content = dict(payload)
    while (type_, v) in UPCASTERS:
        content = UPCASTERS[type_, v](content)
        v += 1
    return EVENT_TYPES[type_](occurred_at=occurred_at, by=by, **content)


# --- the case -------------------------------------------------------------------------------------------------


class CaseOpened(CaseEvent):
    number: str
    pathway_id: str
    version: int
    unit_id: str
    register_kind: str
    language: str
    channel: str
    municipality: str | None = None
    origin_case_id: str | None = None


class CaseReopened(CaseEvent):
    """A client who comes back within six months begins a new episode of the same case (E13)."""

    episode: int
    channel: str


class CaseClosed(CaseEvent):
    end: str
    reason: str | None = None


class CaseMigrated(CaseEvent):
    """From now on the case runs by another version of its pathway; `steps` tells open steps that changed names."""

    from_version: int
    to_version: int
    steps: dict[str, str] = {}
    branches: dict[str, str] = {}
    """Parallel steps that changed names inside a step that is open, those that have ended too: its join counts them."""


class CaseMigrationReversed(CaseEvent):
    """The case runs by the version it came from again: `steps` and `branches` say by run what each is called."""

    from_version: int
    to_version: int
    steps: dict[str, str] = {}
    branches: dict[str, str] = {}
    visits: dict[str, int] = {}


class ClientJoined(CaseEvent):
    client_id: str
    relation: str
    primary: bool


class ClientIdentified(CaseEvent):
    """A temporary client turned out to be somebody already known: the case follows."""

    old_client_id: str
    client_id: str


class ContactReceived(CaseEvent):
    contact_id: str
    channel: str
    received_at: datetime
    effective_at: datetime
    opens: bool = True
    """Whether it opened the case or a new episode; one that joins an open case initiates nothing in law."""


class ActRecorded(CaseEvent):
    """A call, an attempt, a reply, an assessment or a meeting by a named professional."""

    act_id: str
    kind: Literal["call", "attempt", "reply", "assessment", "meeting"]
    run_id: str | None = None
    step: str | None = None
    channel: str | None = None
    late_reason: str | None = None
    text_id: str | None = None


class UrgencySet(CaseEvent):
    urgency: Literal["normal", "urgent"]


class LanguageChosen(CaseEvent):
    language: str


class UnitChanged(CaseEvent):
    unit_id: str


class HeldOpen(CaseEvent):
    """The case may not be closed before `until` (E9)."""

    until: datetime


class AccessRestricted(CaseEvent):
    """From now on only the care team sees the case (E10)."""


class AnytimeHappened(CaseEvent):
    """An event of life that may come at any step; `event` is its key in the definition."""

    event: str
    until: datetime | None = None
    channel: str | None = None
    text_id: str | None = None


class ClosingApproved(CaseEvent):
    end: str
    as_role: Literal["responsible", "team_lead"]


class FactNoted(CaseEvent):
    """A coded answer (instrument score, yes or no) that conditions may ask for."""

    name: str
    value: bool | int | float | str


# --- steps ----------------------------------------------------------------------------------------------------


class StepEntered(CaseEvent):
    run_id: str
    step: str
    visit: int
    role: str | None = None
    parent_run_id: str | None = None
    branch: str | None = None
    opens_at: datetime | None = None
    by_outcome: str | None = None
    from_step: str | None = None
    missing: tuple[str, ...] = ()


class StepOpened(CaseEvent):
    """A step that waited for its day is now work to do."""

    run_id: str


class StepStarted(CaseEvent):
    run_id: str
    worker_id: str


class StepAssigned(CaseEvent):
    run_id: str
    worker_id: str | None


class StepEnded(CaseEvent):
    run_id: str
    step: str
    outcome: str
    answers: dict[str, bool | int | float | str] = {}
    reason: str | None = None
    against_suggestion: str | None = None


class StepNotNeeded(CaseEvent):
    run_id: str
    step: str
    why: Literal["condition", "join_satisfied"]
    parent_run_id: str | None = None
    branch: str | None = None


class StepCancelled(CaseEvent):
    run_id: str
    step: str
    reason: str


# --- responsibility -------------------------------------------------------------------------------------------


class ResponsibleNamed(CaseEvent):
    """From now exactly this party answers for the case: a worker, or a unit's queue until one is named."""

    assignment_id: str
    role: str
    unit_id: str
    worker_id: str | None = None
    ground: str
    explanation: tuple[str, ...] = ()
    reason: str | None = None


class ResponsibilityAcknowledged(CaseEvent):
    assignment_id: str


class OwnWorkerNamed(CaseEvent):
    """The omatyöntekijä of the Social Welfare Act § 42, beside the responsible worker."""

    assignment_id: str
    worker_id: str
    profession: str
    reason: str | None = None


class SubstituteNamed(CaseEvent):
    assignment_id: str
    worker_id: str
    until: date | None = None
    absence_id: str | None = None


class SubstituteEnded(CaseEvent):
    assignment_id: str


class MemberJoined(CaseEvent):
    """Somebody belongs to the care team, with the ground that lets them see the case."""

    worker_id: str
    ground: str
    until: date | None = None


class MemberLeft(CaseEvent):
    worker_id: str
    ground: str


class HandoverProposed(CaseEvent):
    handover_id: str
    to_unit: str | None = None
    to_organisation: str | None = None
    run_id: str | None = None


class HandoverAccepted(CaseEvent):
    handover_id: str


class HandoverRejected(CaseEvent):
    handover_id: str


# --- plan and consultation ------------------------------------------------------------------------------------


class PlanDrafted(CaseEvent):
    version: int
    text_id: str
    goals: int
    next_review: date | None = None


class PlanSentToClient(CaseEvent):
    version: int


class PlanAgreed(CaseEvent):
    version: int
    agreement: Literal["agreed", "disagreement"]
    client_view_text: str | None = None


class PlanReviewOpened(CaseEvent):
    version: int


class PlanEnded(CaseEvent):
    version: int


class ConsultationRequested(CaseEvent):
    consultation_id: str
    profession: str
    urgency: Literal["normal", "urgent", "rek"]
    language: str
    question_text: str
    organisation: str | None = None
    worker_id: str | None = None
    run_id: str | None = None


class ConsultationMoved(CaseEvent):
    """One arrow of the consultation's lifecycle; `verb` names it."""

    consultation_id: str
    verb: Literal["accept", "return", "complete", "answer", "decline", "withdraw", "acknowledge"]
    text_id: str | None = None


# --- promises -------------------------------------------------------------------------------------------------


class Rung(BaseModel):
    """A tier armed for a promise."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    fire_at: datetime


class PromiseStarted(CaseEvent):
    """A clock began; `occurred_at` is its start. Everything that fixes it is written here once."""

    promise_id: str
    key: str
    cycle: int
    kind: PromiseKind
    goal: str
    calendar: str
    roll: str = "none"
    counted_from: CountedFrom = "received"
    effective_at: datetime
    due_at: datetime
    due_on: date
    working_due_at: datetime
    unit_id: str
    role: str
    subject_id: str | None = None
    law: str | None = None
    client_age_months: int | None = None
    origin_promise_id: str | None = None
    rungs: tuple[Rung, ...] = ()


class PromisePaused(CaseEvent):
    promise_id: str
    start: datetime
    end: datetime
    reason: str


class PromisePausePlanned(CaseEvent):
    """The client's wish lies ahead: the clock runs until `start`, and its due instant already counts the pause."""

    promise_id: str
    start: datetime
    end: datetime
    reason: str
    due_at: datetime
    due_on: date
    working_due_at: datetime
    rungs: tuple[Rung, ...] = ()


class PromisePauseBegan(CaseEvent):
    """A planned pause's first instant has come."""

    promise_id: str


class PromiseResumed(CaseEvent):
    promise_id: str
    resumed_at: datetime
    due_at: datetime
    due_on: date
    working_due_at: datetime
    rungs: tuple[Rung, ...] = ()


class PromiseKept(CaseEvent):
    """Kept by `occurred_at`; `late` when that lies after the due instant (a cure)."""

    promise_id: str
    late: bool = False
    cause: str | None = None
    late_reason: str | None = None
    told_late_at: datetime | None = None
    """When it was recorded, where that was over an hour late or across the due instant (rule 2)."""


class PromiseCancelled(CaseEvent):
    promise_id: str
    reason: str
    late_reason: str | None = None
    told_late_at: datetime | None = None


class PromiseReinstated(CaseEvent):
    """It runs again as it did before a migration ended it; `rungs` had been skipped and are armed again."""

    promise_id: str
    rungs: tuple[Rung, ...] = ()


class PromiseTravelled(CaseEvent):
    promise_id: str
    to_case_id: str | None = None
    to_organisation: str | None = None


class TierFired(CaseEvent):
    """A rung came due: `fire_at` is its true instant, `occurred_at` when we noticed."""

    promise_id: str
    tier: str
    sequence_in_promise: int
    fire_at: datetime
    told: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    lists: OnList | None = None
    """The list the promise is put on: *vaarassa*, *omavalvonta*."""


class PromiseBreached(CaseEvent):
    """Passed unkept: `breached_at` is the due instant, `occurred_at` when we noticed."""

    promise_id: str
    breached_at: datetime
    unit_id: str
    role: str
    worker_id: str | None = None


class BreachVoided(CaseEvent):
    """A recorded breach was none. `kept_at`: the earlier keep that is known now; `skipped`: rungs that won't fire."""

    promise_id: str
    why: str
    kept_at: datetime | None = None
    late_reason: str | None = None
    told_late_at: datetime | None = None
    skipped: tuple[Rung, ...] = ()


class BreachReasonGiven(CaseEvent):
    promise_id: str
    code: str
    plan_text: str


class PromiseRecalculated(CaseEvent):
    """Counted again, openly: a calendar was edited or a recorded time corrected (rule 20). Only live ones are.

    `cause` is `calendar:KEY@VERSION` or `correction:SEQUENCE`. While paused it has no due instants, old or new.
    `started_at` is there when the start itself was recorded wrong.
    """

    promise_id: str
    cause: str
    calendar: str
    effective_at: datetime
    old_due_at: datetime | None = None
    due_at: datetime | None = None
    due_on: date | None = None
    working_due_at: datetime | None = None
    started_at: datetime | None = None
    rungs: tuple[Rung, ...] = ()


class PromiseReassessed(CaseEvent):
    """What an ended promise would be by a corrected time. It stays as it was judged; reports offer both (rule 17)."""

    promise_id: str
    cause: str
    corrected_state: Literal["kept", "late"]


class TimeCorrected(CaseEvent):
    """A time that was recorded wrong. The event it is about is never changed; this one says what is so, and why.

    `subject_id` is the contact, act or step run it is about; `corrects` the sequence of the event in the journal.
    """

    corrects: int
    event: str
    was: datetime
    corrected_to: datetime
    why_text: str
    effective_at: datetime | None = None
    subject_id: str | None = None


class TimerSet(CaseEvent):
    """Something else that time must do: a step opens, a pause ends, an absence grows long."""

    timer_id: str
    subject: str
    cycle: int
    fire_at: datetime


class TimerFired(CaseEvent):
    timer_id: str


class TimerCancelled(CaseEvent):
    timer_id: str
