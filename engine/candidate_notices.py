"""Team leads hear once that their unit has new candidates, and once that an answer is late. A count, never a client."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine import tables as t
from engine.ids import new_id
from engine.people import UNIT_MEMBER
from engine.projection import table_of

CANDIDATE, NOTIFICATION = table_of(t.CandidateRow), table_of(t.NotificationRow)
FOUND, LATE = "candidates_found", "candidates_late"


def tell_leads(connection: Connection, tenant_id: str, found: Iterable[str], now: datetime) -> int:
    """Tell the leads of the units in `found`, one entry for each new candidate, and of those now late; return how many."""
    told = {FOUND: Counter(found), LATE: _newly_late(connection, tenant_id, now)}
    leads = _leads(connection, tenant_id, {unit for units in told.values() for unit in units})
    rows = [
        _row(tenant_id, worker_id, kind, count, now)
        for kind, units in told.items()
        for unit, count in units.items()
        for worker_id in leads.get(unit, ())
    ]
    if rows:
        connection.execute(insert(NOTIFICATION), rows)
    return len(rows)


def _newly_late(connection: Connection, tenant_id: str, now: datetime) -> Counter[str]:
    """Open candidates whose time has passed, by unit; each is told once."""
    late = (CANDIDATE.c.tenant_id == tenant_id) & (CANDIDATE.c.state == "open") & (CANDIDATE.c.due_at < now)
    told = update(CANDIDATE).where(late, CANDIDATE.c.late_told_at.is_(None)).values(late_told_at=now)
    return Counter(str(unit) for unit in connection.execute(told.returning(CANDIDATE.c.unit_id)).scalars())


def _leads(connection: Connection, tenant_id: str, units: set[str]) -> Mapping[str, list[str]]:
    question = select(UNIT_MEMBER.c.unit_id, UNIT_MEMBER.c.worker_id, UNIT_MEMBER.c.roles).where(
        UNIT_MEMBER.c.tenant_id == tenant_id, UNIT_MEMBER.c.unit_id.in_(sorted(units))
    )
    leads: dict[str, list[str]] = {}
    for unit_id, worker_id, roles in connection.execute(question) if units else ():
        if "team_lead" in roles:
            leads.setdefault(str(unit_id), []).append(str(worker_id))
    return leads


def _row(tenant_id: str, worker_id: str, kind: str, count: int, now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "notification_id": new_id(now),
        "worker_id": worker_id,
        "kind": kind,
        "payload": {"count": count},
        "made_at": now,
    }
