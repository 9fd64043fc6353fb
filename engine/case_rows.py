"""Case rows: how a case and what stands around it are asked of the database. Answers are raw, column by column.

On PostgreSQL one statement brings everything, as one JSON array per case, so that it is of one moment; on SQLite each
part is a small select inside the transaction. Rows come without names, in the order of the fields they fill.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from engine import tables as t
from engine.columns import heard_from_sqlite, heard_in_json
from engine.postgres import run
from engine.projection import CASE_FIELDS, CASE_TABLE, PARTS, Heard, PartOfCase, table_of

UNIT = table_of(t.Unit)
CLIENT = table_of(t.Client)
IDEMPOTENCY = table_of(t.IdempotencyRow)
ANSWERED = ("digest", "answer")


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

    def live(self, part: PartOfCase) -> str:
        """Which rows of a part are brought without being named."""
        if self.everything:
            return "TRUE"
        if part.name == "promises" and self.promises_in:
            return f"({part.live} OR state IN ({', '.join(repr(state) for state in self.promises_in)}))"
        return part.live

    def named(self, part: PartOfCase) -> tuple[str, ...]:
        """What is wanted of a part even if it has ended."""
        if part.name == "promises":
            return self.promise_ids
        return (self.consultation_id,) if part.name == "consultations" and self.consultation_id else ()


@dataclass(frozen=True, slots=True)
class CaseRows:
    """One case and its surroundings as a driver says them; `heard` makes values of what it says."""

    case: Sequence[Any]
    parts: Sequence[Sequence[Sequence[Any]] | None]
    unit: Sequence[Any] | None
    clients: Sequence[Sequence[Any]] | None
    answered: Sequence[Any] | None
    heard: Heard


def columns_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.c)


def rows_of(connection: Connection, cases: Sequence[tuple[str, str]], ask: Ask) -> Iterator[CaseRows]:
    """The rows of these cases, each named by tenant and id, in no order; nothing comes of one that isn't there."""
    if connection.dialect.name == "postgresql":
        yield from _from_postgres(connection, cases, ask)
        return
    for tenant_id, case_id in cases:
        yield from _from_sqlite(connection, tenant_id, case_id, ask)


def lock_row(connection: Connection, tenant_id: str, case_id: str) -> None:
    """Wait for the case's row and hold it. On SQLite whoever writes holds the whole file already."""
    if connection.dialect.name == "postgresql":
        run(
            connection, "SELECT FROM client_case WHERE tenant_id = $1 AND case_id = $2 FOR UPDATE", (tenant_id, case_id)
        )


# --- PostgreSQL -----------------------------------------------------------------------------------------------

NAMEABLE = ("promises", "consultations")
_OWN = "{0}.tenant_id = client_case.tenant_id AND {0}.case_id = client_case.case_id"


def _from_postgres(connection: Connection, cases: Sequence[tuple[str, str]], ask: Ask) -> Iterator[CaseRows]:
    tenants = _array(sorted({tenant_id for tenant_id, _ in cases}))
    ids = _array([case_id for _, case_id in cases])
    named = [_array(ask.named(part)) for part in PARTS if part.name in NAMEABLE]
    values = (tenants, ids, ask.actor, ask.idempotency_key, *named)
    statement = _statement(tuple(ask.live(part) for part in PARTS))
    for (written,) in run(connection, statement, values):
        case, unit, clients, answered, *parts = json.loads(written)
        yield CaseRows(case, parts, unit, clients, answered, heard_in_json)


def _array(ids: Sequence[str]) -> str:
    return f"{{{','.join(ids)}}}"


