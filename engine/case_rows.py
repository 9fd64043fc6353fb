"""Case rows: how a case and what stands around it are asked of the database. Answers are raw, column by column.

On PostgreSQL one statement brings everything, as one JSON array per case, so that it is of one moment; on SQLite each
part is a small select inside the transaction. Rows come without names, in the order of the fields they fill.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Table

from engine import tables as t
from engine.columns import heard_from_sqlite, heard_in_json
from engine.postgres import numbered, run
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

    def wanted(self, part: PartOfCase) -> tuple[str, ...]:
        """The conditions under which a part's rows are brought: live ones, and what is named or judged again."""
        if self.everything:
            return ("TRUE",)
        if part.name == "promises":
            states = f"state IN ({', '.join(repr(state) for state in self.promises_in)})"
            named = f"promise_id IN ({', '.join(['%s'] * len(self.promise_ids))})"
            return (*part.live, *([named] if self.promise_ids else ()), *([states] if self.promises_in else ()))
        if part.name == "consultations" and self.consultation_id:
            return (*part.live, "consultation_id = %s")
        return part.live

    def names(self, part: PartOfCase) -> tuple[str, ...]:
        """The ids that stand in those conditions."""
        if self.everything:
            return ()
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


@cache
def columns_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.c)


def rows_of(connection: Connection, cases: Sequence[tuple[str, str]], ask: Ask) -> list[CaseRows]:
    """The rows of these cases, each named by tenant and id, in no order; nothing comes of one that isn't there."""
    if connection.dialect.name == "postgresql":
        return _from_postgres(connection, cases, ask)
    return [found for tenant_id, case_id in cases for found in _from_sqlite(connection, tenant_id, case_id, ask)]


def lock_row(connection: Connection, tenant_id: str, case_id: str) -> None:
    """Wait for the case's row and hold it. On SQLite whoever writes holds the whole file already."""
    if connection.dialect.name == "postgresql":
        run(
            connection, "SELECT FROM client_case WHERE tenant_id = $1 AND case_id = $2 FOR UPDATE", (tenant_id, case_id)
        )


# --- PostgreSQL -----------------------------------------------------------------------------------------------


def _from_postgres(connection: Connection, cases: Sequence[tuple[str, str]], ask: Ask) -> list[CaseRows]:
    named = [id_ for part in PARTS for id_ in ask.names(part)] if ask.promise_ids or ask.consultation_id else ()
    values = (ask.actor, ask.idempotency_key, *named, *_which(cases))
    many = len(cases) > 1
    found: list[CaseRows] = []
    for (written,) in run(connection, _statement(_shape(ask), many=many), values).fetchall():
        case, unit, clients, answered, *parts = from_json(written)
        found.append(CaseRows(case, parts, unit, clients, answered, heard_in_json))
    return found


def _which(cases: Sequence[tuple[str, str]]) -> tuple[str, str]:
    if len(cases) == 1:
        return cases[0]
    tenants, ids = dict.fromkeys(tenant_id for tenant_id, _ in cases), (case_id for _, case_id in cases)
    return f"{{{','.join(tenants)}}}", f"{{{','.join(ids)}}}"


def _shape(ask: Ask) -> Ask:
    """What the statement depends on; most commands name nothing, so that nearly all share one."""
    if ask.everything or not (ask.promise_ids or ask.consultation_id or ask.promises_in):
        return _EVERYTHING if ask.everything else _NOTHING_NAMED
    consultation = "named" if ask.consultation_id else None
    return Ask(("named",) * len(ask.promise_ids), consultation, promises_in=ask.promises_in)


_NOTHING_NAMED, _EVERYTHING = Ask(), Ask(everything=True)


@lru_cache(maxsize=256)
def _statement(ask: Ask, *, many: bool) -> bytes:
    """One JSON array per case. One case is asked for by equality: only so PostgreSQL plans the statement once."""
    own_clients = f"SELECT client_id FROM case_client WHERE {_own('case_client')}"
    unit, client = _row_sql(UNIT, columns_of(UNIT)), _row_sql(CLIENT, columns_of(CLIENT))
    parts = ",\n".join(_part_sql(part, ask.wanted(part)) for part in PARTS)
    which = "tenant_id = ANY(%s::uuid[]) AND case_id = ANY(%s::uuid[])" if many else "tenant_id = %s AND case_id = %s"
    return numbered(f"""
        SELECT json_build_array(
          {_row_sql(CASE_TABLE, CASE_FIELDS)},
          (SELECT {unit} FROM unit
            WHERE unit.tenant_id = client_case.tenant_id AND unit.unit_id = client_case.unit_id),
          (SELECT json_agg({client}) FROM client
            WHERE client.tenant_id = client_case.tenant_id AND client.client_id IN ({own_clients})),
          (SELECT {_row_sql(IDEMPOTENCY, ANSWERED)} FROM idempotency
            WHERE idempotency.tenant_id = client_case.tenant_id AND actor = %s AND key = %s),
          {parts})::text
        FROM client_case WHERE {which}""")


def _part_sql(part: PartOfCase, wanted: Sequence[str]) -> str:
    """Each condition is asked apart, so that each is answered by its index; a row that comes twice is the same."""
    table, row = part.table.name, _row_sql(part.table, part.field_names)
    if len(wanted) == 1:
        return f"(SELECT json_agg({row}) FROM {table} WHERE {_own(table)} AND {wanted[0]})"
    every = " UNION ALL ".join(f"SELECT {row} AS one FROM {table} WHERE {_own(table)} AND {each}" for each in wanted)
    return f"(SELECT json_agg(one) FROM ({every}) AS every)"


def _own(table: str) -> str:
    return f"{table}.tenant_id = client_case.tenant_id AND {table}.case_id = client_case.case_id"


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
            [
                row
                for wanted in ask.wanted(part)
                for row in rows(
                    part.table,
                    part.field_names,
                    f"case_id = ? AND {wanted.replace('%s', '?')}",
                    case,
                    *(map(_plain, ask.names(part)) if "%s" in wanted else ()),
                )
            ]
            for part in PARTS
        ]
        yield CaseRows(found, parts, next(iter(unit), None), clients, next(iter(answered), None), heard_from_sqlite)


def _plain(id_: str) -> str:
    """SQLite keeps ids without hyphens; a raw condition must say them so. Actors and keys are kept as they are said."""
    return id_.replace("-", "")
