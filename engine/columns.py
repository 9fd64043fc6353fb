"""Columns: how a value is said to a driver and heard from one, the same as SQLAlchemy's types would, without their cost.

Every command loads and writes a few dozen rows; on that path the statements are our own and so are the conversions.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import JSON, Boolean, Date, LargeBinary, String, Table, Uuid
from sqlalchemy.dialects import postgresql

from engine.tables import Utc

Change = Callable[[Any], Any]
Changes = tuple[tuple[int, Change], ...]
"""Places in a row, and what to do to the value there; most columns need no change."""


def said_to_postgres(values: Iterable[Any]) -> list[Any]:
    """Parameters as text, which each is cast from: a prepared statement is found again whatever the values are."""
    said = _SAID_TO_POSTGRES.get
    return [
        value if value is None or value.__class__ is str else said(value.__class__, _same)(value) for value in values
    ]


@cache
def said_to_sqlite(table: Table, columns: tuple[str, ...]) -> Changes:
    """Parameters as SQLAlchemy's types would store them."""
    return changes_of(_to_sqlite(table.c[name].type) for name in columns)


@cache
def heard_in_json(table: Table, columns: tuple[str, ...]) -> Changes:
    """JSON forgets moments, days and bytes; this gives them back."""
    return changes_of(_from_json(table.c[name].type) for name in columns)


@cache
def heard_from_sqlite(table: Table, columns: tuple[str, ...]) -> Changes:
    """Raw values of SQLite as the product knows them."""
    return changes_of(_from_sqlite(table.c[name].type) for name in columns)


def changed(values: Iterable[Any], changes: Changes) -> list[Any]:
    """Each value as its column wants it; NULL stays NULL."""
    known = list(values)
    for place, change in changes:
        if known[place] is not None:
            known[place] = change(known[place])
    return known


def changes_of(wanted: Iterable[Change | None]) -> Changes:
    """Where something is to be done, of what each column wants."""
    return tuple((place, change) for place, change in enumerate(wanted) if change is not None)


@cache
def postgres_type(table: Table, column: str) -> str:
    """What a parameter is cast to. Text: a cast to varchar(n) would cut what is too long instead of refusing it."""
    kind = table.c[column].type
    return "text" if isinstance(kind, String) else kind.compile(_postgres())


@cache
def _postgres() -> Any:
    return postgresql.dialect()  # type: ignore[no-untyped-call]


def _to_sqlite(kind: Any) -> Change | None:
    if isinstance(kind, JSON):
        return as_json
    if isinstance(kind, Utc):
        return lambda value: value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(kind, Uuid):
        return lambda value: value.replace("-", "")
    if isinstance(kind, Date):
        return date.isoformat
    return bytes if isinstance(kind, LargeBinary) else None


def _from_json(kind: Any) -> Change | None:
    if isinstance(kind, Utc):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    return (lambda written: bytes.fromhex(written.removeprefix("\\x"))) if isinstance(kind, LargeBinary) else None


def _from_sqlite(kind: Any) -> Change | None:
    if isinstance(kind, Utc):
        return lambda written: datetime.fromisoformat(written).replace(tzinfo=UTC)
    if isinstance(kind, Uuid):
        return lambda written: f"{written[:8]}-{written[8:12]}-{written[12:16]}-{written[16:20]}-{written[20:]}"
    if isinstance(kind, JSON):
        return json.loads
    if isinstance(kind, Boolean):
        return bool
    return date.fromisoformat if isinstance(kind, Date) else None


def as_json(value: Any) -> str:
    """A document as the database stores it."""
    return to_json(value).decode()


def _same(value: Any) -> Any:
    return value


_SAID_TO_POSTGRES: Mapping[type[Any], Change] = {
    datetime: datetime.isoformat,
    date: date.isoformat,
    int: str,
    bool: str,
    float: repr,
    dict: as_json,
    list: as_json,
}