@cache
def _statement(live: tuple[str, ...]) -> str:
    """$1, $2: tenants and cases; $3, $4: who asks and their key; then what is named of each part that can be."""
    own_clients = f"SELECT client_id FROM case_client WHERE {_OWN.format('case_client')}"
    unit, client = _row_sql(UNIT, columns_of(UNIT)), _row_sql(CLIENT, columns_of(CLIENT))
    parts = ",\n".join(_part_sql(part, brought) for part, brought in zip(PARTS, live, strict=True))
    return f"""
        SELECT json_build_array(
          {_row_sql(CASE_TABLE, CASE_FIELDS)},
          (SELECT {unit} FROM unit
            WHERE unit.tenant_id = client_case.tenant_id AND unit.unit_id = client_case.unit_id),
          (SELECT json_agg({client}) FROM client
            WHERE client.tenant_id = client_case.tenant_id AND client.client_id IN ({own_clients})),
          (SELECT {_row_sql(IDEMPOTENCY, ANSWERED)} FROM idempotency
            WHERE idempotency.tenant_id = client_case.tenant_id AND actor = $3 AND key = $4),
          {parts})::text
        FROM client_case
        WHERE client_case.tenant_id = ANY($1::uuid[]) AND client_case.case_id = ANY($2::uuid[])"""


def _part_sql(part: PartOfCase, live: str) -> str:
    """Live rows are found by an index that holds no others, so that a long history costs nothing; named ones by id."""
    table, row = part.table.name, _row_sql(part.table, part.field_names)
    own = _OWN.format(table)
    if part.name not in NAMEABLE:
        return f"(SELECT json_agg({row}) FROM {table} WHERE {own} AND {live})"
    ids = f"${5 + NAMEABLE.index(part.name)}::uuid[]"
    wanted = f"SELECT {row} AS one FROM {table} WHERE {own} AND {live}"
    named = f"SELECT {row} FROM {table} WHERE {own} AND {part.key[0]} = ANY({ids}) AND NOT ({live})"
    return f"(SELECT json_agg(one) FROM ({wanted} UNION ALL {named}) AS every)"


def _row_sql(table: Table, columns: Sequence[str]) -> str:
    names = ", ".join(f'{table.name}."{column}"' for column in columns)
    return f"json_build_array({names})"


# --- SQLite ---------------------------------------------------------------------------------------------------


def _from_sqlite(connection: Connection, tenant_id: str, case_id: str, ask: Ask) -> Iterator[CaseRows]:
    tenant, case = _plain(tenant_id), _plain(case_id)

    def rows(table: Table, columns: Sequence[str], where: str, *more: Any) -> list[Sequence[Any]]:
        names = ", ".join(f'"{column}"' for column in columns)
        sql = f"SELECT {names} FROM {table.name} WHERE tenant_id = ? AND {where}"
        return list(connection.exec_driver_sql(sql, (tenant, *more)))

    for found in rows(CASE_TABLE, CASE_FIELDS, "case_id = ?", case):
        unit = rows(UNIT, columns_of(UNIT), "unit_id = ?", found[CASE_FIELDS.index("unit_id")])
        of_case = "client_id IN (SELECT client_id FROM case_client WHERE tenant_id = ? AND case_id = ?)"
        clients = rows(CLIENT, columns_of(CLIENT), of_case, tenant, case)
        answered = rows(IDEMPOTENCY, ANSWERED, "actor = ? AND key = ?", ask.actor, ask.idempotency_key)
        parts = [
            rows(
                part.table,
                part.field_names,
                f"case_id = ? AND {_wanted(part, ask)}",
                case,
                *map(_plain, ask.named(part)),
            )
            for part in PARTS
        ]
        yield CaseRows(found, parts, next(iter(unit), None), clients, next(iter(answered), None), heard_from_sqlite)


def _wanted(part: PartOfCase, ask: Ask) -> str:
    named = f"{part.key[0]} IN ({', '.join('?' * len(ask.named(part)))})"
    return f"({ask.live(part)} OR {named})"


def _plain(id_: str) -> str:
    """SQLite keeps ids without hyphens; a raw condition must say them so. Actors and keys are kept as they are said."""
    return id_.replace("-", "")
