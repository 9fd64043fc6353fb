"""What life brings to a case, and how it ends: events, urgency, language, facts, closing."""

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import Field

from api.answers import answered
from api.case_out import CaseOut, DoneOut
from api.cases import CaseId, Code, Note
from api.deps import Me, Once, Seen
from api.moments import In, MomentIn
from pathways import commands as c

router = APIRouter(prefix="/api/v1/cases/{case_id}", tags=["events of a case"])


class EventIn(In):
    """An event of the pathway's definition: client_postponed, no_answer, moved, died, refused …"""

    event: Code
    occurred_at: MomentIn | None = None
    until: MomentIn | None = None
    offered_at: MomentIn | None = None
    channel: Code | None = None
    note: Note = None


@router.post("/events", status_code=201, summary="Record that something happened in the client's life")
def record_event(
    case_id: CaseId, body: EventIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    text_id = me.new_id() if body.note else None
    command = c.RecordEvent(case_id=case_id, revision=seen, note_text_id=text_id, **body.model_dump())
    return answered(me, me.do(command, once), response)


class CorrectionIn(In):
    """A time that was recorded wrong: `sequence` names the event as the timeline does."""

    sequence: Annotated[int, Field(ge=1)]
    occurred_at: MomentIn
    why: Annotated[str, Field(min_length=3, max_length=400)]


@router.post("/corrections", status_code=201, summary="Say when a contact, an act or a step's end really was")
def correct_time(
    case_id: CaseId, body: CorrectionIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    """The event stays as it was written. Running promises follow; ended ones stay as they were judged."""
    command = c.CorrectTime(
        case_id=case_id,
        revision=seen,
        corrects=body.sequence,
        corrected_to=body.occurred_at,
        why=body.why,
        why_text_id=me.new_id(),
    )
    return answered(me, me.do(command, once), response)


class UrgencyIn(In):
    urgency: Literal["normal", "urgent"]


@router.post("/urgency", summary="Say how urgent the matter is")
def set_urgency(
    case_id: CaseId, body: UrgencyIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.SetUrgency(case_id=case_id, revision=seen, urgency=body.urgency), once), response)


class LanguageIn(In):
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


@router.post("/language", summary="The client chooses the language of service")
def choose_language(
    case_id: CaseId, body: LanguageIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.ChooseLanguage(case_id=case_id, revision=seen, language=body.language), once), response)


class FactIn(In):
    name: Code
    value: bool | int | float | Annotated[str, Field(max_length=400)]


@router.post("/facts", summary="Note an answer that the pathway's conditions ask for")
def note_fact(case_id: CaseId, body: FactIn, me: Me, once: Once, seen: Seen, response: Response) -> CaseOut | DoneOut:
    return answered(me, me.do(c.NoteFact(case_id=case_id, revision=seen, **body.model_dump()), once), response)


class EndIn(In):
    end: Code
    reason: Code | None = None


@router.post("/closing-approvals", summary="Approve that the case may end so")
def approve_closing(
    case_id: CaseId, body: EndIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.ApproveClosing(case_id=case_id, revision=seen, end=body.end), once), response)


@router.post("/closing", summary="End the case")
def close_case(case_id: CaseId, body: EndIn, me: Me, once: Once, seen: Seen, response: Response) -> CaseOut | DoneOut:
    return answered(me, me.do(c.CloseCase(case_id=case_id, revision=seen, **body.model_dump()), once), response)
