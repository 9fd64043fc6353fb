"""A sweep sets a case aside for its own fault only: what the server does to everybody is no case's."""

import errno
import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DataError, IntegrityError, InternalError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.database import is_of_the_server


@pytest.mark.rule(26)
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("INSERT", None, psycopg.errors.DiskFull("no space left on device")),
        OperationalError("INSERT", None, psycopg.errors.AdminShutdown("terminating connection")),
        OperationalError("INSERT", None, psycopg.errors.DeadlockDetected("deadlock detected")),
        OperationalError("INSERT", None, psycopg.OperationalError("server closed the connection unexpectedly")),
        OperationalError("INSERT", None, sqlite3.OperationalError("database or disk is full")),
        InternalError("INSERT", None, psycopg.errors.ReadOnlySqlTransaction("in a read-only transaction")),
        PoolTimeout(),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_what_the_server_does_to_everybody_is_no_cases_fault(error: Exception) -> None:
    assert is_of_the_server(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a rung no release can read"),
        IntegrityError("INSERT", None, psycopg.errors.UniqueViolation("there already")),
        DataError("INSERT", None, psycopg.errors.NumericValueOutOfRange("too large")),
        ProgrammingError("SELECT", None, psycopg.errors.UndefinedColumn("no such column")),
        InternalError("INSERT", None, psycopg.errors.InternalError_("something")),
        OperationalError("INSERT", None, psycopg.errors.ProgramLimitExceeded("row is too big")),
    ],
)
def test_what_only_these_rows_meet_is_theirs(error: Exception) -> None:
    assert not is_of_the_server(error)
