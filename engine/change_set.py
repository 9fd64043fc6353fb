"""ChangeSet: every row a command writes, gathered first and written at once.

On PostgreSQL it is one data-modifying statement (one round trip); on SQLite, which has none, the same pieces go one
by one inside the transaction. Both are proven by one suite.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, String, Table, Uuid
from sqlalchemy.dialects import postgresql

from engine.postgres import numbered, run
from engine.tables import Json, Utc

Row = Mapping[str, Any]


@dataclass(slots=True)
class ChangeSet:
    """Rows to insert and rows to change, per table, in the order they were asked for."""

    inserts: list[tuple[Table, list[Row]]] = field(default_factory=list)
    updates: list[tuple[Table, Row, Row]] = field(default_factory=list)
    first: list[tuple[Table, Row, Row]] = field(default_factory=list)
    """Changes that must be there before the rest, because a unique index looks at once."""

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self.inserts.append((table, list(rows)))

    def update(self, table: Table, key: Row, changes: Row, *, first: bool = False) -> None:
        if changes:
            (self.first if first else self.updates).append((table, key, changes))

    def write(self, connection: Connection) -> None:
        """Write everything; on PostgreSQL in a single round trip."""
        dialect = connection.dialect.name
        for table, key, changes in self.first:
            _update_alone(connection, table, key, changes, dialect)
        if dialect == "postgresql":
            self._write_as_one(connection)
        else:
            self._write_one_by_one(connection)

    def _write_as_one(self, connection: Connection) -> None:
        pieces: list[str] = []
        values: list[Any] = []
        for table, rows in self.inserts:
            pieces.append(_insert_sql(table, tuple(rows[0]), len(rows), "postgresql"))
            _encode_rows(values, table, rows, "postgresql")
        for table, key, changes in self.updates:
            pieces.append(_update_sql(table, tuple(key), tuple(changes), "postgresql"))
            _encode_rows(values, table, (changes, key), "postgresql")
        if not pieces:
            return
        run(connection, _one_statement(tuple(pieces)), values)

    def _write_one_by_one(self, connection: Connection) -> None:
        for table, rows in self.inserts:
            values: list[Any] = []
            _encode_rows(values, table, rows, "sqlite")
            connection.exec_driver_sql(_insert_sql(table, tuple(rows[0]), len(rows), "sqlite"), tuple(values))
        for table, key, changes in self.updates:
            _update_alone(connection, table, key, changes, "sqlite")


@lru_cache(maxsize=2048)
def _one_statement(pieces: tuple[str, ...]) -> str:
    *first, last = pieces
    ctes = ", ".join(f"w{number} AS ({piece})" for number, piece in enumerate(first))
    return numbered(f"WITH {ctes} {last}" if first else last)


def _update_alone(connection: Connection, table: Table, key: Row, changes: Row, dialect: str) -> None:
    values: list[Any] = []
    _encode_rows(values, table, (changes, key), dialect)
    if dialect == "postgresql":
        run(connection, numbered(_update_sql(table, tuple(key), tuple(changes), dialect)), values)
        return
    connection.exec_driver_sql(_update_sql(table, tuple(key), tuple(changes), dialect), tuple(values))


@cache
def _insert_sql(table: Table, columns: tuple[str, ...], rows: int, dialect: str) -> str:
    one = ", ".join(_placeholder(table, column, dialect) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES {", ".join([f"({one})"] * rows)}'


@cache
def _update_sql(table: Table, key: tuple[str, ...], columns: tuple[str, ...], dialect: str) -> str:
    changes = ", ".join(f'"{column}" = {_placeholder(table, column, dialect)}' for column in columns)
    where = " AND ".join(f'"{column}" = {_placeholder(table, column, dialect)}' for column in key)
    return f'UPDATE "{table.name}" SET {changes} WHERE {where}'


@cache
def _placeholder(table: Table, column: str, dialect: str) -> str:
    if dialect == "sqlite":
        return "?"
    kind = table.c[column].type
    if isinstance(kind, String):
        return "%s::text"  # a cast to varchar(n) would cut what is too long instead of refusing it
    return f"%s::{kind.compile(_postgres_dialect())}"


@cache
def _postgres_dialect() -> Any:

    return postgresql.dialect()  # type: ignore[no-untyped-call]


def _encode_rows(values: list[Any], table: Table, rows: Sequence[Row], dialect: str) -> None:
    for row in rows:
        encoders = _encoders(table, tuple(row), dialect)
        values += [
            None if value is None else encode(value) for encode, value in zip(encoders, row.values(), strict=True)
        ]


@cache
def _encoders(table: Table, columns: tuple[str, ...], dialect: str) -> tuple[Callable[[Any], Any], ...]:
    return tuple(_encoder(table, column, dialect) for column in columns)


def _same(value: Any) -> Any:
    return value


@cache
def _encoder(table: Table, column: str, dialect: str) -> Callable[[Any], Any]:
    """How the driver wants a column's value, the same as SQLAlchemy's own types would store it."""
    kind = table.c[column].type
    if kind is Json or type(kind) is type(Json):
        return _as_json
    if dialect == "postgresql":
        return _same
    if isinstance(kind, Utc):
        return _sqlite_moment
    if isinstance(kind, Uuid):
        return _sqlite_uuid
    if isinstance(kind, Date):
        return date.isoformat
    if isinstance(kind, LargeBinary):
        return bytes
    return _same


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sqlite_moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _sqlite_uuid(value: str) -> str:
    return value.replace("-", "")
