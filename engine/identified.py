"""Saying who a temporary client is: the record gets its identity, or its cases go over to the client known before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine import tables as t
from engine.clients import NewClient, identify, merge
from engine.external_counts import follow_merge
from engine.handle import Engine, Idempotency
from engine.once import once
from engine.projection import table_of
from pathways import commands as c
from pathways.actor import Actor
from pathways.errors import DuplicateClients

CASE_CLIENT = table_of(t.CaseClientRow)


def identify_client(
    engine: Engine, actor: Actor, known: NewClient, same_as: str | None, idempotency: Idempotency, now: datetime
) -> Mapping[str, Any]:
    """Identify `known.client_id`; `same_as` names the client it turned out to be, when somebody like it is known.

    Everything happens in one transaction: the record, and every case of it that this actor may change.
    """

    def do(connection: Connection) -> Mapping[str, Any]:
        client_id = _settle(connection, engine, actor, known, same_as)
        for case_id in _cases_of(connection, actor.tenant_id, known.client_id):
            _tell(connection, engine, actor, case_id, known.client_id, client_id)
        return {"client_id": client_id, "merged": client_id != known.client_id}

    return once(engine.database, actor, idempotency, now, do)


def _settle(connection: Connection, engine: Engine, actor: Actor, known: NewClient, same_as: str | None) -> str:
    try:
        return identify(connection, actor, engine.keys, known)
    except DuplicateClients as duplicates:
        if same_as not in duplicates.client_ids:
            raise
        merge(connection, actor, known.client_id, same_as)
        follow_merge(connection, actor.tenant_id, known.client_id, same_as)
        return same_as


def _cases_of(connection: Connection, tenant_id: str, client_id: str) -> Sequence[str]:
    question = select(CASE_CLIENT.c.case_id).where(
        CASE_CLIENT.c.tenant_id == tenant_id, CASE_CLIENT.c.client_id == client_id, CASE_CLIENT.c.until.is_(None)
    )
    return connection.execute(question).scalars().all()


def _tell(
    connection: Connection, engine: Engine, actor: Actor, case_id: str, old_client_id: str, client_id: str
) -> None:
    """The case learns it; told once more after a merge, when the known client's birth date is at hand for its clocks."""
    engine.handle_within(
        connection, c.IdentifyClient(case_id=case_id, old_client_id=old_client_id, client_id=client_id), actor
    )
    if client_id != old_client_id:
        engine.handle_within(
            connection, c.IdentifyClient(case_id=case_id, old_client_id=client_id, client_id=client_id), actor
        )
