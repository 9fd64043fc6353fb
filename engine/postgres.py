"""PostgreSQL statements sent as they are: `$1` parameters, prepared by the driver, no rewriting on the way.

psycopg rewrites `%s` to `$1` on every execution of a long statement; on the hot path that costs more than the rules.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import RawCursor
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def run(connection: Connection, sql: str | bytes, values: Sequence[Any]) -> RawCursor[tuple[Any, ...]]:
    """Execute in the connection's own transaction; errors are SQLAlchemy's, as everywhere else, without values.

    A long statement is best kept as bytes: psycopg looks it up by its hash, which bytes remember.
    """
    driver: Any = connection.connection.driver_connection
    cursor: RawCursor[tuple[Any, ...]] = RawCursor(driver)
    try:
        return cursor.execute(sql, values)
    except Exception as error:
        dbapi: Any = connection.dialect.dbapi
        if not isinstance(error, dbapi.Error):
            raise
        raise DBAPIError.instance(
            "statement", None, error, dbapi.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


def numbered(sql: str) -> bytes:
    """The statement with each `%s` as `$1`, `$2` … in order."""
    pieces = sql.split("%s")
    return (pieces[0] + "".join(f"${number}{piece}" for number, piece in enumerate(pieces[1:], start=1))).encode()


def keep_to_the_indexes(connection: Connection) -> None:
    """Right after 100 000 promises were armed PostgreSQL knows nothing of them and would read and sort whole tables.

    For transactions in which every question is answered by an index, so that no other plan is ever wanted; nor is
    compiling a plan whose cost only looks high.
    """
    if connection.dialect.name == "postgresql":
        run(connection, _INDEXES_ONLY, ())


_INDEXES_ONLY = "SELECT " + ", ".join(
    f"set_config('{name}', 'off', true)"
    for name in ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "enable_sort", "jit")
)
