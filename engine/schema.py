"""Schema: whether a database has today's tables, and how it gets them. The only door to `engine/migrations/`.

Upgrading is one transaction that takes a lock first, so it is safe to repeat and safe when two start at once.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from engine.database import Database

LOCK = 7_263_548_116  # any number; the same for everybody who migrates a Pathways database


class SchemaNotCurrent(Exception):
    """The database's tables are not those of this release; the sentence says what to do."""


class SchemaMissing(SchemaNotCurrent):
    def __init__(self) -> None:
        super().__init__("The database has no tables yet; make them with: pathways db upgrade")


class SchemaOlder(SchemaNotCurrent):
    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"The database's tables are of {found}, this release needs {wanted}; run: pathways db upgrade")


class SchemaNewer(SchemaNotCurrent):
    def __init__(self, found: str) -> None:
        super().__init__(
            f"The database's tables are of {found}, which this release does not know: a newer release has upgraded them."
            " Run that release, or restore a copy made before it."
        )


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Which revision the tables had (None: there were none) and have now."""

    before: str | None
    after: str


def upgrade(database: Database) -> Upgraded:
    """Bring the tables to this release, waiting for anybody else who does; refuse a newer database."""
    with _alone(database) as connection:
        before = revision_of(connection)
        _refuse_unknown(before)
        command.upgrade(_config(connection), "head")
        return Upgraded(before, newest())


def require_current(database: Database) -> None:
    """Return when the tables are today's; raise SchemaNotCurrent otherwise."""
    with database.read() as connection:
        found = revision_of(connection)
    if found is None:
        raise SchemaMissing
    _refuse_unknown(found)
    if found != newest():
        raise SchemaOlder(found, newest())


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables, None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The revision this release needs."""
    head = _scripts().get_current_head()
    if head is None:
        raise LookupError("this installation has no migrations")
    return head


def propose(connection: Connection, why: str, on: date) -> str:
    """Write a migration from what models and tables differ in (for developers); return the path of the new file.

    There is no way back: a release before this one is had again by restoring a copy.
    """
    slug = "_".join(why.lower().split())
    config = _config(connection)
    config.set_main_option("file_template", f"{on.isoformat()}_%(slug)s".replace("%", "%%"))
    made = command.revision(config, why, autogenerate=True, rev_id=f"{on:%Y%m%d}_{slug}"[:32])
    if made is None or isinstance(made, list):
        raise LookupError("no migration was made")
    return made.path


def _refuse_unknown(found: str | None) -> None:
    if found is not None and found not in {script.revision for script in _scripts().walk_revisions()}:
        raise SchemaNewer(found)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("engine") / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


@contextlib.contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """A transaction nobody else migrates in. SQLite rebuilds tables, so foreign keys rest until it has ended."""
    if database.is_postgres:
        with database.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
        return
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
            _refuse_loose_rows(connection)
        except BaseException:
            connection.rollback()
            raise
        finally:
            if connection.in_transaction():
                connection.commit()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.commit()


def _refuse_loose_rows(connection: Connection) -> None:
    if loose := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise LookupError(f"a migration left rows of {loose[0]} without what they point to")
