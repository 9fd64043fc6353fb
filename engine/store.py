"""Store: named questions about cases and the one way to write them. The only code that knows how rows lie.

Loading reads rows, not history: the case's row is locked first (the lock order of everything that writes), then one
question brings its live parts, its unit, its clients and the answer already given to the same idempotency key.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, LargeBinary, Table, Uuid, select

from engine import tables as t
from engine.change_set import ChangeSet
from engine.postgres import numbered, run
from engine.projection import CASE_TABLE, PARTS, PartOfCase, case_of, case_row, key_of, row_of, table_of, value_of
from engine.tables import Utc
from pathways.case import Case
from pathways.events import CaseEvent

EVENT_TABLE = table_of(t.CaseEventRow)
UNIT = table_of(t.Unit)
CLIENT = table_of(t.Client)
CASE_CLIENT = table_of(t.CaseClientRow)
IDEMPOTENCY = table_of(t.IdempotencyRow)


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case with what stands around it when a command comes."""

    case: Case
    unit: Mapping[str, Any]
    clients: Mapping[str, Mapping[str, Any]]
    answered: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What to bring beside the live parts: ended things a command names, and an answer given before."""

    promise_ids: tuple[str, ...] = ()
    consultation_id: str | None = None
    actor: str = ""
    idempotency_key: str | None = None
    promises_in: tuple[str, ...] = ()
    """States of promises to bring whole, beside the live ones: what a time recorded late may judge again."""
    everything: bool = False


@dataclass(slots=True)
class Brought:
    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    def of(self, name: str) -> list[Mapping[str, Any]]:
        return self.rows.get(name, [])


def load_case(
    connection: Connection, tenant_id: str, case_id: str, ask: Ask, *, lock: bool = True
) -> LoadedCase | None:
    """Return the case, its row locked until the transaction ends; None when there is none."""
    question = select(CASE_TABLE).where(CASE_TABLE.c.tenant_id == tenant_id, CASE_TABLE.c.case_id == case_id)
    row = connection.execute(question.with_for_update() if lock else question).mappings().first()
    if row is None:
        return None
    brought = _bring(connection, tenant_id, case_id, str(row["unit_id"]), ask)
    parts = {part.name: {key_of(part, r): value_of(part, r) for r in brought.of(part.name)} for part in PARTS}
    return LoadedCase(
        case=case_of(dict(row), parts),
        unit=next(iter(brought.of("unit")), {}),
        clients={client["client_id"]: client for client in brought.of("client")},
        answered=next(iter(brought.of("idempotency")), None),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    name: str
    table: Table
    where: str


def _pieces(ask: Ask) -> list[_Piece]:
    own = "tenant_id = :tenant AND case_id = :case"
    pieces = [_Piece(part.name, part.table, f"{own} AND {_wanted(part, ask)}") for part in PARTS]
    pieces.append(_Piece("unit", UNIT, "tenant_id = :tenant AND unit_id = :unit"))
    clients = "SELECT client_id FROM case_client WHERE tenant_id = :tenant AND case_id = :case"
    pieces.append(_Piece("client", CLIENT, f"tenant_id = :tenant AND client_id IN ({clients})"))
    if ask.idempotency_key:
        pieces.append(_Piece("idempotency", IDEMPOTENCY, "tenant_id = :tenant AND actor = :actor AND key = :key"))
    return pieces


def _wanted(part: PartOfCase, ask: Ask) -> str:
    if ask.everything:
        return "1 = 1"
    if part.name == "promises" and ask.promise_ids:
        named = ", ".join(f":promise_{number}" for number in range(len(ask.promise_ids)))
        return f"({part.live} OR promise_id IN ({named}))"
    if part.name == "promises" and ask.promises_in:
        return f"({part.live} OR state IN ({', '.join(repr(state) for state in ask.promises_in)}))"
    if part.name == "consultations" and ask.consultation_id:
        return f"({part.live} OR consultation_id = :consultation)"
    return part.live


def _bring(connection: Connection, tenant_id: str, case_id: str, unit_id: str, ask: Ask) -> Brought:
    """Everything around the case: one round trip on PostgreSQL, one small select each on SQLite."""
    known: dict[str, Any] = {"tenant": tenant_id, "case": case_id, "unit": unit_id}
    known |= {f"promise_{number}": id_ for number, id_ in enumerate(ask.promise_ids)}
    known |= {"consultation": ask.consultation_id, "actor": ask.actor, "key": ask.idempotency_key}
    if connection.dialect.name == "postgresql":
        return _bring_at_once(connection, _pieces(ask), known)
    plain = {name: _plain(name, value) for name, value in known.items()}
    brought = Brought()
    for piece in _pieces(ask):
        sql, names = _sqlite_sql(piece.table, piece.where)
        rows = connection.exec_driver_sql(sql, tuple(plain[name] for name in names))
        brought.rows[piece.name] = [_from_sqlite(piece.table, row) for row in rows]
    return brought


def _plain(name: str, value: Any) -> Any:
    """SQLite keeps ids without hyphens; a raw condition must say them so. Actors and keys are kept as they are said."""
    return value.replace("-", "") if isinstance(value, str) and name not in _AS_TEXT else value


@cache
def _sqlite_sql(table: Table, where: str) -> tuple[str, tuple[str, ...]]:
    names: list[str] = []
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    condition = _positional(where, names).replace("%s::uuid", "?").replace("%s", "?")
    return f'SELECT {columns} FROM "{table.name}" WHERE {condition}', tuple(names)


def _from_sqlite(table: Table, row: Any) -> dict[str, Any]:
    """A raw row as SQLAlchemy's types would give it, without their cost: this is asked at every command."""
    return {
        name: None if value is None else reader(value) if reader else value
        for (name, reader), value in zip(_sqlite_readers(table), row, strict=True)
    }


