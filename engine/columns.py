"""Columns: how a value is said to a driver and heard from one, the same as SQLAlchemy's types would, without their cost.

Every command loads and writes a few dozen rows; on that path the statements are our own and so are the conversions.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Date, LargeBinary, Numeric, String, Table, Uuid
from sqlalchemy import Integer as Whole
from sqlalchemy.dialects import postgresql

from engine.tables import Utc

Change = Callable[[Any], Any]
Changes = tuple[Change | None, ...]
"""One per column; None where a value needs no change."""


@cache
def said_to_postgres(table: Table, columns: tuple[str, ...]) -> Changes:
    """Parameters as text, all of one type: a prepared statement is found again whatever the values are."""
    return tuple(_to_postgres(table.c[name].type) for name in columns)


@cache
def said_to_sqlite(table: Table, columns: tuple[str, ...]) -> Changes:
    """Parameters as SQLAlchemy's types would store them."""
    return tuple(_to_sqlite(table.c[name].type) for name in columns)


@cache
def heard_in_json(table: Table, columns: tuple[str, ...]) -> Changes:
    """JSON forgets moments, days and bytes; this gives them back."""
    return tuple(_from_json(table.c[name].type) for name in columns)


@cache
def heard_from_sqlite(table: Table, columns: tuple[str, ...]) -> Changes:
    """Raw values of SQLite as the product knows them."""
    return tuple(_from_sqlite(table.c[name].type) for name in columns)


def changed(values: Iterable[Any], changes: Changes) -> list[Any]:
    """Each value as its column wants it; NULL stays NULL."""
    return [
        value if value is None or change is None else change(value)
        for value, change in zip(values, changes, strict=True)
    ]


@cache
def postgres_type(table: Table, column: str) -> str:
    """What a parameter is cast to. Text: a cast to varchar(n) would cut what is too long instead of refusing it."""
    kind = table.c[column].type
    return "text" if isinstance(kind, String) else kind.compile(_postgres())


@cache
def _postgres() -> Any:
    return postgresql.dialect()  # type: ignore[no-untyped-call]


def _to_postgres(kind: Any) -> Change | None:
    if isinstance(kind, JSON):
        return as_json
    if isinstance(kind, Utc | Date):
        return _as_iso
    return str if isinstance(kind, Whole | Boolean | Numeric) else None


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


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_json(value: Any) -> str:
    """A document as the database stores it."""
    return _encode(value)


def _as_iso(value: Any) -> str:
    written: str = value.isoformat()
    return written
