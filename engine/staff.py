"""Staff: the people of a unit as assignment and alarms see them, in one question."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from engine import tables as t
from engine.projection import table_of
from engine.rules.circumstances import Candidate

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


def people_of(
    connection: Connection, units: Collection[tuple[str, str]], today: date
) -> dict[tuple[str, str], tuple[Candidate, ...]]:
    """Everybody active in each of these (tenant, unit), as alarms see them: without load and without past work."""
    question = (
        _people(today)
        .add_columns(MEMBER.c.tenant_id.label("in_tenant"), MEMBER.c.unit_id.label("in_unit"), literal(0).label("load"))
        .where(
            MEMBER.c.tenant_id.in_({tenant_id for tenant_id, _ in units}),
            MEMBER.c.unit_id.in_({unit_id for _, unit_id in units}),
        )
    )
    found: dict[tuple[str, str], dict[str, Candidate]] = {unit: {} for unit in units}
    for row in connection.execute(question).mappings():
        people = found.setdefault((row["in_tenant"], row["in_unit"]), {})
        people.setdefault(row["worker_id"], _candidate(dict(row), row["in_unit"], {}))
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
    mine = (MEMBER.c.tenant_id == tenant_id) & (MEMBER.c.unit_id == unit_id)
    return _people(today).add_columns(load.label("load")).where(mine)


def _people(today: date) -> "Select[Any]":
    away = (
        (ABSENCE.c.tenant_id == WORKER.c.tenant_id)
        & (ABSENCE.c.worker_id == WORKER.c.worker_id)
        & (ABSENCE.c.from_on <= today)
        & (ABSENCE.c.to_on >= today)
        & ABSENCE.c.ended_at.is_(None)
    )
    return (
        select(WORKER, MEMBER.c.roles, MEMBER.c.head, ABSENCE.c.absence_id, ABSENCE.c.substitute_id)
        .join(MEMBER, (MEMBER.c.tenant_id == WORKER.c.tenant_id) & (MEMBER.c.worker_id == WORKER.c.worker_id))
        .outerjoin(ABSENCE, away)
        .where(WORKER.c.active)
        .order_by(WORKER.c.worker_id)
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
