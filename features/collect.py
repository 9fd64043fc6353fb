"""Lets pytest run feature files with no Python beside them: every scenario is a test, on each database.

pytest-bdd reads and drives them; one step takes every sentence and hands it to the vocabulary.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from pytest_bdd import scenario
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Feature, Scenario

from engine.database import Database
from features.lint import findings_in
from features.play import begins, play_step
from features.sentences import Table
from features.world import World
from pathways.time_words import Language

PLAYED = pytest.StashKey[Scenario]()
WORLD = pytest.StashKey[World]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    return FeatureModule.from_parent(parent, path=file_path) if file_path.suffix == ".feature" else None


class FeatureModule(pytest.Module):
    """A feature file as a module of tests. A file the lint refuses is not run."""

    def _getobj(self) -> ModuleType:
        findings = findings_in([self.path])
        if findings:
            raise self.CollectError("\n".join(str(finding) for finding in findings))
        module = ModuleType(self.path.stem)
        for number, name in enumerate(_scenario_names(self.path), 1):
            test = scenario(self.path.name, name, features_base_dir=str(self.path.parent))(_nothing_more)
            setattr(module, f"test_{number:02}_{_as_name(name)}", test)
        return module


def _scenario_names(path: Path) -> Sequence[str]:
    return list(get_feature(str(path.parent), path.name).scenarios)


def _as_name(words: str) -> str:
    return re.sub(r"\W+", "_", words.casefold()).strip("_")


def _nothing_more(scenario_database: Database) -> None:
    """The scenario is the test; asking for the database makes it one on each."""


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool:
    """A tag is a word for `-k`, such as `-k D-10`; it is no marker of pytest."""
    setattr(function, tag, True)
    return True


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:
    request.node.stash[PLAYED] = scenario


@pytest.fixture
def scenario_database(database_url: str) -> Iterator[Database]:
    """The database under test."""
    database = Database.open(database_url, pool_size=1)
    yield database
    database.dispose()


def play_sentence(node: pytest.Item, database: Database, sentence: str, table: Table | None) -> None:
    """One sentence of the scenario; after the last one nothing may have been refused that nobody asked about."""
    scenario = node.stash[PLAYED]
    if WORLD not in node.stash:
        node.stash[WORLD] = _world_of(scenario, database)
    world = node.stash[WORLD]
    play_step(world, sentence, table)
    world.played += 1
    if world.played == len(scenario.steps):
        world.check_nothing_refused()


def _world_of(scenario: Scenario, database: Database) -> World:
    language = cast(Language, scenario.feature.language)  # the lint lets no other pass
    return World(database, language, begins=begins([step.name for step in scenario.steps], language))
