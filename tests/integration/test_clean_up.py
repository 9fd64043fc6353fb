"""What was only needed for a while is removed; journals, breaches and what the sealer hasn't seen stay."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from engine import tables as t
from engine.clean_up import CHANGE, IDEMPOTENCY, OUTBOX, clean_up
from engine.handle import Idempotency
from engine.outbox import relay
from engine.projection import table_of
from engine.seals import seal_journals
from engine.sweep import sweep
from pathways.commands import SetUrgency
from tests.clock import StoppedClock
from tests.small_county import County, county

KEPT = [table_of(model) for model in (t.CaseEventRow, t.BreachRow, t.TierRow, t.SealRow, t.CaseTextRow, t.AccessLogRow)]


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def count(where: County, table: Table) -> int:
    with where.engine.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_answer_is_kept_for_seven_days(somewhere: County, clock: StoppedClock) -> None:
    command = SetUrgency(case_id=somewhere.open_case(), urgency="urgent")
    somewhere.engine.handle(command, somewhere.nurse, Idempotency("a-key", "0" * 64))

    clock.advance(days=7)
    clean_up(somewhere.engine)
    assert count(somewhere, IDEMPOTENCY) == 1

    clock.advance(seconds=1)
    clean_up(somewhere.engine)
    assert count(somewhere, IDEMPOTENCY) == 0


def test_a_change_is_kept_until_it_is_a_day_old_and_sealed(somewhere: County, clock: StoppedClock) -> None:
    somewhere.open_case()
    clock.advance(days=2)

    clean_up(somewhere.engine)
    assert count(somewhere, CHANGE) > 0

    seal_journals(somewhere.engine)
    clean_up(somewhere.engine)
    assert count(somewhere, CHANGE) == 0


def test_a_message_is_kept_for_a_month_after_it_was_told(somewhere: County, clock: StoppedClock) -> None:
    somewhere.name_nurse(somewhere.open_case())
    clock.advance(days=60)
    clean_up(somewhere.engine)
    assert count(somewhere, OUTBOX) > 0  # it waits still

    relay(somewhere.engine, letters=False)
    clock.advance(days=31)
    clean_up(somewhere.engine)

    assert count(somewhere, OUTBOX) == 0


def test_what_accounts_for_a_case_is_never_removed(somewhere: County, clock: StoppedClock) -> None:
    somewhere.open_case()
    clock.advance(days=30)
    sweep(somewhere.engine)
    seal_journals(somewhere.engine)
    before = [count(somewhere, table) for table in KEPT]

    clock.advance(weeks=1000)
    clean_up(somewhere.engine)

    assert [count(somewhere, table) for table in KEPT] == before


def test_many_rows_go_in_batches(somewhere: County, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.clean_up.BATCH", 3)
    row: dict[str, Any] = {"tenant_id": somewhere.tenant_id, "actor": "a", "digest": "0", "answer": {}}
    with somewhere.engine.database.begin() as connection:
        rows = [row | {"key": str(number), "made_at": clock.now()} for number in range(10)]
        connection.execute(insert(IDEMPOTENCY), rows)

    clock.advance(days=8)
    clean_up(somewhere.engine)

    assert count(somewhere, IDEMPOTENCY) == 0
