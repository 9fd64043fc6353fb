"""What ends a command is told in one sentence that says what to do, and quotes nothing."""

import errno
import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cli.complaints import DATABASE_SAYS, Refused, sentence_of, unknown


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (sqlite3.OperationalError("attempt to write a readonly database"), "can be read but not written"),
        (sqlite3.OperationalError("database or disk is full"), "The disk is full"),
        (sqlite3.OperationalError("unable to open database file"), "can't be opened"),
        (sqlite3.OperationalError("database is locked"), "Another process holds the database file"),
        (sqlite3.DatabaseError("database disk image is malformed"), "restore a copy"),
        (psycopg.OperationalError("connection to server failed: Connection refused"), "start it, or mend the address"),
        (
            psycopg.OperationalError('FATAL:  password authentication failed for user "x"'),
            "refused the user or password",
        ),
        (psycopg.OperationalError('FATAL:  database "x" does not exist'), "but not the database"),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT in a read-only transaction"), "that of a copy?"),
        (psycopg.errors.DiskFull("could not extend file: No space left on device"), "disk is full"),
        (psycopg.OperationalError("server closed the connection unexpectedly"), "can't be reached or can't go on"),
    ],
)
def test_what_a_database_says_becomes_what_to_do(said: Exception, told: str) -> None:
    assert told in sentence_of(OperationalError("INSERT …", None, said))


def test_a_broken_rule_of_the_database_quotes_no_row() -> None:
    said = psycopg.errors.UniqueViolation("DETAIL: Key (name)=(Maija Mehiläinen) already exists.")

    sentence = sentence_of(IntegrityError("INSERT …", None, said))

    assert "Maija" not in sentence
    assert sentence.startswith("The database refused: UniqueViolation")


def test_every_sentence_says_what_can_be_done() -> None:
    assert all(any(hint in sentence for hint in (";", "?")) for sentence in DATABASE_SAYS.values())


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PoolTimeout(), "raise PATHWAYS_POOL_SIZE"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/pathways"), "Not allowed to use /srv/pathways"),
        (FileExistsError(errno.EEXIST, "File exists", "/srv/pathways"), "File exists: /srv/pathways."),
        (Refused("Choose another."), "Choose another."),
        (KeyError("Maija"), "Something unexpected: KeyError"),
    ],
)
def test_other_ends_are_told_too(error: Exception, told: str) -> None:
    sentence = sentence_of(error)

    assert sentence.startswith(told) or told in sentence
    assert "Maija" not in sentence


def test_a_misspelt_word_is_told_with_the_near_miss_and_the_choices() -> None:
    assert str(unknown("role", "admn", ("admin", "consultant"))) == (
        'There is no role "admn"; did you mean "admin"? There are: admin, consultant.'
    )
    assert str(unknown("role", "zzz", ())) == 'There is no role "zzz". There are: none.'
