"""Clients: added, found and identified. Found by code, temporary id, or name with birth date; never browsed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine import tables as t
from engine.access import works_with_clients
from engine.client_identity import cipher_of, folded, name_parts, temporary_id_of
from engine.keys import Keys
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import ArrowNotPossible, DuplicateClients, Malformed, NotAllowed, UnknownThing
from pathways.identity_code import IdentityCode, parse_identity_code

CLIENT = table_of(t.Client)
EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, repr=False)
class NewClient:
    """Who is to be added; without a name, birth date and code a temporary client. `is_new` answers for duplicates."""

    client_id: str
    language: str = "fi"
    name: str | None = None
    birth_date: date | None = None
    identity_code: str | None = None
    municipality: str | None = None
    phone: str | None = None
    safe_contact: str | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ClientQuery:
    """Exactly one way of searching: a code, a temporary id, or a name with a birth date."""

    identity_code: str | None = None
    temporary_id: str | None = None
    name: str | None = None
    birth_date: date | None = None


def add_client(connection: Connection, actor: Actor, keys: Keys, client: NewClient, now: datetime) -> str:
    """Add a client and return the id.

    `DuplicateClients` names those already known: by the code always, by name and birth date unless `is_new`.
    """
    require_client_work(actor)
    code = parse_identity_code(client.identity_code) if client.identity_code else None
    born = _birth_date(client.birth_date, code, now)
    _refuse_duplicates(connection, actor.tenant_id, keys, client, code, born)
    row = {
        "tenant_id": actor.tenant_id,
        "client_id": client.client_id,
        "temporary_id": None if code or (client.name and born) else temporary_id_of(client.client_id),
        "language": client.language,
        "municipality": client.municipality,
        "phone": client.phone,
        "safe_contact": client.safe_contact,
        "created_at": now,
    }
    identity = _identity(keys, actor.tenant_id, client.client_id, client.name, born, code)
    try:
        connection.execute(insert(CLIENT).values(**row, **identity))
    except IntegrityError:  # somebody added the same code at the same moment
        raise DuplicateClients(()) from None
    return client.client_id


def add_temporary_client(
    connection: Connection, tenant_id: str, client_id: str, language: str, phone: str | None, now: datetime
) -> None:
    """Add somebody who contacted us and hasn't said who they are (R-12)."""
    row = {"tenant_id": tenant_id, "client_id": client_id, "temporary_id": temporary_id_of(client_id)}
    connection.execute(insert(CLIENT).values(**row, language=language, phone=phone, created_at=now))


def is_known(connection: Connection, actor: Actor, client_id: str) -> bool:
    """Whether that id names a client already: a form sent twice adds nobody twice."""
    where = (CLIENT.c.tenant_id == actor.tenant_id) & (CLIENT.c.client_id == client_id)
    return connection.execute(select(CLIENT.c.client_id).where(where)).first() is not None


def rows_found(connection: Connection, actor: Actor, keys: Keys, query: ClientQuery) -> list[RowMapping]:
    """The rows of the clients a query means; somebody merged into another is shown as that other."""
    require_client_work(actor)
    where = _meant(actor.tenant_id, keys, query)
    rows = list(connection.execute(select(CLIENT).where(CLIENT.c.tenant_id == actor.tenant_id, where)).mappings())
    if query.name:
        wanted = name_parts(query.name)
        rows = [row for row in rows if wanted and wanted <= set((row["name_folded"] or "").split())]
    return _unmerged(connection, actor.tenant_id, rows)


def identify(connection: Connection, actor: Actor, keys: Keys, known: NewClient) -> str:
    """Say who a temporary client is; return the client to go on with.

    Somebody already known by the code is raised as `DuplicateClients`: their cases are then joined by a command.
    """
    require_client_work(actor)
    where = (CLIENT.c.tenant_id == actor.tenant_id) & (CLIENT.c.client_id == known.client_id)
    row = connection.execute(select(CLIENT).where(where, CLIENT.c.merged_into.is_(None))).mappings().first()
    if row is None:
        raise UnknownThing("client", known.client_id)
    if row["identity_digest"]:
        raise ArrowNotPossible("client", "identify", "identified", ())
    code = parse_identity_code(known.identity_code) if known.identity_code else None
    born = known.birth_date or (code.birth_date if code else None) or row["birth_date"]
    name = known.name or row["name"]
    _refuse_duplicates(connection, actor.tenant_id, keys, known, code, born)
    identity = _identity(keys, actor.tenant_id, known.client_id, name, born, code)
    temporary = None if code or (name and born) else row["temporary_id"]
    connection.execute(update(CLIENT).where(where).values(**identity, temporary_id=temporary))
    return known.client_id


