"""A server that faults may befall, a cliff on it, and the ledger in which every fault is noted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from sqlalchemy.engine import URL

from cli.logs import configure_logs
from tests.conftest import prepare
from tests.faults.cliff import Cliff, cliff_in, make_cliff
from tests.faults.ledger import Ledger
from tests.servers import Databases, PostgresServer

CASES, CASES_FULL = 40, 500


@pytest.fixture(autouse=True)
def short_logs() -> Iterator[None]:
    """As the product writes them: by default a broken case's whole batch would stand in its trace."""
    configure_logs("error", "json")
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def ledger(full: bool) -> Iterator[Ledger]:
    """The long run writes what it found on the page."""
    kept = Ledger()
    yield kept
    if full and kept.rows:
        kept.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL that faults may stop and start: nobody else's tests live in it."""
    with PostgresServer() as started:
        yield started


@pytest.fixture(scope="session")
def template(server: PostgresServer, full: bool) -> tuple[URL, dict[str, Any]]:
    """The cliff from which every fault starts, and who is who in it."""
    made = Databases(server.url).create()
    prepare(made)
    return made, make_cliff(made.render_as_string(hide_password=False), CASES_FULL if full else CASES)


@pytest.fixture
def cliff(server: PostgresServer, template: tuple[URL, dict[str, Any]]) -> Iterator[Cliff]:
    """A copy of the cliff, in which nothing has been noticed yet."""
    databases = Databases(server.url)
    url = databases.create(template[0])
    with cliff_in(url.render_as_string(hide_password=False), template[1]) as copied:
        yield copied
    databases.drop(url)