@cache
def _sqlite_readers(table: Table) -> tuple[tuple[str, Any], ...]:
    return tuple((column.name, _sqlite_reader(column.type)) for column in table.c)


def _sqlite_reader(kind: Any) -> Any:
    if isinstance(kind, Utc):
        return lambda written: datetime.fromisoformat(written).replace(tzinfo=UTC)
    if isinstance(kind, Uuid):
        return lambda written: f"{written[:8]}-{written[8:12]}-{written[12:16]}-{written[16:20]}-{written[20:]}"
    if isinstance(kind, JSON):
        return json.loads
    if isinstance(kind, Boolean):
        return bool
    return date.fromisoformat if isinstance(kind, Date) else None


def _bring_at_once(connection: Connection, pieces: list[_Piece], known: Mapping[str, Any]) -> Brought:
    sql, names = _union_sql(tuple((piece.name, piece.table.name, piece.where) for piece in pieces))
    brought = Brought()
    tables = {piece.name: piece.table for piece in pieces}
    for name, content in run(connection, sql, [known[n] for n in names]):
        row = content if isinstance(content, dict) else json.loads(content)
        brought.rows.setdefault(name, []).append(_typed(tables[name], row))
    return brought


_UNIONS: dict[tuple[tuple[str, str, str], ...], tuple[str, tuple[str, ...]]] = {}


def _union_sql(pieces: tuple[tuple[str, str, str], ...]) -> tuple[str, tuple[str, ...]]:
    if pieces not in _UNIONS:
        names: list[str] = []
        parts: list[str] = []
        for name, table, where in pieces:
            parts.append(f"SELECT '{name}', to_jsonb({table}) FROM {table} WHERE {_positional(where, names)}")
        _UNIONS[pieces] = (numbered(" UNION ALL ".join(parts)), tuple(names))
    return _UNIONS[pieces]


_AS_TEXT = ("key", "actor")


def _positional(where: str, names: list[str]) -> str:
    words: list[str] = []
    for chunk in where.replace("(:", "( :").replace(")", " )").replace(",", " ,").split(" "):
        if chunk.startswith(":"):
            names.append(chunk[1:])
            words.append("%s" if chunk[1:] in _AS_TEXT else "%s::uuid")
        else:
            words.append(chunk)
    return " ".join(words)


_READERS: dict[str, list[tuple[str, Any]]] = {}


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """JSON forgets moments and days; give them back."""
    if table.name not in _READERS:
        _READERS[table.name] = [(column.name, reader) for column in table.c if (reader := _reader(column.type))]
    for name, reader in _READERS[table.name]:
        if row[name] is not None:
            row[name] = reader(row[name])
    return row


