"""Commands: requests, imperative. Ids are made at the edge and travel inside, so a retried command is the same one.

Every command that changes a case names it in `case_id`. `revision` is what the asker saw (If-Match); None asks for
no check. Times are aware; `occurred_at` None means *now*.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from pathways.client_plan import PlanContent

Key = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=8000, strip_whitespace=True)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
ActKind = Literal["call", "attempt", "reply", "assessment", "meeting"]


class Command(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseCommand(Command):
    """`seed` is a UUIDv7 from which the ids of everything that follows are drawn; made at the edge when left out."""

    case_id: str
    revision: int | None = None
    seed: str | None = None


# --- contact ---


class TakeContact(Command):
    """A contact arrives: it opens a case, joins the open one, or begins a new episode (≤ 6 months)."""

    contact_id: str
    new_case_id: str
    new_client_id: str
    pathway: Key
    channel: Key
    received_at: AwareDatetime
    matter: Annotated[str, StringConstraints(min_length=1, max_length=8000, strip_whitespace=True)]
    language: Language = "fi"
    urgency: Literal["normal", "urgent"] | None = None
    client_id: str | None = None
    callback: Annotated[str, StringConstraints(max_length=40)] | None = None
    callback_safe: bool | None = None
    unit_id: str | None = None
    by_client: bool = True  # the client, a relative or the legal representative; False: a professional (§9.1)


class RecordAct(CaseCommand):
    act_id: str
    kind: ActKind
    occurred_at: AwareDatetime | None = None
    step: str | None = None
    channel: Key | None = None
    late_reason: Key | None = None
    note: Words | None = None
    note_text_id: str | None = None


class SetUrgency(CaseCommand):
    urgency: Literal["normal", "urgent"]


class JoinClient(CaseCommand):
    """Another person of the family or network joins the case."""

    client_id: str
    relation: Key


class IdentifyClient(CaseCommand):
    """A temporary client turned out to be somebody (the same record, now with identity, or one known before)."""

    old_client_id: str
    client_id: str


class ChooseLanguage(CaseCommand):
    language: Language


# --- steps ---


class StartStep(CaseCommand):
    step: str


class DecideOutcome(CaseCommand):
    step: str
    outcome: Key
    answers: dict[str, bool | int | float | str] = Field(default_factory=dict, max_length=60)
    occurred_at: AwareDatetime | None = None
    reason: Key | None = None
    late_reason: Key | None = None


class AssignStep(CaseCommand):
    step: str
    worker_id: str | None


# --- responsibility ---


class AssignResponsibleWorker(CaseCommand):
    worker_id: str | None = None
    auto: bool = False
    reason: Key | None = None


class NameOwnWorker(CaseCommand):
    worker_id: str
    reason: Key | None = None


class AcknowledgeResponsibility(CaseCommand):
    pass


class CoverAbsence(CaseCommand):
    """A substitute takes the responsible worker's place while they are away (E11)."""

    absence_id: str
    away_id: str
    substitute_id: str | None
    until: date


class EndSubstitution(CaseCommand):
    pass


class ProposeHandover(CaseCommand):
    handover_id: str
    to_unit: str
    reason: Key


class DecideHandover(CaseCommand):
    handover_id: str
    accept: bool


# --- anytime ---


class RecordEvent(CaseCommand):
    """Something of life happened: client_postponed, no_answer, moved, died, refused, danger …"""

    event: Key
    occurred_at: AwareDatetime | None = None
    until: AwareDatetime | None = None
    offered_at: AwareDatetime | None = None
    channel: Key | None = None
    note: Words | None = None
    note_text_id: str | None = None


class NoteFact(CaseCommand):
    name: Key
    value: bool | int | float | str


class ApproveClosing(CaseCommand):
    end: Key


class CloseCase(CaseCommand):
    end: Key
    reason: Key | None = None


# --- plan ---


class WritePlan(CaseCommand):
    content: PlanContent
    text_id: str


class SendPlan(CaseCommand):
    pass


class AgreePlan(CaseCommand):
    agreement: Literal["agreed", "disagreement"]
    client_view: Words | None = None
    client_view_text_id: str | None = None


# --- consultation ---


class RequestConsultation(CaseCommand):
    consultation_id: str
    question: Annotated[str, StringConstraints(min_length=1, max_length=8000, strip_whitespace=True)]
    question_text_id: str
    profession: Key
    organisation: Key | None = None
    worker_id: str | None = None
    urgency: Literal["normal", "urgent", "rek"] = "normal"
    language: Language = "fi"
    step: str | None = None


class MoveConsultation(CaseCommand):
    """One arrow of the lifecycle: accept, return, complete, answer, decline, withdraw, acknowledge."""

    consultation_id: str
    verb: Literal["accept", "return", "complete", "answer", "decline", "withdraw", "acknowledge"]
    words: Words | None = None
    text_id: str | None = None


# --- promises ---


class PausePromise(CaseCommand):
    promise_id: str
    start: AwareDatetime
    end: AwareDatetime
    reason: Key


class ResumePromise(CaseCommand):
    promise_id: str


class GiveBreachReason(CaseCommand):
    promise_ids: tuple[str, ...]
    code: Key
    plan: Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
    plan_text_id: str


class VoidBreach(CaseCommand):
    promise_id: str
    why: Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]


class CorrectTime(CaseCommand):
    """A time was recorded wrong: when it really was. `corrects` is the sequence of the event in the case's journal."""

    corrects: int
    corrected_to: AwareDatetime
    why: Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]
    why_text_id: str


PromiseChoice = Literal["keep_due", "keep_elapsed", "restart", "drop"]


class MigrateCase(CaseCommand):
    """A running case goes on by another version (E14). `steps`: old → new name; `promises`: what each running one does."""

    to_version: int
    steps: dict[Key, Key] = {}
    promises: dict[Key, PromiseChoice] = {}


class ReverseMigration(CaseCommand):
    """The case goes back to the version it was migrated from, as long as nothing has happened on it since (E14).

    `sequence` is where its journal stood after the migration. `steps` and `branches` say by run what each was called,
    `visits` how often each step had been entered; `entered` are runs that the migration opened, `promise_ids` the
    promises it ended, `started` those it began.
    """

    sequence: int
    to_version: int
    steps: dict[str, Key] = {}
    branches: dict[str, Key] = {}
    visits: dict[Key, int] = {}
    entered: tuple[str, ...] = ()
    promise_ids: tuple[str, ...] = ()
    started: tuple[str, ...] = ()


class RecalculatePromises(CaseCommand):
    """Running promises of one case follow an edited calendar; `cause` names it, such as `calendar:palveluaika@2`."""

    promise_ids: tuple[str, ...]
    cause: Key


# --- time itself asks ---


class FireTimer(CaseCommand):
    timer_id: str
    fire_at: datetime


class FireTiers(CaseCommand):
    """Promise rungs of one case that are due; the sweep asks for all of them at once.

    `due_by` leaves later ones for after a timer that comes between: a pause that began before the breach.
    """

    promise_ids: tuple[str, ...]
    due_by: datetime | None = None
