"""What a change wanted told is told after it has committed: at least once, nothing after a death, mail without content."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Table, select, update

from engine import tables as t
from engine.letters import Letter, deliver
from engine.outbox import is_waiting, relay
from engine.projection import table_of
from tests.clock import StoppedClock
from tests.small_county import County, county
from worker.deliver import NullDeliverer

OUTBOX, NOTIFICATION, INCIDENT = (table_of(model) for model in (t.OutboxRow, t.NotificationRow, t.Incident))


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def rows(where: County, table: Table) -> list[Any]:
    with where.engine.database.read() as connection:
        return list(connection.execute(select(table)))


def waiting(where: County) -> bool:
    with where.engine.database.read() as connection:
        return is_waiting(connection, where.engine.clock.now())


class BrokenDeliverer:
    """A mail server that is down."""

    def __init__(self) -> None:
        self.asked = 0

    def deliver(self, letters: Sequence[Letter]) -> Mapping[str, str]:
        self.asked += 1
        return {letter.letter_id: "ConnectionRefusedError" for letter in letters}


def test_a_message_becomes_a_notification_of_kind_and_case_only(somewhere: County) -> None:
    case_id = somewhere.open_case()
    somewhere.name_nurse(case_id)
    assert waiting(somewhere)

    relay(somewhere.engine, letters=False)

    assert [(n.worker_id, n.case_id, n.kind) for n in rows(somewhere, NOTIFICATION)] == [
        (somewhere.nurse.worker_id, case_id, "you_are_responsible")
    ]
    assert not waiting(somewhere)


def test_a_message_taken_twice_is_one_notification(somewhere: County) -> None:
    somewhere.name_nurse(somewhere.open_case())
    relay(somewhere.engine, letters=True)
    with somewhere.engine.database.begin() as connection:  # as if killed before the mark was committed
        connection.execute(update(OUTBOX).where(OUTBOX.c.kind != "letter").values(relayed_at=None))
        connection.execute(OUTBOX.delete().where(OUTBOX.c.kind == "letter"))

    relay(somewhere.engine, letters=True)

    assert len(rows(somewhere, NOTIFICATION)) == 1


def test_a_worker_gets_one_letter_until_they_have_looked(somewhere: County, clock: StoppedClock) -> None:
    mail = NullDeliverer()

    def something_happens() -> int:
        somewhere.name_nurse(somewhere.open_case())
        relay(somewhere.engine, letters=True)
        deliver(somewhere.engine, mail)
        return len(mail.letters)

    assert something_happens() == 1
    assert something_happens() == 1
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(NOTIFICATION).values(seen_at=clock.now()))
    assert something_happens() == 2
    clock.advance(minutes=16)
    assert something_happens() == 3
    assert {letter.address for letter in mail.letters} == {"noora@example.invalid"}


def test_without_a_mail_server_no_letter_is_written(somewhere: County) -> None:
    somewhere.name_nurse(somewhere.open_case())

    relay(somewhere.engine, letters=False)

    assert [row.kind for row in rows(somewhere, OUTBOX)] == ["you_are_responsible"]


def test_a_letter_that_fails_is_tried_again_later_each_time(somewhere: County, clock: StoppedClock) -> None:
    somewhere.name_nurse(somewhere.open_case())
    relay(somewhere.engine, letters=True)
    down = BrokenDeliverer()

    def the_letter() -> Any:
        return next(row for row in rows(somewhere, OUTBOX) if row.kind == "letter")

    waits = []
    for _ in range(3):
        assert deliver(somewhere.engine, down) == (0, 1)
        letter = the_letter()
        assert deliver(somewhere.engine, down) == (0, 0)
        waits.append((letter.next_try_at - clock.now()).total_seconds() / 60)
        clock.move_to(letter.next_try_at)

    assert waits == [1, 2, 4]
    assert the_letter().error == "ConnectionRefusedError"
    mail = NullDeliverer()
    assert deliver(somewhere.engine, mail) == (1, 0)
    assert len(mail.letters) == 1
    assert len(rows(somewhere, INCIDENT)) == 1


def test_a_letter_that_never_gets_through_is_given_up_quietly(somewhere: County, clock: StoppedClock) -> None:
    somewhere.name_nurse(somewhere.open_case())
    relay(somewhere.engine, letters=True)
    down = BrokenDeliverer()

    for _ in range(40):
        deliver(somewhere.engine, down)
        clock.advance(hours=6)

    assert down.asked == 12
    assert not waiting(somewhere)


def test_a_leaver_gets_no_letter(somewhere: County) -> None:
    somewhere.name_nurse(somewhere.open_case())
    relay(somewhere.engine, letters=True)
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(table_of(t.Worker)).values(active=False))
    mail = NullDeliverer()

    deliver(somewhere.engine, mail)

    assert mail.letters == []
    assert not waiting(somewhere)


def test_what_is_cancelled_is_neither_told_nor_sent(somewhere: County, clock: StoppedClock) -> None:
    first = somewhere.open_case()
    somewhere.name_nurse(first)
    relay(somewhere.engine, letters=True)
    clock.advance(hours=1)
    second = somewhere.open_case()
    somewhere.name_nurse(second)
    with somewhere.engine.database.begin() as connection:
        open_ = OUTBOX.c.relayed_at.is_(None)
        connection.execute(update(OUTBOX).where(open_).values(cancelled_at=clock.now()))
    mail = NullDeliverer()

    relay(somewhere.engine, letters=True)
    deliver(somewhere.engine, mail)

    assert mail.letters == []
    assert [n.case_id for n in rows(somewhere, NOTIFICATION)] == [first]


def test_a_letter_in_hand_is_nobody_elses_until_its_next_try(somewhere: County, clock: StoppedClock) -> None:
    somewhere.name_nurse(somewhere.open_case())
    relay(somewhere.engine, letters=True)
    second = NullDeliverer()

    class WhileSending:
        """Another process looks while this one sends."""

        def deliver(self, letters: Sequence[Letter]) -> Mapping[str, str]:
            deliver(somewhere.engine, second)
            return {}

    deliver(somewhere.engine, WhileSending())
    clock.advance(hours=1)
    deliver(somewhere.engine, second)

    assert second.letters == []


def test_hundreds_of_messages_go_in_batches(somewhere: County) -> None:
    for _ in range(7):
        somewhere.name_nurse(somewhere.open_case())

    assert relay(somewhere.engine, letters=False, batch=3) == 7
    assert len(rows(somewhere, NOTIFICATION)) == 7