def merge(connection: Connection, actor: Actor, old_client_id: str, client_id: str) -> None:
    """Remember that a temporary client was somebody already known. It can be undone: the old row stays."""
    require_client_work(actor)
    where = (CLIENT.c.tenant_id == actor.tenant_id) & (CLIENT.c.client_id == old_client_id)
    done = connection.execute(
        update(CLIENT).where(where, CLIENT.c.identity_digest.is_(None)).values(merged_into=client_id)
    )
    if done.rowcount == 0:
        raise UnknownThing("client", old_client_id)


def require_client_work(actor: Actor) -> None:
    """Clients are looked up by those who work with clients: no designer, no administrator, no consultant."""
    if not actor.is_system and not works_with_clients(actor):
        raise NotAllowed("clients", "case_worker")


def _identity(
    keys: Keys, tenant_id: str, client_id: str, name: str | None, born: date | None, code: IdentityCode | None
) -> dict[str, Any]:
    return {
        "name": name,
        "name_folded": folded(name) if name else None,
        "birth_date": born,
        "identity_cipher": cipher_of(keys, tenant_id, client_id, code) if code else None,
        "identity_digest": keys.digest_of_identity(tenant_id, code.text) if code else None,
    }


def _birth_date(given: date | None, code: IdentityCode | None, now: datetime) -> date | None:
    if code and given and given != code.birth_date:
        raise Malformed("birth_date", "not_of_the_code")
    born = given or (code.birth_date if code else None)
    if born and not (EARLIEST_BIRTH <= born <= now.date()):
        raise Malformed("birth_date", "not_a_birth_date")
    return born


def _refuse_duplicates(
    connection: Connection, tenant_id: str, keys: Keys, client: NewClient, code: IdentityCode | None, born: date | None
) -> None:
    wanted: list[ColumnElement[bool]] = []
    if code:
        wanted.append(CLIENT.c.identity_digest == keys.digest_of_identity(tenant_id, code.text))
    if client.name and born and not client.is_new:
        same = (CLIENT.c.name_folded == folded(client.name)) & (CLIENT.c.birth_date == born)
        wanted.append(same & CLIENT.c.identity_digest.is_(None) if code else same)
    for where in wanted:
        others = select(CLIENT.c.client_id).where(
            CLIENT.c.tenant_id == tenant_id,
            where,
            CLIENT.c.client_id != client.client_id,
            CLIENT.c.merged_into.is_(None),
        )
        if known := tuple(connection.execute(others.order_by(CLIENT.c.client_id)).scalars()):
            raise DuplicateClients(known)


def _meant(tenant_id: str, keys: Keys, query: ClientQuery) -> ColumnElement[bool]:
    if query.identity_code:
        code = parse_identity_code(query.identity_code)
        return CLIENT.c.identity_digest == keys.digest_of_identity(tenant_id, code.text)
    if query.temporary_id:
        return CLIENT.c.temporary_id == query.temporary_id.strip().upper()
    if query.name and query.birth_date:
        return CLIENT.c.birth_date == query.birth_date
    raise Malformed("query", "one_way_of_searching")


def _unmerged(connection: Connection, tenant_id: str, rows: Iterable[RowMapping]) -> list[RowMapping]:
    rows = list(rows)
    others = {row["merged_into"] for row in rows if row["merged_into"]} - {row["client_id"] for row in rows}
    found: list[RowMapping] = [row for row in rows if not row["merged_into"]]
    if others:
        question = select(CLIENT).where(CLIENT.c.tenant_id == tenant_id, CLIENT.c.client_id.in_(others))
        found.extend(connection.execute(question).mappings())
    return found
