"""The board's other lists: who has no responsible worker, who is away, which consultations are unanswered."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, and_, func, select, text

from engine import tables as t
from engine.access_log import Read
from engine.client_identity import age_on
from engine.handle import Reading
from engine.people import ABSENCE, UNIT_MEMBER
from engine.projection import CASE_TABLE, table_of
from engine.read_models.board_parts import AbsenceRow, QueueRow, UnansweredRow
from engine.read_models.list_parts import ListParts, parts_of
from engine.read_models.people_shown import workers_of
from engine.read_models.titles import organisation_title, pathway_title, profession_title, role_title
from engine.read_models.visible_cases import is_visible
from engine.read_models.worklist_query import spans_of, worst_clocks
from engine.tables import UNANSWERED_SQL
from pathways.time_words import Language

CASE = CASE_TABLE
PROMISE = table_of(t.PromiseRow)
ASSIGNMENT = table_of(t.AssignmentRow)
CONSULTATION = table_of(t.ConsultationRow)


def queue_rows(reading: Reading, language: Language, units: frozenset[str], limit: int) -> tuple[QueueRow, ...]:
    """Cases without a responsible worker, the longest waiting first."""
    question = (
        select(CASE.c.case_id, ASSIGNMENT.c.since, ASSIGNMENT.c.role)
        .join(ASSIGNMENT, and_(ASSIGNMENT.c.tenant_id == CASE.c.tenant_id, ASSIGNMENT.c.case_id == CASE.c.case_id))
        .where(
            ASSIGNMENT.c.until.is_(None),
            ASSIGNMENT.c.kind == "responsible",
            ASSIGNMENT.c.worker_id.is_(None),
            ASSIGNMENT.c.unit_id.in_(units),
            is_visible(reading.actor, reading.today),
        )
        .order_by(ASSIGNMENT.c.since, CASE.c.case_id)
        .limit(limit)
    )
    found = reading.connection.execute(question).mappings().all()
    cases = [row["case_id"] for row in found]
    worst = _worst(reading, cases)
    parts = _parts(reading, language, "board:queue", cases, list(worst.values()))
    return tuple(_queue_row(parts, row, worst.get(row["case_id"])) for row in found)


def _worst(reading: Reading, case_ids: Sequence[str]) -> dict[str, str]:
    if not case_ids:
        return {}
    cases = select(CASE.c.case_id).where(CASE.c.tenant_id == reading.actor.tenant_id, CASE.c.case_id.in_(case_ids))
    clocks = worst_clocks(spans_of(reading.now), cases, reading.actor.tenant_id).subquery("clocks")
    question = select(clocks.c.case_id, clocks.c.promise_id).where(clocks.c.place == 1)
    return {row.case_id: row.promise_id for row in reading.connection.execute(question)}


def _parts(
    reading: Reading,
    language: Language,
    view: str,
    case_ids: Sequence[str],
    promise_ids: Sequence[str],
    consultation_ids: Sequence[str] = (),
) -> ListParts:
    reading.note(Read(view, "lead", case_ids=tuple(dict.fromkeys(case_ids))))
    return parts_of(
        reading,
        language,
        case_ids=case_ids,
        promise_ids=promise_ids,
        consultation_ids=consultation_ids,
        with_events=False,
    )


def _queue_row(parts: ListParts, row: RowMapping, promise_id: str | None) -> QueueRow:
    case_id = row["case_id"]
    case, client, pathway = parts.case(case_id), parts.client(case_id), parts.pathway(case_id)
    return QueueRow(
        case_id=case_id,
        number=case["number"],
        client_name=_name(client),
        client_age=age_on(client["birth_date"], parts.reading.today, client["died_on"]) if client else None,
        restricted=case["restricted"],
        pathway_id=case["pathway_id"],
        pathway_title=pathway_title(pathway, parts.language),
        unit_id=case["unit_id"],
        unit_name=parts.units.get(case["unit_id"], ""),
        role_title=role_title(pathway, row["role"], parts.language),
        since=row["since"],
        seconds_waited=int((parts.reading.now - row["since"]).total_seconds()),
        language=case["language"],
        promise=parts.promise(promise_id),
        revision=case["revision"],
    )


def absences(reading: Reading, units: frozenset[str]) -> tuple[AbsenceRow, ...]:
    """Who of these units is away today, and who stands in."""
    members = select(UNIT_MEMBER.c.worker_id).where(
        UNIT_MEMBER.c.tenant_id == reading.actor.tenant_id, UNIT_MEMBER.c.unit_id.in_(units)
    )
    question = (
        select(ABSENCE)
        .where(
            ABSENCE.c.tenant_id == reading.actor.tenant_id,
            ABSENCE.c.worker_id.in_(members),
            ABSENCE.c.from_on <= reading.today,
            ABSENCE.c.to_on >= reading.today,
            ABSENCE.c.ended_at.is_(None),
        )
        .order_by(ABSENCE.c.to_on, ABSENCE.c.absence_id)
    )
    rows = reading.connection.execute(question).mappings().all()
    workers = workers_of(reading, {row[name] for row in rows for name in ("worker_id", "substitute_id")}, "fi")
    return tuple(
        AbsenceRow(
            absence_id=row["absence_id"],
            worker=workers.named(row["worker_id"]),
            from_on=row["from_on"],
            to_on=row["to_on"],
            substitute=workers.maybe(row["substitute_id"]),
            covered=row["covered_at"] is not None,
        )
        for row in rows
    )


def unanswered_rows(
    reading: Reading, language: Language, units: frozenset[str], limit: int
) -> tuple[UnansweredRow, ...]:
    """Consultations nobody has answered, the one due first before the others."""
    due_at = (
        select(func.min(PROMISE.c.due_at))
        .where(
            PROMISE.c.tenant_id == CONSULTATION.c.tenant_id,
            PROMISE.c.case_id == CONSULTATION.c.case_id,  # the way in: promises are found by their case
            PROMISE.c.subject_id == CONSULTATION.c.consultation_id,
            PROMISE.c.state == "running",
        )
        .scalar_subquery()
    )
    question = (
        select(CONSULTATION.c.consultation_id, CONSULTATION.c.case_id)
        .join(CASE, and_(CASE.c.tenant_id == CONSULTATION.c.tenant_id, CASE.c.case_id == CONSULTATION.c.case_id))
        .where(
            CONSULTATION.c.tenant_id == reading.actor.tenant_id,
            text(f"consultation.{UNANSWERED_SQL}"),
            CASE.c.unit_id.in_(units),
            is_visible(reading.actor, reading.today),
        )
        .order_by(due_at.asc().nulls_last(), CONSULTATION.c.asked_at, CONSULTATION.c.consultation_id)
        .limit(limit)
    )
    found = reading.connection.execute(question).all()
    asked = [row.consultation_id for row in found]
    cases = [row.case_id for row in found]
    clocks = _clocks_of(reading, asked, cases)
    parts = _parts(reading, language, "board:unanswered", cases, list(clocks.values()), asked)
    return tuple(_unanswered_row(parts, row.case_id, row.consultation_id, clocks) for row in found)


def _clocks_of(reading: Reading, consultation_ids: Sequence[str], case_ids: Sequence[str]) -> dict[str, str]:
    if not consultation_ids:
        return {}
    question = select(PROMISE.c.subject_id, PROMISE.c.promise_id).where(
        PROMISE.c.tenant_id == reading.actor.tenant_id,
        PROMISE.c.case_id.in_(case_ids),
        PROMISE.c.subject_id.in_(consultation_ids),
        PROMISE.c.state.in_(("running", "paused")),
    )
    return {row.subject_id: row.promise_id for row in reading.connection.execute(question)}


def _unanswered_row(parts: ListParts, case_id: str, consultation_id: str, clocks: Mapping[str, str]) -> UnansweredRow:
    case, asked, pathway = parts.case(case_id), parts.consultation(consultation_id), parts.pathway(case_id)
    return UnansweredRow(
        consultation_id=consultation_id,
        case_id=case_id,
        number=case["number"],
        client_name=_name(parts.client(case_id)),
        profession_title=profession_title(pathway, asked["profession"], parts.language),
        organisation_title=organisation_title(pathway, asked["organisation"], parts.language),
        state=asked["state"],
        urgency=asked["urgency"],
        asked_at=asked["asked_at"],
        promise=parts.promise(clocks.get(consultation_id)),
    )


def _name(client: Mapping[Any, Any] | None) -> str | None:
    return (client["name"] or client["temporary_id"]) if client else None
