"""RowSets: many like rows written at once. On PostgreSQL one statement for all tables, on SQLite one call per table.

Every column goes over as one array, so the statement's text is the same for ten rows and for ten thousand: prepared
once, planned once. For single commands, whose rows differ in shape, there is `ChangeSet`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    String,
    Table,
    Uuid,
    bindparam,
    update,
)
from sqlalchemy.dialects import sqlite

from engine.columns import as_json, postgres_type
from engine.postgres import run
from engine.tables import Utc

Rows = Sequence[tuple[Any, ...]]


class JsonText(str):
    """A JSON value that is written already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    table: Table
    key: tuple[str, ...]  # of an update; empty for an insert
    columns: tuple[str, ...]
    rows: Rows
    ignore_known: bool = False


@dataclass(slots=True)
class RowSets:
    """What to write, table by table. A row is a tuple in the order of the columns (of an update: key first)."""

    pieces: list[_Piece] = field(default_factory=list)

    def insert(self, table: Table, columns: Sequence[str], rows: Rows, *, ignore_known: bool = False) -> None:
        """Add rows; with `ignore_known` a row whose key is there already is passed over."""
        if rows:
            self.pieces.append(_Piece(table, (), tuple(columns), rows, ignore_known))

    def update(self, table: Table, key: Sequence[str], columns: Sequence[str], rows: Rows) -> None:
        """Change the columns of the rows that these keys name."""
        if rows:
            self.pieces.append(_Piece(table, tuple(key), tuple(columns), rows))

    def write(self, connection: Connection) -> None:
        """Write everything in the caller's transaction."""
        if not self.pieces:
            return
        if connection.dialect.name == "postgresql":
            sql = _one_statement(tuple((p.table, p.key, p.columns, p.ignore_known) for p in self.pieces))
            run(connection, sql, [array for piece in self.pieces for array in _arrays(piece)])
            return
        for piece in self.pieces:
            _write_each(connection, piece)


# --- PostgreSQL -----------------------------------------------------------------------------------------------


@cache
def _one_statement(shapes: tuple[tuple[Table, tuple[str, ...], tuple[str, ...], bool], ...]) -> str:
    texts: list[str] = []
    first = 1
    for table, key, columns, ignore_known in shapes:
        names = (*key, *columns)
        arrays = ", ".join(f"${first + n}::{postgres_type(table, name)}[]" for n, name in enumerate(names))
        first += len(names)
        texts.append(_update(table, key, columns, arrays) if key else _insert(table, columns, arrays, ignore_known))
    *before, last = texts
    ctes = ", ".join(f"w{number} AS ({text})" for number, text in enumerate(before))
    return f"WITH {ctes} {last}" if before else last


def _insert(table: Table, columns: tuple[str, ...], arrays: str, ignore_known: bool) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    known = " ON CONFLICT DO NOTHING" if ignore_known else ""
    return f'INSERT INTO "{table.name}" ({names}) SELECT * FROM unnest({arrays}){known}'


def _update(table: Table, key: tuple[str, ...], columns: tuple[str, ...], arrays: str) -> str:
    names = ", ".join(f'"{name}"' for name in (*key, *columns))
    changes = ", ".join(f'"{name}" = x."{name}"' for name in columns)
    same = " AND ".join(f'"{table.name}"."{name}" = x."{name}"' for name in key)
    return f'UPDATE "{table.name}" SET {changes} FROM unnest({arrays}) AS x ({names}) WHERE {same}'


def _arrays(piece: _Piece) -> Iterable[str]:
    """Each column as PostgreSQL writes an array: a dump element by element would cost more than the rules."""
    names = (*piece.key, *piece.columns)
    for name, values in zip(names, zip(*piece.rows, strict=True), strict=True):
        write = _writer(piece.table.c[name])
        if values.count(values[0]) == len(values):  # the tenant, the moment, the kind: most columns of a set
            said = ["NULL" if values[0] is None else write(values[0])] * len(values)
        else:
            said = ["NULL" if value is None else write(value) for value in values]
        yield "{" + ",".join(said) + "}"


def _writer(column: Column[Any]) -> Callable[[Any], str]:
    """How an element stands in an array's text; ids, days and numbers need no quotes."""
    kind = column.type
    if isinstance(kind, JSON):
        return _quoted_json
    if isinstance(kind, String):
        return _quoted
    if isinstance(kind, Utc):
        return datetime.isoformat
    if isinstance(kind, Uuid | Date | Boolean | Integer | Float):
        return str
    raise TypeError(f"{column} can't be written in a set: {kind!r}")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted_json(value: Any) -> str:
    said = value if isinstance(value, JsonText) else as_json(value)
    return _quoted(said)


# --- SQLite ---------------------------------------------------------------------------------------------------


def _write_each(connection: Connection, piece: _Piece) -> None:
    names = (*piece.key, *piece.columns)
    if piece.key:
        same = [piece.table.c[name] == bindparam(f"of_{name}") for name in piece.key]
        changed = update(piece.table).where(*same).values({name: bindparam(f"new_{name}") for name in piece.columns})
        called = (*(f"of_{name}" for name in piece.key), *(f"new_{name}" for name in piece.columns))
        connection.execute(changed, [dict(zip(called, map(_plain, row), strict=True)) for row in piece.rows])
        return
    added = sqlite.insert(piece.table)
    added = added.on_conflict_do_nothing() if piece.ignore_known else added
    connection.execute(added, [dict(zip(names, map(_plain, row), strict=True)) for row in piece.rows])


def _plain(value: Any) -> Any:
    """What SQLAlchemy's types take: they would write a JSON text as a string of JSON."""
    return json.loads(value) if isinstance(value, JsonText) else value
