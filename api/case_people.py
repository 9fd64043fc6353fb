"""Who answers for a case and who belongs to it: naming, acknowledging, own worker, clients, hand-overs."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import AfterValidator, model_validator

from api.answers import answered, seen_after
from api.case_out import CaseOut, DoneOut, ResponsibleOut
from api.cases import CaseId, Code, NothingIn
from api.deps import Me, Once, Seen, known_id, tag, unit_named
from api.moments import In, Out
from engine.clients import is_known
from pathways import commands as c
from pathways.errors import UnknownThing

router = APIRouter(prefix="/api/v1/cases/{case_id}", tags=["people of a case"])

WorkerId = Annotated[str, AfterValidator(known_id("worker"))]
HandoverId = Annotated[str, Path(), AfterValidator(known_id("handover"))]


class NameIn(In):
    """Exactly one of the two: a worker, or `auto` for whom the role's own order finds."""

    worker_id: WorkerId | None = None
    auto: bool = False
    reason: Code | None = None

    @model_validator(mode="after")
    def one_of_the_two(self) -> "NameIn":  # noqa: N804 - an "after" validator is handed the model
        if (self.worker_id is None) != self.auto:
            raise ValueError("give either worker_id or auto: true")
        return self


class NamedOut(Out):
    """Who answers now and why. The names are missing for a caller who doesn't see the case any more."""

    case_id: str
    revision: int
    worker_id: str | None
    name: str | None
    ground: str | None
    why: list[str]
    responsible: ResponsibleOut | None


@router.post("/responsible-worker", summary="Name the responsible worker")
def name_responsible(case_id: CaseId, body: NameIn, me: Me, once: Once, seen: Seen, response: Response) -> NamedOut:
    command = c.AssignResponsibleWorker(case_id=case_id, revision=seen, **body.model_dump())
    answer = me.do(command, once)
    view = seen_after(me, answer.case_id)
    named = ResponsibleOut.maybe(view.responsible) if view else None
    revision = view.revision if view else answer.revision
    tag(response, revision)
    return NamedOut(
        case_id=answer.case_id,
        revision=revision,
        worker_id=named.worker_id if named else None,
        name=named.name if named else None,
        ground=named.ground if named else None,
        why=named.explanation if named else [],
        responsible=named,
    )


@router.post("/responsible-worker/acknowledgement", summary="Say: this case is mine")
def acknowledge(
    case_id: CaseId, me: Me, once: Once, seen: Seen, response: Response, body: NothingIn | None = None
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.AcknowledgeResponsibility(case_id=case_id, revision=seen), once), response)


class OwnWorkerIn(In):
    worker_id: WorkerId
    reason: Code | None = None


@router.post("/own-worker", summary="Name the own worker of SHL § 42")
def name_own_worker(
    case_id: CaseId, body: OwnWorkerIn, me: Me, once: Once, seen: Seen, response: Response
) -> CaseOut | DoneOut:
    return answered(me, me.do(c.NameOwnWorker(case_id=case_id, revision=seen, **body.model_dump()), once), response)


class JoinIn(In):
    client_id: Annotated[str, AfterValidator(known_id("client"))]
    relation: Code


@router.post("/clients", status_code=201, summary="Another person of the family or network joins the case")
def join_client(case_id: CaseId, body: JoinIn, me: Me, once: Once, seen: Seen, response: Response) -> CaseOut | DoneOut:
    with me.engine.database.read() as connection:
        known = is_known(connection, me.actor, body.client_id)
    if not known:
        raise UnknownThing("client", body.client_id)
    return answered(me, me.do(c.JoinClient(case_id=case_id, revision=seen, **body.model_dump()), once), response)


class HandoverIn(In):
    to_unit: Code
    reason: Code


class HandoverOut(Out):
    handover_id: str
    case_id: str
    revision: int


@router.post("/handovers", status_code=201, summary="Propose the case to another unit (its id or key)")
def propose_handover(
    case_id: CaseId, body: HandoverIn, me: Me, once: Once, seen: Seen, response: Response
) -> HandoverOut:
    with me.reading() as reading:
        to_unit = known_id("unit")(unit_named(reading, body.to_unit) or "")
    command = c.ProposeHandover(
        case_id=case_id, revision=seen, handover_id=me.new_id(), to_unit=to_unit, reason=body.reason
    )
    answer = me.do(command, once)
    tag(response, answer.revision)
    return HandoverOut(handover_id=answer.made["handover_id"], case_id=case_id, revision=answer.revision)


@router.post("/handovers/{handover_id}/accept", summary="The receiving unit takes the case")
def accept_handover(
    case_id: CaseId,
    handover_id: HandoverId,
    me: Me,
    once: Once,
    seen: Seen,
    response: Response,
    body: NothingIn | None = None,
) -> CaseOut | DoneOut:
    command = c.DecideHandover(case_id=case_id, revision=seen, handover_id=handover_id, accept=True)
    return answered(me, me.do(command, once), response)


@router.post("/handovers/{handover_id}/reject", summary="The receiving unit gives it back")
def reject_handover(
    case_id: CaseId,
    handover_id: HandoverId,
    me: Me,
    once: Once,
    seen: Seen,
    response: Response,
    body: NothingIn | None = None,
) -> CaseOut | DoneOut:
    command = c.DecideHandover(case_id=case_id, revision=seen, handover_id=handover_id, accept=False)
    return answered(me, me.do(command, once), response)
