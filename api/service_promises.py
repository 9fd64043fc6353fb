"""Service promises: paused and resumed for the client's own wish, explained, given a reason when they broke."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import AfterValidator, Field, StringConstraints

from api.cases import CaseId, Code, NothingIn
from api.deps import Caller, Me, Once, Seen, known_id, tag
from api.moments import In, Moment, MomentIn, Out
from api.promise_out import PromiseOut
from engine.handle import Answer
from engine.read_models.one_promise import PromiseExplained, explain_promise, one_promise
from pathways import commands as c

router = APIRouter(prefix="/api/v1/cases/{case_id}/promises/{promise_id}", tags=["service promises"])

PromiseId = Annotated[str, Path(), AfterValidator(known_id("promise"))]


class MovedPromiseOut(PromiseOut):
    """The promise after what was done, with the case's revision."""

    revision: int


class PauseIn(In):
    """From (held) to (not held). `to` is the latest end: there it resumes by itself."""

    from_: Annotated[MomentIn, Field(alias="from")]
    to: MomentIn
    reason: Code


@router.post("/pause", summary="Pause the clock for a reason the promise lists")
def pause(
    case_id: CaseId, promise_id: PromiseId, body: PauseIn, me: Me, once: Once, seen: Seen, response: Response
) -> MovedPromiseOut:
    command = c.PausePromise(
        case_id=case_id, revision=seen, promise_id=promise_id, start=body.from_, end=body.to, reason=body.reason
    )
    return _moved(me, promise_id, me.do(command, once), response)


@router.post("/resume", summary="Let the clock run on from now")
def resume(
    case_id: CaseId,
    promise_id: PromiseId,
    me: Me,
    once: Once,
    seen: Seen,
    response: Response,
    body: NothingIn | None = None,
) -> MovedPromiseOut:
    command = c.ResumePromise(case_id=case_id, revision=seen, promise_id=promise_id)
    return _moved(me, promise_id, me.do(command, once), response)


class ReasonIn(In):
    code: Code
    plan: Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


@router.post("/reason", summary="The team lead gives a reason and a new plan for a breach")
def give_reason(
    case_id: CaseId, promise_id: PromiseId, body: ReasonIn, me: Me, once: Once, seen: Seen, response: Response
) -> MovedPromiseOut:
    command = c.GiveBreachReason(
        case_id=case_id,
        revision=seen,
        promise_ids=(promise_id,),
        code=body.code,
        plan=body.plan,
        plan_text_id=me.new_id(),
    )
    return _moved(me, promise_id, me.do(command, once), response)


class VoidIn(In):
    why: Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]


@router.post("/void-breach", summary="Say why a recorded breach was none; it stays in the journal")
def void_breach(
    case_id: CaseId, promise_id: PromiseId, body: VoidIn, me: Me, once: Once, seen: Seen, response: Response
) -> MovedPromiseOut:
    command = c.VoidBreach(case_id=case_id, revision=seen, promise_id=promise_id, why=body.why)
    return _moved(me, promise_id, me.do(command, once), response)


def _moved(me: Caller, promise_id: str, answer: Answer, response: Response) -> MovedPromiseOut:
    with me.reading() as reading:
        promise = one_promise(reading, answer.case_id, promise_id, me.language)
    tag(response, answer.revision)
    return MovedPromiseOut(**dict(PromiseOut.of(promise)), revision=answer.revision)


# --- why this day ---


class LineOut(Out):
    start: Moment
    end: Moment
    effect: str
    text: str
    days: int


class ExplainedOut(Out):
    """The due instant and the sentences that lead to it, interval by interval."""

    promise_id: str
    key: str
    title: str
    kind: str
    goal: str
    started_at: Moment
    effective_at: Moment
    due_at: Moment | None
    due_on: date | None
    working_due_at: Moment | None
    due_if_resumed_now: Moment | None
    explanation: list[str]
    intervals: list[LineOut]

    @classmethod
    def of(cls, explained: PromiseExplained) -> "ExplainedOut":
        promise = explained.promise
        lines = explained.explanation
        return cls(
            promise_id=promise.promise_id,
            key=promise.key,
            title=promise.title,
            kind=promise.kind,
            goal=promise.goal,
            started_at=promise.started_at,
            effective_at=explained.effective_at,
            due_at=explained.due_at,
            due_on=explained.due_on,
            working_due_at=explained.working_due_at,
            due_if_resumed_now=promise.due_if_resumed_now,
            explanation=[line.text for line in lines],
            intervals=[
                LineOut(start=line.start, end=line.end, effect=line.effect, text=line.text, days=line.days)
                for line in lines
            ],
        )


@router.get("/explain", summary="Why it is due when it is")
def explain(case_id: CaseId, promise_id: PromiseId, me: Me) -> ExplainedOut:
    with me.reading() as reading:
        return ExplainedOut.of(explain_promise(reading, case_id, promise_id, me.language))
