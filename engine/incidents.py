"""Incidents: what operations should look at. Kinds and ids only; the same one is not written again within the hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from engine import tables as t
from engine.ids import new_id
from engine.projection import table_of

INCIDENT = table_of(t.Incident)
SAME = timedelta(hours=1)


def note_incident(
    connection: Connection,
    tenant_id: str,
    kind: str,
    detail: Mapping[str, Any],
    at: datetime,
    case_id: str | None = None,
) -> None:
    """Write it down, unless this kind stands open for the same case since less than an hour."""
    own = INCIDENT.c.case_id.is_(None) if case_id is None else INCIDENT.c.case_id == case_id
    known = select(INCIDENT.c.incident_id).where(
        INCIDENT.c.tenant_id == tenant_id,
        INCIDENT.c.kind == kind,
        INCIDENT.c.at > at - SAME,
        INCIDENT.c.closed_at.is_(None),
        own,
    )
    if connection.execute(known.limit(1)).first() is None:
        row = {"tenant_id": tenant_id, "incident_id": new_id(at), "kind": kind, "case_id": case_id, "at": at}
        connection.execute(insert(INCIDENT).values(**row, detail=dict(detail)))
