"""The worklist: one worker's work, worst first, in four views."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.cases import Cursor, Limit
from api.deps import Me, known_id, unit_named
from api.moments import Moment, Out
from api.promise_out import PromiseOut
from engine.read_models.worklist import GROUPS, GroupKey, View, WorklistRow, worklist

router = APIRouter(prefix="/api/v1", tags=["worklist"])


class WorkOut(Out):
    """One case, or one question put to me (`consultation_id`; then the client's name and the case are not told)."""

    group: GroupKey
    case_id: str | None
    consultation_id: str | None
    number: str | None
    client_name: str | None
    client_age: int | None
    restricted: bool
    urgency: str
    pathway: str
    pathway_title: str
    run_id: str | None
    step: str | None
    step_title: str
    step_state: str | None
    responsible_name: str | None
    unit: str
    unit_name: str
    promise: PromiseOut | None
    last_event_at: Moment | None
    last_event: str
    action: str
    revision: int

    @classmethod
    def of(cls, group: GroupKey, row: WorklistRow) -> "WorkOut":
        made = ("group", "case_id", "number", "pathway", "unit", "promise")
        same = {name: getattr(row, name) for name in cls.model_fields if name not in made}
        return cls(
            **same,
            group=group,
            case_id=row.case_id or None,
            number=row.number or None,
            pathway=row.pathway_id,
            unit=row.unit_id,
            promise=PromiseOut.maybe(row.promise),
        )


class WorklistOut(Out):
    """`rows` are in the order of the groups: late, today, this and next week (`soon`), later."""

    view: View
    rows: list[WorkOut]
    groups: dict[GroupKey, int]
    counts: dict[View, int]
    next_due_at: Moment | None
    read_at: Moment
    next_cursor: str | None


@router.get("/worklist", summary="My work, worst first")
def my_worklist(
    me: Me,
    view: View = "own",
    pathway: Annotated[str | None, Query(max_length=80)] = None,
    unit: Annotated[str | None, Query(description="A unit's id or key.", max_length=80)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> WorklistOut:
    with me.reading() as reading:
        unit_id = unit_named(reading, unit)
        unit_id = known_id("unit")(unit_id) if unit_id else None
        listed = worklist(reading, me.language, view=view, cursor=cursor, limit=limit, pathway=pathway, unit=unit_id)
    return WorklistOut(
        view=listed.view,
        rows=[WorkOut.of(group.key, row) for group in listed.groups for row in group.rows],
        groups={key: listed.group_counts.get(key, 0) for key in GROUPS},
        counts=dict(listed.counts),
        next_due_at=listed.next_due_at,
        read_at=listed.read_at,
        next_cursor=listed.next_cursor,
    )
