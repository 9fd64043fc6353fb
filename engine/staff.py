"""Staff: the people of a unit as assignment and alarms see them, in one question."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from engine import tables as t
from engine.projection import table_of
from engine.rules.circumstances import Candidate
from pathways.time_zone import HELSINKI

WORKER = table_of(t.Worker)
MEMBER = table_of(t.UnitMember)
ABSENCE = table_of(t.Absence)
ASSIGNMENT = table_of(t.AssignmentRow)
CASE = table_of(t.ClientCase)
CASE_CLIENT = table_of(t.CaseClientRow)


def staff_of(
    connection: Connection, tenant_id: str, unit_id: str, client_ids: Sequence[str], today: date
) -> tuple[Candidate, ...]:
    """Everybody active in the unit: skills, languages, today's absence and substitute, load, past work with the client.

    Load counts the open cases a worker answers for; continuity names the pathway they last answered on.
    """
    rows = connection.execute(_question(tenant_id, unit_id, today)).mappings().all()
    known = _worked_with(connection, tenant_id, client_ids) if client_ids else {}
    seen: dict[str, Candidate] = {}
    for row in rows:
        seen.setdefault(row["worker_id"], _candidate(dict(row), unit_id, known))
    return tuple(seen.values())


Unit = tuple[str, str]
"""(tenant, unit)"""
STALE = timedelta(seconds=1)


class People:
    """The people of units as alarms see them, without load and past work; asked again when older than a second.

    For a sweep, which meets the same units in every one of its batches.
    """

    def __init__(self) -> None:
        self._known: dict[Unit, tuple[Candidate, ...]] = {}
        self._asked_at: datetime | None = None

    def of(
        self, connection: Connection, units: Collection[Unit], now: datetime
    ) -> Mapping[Unit, tuple[Candidate, ...]]:
        """Everybody active in these units, and perhaps in others."""
        if self._asked_at is None or not timedelta() <= now - self._asked_at < STALE:
            self._known, self._asked_at = {}, now
        unknown = [unit for unit in units if unit not in self._known]
        if unknown:
            self._known |= _people_of(connection, unknown, now.astimezone(HELSINKI).date())
        return self._known


def _people_of(connection: Connection, units: Collection[Unit], today: date) -> dict[Unit, tuple[Candidate, ...]]:
    question = (
        select(
            MEMBER.c.tenant_id,
            MEMBER.c.unit_id,
            MEMBER.c.worker_id,
            MEMBER.c.roles,
            MEMBER.c.head,
            WORKER.c.professions,
            ABSENCE.c.absence_id.is_not(None).label("away"),
        )
        .join(WORKER, (WORKER.c.tenant_id == MEMBER.c.tenant_id) & (WORKER.c.worker_id == MEMBER.c.worker_id))
        .outerjoin(ABSENCE, _away(today))
        .where(
            WORKER.c.active,
            MEMBER.c.tenant_id.in_({tenant_id for tenant_id, _ in units}),
            MEMBER.c.unit_id.in_([unit_id for _, unit_id in units]),
        )
        .order_by(MEMBER.c.worker_id)
    )
    found: dict[Unit, dict[str, Candidate]] = {unit: {} for unit in units}
    for row in connection.execute(question):
        found[row.tenant_id, row.unit_id][row.worker_id] = Candidate(
            worker_id=row.worker_id,
            professions=frozenset(row.professions),
            roles=frozenset(row.roles),
            head=row.head,
            away=row.away,
            unit_id=row.unit_id,
        )
    return {unit: tuple(people.values()) for unit, people in found.items()}


def _question(tenant_id: str, unit_id: str, today: date) -> Any:
    load = (
        select(func.count())
        .where(
            ASSIGNMENT.c.tenant_id == WORKER.c.tenant_id,
            ASSIGNMENT.c.worker_id == WORKER.c.worker_id,
            ASSIGNMENT.c.until.is_(None),
            ASSIGNMENT.c.kind == "responsible",
        )
        .scalar_subquery()
    )
    return (
        select(
            WORKER,
            MEMBER.c.roles,
            MEMBER.c.head,
            ABSENCE.c.absence_id,
            ABSENCE.c.substitute_id,
            load.label("load"),
        )
        .join(MEMBER, (MEMBER.c.tenant_id == WORKER.c.tenant_id) & (MEMBER.c.worker_id == WORKER.c.worker_id))
        .outerjoin(ABSENCE, _away(today))
        .where(MEMBER.c.tenant_id == tenant_id, MEMBER.c.unit_id == unit_id, WORKER.c.active)
        .order_by(WORKER.c.worker_id)
    )


def _away(today: date) -> ColumnElement[bool]:
    return (
        (ABSENCE.c.tenant_id == WORKER.c.tenant_id)
        & (ABSENCE.c.worker_id == WORKER.c.worker_id)
        & (ABSENCE.c.from_on <= today)
        & (ABSENCE.c.to_on >= today)
        & ABSENCE.c.ended_at.is_(None)
    )


def _candidate(row: Mapping[str, Any], unit_id: str, known: Mapping[str, str]) -> Candidate:
    return Candidate(
        worker_id=row["worker_id"],
        name=row["name"],
        professions=frozenset(row["professions"]),
        skills=frozenset(row["skills"]),
        languages=frozenset(row["languages"]),
        load=row["load"],
        load_limit=row["load_limit"],
        away=row["absence_id"] is not None,
        substitute_id=row["substitute_id"],
        roles=frozenset(row["roles"]),
        head=row["head"],
        worked_with_client=known.get(row["worker_id"]),
        unit_id=unit_id,
    )


def _worked_with(connection: Connection, tenant_id: str, client_ids: Sequence[str]) -> dict[str, str]:
    """Worker → the pathway on which they last answered for one of these clients."""
    question = (
        select(ASSIGNMENT.c.worker_id, CASE.c.pathway_id)
        .join(CASE, (CASE.c.tenant_id == ASSIGNMENT.c.tenant_id) & (CASE.c.case_id == ASSIGNMENT.c.case_id))
        .join(
            CASE_CLIENT,
            (CASE_CLIENT.c.tenant_id == CASE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE.c.case_id),
        )
        .where(
            ASSIGNMENT.c.tenant_id == tenant_id,
            ASSIGNMENT.c.worker_id.is_not(None),
            CASE_CLIENT.c.client_id.in_(client_ids),
        )
        .order_by(ASSIGNMENT.c.since)
    )
    return {row.worker_id: row.pathway_id for row in connection.execute(question)}
