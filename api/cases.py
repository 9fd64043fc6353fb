"""Cases: found, shown, told, and moved by what workers do."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import AfterValidator, Field, StringConstraints

from api.answers import answered
from api.case_out import CaseOut, DoneOut
from api.deps import Me, Once, Seen, known_id, tag, unit_named
from api.moments import In, Moment, MomentIn, Out
from engine.read_models.case_list import CaseRow, CaseWanted, case_list
from engine.read_models.case_timeline import TimelineEntry, case_timeline
from engine.read_models.case_view import case_view
from pathways import commands as c

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])

CaseId = Annotated[str, Path(description="The case's id."), AfterValidator(known_id("case"))]
StepName = Annotated[str, Path(description="A run id, or the step's key when exactly one is open.", max_length=80)]
Cursor = Annotated[str | None, Query(description="The `next_cursor` of the page before.", max_length=400)]
Limit = Annotated[int, Query(ge=1, le=200)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Note = Annotated[str | None, Field(max_length=8000)]


class CaseRowOut(Out):
    case_id: str
    number: str
    pathway: str
    pathway_title: str
    version: int
    state: str
    unit: str
    unit_name: str
    urgency: str
    restricted: bool
    client_id: str | None
    client_name: str | None
    client_age: int | None
    responsible_name: str | None
    step: str | None
    step_title: str
    opened_at: Moment
    closed_at: Moment | None
    revision: int

    @classmethod
    def of(cls, row: CaseRow) -> "CaseRowOut":
        same: dict[str, Any] = {
            name: getattr(row, name) for name in cls.model_fields if name not in ("pathway", "unit")
        }
        return cls(**same, pathway=row.pathway_id, unit=row.unit_id)


class CasesOut(Out):
    cases: list[CaseRowOut]
    next_cursor: str | None


@router.get("", summary="Cases I see, the newest first")
def cases(
    me: Me,
    state: Literal["open", "closed"] | None = None,
    pathway: Annotated[str | None, Query(max_length=80)] = None,
    unit: Annotated[str | None, Query(description="A unit's id or key.", max_length=80)] = None,
    client_id: Annotated[str | None, AfterValidator(known_id("client"))] = None,
    number: Annotated[str | None, Query(description="The short number, such as 26-7KQ4MT.", max_length=20)] = None,
    mine: bool = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CasesOut:
    with me.reading() as reading:
        unit_id = unit_named(reading, unit)
        if unit_id is not None:
            unit_id = known_id("unit")(unit_id)
        wanted = CaseWanted(state, pathway, unit_id, client_id, number, mine)
        found = case_list(reading, me.language, wanted, cursor=cursor, limit=limit)
    return CasesOut(cases=[CaseRowOut.of(row) for row in found.rows], next_cursor=found.next_cursor)


@router.get("/{case_id}", summary="A case with who answers, its steps and its promises")
def case(case_id: CaseId, me: Me, response: Response) -> CaseOut:
    with me.reading() as reading:
        view = case_view(reading, case_id, me.language)
    tag(response, view.revision)
    return CaseOut.of(view)


# --- the timeline ---


class WhoOut(Out):
    worker_id: str
    name: str
    title: str


class EventOut(Out):
    sequence: int
    type: str
    category: str
    occurred_at: Moment
    recorded_at: Moment
    who: WhoOut
    what: str
    words: str | None
    text_erased: bool

    @classmethod
    def of(cls, entry: TimelineEntry) -> "EventOut":
        who = WhoOut(worker_id=entry.who.worker_id, name=entry.who.name, title=entry.who.title)
        same = {name: getattr(entry, name) for name in cls.model_fields if name != "who"}
        return cls(**same, who=who)


class TimelineOut(Out):
    events: list[EventOut]
    next_cursor: str | None


@router.get("/{case_id}/timeline", summary="What happened, the newest first")
def timeline(
    case_id: CaseId,
    me: Me,
    category: Literal["case", "step", "contact", "promise", "person", "consultation", "plan"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> TimelineOut:
    with me.reading() as reading:
        told = case_timeline(reading, case_id, me.language, cursor=cursor, limit=limit, category=category)
    return TimelineOut(events=[EventOut.of(entry) for entry in told.entries], next_cursor=told.next_cursor)


# --- acts and steps ---


class ActIn(In):
    kind: c.ActKind
    occurred_at: MomentIn | None = None
    step: Code | None = None
    channel: Code | None = None
    late_reason: Code | None = None
    note: Note = None


@router.post(
    "/{case_id}/acts", status_code=201, summary="Record what was done; the first one keeps the same-day promise"
)
def record_act(case_id: CaseId, body: ActIn, me: Me, once: Once, seen: Seen, response: Response) -> CaseOut | DoneOut:
    command = c.RecordAct(
        case_id=case_id,
        revision=seen,
        act_id=me.new_id(),
        note_text_id=me.new_id() if body.note else None,
        **body.model_dump(),
    )
    return answered(me, me.do(command, once), response)


class NothingIn(In):
    """Nothing needs to be said."""


@router.post("/{case_id}/steps/{step}/start", summary="Begin the work of a step")
def start_step(
    case_id: CaseId, step: StepName, me: Me, once: Once, seen: Seen, response: Response, body: NothingIn | None = None
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.StartStep(case_id=case_id, revision=seen, step=step), once), response)


class OutcomeIn(In):
    outcome: Code
    answers: dict[Code, bool | int | float | Annotated[str, Field(max_length=400)]] = Field({}, max_length=60)
    occurred_at: MomentIn | None = None
    reason: Code | None = None
    late_reason: Annotated[
        Code | None, Field(description="Why a clock is stopped over an hour late or after its due instant.")
    ] = None


@router.post("/{case_id}/steps/{step}/outcome", summary="End a step with one of its outcomes")
def decide_outcome(
    case_id: CaseId, step: StepName, body: OutcomeIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    command = c.DecideOutcome(case_id=case_id, revision=seen, step=step, **body.model_dump())
    return answered(me, me.do(command, once), response)


class AssigneeIn(In):
    worker_id: Annotated[str, AfterValidator(known_id("worker"))] | None


@router.post("/{case_id}/steps/{step}/assignee", summary="Give a step to somebody, or to nobody in particular")
def assign_step(
    case_id: CaseId, step: StepName, body: AssigneeIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    command = c.AssignStep(case_id=case_id, revision=seen, step=step, worker_id=body.worker_id)
    return answered(me, me.do(command, once), response)
