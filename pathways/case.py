"""Case: one or more clients (one primary) on one pathway. `case.after(event)` is the only way it changes.

A case loaded to handle a command holds its live parts (open steps, running promises …); a case folded from its
whole journal holds the ended ones too. `after` asks only for live parts, so both give the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from pathways.arrows import Arrows
from pathways.client_plan import ClientPlan
from pathways.consultation import Consultation
from pathways.errors import NoSuchStep, StepAmbiguous, UnknownThing
from pathways.events import CaseEvent
from pathways.service_promise import ServicePromise

RunState = Literal["waiting", "open", "started", "done", "not_needed", "cancelled"]
RUN_ARROWS: Arrows = {
    "open": (("waiting",), "open"),
    "start": (("open",), "started"),
    "end": (("open", "started"), "done"),
    "skip": (("waiting", "open", "started"), "not_needed"),
    "cancel": (("waiting", "open", "started"), "cancelled"),
}
HANDOVER_ARROWS: Arrows = {
    "accept": (("proposed",), "accepted"),
    "reject": (("proposed",), "rejected"),
}
CASE_ARROWS: Arrows = {
    "open": (("new",), "open"),
    "close": (("open",), "closed"),
    "reopen": (("closed",), "open"),
}
LIVE_RUN: tuple[RunState, ...] = ("waiting", "open", "started")


@dataclass(frozen=True)
class StepRun:
    """One entry into a step. `parent_run_id` and `branch` say which parallel region it belongs to."""

    run_id: str
    step: str
    visit: int
    state: RunState
    entered_at: datetime
    role: str | None = None
    parent_run_id: str | None = None
    branch: str | None = None
    opens_at: datetime | None = None
    missing: tuple[str, ...] = ()
    assignee: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    by_outcome: str | None = None
    from_step: str | None = None

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_RUN


@dataclass(frozen=True)
class Assignment:
    """Who answers. `kind` tells the responsible party from the own worker of SHL § 42."""

    assignment_id: str
    kind: Literal["responsible", "own_worker"]
    role: str
    unit_id: str
    worker_id: str | None
    since: datetime
    ground: str
    explanation: tuple[str, ...] = ()
    acknowledged_at: datetime | None = None
    substitute_id: str | None = None
    substitute_until: date | None = None
    until: datetime | None = None

    @property
    def is_queue(self) -> bool:
        """Whether a unit's queue answers until a worker is named."""
        return self.worker_id is None


@dataclass(frozen=True)
class Member:
    worker_id: str
    ground: str
    since: datetime
    until: date | None = None
    left_at: datetime | None = None


@dataclass(frozen=True)
class CaseClient:
    client_id: str
    relation: str
    primary: bool
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Timer:
    timer_id: str
    subject: str
    cycle: int
    set_at: datetime
    fire_at: datetime
    fired_at: datetime | None = None


@dataclass(frozen=True)
class Handover:
    handover_id: str
    state: Literal["proposed", "accepted", "rejected"]
    proposed_at: datetime
    proposed_by: str
    to_unit: str | None = None
    to_organisation: str | None = None
    run_id: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Case:
    """Everything a rule may ask about one case. Times are aware UTC."""

    case_id: str
    tenant_id: str
    number: str = ""
    pathway_id: str = ""
    version: int = 0
    state: Literal["new", "open", "closed"] = "new"
    end: str | None = None
    unit_id: str = ""
    register_kind: str = ""
    language: str = "fi"
    channel: str = ""
    urgency: str = "normal"
    municipality: str | None = None
    restricted: bool = False
    episode: int = 1
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    stay_open_until: datetime | None = None
    origin_case_id: str | None = None
    last_contact_at: datetime | None = None
    last_effective_at: datetime | None = None
    last_act_at: datetime | None = None
    revision: int = 0
    sequence: int = 0
    recorded_at: datetime | None = None
    visits: Mapping[str, int] = field(default_factory=dict)
    breaches: int = 0
    """Breaches of promises and statutory clocks that stand; targets are only counted elsewhere."""
    cycles: Mapping[str, int] = field(default_factory=dict)
    started_in: Mapping[str, int] = field(default_factory=dict)
    """Promise key → the episode its newest cycle began in."""
    happened: Mapping[str, int] = field(default_factory=dict)
    noted: Mapping[str, Any] = field(default_factory=dict)
    attempts: tuple[tuple[datetime, str], ...] = ()
    approvals: tuple[tuple[str, str], ...] = ()
    clients: Mapping[str, CaseClient] = field(default_factory=dict)
    runs: Mapping[str, StepRun] = field(default_factory=dict)
    promises: Mapping[str, ServicePromise] = field(default_factory=dict)
    assignments: Mapping[str, Assignment] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    consultations: Mapping[str, Consultation] = field(default_factory=dict)
    plans: Mapping[int, ClientPlan] = field(default_factory=dict)
    handovers: Mapping[str, Handover] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)

    def after(self, event: CaseEvent) -> "Case":
        """The case once `event` has happened."""
        changed: Case = CHANGES[type(event)](self, event)
        return changed

    # --- questions rules ask ---

    @property
    def open_runs(self) -> tuple[StepRun, ...]:
        return tuple(run for run in self.runs.values() if run.is_live)

    @property
    def live_promises(self) -> tuple[ServicePromise, ...]:
        return tuple(promise for promise in self.promises.values() if promise.is_live)

    @property
    def responsible(self) -> Assignment | None:
        """The one party that answers now; none only before the case is opened and after it is closed."""
        return next((a for a in self.assignments.values() if a.kind == "responsible" and a.until is None), None)

    def answering(self, at: datetime) -> Assignment | None:
        """The party that answered at a moment, among those that are loaded: the present one and those named since."""
        held = (a for a in self.assignments.values() if a.kind == "responsible" and a.since <= at)
        return next((a for a in held if a.until is None or at < a.until), None)

    @property
    def own_worker(self) -> Assignment | None:
        return next((a for a in self.assignments.values() if a.kind == "own_worker" and a.until is None), None)

    @property
    def primary_client(self) -> str | None:
        return next((c.client_id for c in self.clients.values() if c.primary and c.until is None), None)

    @property
    def plan(self) -> ClientPlan | None:
        """The newest version of the client plan."""
        return self.plans[max(self.plans)] if self.plans else None

    def open_run(self, step: str) -> StepRun:
        """The open run that `step` (a run id, or a key when exactly one is open) names."""
        run = self.runs.get(step)
        if run is not None and run.is_live:
            return run
        matches = [candidate for candidate in self.open_runs if candidate.step == step]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise StepAmbiguous(step, tuple(candidate.run_id for candidate in matches))
        raise NoSuchStep(step, tuple(dict.fromkeys(candidate.step for candidate in self.open_runs)))

    def branches_of(self, run: StepRun) -> tuple[StepRun, ...]:
        return tuple(child for child in self.runs.values() if child.parent_run_id == run.run_id)

    def promise(self, promise_id: str) -> ServicePromise:
        try:
            return self.promises[promise_id]
        except KeyError:
            raise UnknownThing("promise", promise_id) from None

    def consultation(self, consultation_id: str) -> Consultation:
        try:
            return self.consultations[consultation_id]
        except KeyError:
            raise UnknownThing("consultation", consultation_id) from None


CHANGES: dict[type[CaseEvent], Any] = {}
"""Event type → how it changes a case. Filled by `pathways.case_changes`."""
