"""A case in JSON: what the case view says, in the words of the interface."""

from datetime import date
from typing import Any

from api.moments import Moment, Out
from api.promise_out import PromiseOut
from engine.read_models.case_parts import OutcomeShown, RunShown
from engine.read_models.case_view import CaseView
from engine.read_models.people_shown import AssignmentShown, ClientShown, WorkerShown


class WorkerOut(Out):
    worker_id: str
    name: str
    title: str
    phone: str

    @classmethod
    def of(cls, worker: WorkerShown) -> "WorkerOut":
        return cls(worker_id=worker.worker_id, name=worker.name, title=worker.title, phone=worker.phone)

    @classmethod
    def maybe(cls, worker: WorkerShown | None) -> "WorkerOut | None":
        return cls.of(worker) if worker else None


class ClientOut(Out):
    """A client as the care team sees them: the end of the identity code is masked."""

    client_id: str
    name: str | None
    birth_date: date | None
    age: int | None
    identity_code_masked: str | None
    temporary_id: str | None
    language: str
    relation: str
    primary: bool
    restricted: bool

    @classmethod
    def of(cls, client: ClientShown) -> "ClientOut":
        return cls(**{name: getattr(client, name) for name in cls.model_fields})


class ResponsibleOut(Out):
    """Who answers and why: a worker, or a unit's queue while `worker_id` is null."""

    worker_id: str | None
    name: str | None
    title: str
    phone: str
    unit: str
    unit_name: str
    role: str
    role_title: str
    since: Moment
    ground: str
    explanation: list[str]
    acknowledged_at: Moment | None
    substitute: WorkerOut | None
    away_until: date | None

    @classmethod
    def of(cls, answers: AssignmentShown) -> "ResponsibleOut":
        worker = answers.worker
        return cls(
            worker_id=worker.worker_id if worker else None,
            name=worker.name if worker else None,
            title=worker.title if worker else "",
            phone=worker.phone if worker else "",
            unit=answers.unit_id,
            unit_name=answers.unit_name,
            role=answers.role,
            role_title=answers.role_title,
            since=answers.since,
            ground=answers.ground,
            explanation=list(answers.explanation),
            acknowledged_at=answers.acknowledged_at,
            substitute=WorkerOut.maybe(answers.substitute),
            away_until=answers.away_until,
        )

    @classmethod
    def maybe(cls, answers: AssignmentShown | None) -> "ResponsibleOut | None":
        return cls.of(answers) if answers else None


class OutcomeChoiceOut(Out):
    outcome: str
    title: str
    leads_to: str
    ends_case: bool
    suggested: bool

    @classmethod
    def of(cls, outcome: OutcomeShown) -> "OutcomeChoiceOut":
        return cls(
            outcome=outcome.key,
            title=outcome.title,
            leads_to=outcome.leads_to,
            ends_case=outcome.ends_case,
            suggested=outcome.suggested,
        )


class StepOut(Out):
    """One entry into a step. `outcomes` are the keys that may end it; what each is called stands in `choices`."""

    run_id: str
    step: str
    title: str
    state: str
    kind: str
    phase: str | None
    role: str | None
    visit: int
    assignee: WorkerOut | None
    outcomes: list[str]
    choices: list[OutcomeChoiceOut]
    waits_for: list[str]
    missing: list[str]
    parent_run_id: str | None
    branch: str | None
    entered_at: Moment
    opens_at: Moment | None
    started_at: Moment | None
    ended_at: Moment | None
    outcome: str | None
    can: list[str]

    @classmethod
    def of(cls, run: RunShown) -> "StepOut":
        same: dict[str, Any] = {name: getattr(run, name) for name in _SAME_IN_A_RUN}
        return cls(
            **same,
            assignee=WorkerOut.maybe(run.assignee),
            outcomes=[outcome.key for outcome in run.outcomes],
            choices=[OutcomeChoiceOut.of(outcome) for outcome in run.outcomes],
            waits_for=[branch.branch for branch in run.waits_for if branch.state == "open"],
            missing=[fact.key for fact in run.missing],
            can=list(run.can),
        )


_SAME_IN_A_RUN = (
    "run_id", "step", "title", "state", "kind", "phase", "role", "visit", "parent_run_id", "branch", "entered_at",
    "opens_at", "started_at", "ended_at", "outcome",
)  # fmt: skip


class CaseOut(Out):
    """A case. `steps` are the open ones first, then what was done; `promises` the live ones worst first, then ended."""

    case_id: str
    number: str
    pathway: str
    pathway_title: str
    version: int
    banner: str | None
    state: str
    end: str | None
    unit: str
    unit_name: str
    language: str
    urgency: str
    restricted: bool
    episode: int
    opened_at: Moment
    closed_at: Moment | None
    stay_open_until: Moment | None
    clients: list[ClientOut]
    responsible: ResponsibleOut | None
    own_worker: ResponsibleOut | None
    steps: list[StepOut]
    promises: list[PromiseOut]
    can: list[str]
    revision: int

    @classmethod
    def of(cls, view: CaseView) -> "CaseOut":
        same: dict[str, Any] = {name: getattr(view, name) for name in _SAME_IN_A_CASE}
        return cls(
            **same,
            pathway=view.pathway_id,
            unit=view.unit_id,
            clients=[ClientOut.of(client) for client in view.clients],
            responsible=ResponsibleOut.maybe(view.responsible),
            own_worker=ResponsibleOut.maybe(view.own_worker),
            steps=[StepOut.of(run) for run in (*view.runs, *view.done_runs)],
            promises=[PromiseOut.of(promise) for promise in (*view.promises, *view.ended_promises)],
            can=list(view.can),
        )


_SAME_IN_A_CASE = (
    "case_id", "number", "pathway_title", "version", "banner", "state", "end", "unit_name", "language", "urgency",
    "restricted", "episode", "opened_at", "closed_at", "stay_open_until", "revision",
)  # fmt: skip


class DoneOut(Out):
    """What a command came to, for somebody who doesn't (or no longer) see the case: ids and the revision."""

    case_id: str
    revision: int
