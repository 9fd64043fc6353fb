"""Runs the feature files of this folder on SQLite and on PostgreSQL."""

import os
import re
from collections.abc import Sequence
from zlib import crc32

import pytest
from pytest_bdd import parsers, step

from engine.database import Database
from features.collect import (
    play_sentence,
    pytest_bdd_apply_tag,
    pytest_bdd_before_scenario,
    pytest_collect_file,
    scenario_database,
)
from tests.conftest import (
    database_url,
    postgres_server,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)

__all__ = [
    "database_url",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "pytest_bdd_apply_tag",
    "pytest_bdd_before_scenario",
    "pytest_collect_file",
    "scenario_database",
    "sqlite_template",
    "sqlite_url",
]


ONE_IN = 5
"""So many scenarios are played on SQLite for each that is played on PostgreSQL too; `./test --full` plays all on both."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every scenario on SQLite; on PostgreSQL a fifth, always the same: what differs between them has tests of its own."""
    if os.environ.get("PATHWAYS_TEST_FULL") == "1":
        return
    for item in items:
        scenario, on_postgres, _ = item.name.partition("[postgres")
        if on_postgres and "features" in item.path.parts and crc32(scenario.encode()) % ONE_IN:
            item.add_marker(pytest.mark.skip(reason="on PostgreSQL in ./test --full"))


@step(parsers.re(r"(?P<sentence>.+)", flags=re.DOTALL))
def every_sentence(
    request: pytest.FixtureRequest,
    scenario_database: Database,
    sentence: str,
    datatable: Sequence[Sequence[str]] | None = None,
) -> None:
    """Hands every sentence of every specification to the vocabulary."""
    play_sentence(request.node, scenario_database, sentence, datatable)
