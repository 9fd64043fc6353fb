"""The board's promises: late, due today, paused, without a reason; and the figures above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, select, tuple_

from engine import tables as t
from engine.access_log import Read
from engine.client_identity import age_on
from engine.handle import Reading
from engine.people import ABSENCE, UNIT_MEMBER
from engine.projection import CASE_TABLE, table_of
from engine.read_models.board_parts import BoardFigures, BoardRow
from engine.read_models.cursors import from_cursor, to_cursor
from engine.read_models.list_parts import ListParts, parts_of
from engine.read_models.promise_shown import verbs_of
from engine.read_models.titles import pathway_title, step_title
from engine.read_models.visible_cases import is_visible
from engine.read_models.worklist_query import FAR, UNANSWERED, Spans, kind_rank, spans_of
from engine.tables import Utc
from pathways.actor import Actor
from pathways.errors import Malformed
from pathways.local_time import end_of_day
from pathways.service_promise import ServicePromise
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

CASE = CASE_TABLE
PROMISE = table_of(t.PromiseRow)
ASSIGNMENT = table_of(t.AssignmentRow)
CONSULTATION = table_of(t.ConsultationRow)
MOST = 200
KINDS = ("promise", "statutory", "target")
LEAD_VERBS = ("reason", "void-breach")
Standing = Literal["late", "today", "paused", "running", "reason_missing", "told_late"]
LATE: Standing = "late"
DUE_TODAY: Standing = "today"
PAUSED: Standing = "paused"
RUNNING: Standing = "running"
REASON_MISSING: Standing = "reason_missing"
TOLD_LATE: Standing = "told_late"
SHOWN_FOR = timedelta(days=14)
"""How long an end that was recorded late stands on the board (rule 2)."""


def stands(standing: Standing, spans: Spans) -> ColumnElement[bool]:
    """The condition on promises."""
    running, due = PROMISE.c.state == "running", PROMISE.c.due_at
    match standing:
        case "late":
            return running & (due < spans.now)
        case "today":
            return running & (due >= spans.now) & (due <= spans.today_ends)
        case "paused":
            return PROMISE.c.state == "paused"
        case "running":
            return running
        case "reason_missing":
            return and_(
                PROMISE.c.breached_at.is_not(None),
                PROMISE.c.breach_voided_at.is_(None),
                PROMISE.c.reason_code.is_(None),
                PROMISE.c.kind.in_(("promise", "statutory")),
            )
        case "told_late":
            return PROMISE.c.told_late_at > spans.now - SHOWN_FOR


def promise_rows(
    reading: Reading,
    language: Language,
    standing: Standing,
    units: frozenset[str],
    kind: str | None,
    cursor: str | None,
    limit: int,
) -> tuple[tuple[BoardRow, ...], str | None]:
    """A page of the promises that stand so in these units, worst first; only of cases the reader sees."""
    if kind is not None and kind not in KINDS:
        raise Malformed("kind", ", ".join(KINDS))
    limit = min(max(limit, 1), MOST)
    question = _page(reading, standing, units, kind, cursor, limit)
    found = reading.connection.execute(question).mappings().all()
    shown = found[:limit]
    cases = tuple(dict.fromkeys(row["case_id"] for row in shown))
    reading.note(Read(f"board:{standing}", "lead", case_ids=cases))
    parts = parts_of(
        reading, language, case_ids=cases, promise_ids=[row["promise_id"] for row in shown], with_events=False
    )
    rows = tuple(_row(parts, row["case_id"], row["promise_id"]) for row in shown)
    more = len(found) > limit
    return rows, to_cursor([shown[-1][name] for name in ("rank", "at", "promise_id")]) if more else None


def _page(
    reading: Reading, standing: Standing, units: frozenset[str], kind: str | None, cursor: str | None, limit: int
) -> Select[Any]:
    at = func.coalesce(PROMISE.c.due_at, FAR, type_=Utc)
    key = (kind_rank(PROMISE.c.kind), at, PROMISE.c.promise_id)
    question = (
        select(PROMISE.c.promise_id, PROMISE.c.case_id, key[0].label("rank"), at.label("at"))
        .join(CASE, (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id))
        .where(
            PROMISE.c.tenant_id == reading.actor.tenant_id,
            PROMISE.c.unit_id.in_(units),
            stands(standing, spans_of(reading.now)),
            is_visible(reading.actor, reading.today),
        )
    )
    if kind:
        question = question.where(PROMISE.c.kind == kind)
    if cursor:
        after = from_cursor(cursor, (int, datetime, str))
        question = question.where(tuple_(*key) > tuple_(*after, types=[column.type for column in key]))
    return question.order_by(*key).limit(limit + 1)


def _row(parts: ListParts, case_id: str, promise_id: str) -> BoardRow:
    case, client, run = parts.case(case_id), parts.client(case_id), parts.next_run(case_id)
    pathway, answering = parts.pathway(case_id), parts.answering(case_id)
    actor = parts.reading.actor
    promise = parts.value(promise_id)
    shown = parts.promise(promise_id, verbs_of(promise, _lead_verbs(actor, promise)))
    if shown is None:
        raise LookupError(promise_id)
    return BoardRow(
        case_id=case_id,
        number=case["number"],
        client_name=(client["name"] or client["temporary_id"]) if client else None,
        client_age=age_on(client["birth_date"], parts.reading.today, client["died_on"]) if client else None,
        restricted=case["restricted"],
        pathway_id=case["pathway_id"],
        pathway_title=pathway_title(pathway, parts.language),
        step_title=step_title(pathway, run["step"], parts.language) if run else "",
        responsible_name=answering["name"] if answering else None,
        promise=shown,
        revision=case["revision"],
        can=("responsible-worker",) if actor.leads_unit(case["unit_id"]) and case["state"] == "open" else (),
    )


def _lead_verbs(actor: Actor, promise: ServicePromise) -> Sequence[str]:
    return LEAD_VERBS if actor.leads_unit(promise.unit_id) else ()


# --- figures ---


@dataclass(frozen=True, slots=True)
class _Week:
    begins: datetime
    ends: datetime


def figures(reading: Reading, units: frozenset[str]) -> BoardFigures:
    """The numbers of these units, restricted cases among them: a number shows nobody's data."""
    spans, week = spans_of(reading.now), _week(reading)
    ended = PROMISE.c.ended_at.between(week.begins, week.ends)
    row = reading.connection.execute(
        select(
            _counted(stands("late", spans)).label("late"),
            _counted(stands("late", spans) & CASE.c.restricted).label("restricted_late"),
            _counted(stands("today", spans)).label("due_today"),
            _counted(stands("reason_missing", spans)).label("reasons_missing"),
            _counted(ended & (PROMISE.c.state == "kept")).label("kept_this_week"),
            _counted(ended & PROMISE.c.state.in_(("kept", "late"))).label("ended_this_week"),
            func.min(
                case((stands("running", spans) & (PROMISE.c.due_at >= spans.now), PROMISE.c.due_at)), type_=Utc
            ).label("next_due_at"),
        )
        .join(CASE, (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id))
        .where(PROMISE.c.tenant_id == reading.actor.tenant_id, PROMISE.c.unit_id.in_(units), _of_interest(week))
    ).one()
    return BoardFigures(
        **row._mapping,
        no_responsible=_count(reading, _queued(reading, units)),
        unanswered=_count(reading, _unanswered(reading, units)),
        absent_today=_count(reading, _absent(reading, units)),
    )


