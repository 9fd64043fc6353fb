"""A database comes to today's tables from nothing, once, however often and by however many it is asked."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from engine import schema
from engine.database import Database


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    database = Database.open(empty_database_url)
    yield database
    database.dispose()


@pytest.fixture
def migrated(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.dispose()


def stamp(database: Database, revision: str) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_migrations_make_exactly_the_tables_that_the_models_say(empty: Database) -> None:
    schema.upgrade(empty)

    with empty.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_every_partial_index_is_partial_in_the_database(migrated: Database) -> None:
    wanted = {
        index.name
        for table in SQLModel.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options[migrated.dialect]["where"] is not None
    }

    inspector = inspect(migrated.engine)
    found = {
        index["name"]
        for table in inspector.get_table_names()
        for index in inspector.get_indexes(table)
        if f"{migrated.dialect}_where" in index.get("dialect_options", {})
    }

    assert wanted <= found


def test_upgrading_again_changes_nothing(empty: Database) -> None:
    first, second = schema.upgrade(empty), schema.upgrade(empty)

    assert first.before is None
    assert second == schema.Upgraded(schema.newest(), schema.newest())


def test_two_upgrades_at_once_make_the_tables_once(empty_database_url: str) -> None:
    problems: list[Exception] = []
    together = threading.Barrier(4)

    def upgrade() -> None:
        database = Database.open(empty_database_url)
        together.wait()
        try:
            schema.upgrade(database)
        except Exception as problem:  # noqa: BLE001 - whatever it is fails the test
            problems.append(problem)
        finally:
            database.dispose()

    threads = [threading.Thread(target=upgrade) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []


def test_todays_tables_are_accepted(migrated: Database) -> None:
    schema.require_current(migrated)


def test_a_database_without_tables_is_refused_and_told_what_to_do(empty: Database) -> None:
    with pytest.raises(schema.SchemaMissing, match="pathways db upgrade"):
        schema.require_current(empty)


def test_an_older_database_is_refused_and_told_what_to_do(migrated: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "newest", lambda: "29990101_later")

    with pytest.raises(schema.SchemaOlder, match="needs 29990101_later; run: pathways db upgrade"):
        schema.require_current(migrated)


@pytest.mark.parametrize("what", ["use", "upgrade"])
def test_a_newer_database_is_refused_even_by_the_upgrade(migrated: Database, what: str) -> None:
    stamp(migrated, "29990101_later")

    with pytest.raises(schema.SchemaNewer, match="29990101_later"):
        (schema.upgrade if what == "upgrade" else schema.require_current)(migrated)


def test_rows_still_point_to_what_is_there_after_an_upgrade(empty: Database) -> None:
    schema.upgrade(empty)

    with empty.engine.connect() as connection:
        if not empty.is_postgres:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_broken_migration_leaves_the_database_as_it_was(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = command.upgrade

    def breaks(*arguments: Any) -> None:
        whole(*arguments)
        raise OSError("the power went")

    monkeypatch.setattr(command, "upgrade", breaks)
    with pytest.raises(OSError, match="power"):
        schema.upgrade(empty)

    assert inspect(empty.engine).get_table_names() == []
