"""What tests of the pages share: the youth team's town, lived once for all of them. And which database a test takes."""

import os
from zlib import crc32

import pytest

from tests.integration.web_town import lived, town, unchanged

__all__ = ["lived", "town", "unchanged"]

ALL_ON_BOTH = ("test_migrations.py",)
ONE_IN = 5
"""So many tests run on PostgreSQL for each that runs on SQLite too; `./test --full` runs all on both."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test on PostgreSQL, which counties run; a fifth on SQLite too, on which every specification is played."""
    if os.environ.get("PATHWAYS_TEST_FULL") == "1":
        return
    for item in (item for item in items if item.path.name not in ALL_ON_BOTH):
        name, on_sqlite, _ = item.name.partition("[sqlite")
        if on_sqlite and "integration" in item.path.parts and crc32(name.encode()) % ONE_IN:
            item.add_marker(pytest.mark.skip(reason="on SQLite in ./test --full"))