def _of_interest(week: _Week) -> ColumnElement[bool]:
    """What can count at all: so that years of ended promises aren't read."""
    live = PROMISE.c.state.in_(("running", "paused"))
    owed = PROMISE.c.breached_at.is_not(None) & PROMISE.c.reason_code.is_(None)
    return live | PROMISE.c.ended_at.between(week.begins, week.ends) | owed


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _count(reading: Reading, question: Select[Any]) -> int:
    return reading.connection.execute(select(func.count()).select_from(question.subquery())).scalar_one()


def _week(reading: Reading) -> _Week:
    monday = reading.today - timedelta(days=reading.today.weekday())
    return _Week(end_of_day(monday - timedelta(days=1), HELSINKI), end_of_day(monday + timedelta(days=6), HELSINKI))


def _queued(reading: Reading, units: frozenset[str]) -> Select[Any]:
    return select(ASSIGNMENT.c.assignment_id).where(
        ASSIGNMENT.c.tenant_id == reading.actor.tenant_id,
        ASSIGNMENT.c.until.is_(None),
        ASSIGNMENT.c.kind == "responsible",
        ASSIGNMENT.c.worker_id.is_(None),
        ASSIGNMENT.c.unit_id.in_(units),
    )


def _unanswered(reading: Reading, units: frozenset[str]) -> Select[Any]:
    return (
        select(CONSULTATION.c.consultation_id)
        .join(CASE, (CASE.c.tenant_id == CONSULTATION.c.tenant_id) & (CASE.c.case_id == CONSULTATION.c.case_id))
        .where(
            CONSULTATION.c.tenant_id == reading.actor.tenant_id,
            CONSULTATION.c.state.in_(UNANSWERED),
            CASE.c.unit_id.in_(units),
        )
    )


def _absent(reading: Reading, units: frozenset[str]) -> Select[Any]:
    members = select(UNIT_MEMBER.c.worker_id).where(
        UNIT_MEMBER.c.tenant_id == reading.actor.tenant_id, UNIT_MEMBER.c.unit_id.in_(units)
    )
    return (
        select(ABSENCE.c.worker_id)
        .where(
            ABSENCE.c.tenant_id == reading.actor.tenant_id,
            ABSENCE.c.worker_id.in_(members),
            ABSENCE.c.from_on <= reading.today,
            ABSENCE.c.to_on >= reading.today,
            ABSENCE.c.ended_at.is_(None),
        )
        .distinct()
    )
