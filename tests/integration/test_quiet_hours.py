"""What only time has brought waits for the opening, gathered into one line; what is acute, or just done, never waits."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from engine import tables as t
from engine.letters import deliver
from engine.outbox import is_waiting, next_told_at, relay
from engine.projection import table_of
from engine.read_models.notifications import notifications
from engine.sweep import sweep
from engine.workings import workings
from pathways.time_zone import HELSINKI
from tests.clock import StoppedClock
from tests.small_county import County, county
from worker.deliver import NullDeliverer

OUTBOX, NOTIFICATION, WORKER, UNIT = (table_of(m) for m in (t.OutboxRow, t.NotificationRow, t.Worker, t.Unit))
MIDNIGHT = datetime(2026, 12, 3, 0, 0, 1, tzinfo=HELSINKI)  # the small county's first promise falls due
OPENING = datetime(2026, 12, 3, 8, 0, tzinfo=HELSINKI)


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    clock.move_to(datetime(2026, 12, 1, 9, 12, tzinfo=HELSINKI))
    with county(database_url, clock) as settled:
        yield settled


def rows(where: County, *conditions: Any) -> list[Any]:
    with where.engine.database.read() as connection:
        return list(connection.execute(select(NOTIFICATION).where(*conditions).order_by(NOTIFICATION.c.made_at)))


def told_of_rungs(where: County) -> list[Any]:
    return rows(where, NOTIFICATION.c.kind.in_(("promise_rung", "promise_digest")))


def settle(where: County, clock: StoppedClock, cases: int = 1) -> list[str]:
    """Cases the nurse answers for, up to the moment their promise breaks; everything before has been told."""
    found = [where.open_case() for _ in range(cases)]
    for case_id in found:
        where.name_nurse(case_id)
    clock.move_to(datetime(2026, 12, 2, 23, 59, tzinfo=HELSINKI))
    sweep(where.engine)
    with where.engine.database.begin() as connection:
        connection.execute(update(OUTBOX).values(relayed_at=clock.now()))
    return found


def change(where: County, table: Any, **values: Any) -> None:
    with where.engine.database.begin() as connection:
        connection.execute(update(table).values(**values))


@pytest.mark.rule(18)
def test_a_breach_at_midnight_is_told_when_the_hearers_are_back(somewhere: County, clock: StoppedClock) -> None:
    settle(somewhere, clock)
    clock.move_to(MIDNIGHT)
    sweep(somewhere.engine)
    relay(somewhere.engine, letters=True)

    with somewhere.engine.database.read() as connection:
        assert not is_waiting(connection, clock.now())
        assert next_told_at(connection, clock.now()) == OPENING
        assert workings(connection, clock.now()).outbox_oldest_at is None
    assert told_of_rungs(somewhere) == []

    clock.move_to(OPENING)
    relay(somewhere.engine, letters=True)
    assert {row.made_at for row in told_of_rungs(somewhere)} == {OPENING}


@pytest.mark.rule(18)
def test_many_breaches_are_one_line_and_one_letter_for_each_who_hears(somewhere: County, clock: StoppedClock) -> None:
    cases = settle(somewhere, clock, cases=5)
    clock.move_to(MIDNIGHT)
    sweep(somewhere.engine)
    relay(somewhere.engine, letters=True)
    clock.move_to(OPENING)
    relay(somewhere.engine, letters=True)
    mail = NullDeliverer()
    deliver(somewhere.engine, mail)

    (nurse,) = [row for row in told_of_rungs(somewhere) if row.worker_id == somewhere.nurse.worker_id]
    assert (nurse.kind, nurse.case_id, nurse.payload["count"]) == ("promise_digest", None, 5)
    assert {rung["case_id"] for rung in nurse.payload["rungs"]} == set(cases)
    assert [letter.address for letter in mail.letters].count("noora@example.invalid") == 1
    with somewhere.engine.reading(somewhere.nurse) as reading:
        said = [notifications(reading, lang).rows[0].sentence for lang in ("fi", "sv", "en")]
    assert said == [
        "5 määräaikaa lähestyy tai on ylittynyt",
        "5 tidsfrister närmar sig eller har överskridits",
        "5 deadlines are near or have passed",
    ]


def test_a_digest_nobody_has_seen_takes_in_the_next_batch(somewhere: County, clock: StoppedClock) -> None:
    settle(somewhere, clock, cases=6)
    clock.move_to(OPENING)
    sweep(somewhere.engine)

    relay(somewhere.engine, letters=False, batch=4)
    mine = [row for row in told_of_rungs(somewhere) if row.worker_id == somewhere.nurse.worker_id]
    assert [row.payload["count"] for row in mine] == [6]


def test_whoever_works_round_the_clock_or_in_hours_of_their_own_hears_at_night(
    somewhere: County, clock: StoppedClock
) -> None:
    settle(somewhere, clock)
    with somewhere.engine.database.begin() as connection:
        mine = WORKER.c.worker_id == somewhere.nurse.worker_id
        connection.execute(update(WORKER).where(mine).values(hours="24/7"))
    clock.move_to(MIDNIGHT)
    sweep(somewhere.engine)
    relay(somewhere.engine, letters=False)
    assert {row.worker_id for row in told_of_rungs(somewhere)} == {somewhere.nurse.worker_id}

    change(somewhere, UNIT, round_the_clock=True)
    change(somewhere, OUTBOX, next_try_at=None)
    relay(somewhere.engine, letters=False)
    assert somewhere.lead.worker_id in {row.worker_id for row in told_of_rungs(somewhere)}
    assert len([row for row in told_of_rungs(somewhere) if row.worker_id == somewhere.nurse.worker_id]) == 1


def test_an_acute_rung_is_told_at_any_hour_and_on_a_line_of_its_own(somewhere: County, clock: StoppedClock) -> None:
    settle(somewhere, clock, cases=2)
    clock.move_to(MIDNIGHT)
    sweep(somewhere.engine)
    with somewhere.engine.database.begin() as connection:
        for row in connection.execute(select(OUTBOX).where(OUTBOX.c.kind == "promise_rung")).all():
            own = OUTBOX.c.message_id == row.message_id
            connection.execute(update(OUTBOX).where(own).values(payload={**row.payload, "acute": True}))

    relay(somewhere.engine, letters=False)

    mine = [row for row in told_of_rungs(somewhere) if row.worker_id == somewhere.nurse.worker_id]
    assert [row.kind for row in mine] == ["promise_rung", "promise_rung"]


@pytest.mark.rule(22)
def test_what_waits_for_the_opening_is_never_told_after_a_death(somewhere: County, clock: StoppedClock) -> None:
    (case_id,) = settle(somewhere, clock)
    clock.move_to(MIDNIGHT)
    sweep(somewhere.engine)
    relay(somewhere.engine, letters=False)
    with somewhere.engine.database.begin() as connection:
        waiting = (OUTBOX.c.case_id == case_id) & OUTBOX.c.relayed_at.is_(None)
        connection.execute(update(OUTBOX).where(waiting).values(cancelled_at=clock.now()))

    clock.move_to(OPENING)
    relay(somewhere.engine, letters=False)
    assert told_of_rungs(somewhere) == []


def test_a_calendar_nobody_knows_keeps_nobody_from_hearing(somewhere: County, clock: StoppedClock) -> None:
    settle(somewhere, clock)
    change(somewhere, UNIT, calendar="ei_ole")
    clock.move_to(MIDNIGHT)
    sweep(somewhere.engine)

    relay(somewhere.engine, letters=False)

    assert told_of_rungs(somewhere)
