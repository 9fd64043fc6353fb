"""ChangeSet: every row a command writes, gathered first and written at once.

On PostgreSQL it is one data-modifying statement (one round trip); on SQLite, which has none, the same pieces go one
by one inside the transaction. Both are proven by one suite.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table

from engine.columns import changed, postgres_type, said_to_postgres, said_to_sqlite
from engine.postgres import numbered, run
from engine.row_sets import RowSets

Row = Mapping[str, Any]


class LostRace(Exception):
    """Somebody else wrote first: what was decided no longer stands, and nothing of it was written."""


@dataclass(frozen=True, slots=True)
class Update:
    """New values for the row with this key; `was` says what the row must still hold."""

    table: Table
    key: Row
    changes: Row
    was: Row = field(default_factory=dict)

    @property
    def shape(self) -> "Shape":
        return self.table, tuple(self.key), tuple(self.changes), tuple(self.was)

    @property
    def values(self) -> tuple[Any, ...]:
        """What the shape leaves open, in the order in which its statement says it."""
        return (*self.changes.values(), *self.key.values(), *self.was.values())


Shape = tuple[Table, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class ChangeSet:
    """Rows to insert and rows to change, per table, in the order they were asked for."""

    inserts: list[tuple[Table, list[Row]]] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    first: list[Update] = field(default_factory=list)
    """Changes that must be there before the rest, because a unique index looks at once."""
    guard: Update | None = None
    """The change on which all the others hang: when its row is no longer what it was, nothing is written."""

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self.inserts.append((table, list(rows)))

    def update(self, table: Table, key: Row, changes: Row, *, first: bool = False) -> None:
        if changes:
            (self.first if first else self.updates).append(Update(table, key, changes))

    def write(self, connection: Connection) -> None:
        """Write everything; on PostgreSQL in a single round trip. `LostRace` when the guarded row has changed."""
        if connection.dialect.name == "postgresql":
            self._write_as_one(connection)
        else:
            self._write_one_by_one(connection)

    def _write_as_one(self, connection: Connection) -> None:
        values: list[Any] = []
        for update in (*([self.guard] if self.guard else ()), *self.first):
            values += update.values
        for _, rows in self.inserts:
            for row in rows:
                values += row.values()
        for update in self.updates:
            values += update.values
        if not values:
            return
        sql = _one_statement(
            self.guard.shape if self.guard else None,
            tuple(update.shape for update in self.first),
            tuple((table, tuple(rows[0]), len(rows)) for table, rows in self.inserts),
            tuple(update.shape for update in self.updates),
        )
        written = run(connection, sql, said_to_postgres(values)).fetchone()
        if written == (0,):
            raise LostRace

    def _write_one_by_one(self, connection: Connection) -> None:
        if self.guard and _update_alone(connection, self.guard) == 0:
            raise LostRace
        for update in self.first:
            _update_alone(connection, update)
        for table, rows in self.inserts:
            columns = tuple(rows[0])
            values = [value for row in rows for value in changed(row.values(), said_to_sqlite(table, columns))]
            one = f"({', '.join(['?'] * len(columns))})"
            sql = f"INSERT INTO {table.name} ({_names(columns)}) VALUES {', '.join([one] * len(rows))}"
            connection.exec_driver_sql(sql, tuple(values))
        for update in self.updates:
            _update_alone(connection, update)


def _update_alone(connection: Connection, update: Update) -> int:
    sql = _update_sql(update.shape, lambda _table, _column: "?")
    said = said_to_sqlite(update.table, (*update.changes, *update.key, *update.was))
    return connection.exec_driver_sql(sql, tuple(changed(update.values, said))).rowcount


# --- the one statement ----------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _one_statement(
    guard: Shape | None,
    first: tuple[Shape, ...],
    inserts: tuple[tuple[Table, tuple[str, ...], int], ...],
    updates: tuple[Shape, ...],
) -> bytes:
    """The guard runs before all else because everything reads from it, then what must come first, then the rest.

    A row's own lock is so taken on the case before anything on it: the lock order of everything that writes.
    """
    pieces: list[str] = []
    gate = ""
    if guard:
        pieces.append(f"guard AS ({_update_sql(guard, _cast)} RETURNING 1)")
        gate = "guard"
    for number, shape in enumerate(first):
        pieces.append(f"first{number} AS ({_update_sql(shape, _cast, gate)} RETURNING 1)")
    if first:
        counted = [f"(SELECT count(*) FROM first{number}) AS done{number}" for number in range(len(first))]
        pieces.append(f"ready AS (SELECT 1 FROM {', '.join([*([gate] if gate else []), *counted])})")
        gate = "ready"
    rest = [_insert_sql(table, columns, rows, gate) for table, columns, rows in inserts]
    rest += [_update_sql(shape, _cast, gate) for shape in updates]
    pieces += [f"rest{number} AS ({piece})" for number, piece in enumerate(rest)]
    return numbered(f"WITH {', '.join(pieces)} SELECT {'count(*) FROM guard' if guard else '1'}")


def _insert_sql(table: Table, columns: tuple[str, ...], rows: int, gate: str) -> str:
    one = f"({', '.join(_cast(table, column) for column in columns)})"
    values = f"VALUES {', '.join([one] * rows)}"
    source = f"SELECT one.* FROM {gate}, ({values}) AS one" if gate else values
    return f"INSERT INTO {table.name} ({_names(columns)}) {source}"


def _update_sql(shape: Shape, said: Any, gate: str = "") -> str:
    table, key, changes, was = shape
    new = ", ".join(f'"{column}" = {said(table, column)}' for column in changes)
    where = " AND ".join(f'"{column}" = {said(table, column)}' for column in (*key, *was))
    return f"UPDATE {table.name} SET {new}{f' FROM {gate}' if gate else ''} WHERE {where}"


def _cast(table: Table, column: str) -> str:
    return f"%s::{postgres_type(table, column)}"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


# --- many change sets at once ---------------------------------------------------------------------------------


def write_all(connection: Connection, change_sets: Sequence[ChangeSet]) -> None:
    """Write what many cases came to, as sets of rows.

    The caller holds the locks of the cases, so that no guard is asked; no row is changed by two of the sets.
    """
    first, rest = RowSets(), RowSets()
    _add_updates(first, [update for each in change_sets for update in each.first])
    _add_updates(rest, [each.guard for each in change_sets if each.guard])
    _add_updates(rest, [update for each in change_sets for update in each.updates])
    _add_inserts(rest, [insert for each in change_sets for insert in each.inserts])
    first.write(connection)
    rest.write(connection)


def _add_updates(sets: RowSets, updates: Sequence[Update]) -> None:
    alike: dict[Shape, list[tuple[Any, ...]]] = {}
    for update in updates:
        alike.setdefault(update.shape, []).append((*update.key.values(), *update.changes.values()))
    for (table, key, columns, _), rows in alike.items():
        sets.update(table, key, columns, rows)


def _add_inserts(sets: RowSets, inserts: Sequence[tuple[Table, list[Row]]]) -> None:
    alike: dict[tuple[Table, tuple[str, ...]], list[tuple[Any, ...]]] = {}
    for table, rows in inserts:
        alike.setdefault((table, tuple(rows[0])), []).extend(tuple(row.values()) for row in rows)
    for (table, columns), values in alike.items():
        sets.insert(table, columns, values)
