"""Connections that wait ready for commands are sound, few, and never meet a transaction of somebody else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from engine.database import READY, Database, together


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    opened = Database.open(postgres_url)
    with opened.begin() as connection:
        connection.execute(text("CREATE TABLE mark (number integer)"))
    yield opened
    opened.dispose()


def mark_and_fail(connection: Connection, number: int) -> None:
    connection.execute(text("INSERT INTO mark VALUES (:number)"), {"number": number})
    raise ZeroDivisionError


def marks(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.execute(text("SELECT number FROM mark ORDER BY number")).scalars())


def test_each_statement_stands_for_itself_and_together_they_stand_or_fall(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.one_by_one() as connection:
        mark_and_fail(connection, 1)
    with pytest.raises(ZeroDivisionError), database.one_by_one() as connection, together(connection):
        mark_and_fail(connection, 2)

    assert marks(database) == [1]


def test_what_was_ready_for_a_command_still_begins_transactions_afterwards(database: Database) -> None:
    for _ in range(READY + 2):
        with database.one_by_one(), database.one_by_one() as connection:
            connection.execute(text("SELECT 1"))
    database.dispose()

    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        mark_and_fail(connection, 3)
    assert marks(database) == []


def test_a_server_that_hung_up_costs_one_command_and_no_more(database: Database) -> None:
    with database.one_by_one() as first, database.one_by_one() as second:
        for connection in (first, second):
            connection.execute(text("SELECT 1"))
    hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with database.begin() as connection:
        connection.execute(text(f"{hang_up} AND pid <> pg_backend_pid()"))

    with pytest.raises(DBAPIError), database.one_by_one() as connection:
        connection.execute(text("SELECT 1"))

    with database.one_by_one() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
