"""Database: one door to PostgreSQL or SQLite. Opens connections, begins transactions, knows the dialect."""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from psycopg.pq import TransactionStatus
from psycopg.types.string import TextLoader
from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

AFTER_COMMIT = "after commit"
READY = 4
"""How many connections at most wait ready for a command, out of the pool: taking one costs a tenth of a command."""


class Database:
    """A pool of connections. On SQLite writers queue for one fair lock instead of polling the file's."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        self._writers = FairLock()
        self._ready: list[Connection] = []
        self.sqlite_synchronous = "FULL"
        """FULL waits for the disk at every commit, so that what is acknowledged is there after a power cut."""

    @classmethod
    def open(cls, url: str, *, pool_size: int = 10) -> "Database":
        """Open `sqlite:///path` or `postgresql://…` (psycopg 3). Nothing is asked of the server yet."""
        if url.startswith("sqlite"):
            return cls(_open_sqlite(url, pool_size))
        url = re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql+psycopg:", url)
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=pool_size + READY,
            max_overflow=5,
            pool_pre_ping=False,
            json_serializer=_dumps,
            json_deserializer=from_json,
            hide_parameters=True,  # an error is logged; what people wrote is not
            connect_args={"prepare_threshold": 2, "options": "-c timezone=UTC -c jit=off"},
        )
        event.listen(engine, "connect", _keep_ids_as_text)
        return cls(engine)

    @property
    def is_postgres(self) -> bool:
        return self.dialect == "postgresql"

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A writing transaction: committed when the block ends, rolled back when it raises."""
        calls: list[Callable[[], object]] = []
        with (
            contextlib.nullcontext() if self.is_postgres else self._writers,
            self.engine.connect() as connection,
            connection.begin(),
        ):
            connection.info[AFTER_COMMIT] = calls
            if not self.is_postgres:
                connection.exec_driver_sql(f"PRAGMA synchronous={self.sqlite_synchronous}")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
        for call in calls:
            call()

    @contextlib.contextmanager
    def one_by_one(self) -> Iterator[Connection]:
        """Each statement is a transaction of its own on PostgreSQL, which saves the words for begin and commit.

        `together` makes one of several. SQLite has one file to lock and no round trips: there it is `begin`.
        """
        if not self.is_postgres:
            with self.begin() as connection:
                yield connection
            return
        calls: list[Callable[[], object]] = []
        connection = self._taken()
        try:
            connection.info[AFTER_COMMIT] = calls
            yield connection
        finally:
            self._leave(connection)
        for call in calls:
            call()

    def _taken(self) -> Connection:
        """A connection that waits ready, or one of the pool made so."""
        try:
            return self._ready.pop()
        except IndexError:
            connection = self.engine.connect()
            _driver_of(connection).autocommit = True
            return connection

    def _leave(self, connection: Connection) -> None:
        """Keep it ready while it is sound and there is room; beside a broken one all that wait are suspected."""
        if not _is_sound(connection):
            self._give_back_ready()
        elif len(self._ready) < READY:
            if connection.in_transaction():
                connection.rollback()  # of what SQLAlchemy thinks it began; nothing is said to the server
            self._ready.append(connection)
            return
        _give_back(connection)

    def _give_back_ready(self) -> None:
        while self._ready:
            _give_back(self._ready.pop())

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: one consistent moment on SQLite, one connection on PostgreSQL.

        It ends by a commit: psycopg forgets its prepared statements at every rollback.
        """
        with self.engine.connect() as connection, connection.begin():
            if not self.is_postgres:
                connection.exec_driver_sql("BEGIN")
            yield connection

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Like `read`, and everything asked in it is of one moment on PostgreSQL too."""
        if not self.is_postgres:
            with self.read() as connection:
                yield connection
            return
        with self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection

    def now(self, connection: Connection, process_now: datetime) -> datetime:
        """The database's own clock on PostgreSQL; SQLite has none but the process's."""
        if not self.is_postgres:
            return process_now
        moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)

    def dispose(self) -> None:
        self._give_back_ready()
        self.engine.dispose()


def after_commit(connection: Connection, call: Callable[[], object]) -> None:
    """Call once the transaction of `Database.begin` has committed; not at all when it is rolled back."""
    connection.info[AFTER_COMMIT].append(call)


def _driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _is_sound(connection: Connection) -> bool:
    return not connection.invalidated and _driver_of(connection).info.transaction_status == TransactionStatus.IDLE


def _give_back(connection: Connection) -> None:
    """To the pool as it came from there; one that is broken or still inside something is thrown away."""
    if _is_sound(connection):
        _driver_of(connection).autocommit = False
    elif not connection.invalidated:
        connection.invalidate()
    connection.close()


@contextlib.contextmanager
def together(connection: Connection) -> Iterator[None]:
    """One transaction around several statements of `one_by_one`; inside `begin` there is one already."""
    if connection.dialect.name == "postgresql" and _driver_of(connection).autocommit:
        with _driver_of(connection).transaction():
            yield
    else:
        yield


class FairLock:
    """First come, first served. `threading.Lock` lets a busy thread pass the waiting ones again and again."""

    def __init__(self) -> None:
        self._queue: list[threading.Event] = []
        self._guard = threading.Lock()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._queue.append(turn)
        turn.wait()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._queue:
                self._queue.pop(0).set()
            else:
                self._held = False


def _keep_ids_as_text(connection: Any, _record: Any) -> None:
    """Ids are text in Python; making UUID objects only to write them out again is a tenth of a sweep."""
    connection.adapters.register_loader("uuid", TextLoader)


def _open_sqlite(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=20,
        json_serializer=_dumps,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 30, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin_nothing(_connection: Any) -> None:
        """pysqlite would begin on its own; `begin` and `read` say which kind they want."""

    return engine


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def is_passing(error: Exception) -> bool:
    """Whether the same transaction may go through when tried again: a deadlock, a lost race, a restart."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state in ("40001", "40P01", "55P03") or "database is locked" in str(error.orig)


READ_ONLY = "25006"
TOO_BIG = "54"  # the class of what exceeds a limit of the server: such a row is at fault itself


def is_of_the_server(error: Exception) -> bool:
    """Whether the fault lies in what everybody stands on, not in the rows at hand.

    A server that ends, a cut connection, a full disk, a database that may only be read, no connection to be had. What
    one case meets then, every other meets too.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout | OSError | MemoryError)
    state = getattr(error.orig, "sqlstate", None) or ""
    if isinstance(error, OperationalError | InterfaceError):
        return not state.startswith(TOO_BIG)
    return error.connection_invalidated or state == READ_ONLY
