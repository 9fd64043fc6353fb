"""Consultations: another profession is asked and answers. The asked one sees the question and little of the client."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import AfterValidator, AliasChoices, Field, StringConstraints

from api.case_out import WorkerOut
from api.cases import CaseId, Code
from api.deps import Caller, Me, Once, Seen, known_id, tag
from api.moments import In, Moment, Out
from api.promise_out import PromiseOut
from engine.read_models.consultation_view import ConsultationView, case_of_consultation, consultation_view
from pathways import commands as c
from pathways.errors import NotRecorded, UnknownThing

router = APIRouter(prefix="/api/v1", tags=["consultations"])

ConsultationId = Annotated[str, Path(), AfterValidator(known_id("consultation"))]
Verb = Literal["accept", "return", "complete", "answer", "decline", "withdraw", "acknowledge"]


class AskIn(In):
    """Whom: a profession, where wanted of one organisation or one named worker."""

    profession: Code
    organisation: Code | None = None
    worker_id: Annotated[str, AfterValidator(known_id("worker"))] | None = None


class QuestionIn(In):
    ask: AskIn
    question: Annotated[str, StringConstraints(min_length=1, max_length=8000, strip_whitespace=True)]
    urgency: Literal["normal", "urgent", "rek"] = "normal"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "fi"
    step: Annotated[Code | None, Field(description="The consultation step it is asked in.")] = None


class ConsultationOut(Out):
    """The question as its reader may see it: `case_id` only for who sees the case."""

    consultation_id: str
    state: str
    question: str | None
    answer: str | None
    return_words: str | None
    urgency: str
    language: str
    asked_by: WorkerOut
    asker_unit: str
    asked_at: Moment
    profession: str
    profession_title: str
    organisation_title: str | None
    accepted_by: WorkerOut | None
    answered_by: WorkerOut | None
    answered_at: Moment | None
    client_age: int | None
    client_language: str
    pathway_title: str
    step_title: str
    shares: list[str]
    promise: PromiseOut | None
    case_id: str | None
    case_number: str | None
    can: list[str]
    revision: int

    @classmethod
    def of(cls, view: ConsultationView) -> "ConsultationOut":
        made = ("asked_by", "accepted_by", "answered_by", "promise", "shares", "can")
        same = {name: getattr(view, name) for name in cls.model_fields if name not in made}
        return cls(
            **same,
            asked_by=WorkerOut.of(view.asked_by),
            accepted_by=WorkerOut.maybe(view.accepted_by),
            answered_by=WorkerOut.maybe(view.answered_by),
            promise=PromiseOut.maybe(view.promise),
            shares=list(view.shares),
            can=list(view.can),
        )


class MovedOut(Out):
    """What was done, for somebody who doesn't see the consultation any more."""

    consultation_id: str
    revision: int


@router.post("/cases/{case_id}/consultations", status_code=201, summary="Ask another profession")
def ask(
    case_id: CaseId, body: QuestionIn, me: Me, once: Once, seen: Seen, response: Response
) -> ConsultationOut | MovedOut:
    command = c.RequestConsultation(
        case_id=case_id,
        revision=seen,
        consultation_id=me.new_id(),
        question=body.question,
        question_text_id=me.new_id(),
        profession=body.ask.profession,
        organisation=body.ask.organisation,
        worker_id=body.ask.worker_id,
        urgency=body.urgency,
        language=body.language,
        step=body.step,
    )
    answer = me.do(command, once)
    return _answered(me, answer.made["consultation_id"], answer.revision, response)


@router.get("/consultations/{consultation_id}", summary="A consultation with its question and answer")
def consultation(consultation_id: ConsultationId, me: Me, response: Response) -> ConsultationOut:
    with me.reading() as reading:
        view = consultation_view(reading, consultation_id, me.language)
    tag(response, view.revision)
    return ConsultationOut.of(view)


class WordsIn(In):
    """The answer, what is missing, or why it is declined; `answer`, `reason` and `text` are the same field."""

    words: Annotated[
        str | None,
        Field(max_length=8000, validation_alias=AliasChoices("words", "answer", "reason", "text", "question")),
    ] = None


@router.post("/consultations/{consultation_id}/{verb}", summary="Take one arrow of the consultation's lifecycle")
def move(
    consultation_id: ConsultationId,
    verb: Verb,
    me: Me,
    once: Once,
    seen: Seen,
    response: Response,
    body: WordsIn | None = None,
) -> ConsultationOut | MovedOut:
    words = body.words if body else None
    with me.reading() as reading:
        case_id = case_of_consultation(reading, consultation_id)
    command = c.MoveConsultation(
        case_id=case_id,
        revision=seen,
        consultation_id=consultation_id,
        verb=verb,
        words=words,
        text_id=me.new_id() if words else None,
    )
    try:
        answer = me.do(command, once)
    except UnknownThing as unknown:  # its case is nobody's business who isn't asked: say no more than the address did
        raise UnknownThing("consultation", consultation_id) from unknown
    return _answered(me, consultation_id, answer.revision, response)


def _answered(me: Caller, consultation_id: str, revision: int, response: Response) -> ConsultationOut | MovedOut:
    tag(response, revision)
    try:
        with me.reading() as reading:
            view = consultation_view(reading, consultation_id, me.language)
    except (UnknownThing, NotRecorded):
        return MovedOut(consultation_id=consultation_id, revision=revision)
    tag(response, view.revision)
    return ConsultationOut.of(view)
