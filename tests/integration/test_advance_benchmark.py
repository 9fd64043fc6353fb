"""The benchmark of advances compares like with like, and an advance is few round trips (goal A8)."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from benchmarks.advance_county import AdvanceCounty, advance_county
from benchmarks.round_trips import counted

WRITTEN = ("client_case", "step_run", "service_promise", "case_event", "change", "idempotency", "outbox", "timer")


@pytest.fixture
def county(postgres_url: str) -> Iterator[AdvanceCounty]:
    with advance_county(postgres_url) as made:
        yield made


def rows_of(county: AdvanceCounty, act: Callable[[], None]) -> dict[str, int]:
    """How many rows one act writes, new and changed, by table: by the transaction that last wrote each."""
    with county.engine.database.read() as connection:
        before = connection.execute(text("SELECT pg_current_xact_id()::text::bigint")).scalar_one()
    act()
    with county.engine.database.read() as connection:
        counting = ", ".join(
            f"(SELECT count(*) FROM {table} WHERE xmin::text::bigint > {before}) AS {table}" for table in WRITTEN
        )
        return dict(connection.execute(text(f"SELECT {counting}")).mappings().one())


def test_the_floor_writes_the_very_rows_an_advance_writes(county: AdvanceCounty) -> None:
    product, floor = county.product(), county.floor()
    for act in (product, floor.advance):
        act()

    assert rows_of(county, product) == rows_of(county, floor.advance)


def test_an_advance_takes_at_most_four_round_trips(county: AdvanceCounty) -> None:
    product = county.product()
    for _ in range(5):
        product()

    trips = [counted(county.engine.database, product) for _ in range(3)]

    assert max(trips) <= 4
    assert min(trips) == 2, "load and write; once a second a process also looks for new calendars"
