"""People: units, workers, their places in units, and who an actor is today. Small commands outside any case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine import tables as t
from engine.ids import new_id
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import Malformed

TENANT = table_of(t.Tenant)
UNIT = table_of(t.Unit)
WORKER = table_of(t.Worker)
UNIT_MEMBER = table_of(t.UnitMember)
ABSENCE = table_of(t.Absence)

ROLES = ("case_worker", "consultant", "team_lead", "service_designer", "admin")
CLIENT_ROLES = frozenset({"case_worker", "team_lead"})


@dataclass(frozen=True, slots=True)
class NewWorker:
    """A worker to be added. `languages` are the ones they serve clients in."""

    name: str
    title: str = ""
    professions: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("fi",)
    organisation: str = ""
    phone: str = ""
    email: str = ""
    load_limit: int = 40
    hours: str = ""
    """The calendar in whose hours they are told what can wait; empty: the hours of their units."""


# --- county, units, workers ---


def add_tenant(
    connection: Connection, name: str, now: datetime, *, demo: bool = False, county: str = "esimerkki"
) -> str:
    """Add a county and return its id."""
    tenant_id = new_id(now)
    connection.execute(insert(TENANT).values(tenant_id=tenant_id, name=name, demo=demo, county=county))
    return tenant_id


def the_tenant(connection: Connection) -> RowMapping | None:
    """The one county of this database, or None while it is empty."""
    return connection.execute(select(TENANT).order_by(TENANT.c.tenant_id).limit(1)).mappings().first()


def add_unit(
    connection: Connection, tenant_id: str, key: str, names: tuple[str, str], now: datetime, **settings: Any
) -> str:
    """Add a unit by its key and its names in Finnish and Swedish; return its id. `Malformed` when the key is taken."""
    unit_id = new_id(now)
    row = {"tenant_id": tenant_id, "unit_id": unit_id, "key": key, "name_fi": names[0], "name_sv": names[1]}
    try:
        connection.execute(insert(UNIT).values(**settings | row))
    except IntegrityError:
        raise Malformed("unit", "taken") from None
    return unit_id


def unit_by_key(connection: Connection, tenant_id: str, key: str) -> RowMapping | None:
    return connection.execute(select(UNIT).where(UNIT.c.tenant_id == tenant_id, UNIT.c.key == key)).mappings().first()


def add_worker(connection: Connection, tenant_id: str, worker: NewWorker, now: datetime) -> str:
    """Add a worker, who belongs to no unit yet; return the id."""
    worker_id = new_id(now)
    row = {name: getattr(worker, name) for name in NewWorker.__dataclass_fields__}
    listed = {name: list(value) for name, value in row.items() if isinstance(value, tuple)}
    connection.execute(insert(WORKER).values(**row | listed, tenant_id=tenant_id, worker_id=worker_id, active=True))
    return worker_id


def join_unit(
    connection: Connection, tenant_id: str, unit_id: str, worker_id: str, roles: Iterable[str], *, head: bool = False
) -> None:
    """Give a worker a place in a unit; a place they have already gets these roles. Unknown roles are `Malformed`."""
    wanted = list(dict.fromkeys(roles))
    if unknown := [role for role in wanted if role not in ROLES]:
        raise Malformed("role", f"{unknown[0]}; {', '.join(ROLES)}")
    place = (UNIT_MEMBER.c.tenant_id == tenant_id) & (UNIT_MEMBER.c.unit_id == unit_id)
    place &= UNIT_MEMBER.c.worker_id == worker_id
    changed = connection.execute(update(UNIT_MEMBER).where(place).values(roles=wanted, head=head))
    if changed.rowcount == 0:
        row = {"tenant_id": tenant_id, "unit_id": unit_id, "worker_id": worker_id, "roles": wanted, "head": head}
        connection.execute(insert(UNIT_MEMBER).values(**row))


def deactivate_worker(connection: Connection, tenant_id: str, worker_id: str) -> None:
    """A leaver: nothing lets them in any more. Their cases are handed on by the team lead."""
    where = (WORKER.c.tenant_id == tenant_id) & (WORKER.c.worker_id == worker_id)
    connection.execute(update(WORKER).where(where).values(active=False))


# --- who an actor is ---


def is_active(connection: Connection, tenant_id: str, worker_id: str) -> bool:
    where = (WORKER.c.tenant_id == tenant_id) & (WORKER.c.worker_id == worker_id) & WORKER.c.active
    return connection.execute(select(WORKER.c.worker_id).where(where)).first() is not None


def actor_of(connection: Connection, tenant_id: str, worker_id: str, today: date, language: str = "fi") -> Actor | None:
    """The worker as an actor on that local date, with units and substitutions; None when they don't work here.

    `units` are those whose clients are their business: an administrator's or designer's place is none.
    """
    me = {"tenant": tenant_id, "worker": worker_id}
    worker = connection.execute(_ACTIVE_WORKER, me).mappings().first()
    if worker is None:
        return None
    places = {row.unit_id: frozenset(row.roles) for row in connection.execute(_PLACES, me)}
    return Actor(
        tenant_id=tenant_id,
        worker_id=worker_id,
        name=worker["name"],
        roles=frozenset(role for roles in places.values() for role in roles),
        units=frozenset(unit for unit, roles in places.items() if CLIENT_ROLES & roles),
        leads=frozenset(unit for unit, roles in places.items() if "team_lead" in roles),
        professions=frozenset(worker["professions"]),
        organisation=worker["organisation"],
        language=language,
        substitutes_for=frozenset(connection.execute(_SUBSTITUTED, me | {"today": today}).scalars()),
    )


# Said once: every request asks them.
_ME: Any = bindparam("worker")
_ACTIVE_WORKER = select(WORKER).where(
    WORKER.c.tenant_id == bindparam("tenant"), WORKER.c.worker_id == _ME, WORKER.c.active
)
_PLACES = select(UNIT_MEMBER.c.unit_id, UNIT_MEMBER.c.roles).where(
    UNIT_MEMBER.c.tenant_id == bindparam("tenant"), UNIT_MEMBER.c.worker_id == _ME
)
_SUBSTITUTED = select(ABSENCE.c.worker_id).where(  # whom this worker stands in for on that day
    ABSENCE.c.tenant_id == bindparam("tenant"),
    ABSENCE.c.substitute_id == _ME,
    ABSENCE.c.from_on <= bindparam("today"),
    ABSENCE.c.to_on >= bindparam("today"),
    ABSENCE.c.ended_at.is_(None),
)
