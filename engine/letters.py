"""Letters: one line to a worker's own address, "you have something to do". No client, no unit, no kind stands in it.

A letter waits in the outbox like everything that leaves. It goes out between two transactions, never inside one; what
fails is tried again later, each time later. A worker who has an unread notification that was written about lately has
the letter already and gets no second one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy import Connection, or_, select, update

from engine import tables as t
from engine.handle import Engine
from engine.ids import drawn_id
from engine.incidents import note_incident
from engine.projection import table_of

OUTBOX = table_of(t.OutboxRow)
NOTIFICATION = table_of(t.NotificationRow)
WORKER = table_of(t.Worker)
ACCOUNT = table_of(t.Account)

LETTER = "letter"
BATCH = 50
QUIET = timedelta(minutes=15)
FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
TRIES = 12  # about two days; the notification stands in the application all the while

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom and in which language. The words are the deliverer's; the id makes a repeated letter recognisable."""

    letter_id: str
    address: str
    language: str


class Deliverer(Protocol):
    """How letters leave. Returns those it could not deliver: letter id → a word on why, never an address."""

    def deliver(self, letters: Sequence[Letter]) -> Mapping[str, str]: ...


def write_letters(connection: Connection, notifications: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Put a letter in the outbox for each worker who can be reached and hasn't been written to lately."""
    by_worker: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in notifications:
        by_worker.setdefault((each["tenant_id"], each["worker_id"]), []).append(each)
    written_to = _written_to(connection, list(by_worker), now)
    letters = [
        _row(*worker, by_worker[worker], now)
        for worker in _reachable(connection, list(by_worker))
        if worker not in written_to
    ]
    if letters:
        connection.execute(OUTBOX.insert(), letters)
        _note_written(
            connection, [n for row in letters for n in by_worker[row["tenant_id"], row["payload"]["worker"]]], now
        )


def deliver(engine: Engine, deliverer: Deliverer, *, batch: int = BATCH) -> tuple[int, int]:
    """Send every letter that waits; return how many went and how many did not."""
    sent = failed = 0
    while rows := _take(engine, batch):
        with engine.database.read() as connection:
            letters = _addressed(connection, rows)
        failures = deliverer.deliver(letters) if letters else {}
        _note_outcome(engine, rows, failures)
        sent, failed = sent + len(letters) - len(failures), failed + len(failures)
    return sent, failed


def _row(tenant_id: str, worker_id: str, about: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    """A letter about one case goes with that case's messages when they are cancelled."""
    cases = {each["case_id"] for each in about}
    return {
        "tenant_id": tenant_id,
        "message_id": drawn_id(about[0]["notification_id"], 0, LETTER),
        "case_id": cases.pop() if len(cases) == 1 else None,
        "kind": LETTER,
        "payload": {"worker": worker_id},
        "made_at": now,
        "tries": 0,
    }


def _written_to(connection: Connection, workers: Sequence[tuple[str, str]], now: datetime) -> set[tuple[str, str]]:
    question = select(NOTIFICATION.c.tenant_id, NOTIFICATION.c.worker_id).where(
        NOTIFICATION.c.tenant_id.in_({tenant_id for tenant_id, _ in workers}),
        NOTIFICATION.c.worker_id.in_({worker_id for _, worker_id in workers}),
        NOTIFICATION.c.seen_at.is_(None),
        NOTIFICATION.c.mailed_at > now - QUIET,
    )
    return {(row.tenant_id, row.worker_id) for row in connection.execute(question)}


def _reachable(connection: Connection, workers: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Those who work here, may sign in and have an address: worker → address and the language they read in."""
    same = (ACCOUNT.c.tenant_id == WORKER.c.tenant_id) & (ACCOUNT.c.worker_id == WORKER.c.worker_id)
    question = (
        select(WORKER.c.tenant_id, WORKER.c.worker_id, WORKER.c.email, ACCOUNT.c.language)
        .join(ACCOUNT, same)
        .where(
            WORKER.c.tenant_id.in_({tenant_id for tenant_id, _ in workers}),
            WORKER.c.worker_id.in_({worker_id for _, worker_id in workers}),
            WORKER.c.email != "",
            WORKER.c.active,
            ~ACCOUNT.c.disabled,
        )
        .order_by(WORKER.c.worker_id)
    )
    return {(row.tenant_id, row.worker_id): (row.email, row.language) for row in connection.execute(question)}


def _note_written(connection: Connection, notifications: Sequence[Mapping[str, Any]], now: datetime) -> None:
    written = update(NOTIFICATION).where(
        NOTIFICATION.c.tenant_id.in_({each["tenant_id"] for each in notifications}),
        NOTIFICATION.c.notification_id.in_([each["notification_id"] for each in notifications]),
    )
    connection.execute(written.values(mailed_at=now))


def _take(engine: Engine, limit: int) -> list[Any]:
    """Take letters in hand: until their next try nobody else takes them, also when this process dies."""
    now = engine.clock.now()
    waiting = select(OUTBOX).where(
        OUTBOX.c.relayed_at.is_(None),
        OUTBOX.c.cancelled_at.is_(None),
        OUTBOX.c.kind == LETTER,
        or_(OUTBOX.c.next_try_at.is_(None), OUTBOX.c.next_try_at <= now),
    )
    with engine.database.begin() as connection:
        ordered = waiting.order_by(OUTBOX.c.made_at).limit(limit)
        rows = list(connection.execute(ordered.with_for_update(skip_locked=True)))
        for row in rows:
            next_try_at = now + min(FIRST_RETRY * 2 ** min(row.tries, 20), LAST_RETRY)
            connection.execute(update(OUTBOX).where(_is(row)).values(tries=row.tries + 1, next_try_at=next_try_at))
    return rows


def _addressed(connection: Connection, rows: Sequence[Any]) -> list[Letter]:
    """The letters of those who can still be reached; who left meanwhile gets none."""
    known = _reachable(connection, [(row.tenant_id, row.payload["worker"]) for row in rows])
    found = ((row.message_id, known.get((row.tenant_id, row.payload["worker"]))) for row in rows)
    return [Letter(message_id, *reached) for message_id, reached in found if reached]


def _note_outcome(engine: Engine, rows: Sequence[Any], failures: Mapping[str, str]) -> None:
    now = engine.clock.now()
    with engine.database.begin() as connection:
        for row in rows:
            why = failures.get(row.message_id)
            ended = {"relayed_at": now} if why is None or row.tries + 1 >= TRIES else {}
            error = why[:200] if why else None
            connection.execute(update(OUTBOX).where(_is(row)).values(error=error, **ended))
        if failures:
            why = next(iter(failures.values()))
            log.warning("letters_not_delivered", letters=len(failures), why=why)
            note_incident(connection, rows[0].tenant_id, "letters_not_delivered", {"why": why}, now)


def _is(row: Any) -> Any:
    return (OUTBOX.c.tenant_id == row.tenant_id) & (OUTBOX.c.message_id == row.message_id)
