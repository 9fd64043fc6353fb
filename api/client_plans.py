"""The client plan: read with its version, written over the revision that was seen, agreed with the client."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import Field

from api.answers import answered, seen_after
from api.case_out import CaseOut, DoneOut, WorkerOut
from api.cases import CaseId, NothingIn
from api.deps import Me, Once, Seen, SeenRequired, tag
from api.moments import In, Moment, Out
from engine.read_models.case_parts import PlanVersionShown
from engine.read_models.case_view import CaseView, case_view
from pathways import commands as c
from pathways.client_plan import PlanContent

router = APIRouter(prefix="/api/v1/cases/{case_id}/plan", tags=["client plans"])


class PlanVersionOut(Out):
    version: int
    state: str
    updated_at: Moment
    updated_by: WorkerOut
    agreement: str | None
    agreed_at: Moment | None

    @classmethod
    def of(cls, plan: PlanVersionShown) -> "PlanVersionOut":
        return cls(
            version=plan.version,
            state=plan.state,
            updated_at=plan.updated_at,
            updated_by=WorkerOut.of(plan.updated_by),
            agreement=plan.agreement,
            agreed_at=plan.agreed_at,
        )


class PlanOut(Out):
    """The newest version. Before there is one, `version` is 0 and `state` is `missing`; the ETag holds all the same."""

    case_id: str
    version: int
    state: str
    content: PlanContent | None
    next_review: date | None
    agreement: str | None
    agreed_at: Moment | None
    client_view: str | None
    updated_at: Moment | None
    updated_by: WorkerOut | None
    versions: list[PlanVersionOut]
    can: list[str]
    revision: int

    @classmethod
    def of(cls, view: CaseView) -> "PlanOut":
        plan = view.plan
        return cls(
            case_id=view.case_id,
            version=plan.version if plan else 0,
            state=plan.state if plan else "missing",
            content=plan.content if plan else None,
            next_review=plan.next_review if plan else None,
            agreement=plan.agreement if plan else None,
            agreed_at=plan.agreed_at if plan else None,
            client_view=plan.client_view if plan else None,
            updated_at=plan.updated_at if plan else None,
            updated_by=WorkerOut.maybe(plan.updated_by) if plan else None,
            versions=[PlanVersionOut.of(version) for version in plan.versions] if plan else [],
            can=list(plan.can) if plan else ["write"] if "plan" in view.can else [],
            revision=view.revision,
        )


@router.get("", summary="The client plan as it stands")
def plan(case_id: CaseId, me: Me, response: Response) -> PlanOut:
    with me.reading() as reading:
        view = case_view(reading, case_id, me.language)
    tag(response, view.revision)
    return PlanOut.of(view)


@router.put("", summary="Write a new version; If-Match carries the revision you saw")
def write_plan(case_id: CaseId, seen: SeenRequired, body: PlanContent, me: Me, response: Response) -> PlanOut | DoneOut:
    answer = me.do(c.WritePlan(case_id=case_id, revision=seen, content=body, text_id=me.new_id()), None)
    view = seen_after(me, case_id)
    tag(response, view.revision if view else answer.revision)
    return PlanOut.of(view) if view else DoneOut(case_id=case_id, revision=answer.revision)


class AgreementIn(In):
    agreement: Literal["agreed", "disagreement"]
    client_view: Annotated[str, Field(max_length=8000)] | None = None


@router.post("/agreement", summary="The client agrees, or what they disagree about is recorded")
def agree(case_id: CaseId, body: AgreementIn, me: Me, once: Once, seen: Seen, response: Response) -> PlanOut | DoneOut:
    text_id = me.new_id() if body.client_view else None
    command = c.AgreePlan(case_id=case_id, revision=seen, client_view_text_id=text_id, **body.model_dump())
    answer = me.do(command, once)
    view = seen_after(me, case_id)
    tag(response, view.revision if view else answer.revision)
    return PlanOut.of(view) if view else DoneOut(case_id=case_id, revision=answer.revision)


@router.post("/sending", summary="The draft was given to the client")
def send(
    case_id: CaseId, me: Me, once: Once, seen: Seen, response: Response, body: NothingIn | None = None
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.SendPlan(case_id=case_id, revision=seen), once), response)