def _reader(kind: Any) -> Any:
    if isinstance(kind, Utc):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return _bytes
    return str if isinstance(kind, Uuid) else None


def _bytes(written: str) -> bytes:
    """PostgreSQL writes bytes in JSON as `\\x` and hexadecimal digits."""
    return bytes.fromhex(written.removeprefix("\\x"))


# --- writing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one command adds to a case's journal."""

    before: Case
    after: Case
    events: tuple[CaseEvent, ...]
    recorded_at: datetime


def record(changes: ChangeSet, recorded: Recorded) -> None:
    """Add the events and every row that differs between before and after."""
    before, after = recorded.before, recorded.after
    row = case_row(after)
    if before.state == "new" and before.sequence == 0:
        changes.insert(CASE_TABLE, [row])
    else:
        changes.update(CASE_TABLE, _case_key(after), _differing(case_row(before), row))
    changes.insert(EVENT_TABLE, _event_rows(recorded))
    for part in PARTS:
        _record_part(changes, part, before, after)


def _case_key(case: Case) -> dict[str, Any]:
    return {"tenant_id": case.tenant_id, "case_id": case.case_id}


def _event_rows(recorded: Recorded) -> list[dict[str, Any]]:
    first = recorded.after.sequence - len(recorded.events) + 1
    return [
        {
            "tenant_id": recorded.after.tenant_id,
            "case_id": recorded.after.case_id,
            "sequence": first + number,
            "type": event.type,
            "v": event.v,
            "occurred_at": event.occurred_at,
            "recorded_at": recorded.recorded_at,
            "actor": event.by,
            "revision": recorded.after.revision,
            "payload": event.payload(),
        }
        for number, event in enumerate(recorded.events)
    ]


_REPLACED_AT_ONCE = ("assignments", "clients")


def _record_part(changes: ChangeSet, part: PartOfCase, before: Case, after: Case) -> None:
    old, new = getattr(before, part.name), getattr(after, part.name)
    if old is new:
        return
    added: list[dict[str, Any]] = []
    for key, value in new.items():
        previous = old.get(key)
        if previous is None:
            added.append(row_of(part, after, value))
        elif previous is not value:
            row = row_of(part, after, value)
            where = {name: row[name] for name in _key_columns(part)}
            differing = _differing(row_of(part, before, previous), row)
            changes.update(part.table, where, differing, first=part.name in _REPLACED_AT_ONCE)
    changes.insert(part.table, added)


def _key_columns(part: PartOfCase) -> tuple[str, ...]:
    in_case = any(column.name == "case_id" for column in part.table.primary_key)
    return ("tenant_id", *(("case_id",) if in_case else ()), *part.key)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in new.items() if old[name] != value}


# --- questions ------------------------------------------------------------------------------------------------


def journal_of(connection: Connection, tenant_id: str, case_id: str) -> Iterator[Mapping[str, Any]]:
    """Every event of the case as stored, oldest first."""
    question = (
        select(EVENT_TABLE)
        .where(EVENT_TABLE.c.tenant_id == tenant_id, EVENT_TABLE.c.case_id == case_id)
        .order_by(EVENT_TABLE.c.sequence)
    )
    for row in connection.execute(question).mappings():
        yield dict(row)


def newest_case_of(connection: Connection, tenant_id: str, client_id: str, pathway_id: str) -> Mapping[str, Any] | None:
    """The newest case of this client on this pathway, open or closed."""
    question = (
        select(CASE_TABLE.c.case_id, CASE_TABLE.c.state, CASE_TABLE.c.closed_at, CASE_TABLE.c.restricted)
        .join(
            CASE_CLIENT,
            (CASE_CLIENT.c.tenant_id == CASE_TABLE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE_TABLE.c.case_id),
        )
        .where(
            CASE_TABLE.c.tenant_id == tenant_id,
            CASE_CLIENT.c.client_id == client_id,
            CASE_CLIENT.c.until.is_(None),
            CASE_TABLE.c.pathway_id == pathway_id,
        )
        .order_by(CASE_TABLE.c.state.desc(), CASE_TABLE.c.opened_at.desc())
        .limit(1)
    )
    row = connection.execute(question).mappings().first()
    return dict(row) if row else None
