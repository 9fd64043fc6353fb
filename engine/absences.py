"""Absences: who is away and who stands in. Cases are covered by the sweep (E11); this only says what is so."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from engine import tables as t
from engine.ids import new_id
from engine.people import ABSENCE, UNIT_MEMBER, is_active
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import Malformed, NotAllowed, UnknownThing

CHANGE = table_of(t.ChangeRow)


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """From the first day away to the last, both held. One left open is ended later."""

    worker_id: str
    from_on: date
    to_on: date
    substitute_id: str | None = None
    reason: str = "poissa"


def record_absence(connection: Connection, actor: Actor, absence: NewAbsence, now: datetime) -> str:
    """Somebody is away. Themselves, their team lead or an administrator say so; return the absence's id.

    The sweep covers their cases with the substitute (E11); this only says who is away and who stands in.
    """
    if absence.to_on < absence.from_on:
        raise Malformed("to_on", "before_from")
    if absence.substitute_id == absence.worker_id:
        raise Malformed("substitute_id", "same_person")
    _require_absence_right(connection, actor, absence.worker_id)
    if absence.substitute_id and not is_active(connection, actor.tenant_id, absence.substitute_id):
        raise UnknownThing("worker", absence.substitute_id)
    absence_id = new_id(now)
    row = {name: getattr(absence, name) for name in NewAbsence.__dataclass_fields__}
    connection.execute(insert(ABSENCE).values(**row, tenant_id=actor.tenant_id, absence_id=absence_id))
    _tell(connection, actor.tenant_id, absence.worker_id, now)
    return absence_id


def end_absence(connection: Connection, actor: Actor, absence_id: str, now: datetime) -> None:
    """They are back earlier than said."""
    where = (ABSENCE.c.tenant_id == actor.tenant_id) & (ABSENCE.c.absence_id == absence_id)
    found = connection.execute(select(ABSENCE.c.worker_id).where(where, ABSENCE.c.ended_at.is_(None))).first()
    if found is None:
        raise UnknownThing("absence", absence_id)
    _require_absence_right(connection, actor, found.worker_id)
    connection.execute(update(ABSENCE).where(where).values(ended_at=now))
    _tell(connection, actor.tenant_id, found.worker_id, now)


def _require_absence_right(connection: Connection, actor: Actor, worker_id: str) -> None:
    if actor.is_system or actor.worker_id == worker_id:
        return
    places = select(UNIT_MEMBER.c.unit_id).where(
        UNIT_MEMBER.c.tenant_id == actor.tenant_id, UNIT_MEMBER.c.worker_id == worker_id
    )
    units = list(connection.execute(places).scalars())
    if actor.has("admin") and is_active(connection, actor.tenant_id, worker_id):
        return
    if any(actor.leads_unit(unit_id) for unit_id in units):
        return
    if actor.units & set(units):
        raise NotAllowed("absence", "team_lead")
    raise UnknownThing("worker", worker_id)


def _tell(connection: Connection, tenant_id: str, worker_id: str, now: datetime) -> None:
    units = select(UNIT_MEMBER.c.unit_id).where(
        UNIT_MEMBER.c.tenant_id == tenant_id, UNIT_MEMBER.c.worker_id == worker_id
    )
    rows = [
        {"tenant_id": tenant_id, "topic": "unit", "subject_id": unit_id, "at": now}
        for unit_id in connection.execute(units).scalars()
    ]
    if rows:
        connection.execute(insert(CHANGE), rows)
