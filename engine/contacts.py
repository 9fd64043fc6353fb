"""Where a contact lands: on the client's open case, on one that reopens (≤ 6 months), or on a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from engine.change_set import ChangeSet
from engine.clients import CLIENT, add_temporary_client
from engine.machine import CompiledPathway
from engine.published import closure_of
from engine.store import IDEMPOTENCY, UNIT, Ask, LoadedCase, load_case, newest_case_of
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import Case
from pathways.errors import PathwayNotStartable, TimeRefused, UnknownThing
from pathways.goal import parse_goal
from pathways.working_time import due

if TYPE_CHECKING:
    from engine.handle import Engine, Idempotency

RETURNS_WITHIN = "6 months"  # E13: later a returning client gets a new case linked to the old
CLOCKS_DIFFER = timedelta(seconds=5)


@dataclass(slots=True)
class Opening:
    """What a contact begins from."""

    client_id: str
    loaded: LoadedCase
    pathway: Any
    joined: bool
    changes: ChangeSet = field(default_factory=ChangeSet)
    answered: Mapping[str, Any] | None = None


def opening_of(
    connection: Connection,
    engine: "Engine",
    command: c.TakeContact,
    actor: Actor,
    idempotency: "Idempotency | None",
    now: datetime,
) -> Opening:
    """Find or make the client and the case this contact belongs to; nothing is written but a temporary client."""
    answered = _answered(connection, actor, idempotency) if idempotency else None
    if answered:
        return Opening("", LoadedCase(Case("", ""), {}, {}), None, joined=False, answered=answered)
    _check_time(command, now)
    client_id = _client(connection, command, actor, now)
    landed = _landing(connection, engine, command, actor, client_id, now)
    if landed:
        pathway = engine.published.version(connection, actor.tenant_id, landed.case.pathway_id, landed.case.version)
        return Opening(client_id, landed, pathway, joined=landed.case.state == "open")
    unit = _unit(connection, command, actor)
    pathway = engine.published.startable(
        connection, actor.tenant_id, command.pathway, unapproved=engine.demo or bool(unit["training"])
    )
    _check_channel(command, pathway)
    origin = newest_case_of(connection, actor.tenant_id, client_id, command.pathway)
    case = Case(
        case_id=command.new_case_id,
        tenant_id=actor.tenant_id,
        origin_case_id=origin["case_id"] if origin else None,
    )
    loaded = LoadedCase(case, unit, {client_id: _client_row(connection, actor.tenant_id, client_id)})
    return Opening(client_id, loaded, pathway, joined=False)


def _answered(connection: Connection, actor: Actor, idempotency: "Idempotency") -> Mapping[str, Any] | None:
    question = select(IDEMPOTENCY).where(
        IDEMPOTENCY.c.tenant_id == actor.tenant_id,
        IDEMPOTENCY.c.actor == actor.worker_id,
        IDEMPOTENCY.c.key == idempotency.key,
    )
    row = connection.execute(question).mappings().first()
    return dict(row) if row else None


def _check_time(command: c.TakeContact, now: datetime) -> None:
    if command.received_at > now + CLOCKS_DIFFER:
        raise TimeRefused("received_at", "the time lies in the future; say when the contact came")


def _client(connection: Connection, command: c.TakeContact, actor: Actor, now: datetime) -> str:
    if command.client_id is None:
        add_temporary_client(
            connection, actor.tenant_id, command.new_client_id, command.language, command.callback, now
        )
        return command.new_client_id
    row = _client_row(connection, actor.tenant_id, command.client_id)
    merged: str | None = row["merged_into"]
    return merged or command.client_id


def _client_row(connection: Connection, tenant_id: str, client_id: str) -> Mapping[str, Any]:
    question = select(CLIENT).where(CLIENT.c.tenant_id == tenant_id, CLIENT.c.client_id == client_id)
    row = connection.execute(question).mappings().first()
    if row is None:
        raise UnknownThing("client", client_id)
    return dict(row)


def _landing(
    connection: Connection,
    engine: "Engine",
    command: c.TakeContact,
    actor: Actor,
    client_id: str,
    now: datetime,
) -> LoadedCase | None:
    found = newest_case_of(connection, actor.tenant_id, client_id, command.pathway)
    if found is None or (found["state"] == "closed" and not _returns(engine, found["closed_at"], now)):
        return None
    loaded = load_case(connection, actor.tenant_id, found["case_id"], Ask(actor=actor.worker_id))
    if loaded and loaded.case.state == "closed" and _is_withdrawn(connection, loaded.case):
        return None  # a new case, linked to the old: nothing begins again on what must not be used
    return loaded


def _is_withdrawn(connection: Connection, case: Case) -> bool:
    return closure_of(connection, case.tenant_id, case.pathway_id, case.version) == "withdrawn"


def _returns(engine: "Engine", closed_at: datetime, now: datetime) -> bool:
    calendar = engine.calendars.in_force("vuorokausi", closed_at)
    return now <= due(closed_at, (), parse_goal(RETURNS_WITHIN), calendar).due_at


def _unit(connection: Connection, command: c.TakeContact, actor: Actor) -> Mapping[str, Any]:
    """The unit that takes the contact: the one named, else the asker's own unit that works on this pathway."""
    wanted = [command.unit_id] if command.unit_id else sorted(actor.units)
    question = select(UNIT).where(UNIT.c.tenant_id == actor.tenant_id, UNIT.c.unit_id.in_(wanted))
    units = connection.execute(question.order_by(UNIT.c.key)).mappings().all()
    for unit in units:
        if not unit["pathways"] or command.pathway in unit["pathways"]:
            return dict(unit)
    if not units:
        raise UnknownThing("unit", command.unit_id or "")
    offered = tuple(sorted({key for unit in units for key in unit["pathways"]}))
    raise PathwayNotStartable(command.pathway, "your units don't work on this pathway", offered)


def _check_channel(command: c.TakeContact, pathway: CompiledPathway) -> None:
    known = pathway.definition.vocabulary.channels
    if known and command.channel not in known:
        raise PathwayNotStartable(command.pathway, f'no channel "{command.channel}"; channels: {", ".join(known)}')
