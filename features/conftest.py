"""Runs the feature files of this folder on SQLite and on PostgreSQL."""

import re
from collections.abc import Sequence

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


@step(parsers.re(r"(?P<sentence>.+)", flags=re.DOTALL))
def every_sentence(
    request: pytest.FixtureRequest,
    scenario_database: Database,
    sentence: str,
    datatable: Sequence[Sequence[str]] | None = None,
) -> None:
    """Hands every sentence of every specification to the vocabulary."""
    play_sentence(request.node, scenario_database, sentence, datatable)
