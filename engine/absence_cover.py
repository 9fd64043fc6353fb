"""Covering absences (E11): the substitute takes the away worker's cases the day the absence begins, and gives them back.

Run again and again by time; each case is covered by a command of its own, so a half-done round is finished by the next.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, select, update

from engine.people import ABSENCE
from engine.projection import table_of
from engine.tables import AssignmentRow
from pathways.actor import the_system
from pathways.commands import CoverAbsence, EndSubstitution
from pathways.time_zone import HELSINKI

if TYPE_CHECKING:
    from engine.handle import Engine

ASSIGNMENT = table_of(AssignmentRow)


def cover_absences(engine: "Engine") -> int:
    """Cover what absences that began need covered, end what ended; return how many cases changed hands."""
    today = engine.clock.now().astimezone(HELSINKI).date()
    with engine.database.read() as connection:
        beginning = list(_beginning(connection, today))
        ending = list(_ending(connection, today))
    for absence in beginning:
        _cover(engine, absence)
    for tenant_id, case_id in ending:
        engine.handle(EndSubstitution(case_id=case_id), the_system(tenant_id))
    return len(beginning) + len(ending)


def _beginning(connection: Connection, today: date) -> Iterator[Any]:
    """Absences in force today that nobody has covered yet."""
    in_force = and_(ABSENCE.c.from_on <= today, ABSENCE.c.to_on >= today, ABSENCE.c.ended_at.is_(None))
    yield from connection.execute(select(ABSENCE).where(in_force, ABSENCE.c.covered_at.is_(None)))


def _ending(connection: Connection, today: date) -> Iterator[tuple[str, str]]:
    """Cases a substitute still holds although the worker is back."""
    away = (
        select(ABSENCE.c.absence_id)
        .where(
            ABSENCE.c.tenant_id == ASSIGNMENT.c.tenant_id,
            ABSENCE.c.worker_id == ASSIGNMENT.c.worker_id,
            ABSENCE.c.from_on <= today,
            ABSENCE.c.to_on >= today,
            ABSENCE.c.ended_at.is_(None),
        )
        .exists()
    )
    held = and_(
        ASSIGNMENT.c.until.is_(None),
        ASSIGNMENT.c.kind == "responsible",
        ASSIGNMENT.c.substitute_id.is_not(None),
    )
    for row in connection.execute(select(ASSIGNMENT.c.tenant_id, ASSIGNMENT.c.case_id).where(held, ~away)):
        yield row.tenant_id, row.case_id


def _cover(engine: "Engine", absence: Any) -> None:
    mine = and_(
        ASSIGNMENT.c.tenant_id == absence.tenant_id,
        ASSIGNMENT.c.worker_id == absence.worker_id,
        ASSIGNMENT.c.until.is_(None),
        ASSIGNMENT.c.kind == "responsible",
    )
    with engine.database.read() as connection:
        cases = list(connection.execute(select(ASSIGNMENT.c.case_id).where(mine)).scalars())
    for case_id in cases:
        command = CoverAbsence(
            case_id=case_id,
            absence_id=absence.absence_id,
            away_id=absence.worker_id,
            substitute_id=absence.substitute_id,
            until=absence.to_on,
        )
        engine.handle(command, the_system(absence.tenant_id))
    with engine.database.begin() as connection:
        connection.execute(
            update(ABSENCE)
            .where(ABSENCE.c.tenant_id == absence.tenant_id, ABSENCE.c.absence_id == absence.absence_id)
            .values(covered_at=engine.clock.now())
        )
