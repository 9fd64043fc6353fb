"""Absence cover: puts today's substitutes in the places of those who are away, and takes them out again (E11).

Works from what is so today, not from what was recorded when: repeating it changes nothing, and a case that comes to an
absent worker in the middle of the absence is covered too.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, exists, select, update

from engine import tables as t
from engine.handle import Engine
from engine.people import ABSENCE
from engine.projection import table_of
from pathways.actor import the_system
from pathways.commands import CaseCommand, CoverAbsence, EndSubstitution
from pathways.errors import PathwayError
from pathways.time_zone import HELSINKI

ASSIGNMENT = table_of(t.AssignmentRow)

log = structlog.get_logger(__name__)


def cover_absences(engine: Engine) -> int:
    """Cover every absence of today and end every cover that is over; return how many cases changed hands."""
    now = engine.clock.now()
    today = now.astimezone(HELSINKI).date()
    with engine.database.read() as connection:
        wanted = [*_to_cover(connection, today), *_to_end(connection, today)]
    done = sum(_carried_out(engine, tenant_id, command) for tenant_id, command in wanted)
    with engine.database.begin() as connection:
        fresh = _holds(today) & ABSENCE.c.covered_at.is_(None)
        if connection.execute(select(exists().where(fresh))).scalar():
            connection.execute(update(ABSENCE).where(fresh).values(covered_at=now))
    return done


def _carried_out(engine: Engine, tenant_id: str, command: CaseCommand) -> bool:
    try:
        engine.handle(command, the_system(tenant_id))
    except PathwayError as refusal:
        log.warning("absence_not_covered", case_id=command.case_id, code=refusal.code)
        return False
    return True


def _holds(today: date) -> ColumnElement[bool]:
    return (ABSENCE.c.from_on <= today) & (ABSENCE.c.to_on >= today) & ABSENCE.c.ended_at.is_(None)


def _answers() -> ColumnElement[bool]:
    return ASSIGNMENT.c.until.is_(None) & (ASSIGNMENT.c.kind == "responsible")


def _same_worker() -> ColumnElement[bool]:
    return (ABSENCE.c.tenant_id == ASSIGNMENT.c.tenant_id) & (ABSENCE.c.worker_id == ASSIGNMENT.c.worker_id)


def _to_cover(connection: Connection, today: date) -> Iterator[tuple[str, CaseCommand]]:
    """Cases without today's substitute; where there is none to put, the team lead is told once per absence."""
    unplaced = ABSENCE.c.substitute_id.is_not(None) & ASSIGNMENT.c.substitute_id.is_(None)
    untold = ABSENCE.c.substitute_id.is_(None) & ABSENCE.c.covered_at.is_(None)
    question: Any = (
        select(ABSENCE, ASSIGNMENT.c.case_id)
        .join(ASSIGNMENT, _same_worker())
        .where(_answers(), _holds(today), unplaced | untold)
        .order_by(ASSIGNMENT.c.case_id)
    )
    for row in connection.execute(question):
        yield (
            row.tenant_id,
            CoverAbsence(
                case_id=row.case_id,
                absence_id=row.absence_id,
                away_id=row.worker_id,
                substitute_id=row.substitute_id,
                until=row.to_on,
            ),
        )


def _to_end(connection: Connection, today: date) -> Iterator[tuple[str, CaseCommand]]:
    back = ~exists().where(_same_worker(), _holds(today))
    question = select(ASSIGNMENT.c.tenant_id, ASSIGNMENT.c.case_id).where(
        _answers(), ASSIGNMENT.c.substitute_id.is_not(None), back
    )
    for row in connection.execute(question.order_by(ASSIGNMENT.c.case_id)):
        yield row.tenant_id, EndSubstitution(case_id=row.case_id)
