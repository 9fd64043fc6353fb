"""The youth team's fortnight, lived once for a whole run; every test gets a copy of its own to change."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.app import make_app
from engine import schema
from engine.database import Database
from engine.sign_in import SignIns
from tests.clock import StoppedClock
from tests.web_client import Person
from tests.youth_team import ENDS, YouthTeam, quick_passwords, running, youth_team


class WebTown:
    """The app over a copy of the team's database, and the people who use it."""

    def __init__(self, team: YouthTeam) -> None:
        self.team = team
        sign_ins = SignIns(team.engine.database, team.engine.keys, quick_passwords())
        self.app: FastAPI = make_app(team.engine, sign_ins=sign_ins)
        self._known: dict[str, Person] = {}

    def person(self, name: str, language: str = "fi") -> Person:
        """Somebody signed in; the same one again when they are asked for again."""
        if name not in self._known:
            self._known[name] = Person(self.app, name)
        self._known[name].reads(language)
        return self._known[name]

    def case(self, first: str) -> str:
        return self.team.cases[first]


def lived_once(folder: Path) -> YouthTeam:
    """The team with its fortnight behind it, in a file that can be copied as it is."""
    url = f"sqlite:///{folder / 'lived.db'}"
    database = Database.open(url)
    schema.upgrade(database)
    database.dispose()
    with youth_team(url) as team:
        pass
    with closing(sqlite3.connect(folder / "lived.db")) as connection:  # everything in the one file that is copied
        connection.execute("PRAGMA journal_mode=DELETE")
    return team


@contextmanager
def copied(lived: YouthTeam, source: Path, file: Path) -> Iterator[WebTown]:
    shutil.copy(source / "lived.db", file)
    database = Database.open(f"sqlite:///{file}")
    clock = StoppedClock(ENDS)
    try:
        team = YouthTeam(
            running(database, clock),
            clock,
            lived.tenant_id,
            lived.unit_id,
            lived.people,
            dict(lived.cases),
            dict(lived.consultations),
        )
        yield WebTown(team)
    finally:
        database.dispose()


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[YouthTeam, Path]:
    folder = tmp_path_factory.mktemp("lived")
    return lived_once(folder), folder


@pytest.fixture(scope="session")
def unchanged(lived: tuple[YouthTeam, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebTown]:
    """A town for everybody to look at and nobody to change."""
    with copied(*lived, tmp_path_factory.mktemp("unchanged") / "town.db") as settled:
        yield settled


@pytest.fixture
def town(lived: tuple[YouthTeam, Path], tmp_path: Path) -> Iterator[WebTown]:
    with copied(*lived, tmp_path / "town.db") as settled:
        yield settled
