"""Complaints: what an operator reads when a command can't go on. One sentence, what to do, no traceback."""

import errno
from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cli.settings import SettingsRefused
from engine.schema import SchemaNotCurrent
from pathways.errors import PathwayError
from pathways.near_miss import did_you_mean


class Refused(Exception):
    """A command can't do what was asked; the sentence says what can be done instead."""


def unknown(kind: str, word: str, known: Iterable[str]) -> Refused:
    """There is no such thing; what was probably meant, and what there is."""
    there = list(known)
    return Refused(
        f'There is no {kind} "{word}"{did_you_mean(word, there) or "."} There are: {", ".join(there) or "none"}.'
    )


def sentence_of(error: BaseException) -> str:
    """What to print for an error that ended a command."""
    match error:
        case Refused() | SettingsRefused() | SchemaNotCurrent() | PathwayError():
            return str(error)
        case DBAPIError():
            return _of_database(error)
        case PoolTimeout():
            return "The database gave no connection in time: all are in use. Try again, or raise PATHWAYS_POOL_SIZE."
        case PermissionError():
            return f"Not allowed to use {error.filename}; give this user the right to read and write it."
        case OSError(errno=errno.ENOSPC):
            return "The disk is full; make room and start again. Nothing that was answered is lost."
        case OSError():
            return f"{error.strerror or type(error).__name__}: {error.filename or ''}".rstrip(": ") + "."
    return f"Something unexpected: {type(error).__name__} at {_where(error)}. Run again with --trace to see all of it."


def _of_database(error: DBAPIError) -> str:
    said = str(error.orig).lower()
    for words, sentence in DATABASE_SAYS.items():
        if words in said:
            return sentence
    if isinstance(error, OperationalError):
        return "The database can't be reached or can't go on; see that it runs and that PATHWAYS_DATABASE_URL names it."
    return f"The database refused: {type(error.orig).__name__} at {_where(error)}. Run again with --trace to see it."


DATABASE_SAYS = {
    "readonly database": "The database can be read but not written; give this user the right to write its file and folder.",
    "read-only transaction": "The database can be read but not written; is PATHWAYS_DATABASE_URL that of a copy?",
    "database or disk is full": "The disk is full; make room and start again. Nothing that was answered is lost.",
    "no space left": "The database's disk is full; make room there. Nothing that was answered is lost.",
    "unable to open database file": "The database file can't be opened; see that its folder is there and may be written.",
    "file is not a database": "The database file is not a database, or it is broken; restore a copy of it.",
    "malformed": "The database file is broken; restore a copy of it.",
    "database is locked": "Another process holds the database file; end it, or wait, and start again.",
    "password authentication failed": "The database refused the user or password; mend them in PATHWAYS_DATABASE_URL.",
    "does not exist": "The database server is there, but not the database, user or table that was asked for;"
    " see PATHWAYS_DATABASE_URL.",
    "could not translate host name": "The host in PATHWAYS_DATABASE_URL has no address; is it written right?",
    "failed to resolve host": "The host in PATHWAYS_DATABASE_URL has no address; is it written right?",
    "connection refused": "The database doesn't answer at the address in PATHWAYS_DATABASE_URL; start it, or mend the address.",
    "too many connections": "The database has no connection left; lower PATHWAYS_POOL_SIZE or raise its max_connections.",
    "too many clients": "The database has no connection left; lower PATHWAYS_POOL_SIZE or raise its max_connections.",
}


def _where(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "start"
