"""A town whose promises can be counted on paper, for tests of reports; a database of its own for a whole module."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from engine.sweep import sweep
from pathways.time_zone import HELSINKI
from tests.town import Town


@contextmanager
def a_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """A migrated database of the kind a module's fixture is parametrised with."""
    if request.param == "sqlite":
        file = folder / "pathways.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server = request.getfixturevalue("postgres_server")
    made = server.create(request.getfixturevalue("postgres_template"))
    yield made.render_as_string(hide_password=False)
    server.drop(made)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=HELSINKI)


def until(here: Town, moment: datetime) -> None:
    here.clock.advance(seconds=(moment - here.now).total_seconds())
    sweep(here.engine)


def five_promises(here: Town) -> None:
    """
    | contact        | first act                       | judged | gross    | net     | open hours |
    | Tue 1. 9.12    | Tue 1. 11.12                    | kept   | 2 h      | 2 h     | 2 h        |
    | Fri 4. 23.40   | Mon 7. 9.00 (opens 8.00)        | kept   | 57 h 20  | 1 h     | 1 h        |
    | Tue 8. 10.00   | Wed 9. 10.00                    | late   | 24 h     | 24 h    | 6 + 2 h    |
    | Thu 10. 9.00   | Thu 10. 15.00, told on Mon 14.  | breached, voided: kept | 6 h | 6 h | 6 h |
    | Tue 15. 9.00   | none; it is Wed 16. 8.00        | late   |          |         |            |
    """
    quick = here.open_case()
    until(here, at(1, 11, 12))
    here.act(quick)
    until(here, at(7, 8, 30))
    at_night = here.open_case(received_at=at(4, 23, 40))
    until(here, at(7, 9))
    here.act(at_night)
    until(here, at(8, 10))
    slow = here.open_case()
    until(here, at(9, 10))
    here.act(slow)
    until(here, at(10, 9))
    told_late = here.open_case()
    until(here, at(14, 9))
    here.act(told_late, occurred_at=at(10, 15), late_reason="tekninen")
    until(here, at(15, 9))
    here.open_case()
    until(here, at(16, 8))
