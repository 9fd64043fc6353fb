"""What every test may ask for: databases of both kinds, a Redis, a clock."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
import structlog
from sqlalchemy.engine import URL

from engine import schema
from engine.database import Database
from tests.clock import StoppedClock
from tests.servers import Databases, PostgresServer, RedisServer

SERVERS = pytest.StashKey[set[str]]()


def prepare(database: URL) -> None:
    """Bring an empty database to today's tables; every test's database is a copy of one that went through here."""
    opened = Database.open(database.render_as_string(hide_password=False))
    schema.upgrade(opened)
    with opened.engine.connect() as connection:
        if not opened.is_postgres:  # a template is copied as one file: what stands beside it goes in first
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    opened.dispose()


@pytest.fixture(autouse=True)
def plain_tracebacks() -> None:
    """Whole pages of local variables for each error that a test provokes took longer than the tests."""
    if not structlog.is_configured():
        plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        structlog.configure([structlog.stdlib.add_log_level, structlog.processors.TimeStamper(), plain])


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether long sizes are asked for (`./test --full`)."""
    return os.environ.get("PATHWAYS_TEST_FULL") == "1"


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """A PostgreSQL in which tests make databases: ours, or the one PATHWAYS_TEST_DATABASE_URL names."""
    if named := os.environ.get("PATHWAYS_TEST_DATABASE_URL"):
        databases = Databases(named)
        tell(request.config, f"{databases.version()} (named by PATHWAYS_TEST_DATABASE_URL)")
        yield databases
        return
    with PostgresServer() as server:
        databases = Databases(server.url)
        tell(request.config, f"{databases.version()} (started by the tests)")
        yield databases


@pytest.fixture(scope="session")
def redis_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address, as Celery takes it, of a server that speaks Redis: ours, or what PATHWAYS_TEST_REDIS_URL names."""
    if named := os.environ.get("PATHWAYS_TEST_REDIS_URL"):
        with redis.Redis.from_url(named.replace("redis+socket://", "unix://", 1)) as client:
            tell(request.config, f"{redis_version(client)} (named by PATHWAYS_TEST_REDIS_URL)")
        yield named
        return
    with RedisServer() as server:
        with redis.Redis(unix_socket_path=str(server.socket)) as client:
            tell(request.config, f"{redis_version(client)} (started by the tests)")
        yield server.url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis."""
    with redis.Redis.from_url(redis_server.replace("redis+socket://", "unix://", 1)) as client:
        client.flushall()
    return redis_server


@pytest.fixture
def killable_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL for this test alone, which may kill and restart it."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def killable_redis() -> Iterator[RedisServer]:
    """A Redis for this test alone, which may kill and restart it."""
    with RedisServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Databases) -> Iterator[URL]:
    template = postgres_server.create()
    prepare(template)
    yield template
    postgres_server.drop(template)


@pytest.fixture
def postgres_url(postgres_server: Databases, postgres_template: URL) -> Iterator[str]:
    """A PostgreSQL database with today's tables and no rows."""
    url = postgres_server.create(postgres_template)
    yield url.render_as_string(hide_password=False)
    postgres_server.drop(url)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Where a SQLite file is to be, for tests of the migrations."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any tables: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
def empty_postgres_url(postgres_server: Databases) -> Iterator[str]:
    """A PostgreSQL database without any tables, for tests of the migrations."""
    url = postgres_server.create()
    yield url.render_as_string(hide_password=False)
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("template") / "pathways.db"
    prepare(URL.create("sqlite", database=str(template)))
    return template


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file with today's tables and no rows."""
    file = tmp_path / "pathways.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with today's tables: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def redis_version(client: redis.Redis) -> str:
    about: Any = client.info("server")
    return f"Valkey {about['valkey_version']}" if "valkey_version" in about else f"Redis {about['redis_version']}"


def tell(config: pytest.Config, server: str) -> None:
    """Remember a server that ran, so that the summary names it."""
    config.stash[SERVERS] = told(config) | {server}


def told(config: pytest.Config) -> set[str]:
    nothing: set[str] = set()
    return config.stash.get(SERVERS, nothing)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rule(*numbers): the rules of service promises it proves, 1 to 29")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what this worker of pytest-xdist ran to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["servers"] = sorted(told(session.config))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for server in getattr(node, "workeroutput", {}).get("servers", []):
        tell(node.config, server)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for server in sorted(told(terminalreporter.config)):
        terminalreporter.write_line(f"ran against {server}")
