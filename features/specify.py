"""Runs feature files for `pathways spec`: each scenario in a fresh world on its own database file, no Python beside it."""

import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine import schema
from engine.calendars import Calendars, shipped_calendars
from engine.database import Database
from engine.shelf import SHIPPED
from features.definitions_given import GivenDefinitions
from features.feature_file import FeatureFile, Scenario, StepLine
from features.play import begins, play_step
from features.world import World


@dataclass(frozen=True)
class Played:
    """How a scenario went. `failed` is the step it stopped at, and `why` what isn't so there."""

    scenario: Scenario
    seconds: float
    failed: StepLine | None = None
    why: str = ""

    @property
    def passed(self) -> bool:
        return self.failed is None


@dataclass(frozen=True)
class Stage:
    """Where scenarios are played: a folder for databases, the definitions and the calendars they run against."""

    folder: Path
    definitions: GivenDefinitions = field(default_factory=GivenDefinitions)
    calendars: Calendars = field(default_factory=shipped_calendars)

    def play(self, features: Iterable[FeatureFile]) -> Iterator[Played]:
        """Play every scenario of these files, in order."""
        template = self._template()
        for number, scenario in enumerate(scenario for feature in features for scenario in feature.scenarios):
            file = self.folder / f"{number}.db"
            shutil.copy(template, file)
            yield self._play(scenario, file)

    def _template(self) -> Path:
        template = self.folder / "template.db"
        database = Database.open(f"sqlite:///{template}")
        schema.upgrade(database)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")  # copied as one file: nothing may stand beside it
        database.dispose()
        return template

    def _play(self, scenario: Scenario, file: Path) -> Played:
        began = time.monotonic()
        database = Database.open(f"sqlite:///{file}")
        at = scenario.steps[0]
        try:
            start = begins([line.text for line in scenario.steps], scenario.language)
            world = World(database, scenario.language, self.definitions, start, self.calendars)
            for at in scenario.steps:
                play_step(world, at.text, at.table)
            world.check_nothing_refused()
        except Exception as error:  # noqa: BLE001 - one scenario stops no other; its reader sees what it was
            return Played(scenario, time.monotonic() - began, at, words_of(error))
        finally:
            database.dispose()
        return Played(scenario, time.monotonic() - began)


def words_of(error: Exception) -> str:
    """What a failed step says; an error that isn't the scenario's own says what kind it is."""
    ours = type(error).__module__.partition(".")[0] in ("features", "engine", "pathways")
    return str(error) if ours else f"{type(error).__name__}: {error}"


def definitions_near(paths: Iterable[Path], folders: Iterable[Path] = ()) -> GivenDefinitions:
    """The shipped definitions, the folders given, and what stands beside the feature files.

    Beside `x/my.feature` are the pathway files of `x`, of `x/definitions` and of `x/../definitions`.
    """
    near = [place for path in paths for place in _places(path if path.is_dir() else path.parent)]
    wanted = (SHIPPED, *folders, *(folder for folder in near if _holds_pathways(folder)))
    return GivenDefinitions(tuple({folder.resolve(): folder.resolve() for folder in wanted}))


def _places(folder: Path) -> tuple[Path, ...]:
    return folder, folder / "definitions", folder.parent / "definitions"


def _holds_pathways(folder: Path) -> bool:
    """Whether some YAML file here says which pathway it is; other YAML is none of ours."""
    return any(_names_a_pathway(file) for file in folder.glob("*.yaml"))


def _names_a_pathway(file: Path) -> bool:
    try:
        return any(line.startswith("pathway:") for line in file.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def feature_paths(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Every feature file at these paths: files as named, folders with everything below them."""
    found = [sorted(path.rglob("*.feature")) if path.is_dir() else [path] for path in paths]
    return tuple(dict.fromkeys(path for files in found for path in files))
