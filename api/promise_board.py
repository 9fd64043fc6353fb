"""The team lead's board: units and roles, never one person's figures."""

from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, Field, StringConstraints

from api.cases import Code, Cursor, Limit
from api.deps import Me, Once, known_id, unit_named
from api.moments import In, Moment, Out
from api.promise_out import PromiseOut
from engine.handle import Idempotency, Reading
from engine.read_models.promise_board import BoardFigures, BoardRow, State, board_rows, board_units, cases_of
from engine.read_models.team_figures import figures
from pathways import commands as c

router = APIRouter(prefix="/api/v1", tags=["board"])

UnitName = Annotated[str | None, Query(description="A unit's id or key.", max_length=80)]
Kind = Literal["promise", "statutory", "target"]


class BoardRowOut(Out):
    """A promise with the case it belongs to and what is waited for."""

    case_id: str
    number: str
    client_name: str | None
    client_age: int | None
    restricted: bool
    pathway: str
    pathway_title: str
    step_title: str
    responsible_name: str | None
    promise: PromiseOut
    can: list[str]
    revision: int

    @classmethod
    def of(cls, row: BoardRow) -> "BoardRowOut":
        same = {name: getattr(row, name) for name in cls.model_fields if name not in ("pathway", "promise", "can")}
        return cls(**same, pathway=row.pathway_id, promise=PromiseOut.of(row.promise), can=list(row.can))


class FiguresOut(Out):
    late: int
    due_today: int
    no_responsible: int
    unanswered: int
    reasons_missing: int
    absent_today: int
    kept_this_week: int
    ended_this_week: int
    restricted_late: int
    next_due_at: Moment | None

    @classmethod
    def of(cls, shown: BoardFigures) -> "FiguresOut":
        return cls(**{name: getattr(shown, name) for name in cls.model_fields})


class BoardOut(Out):
    state: State
    figures: FiguresOut
    rows: list[BoardRowOut]
    read_at: Moment
    next_cursor: str | None


@router.get("/board/promises", response_model=BoardOut, summary="Promises of my units in one state, worst first")
def board(
    me: Me,
    state: State = "late",
    unit: UnitName = None,
    kind: Kind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    with me.reading() as reading:
        unit_id = _unit(reading, unit)
        rows, next_cursor = board_rows(
            reading, me.language, state=state, unit=unit_id, kind=kind, cursor=cursor, limit=limit
        )
        counted = figures(reading, board_units(reading, unit_id))
    answer = BoardOut(
        state=state,
        figures=FiguresOut.of(counted),
        rows=[BoardRowOut.of(row) for row in rows],
        read_at=reading.now,
        next_cursor=next_cursor,
    )
    return Response(
        answer.model_dump_json(), media_type="application/json"
    )  # said once: fifty rows are many to check twice


MOST_AT_ONCE = 200


class ReasonsIn(In):
    """One cause hit many: the same reason and plan for all of these breaches."""

    promise_ids: Annotated[
        list[Annotated[str, AfterValidator(known_id("promise"))]], Field(min_length=1, max_length=MOST_AT_ONCE)
    ]
    code: Code
    plan: Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class ReasonsOut(Out):
    given: list[str]
    """The promises that have their reason now."""


@router.post("/board/promises/reasons", summary="One reason and new plan for many breaches that one cause hit")
def give_reasons(body: ReasonsIn, me: Me, once: Once) -> ReasonsOut:
    """Each case is a change of its own; sent again with the same key, those that were done are not done twice."""
    with me.reading() as reading:
        by_case = cases_of(reading, body.promise_ids)
    for case_id, promise_ids in by_case.items():
        key = sha256(f"{once.key} {case_id}".encode()).hexdigest()
        command = c.GiveBreachReason(
            case_id=case_id,
            promise_ids=promise_ids,
            code=body.code,
            plan=body.plan,
            plan_text_id=me.new_id(),
        )
        me.do(command, Idempotency(key, once.digest))
    return ReasonsOut(given=list(dict.fromkeys(body.promise_ids)))


def _unit(reading: Reading, named: str | None) -> str | None:
    unit_id = unit_named(reading, named)
    return known_id("unit")(unit_id) if unit_id is not None else None
