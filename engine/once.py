"""Once: a command outside any case is carried out once for each idempotency key, in the command's own transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from engine import tables as t
from engine.database import Database
from engine.handle import Idempotency
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import KeyReused

IDEMPOTENCY = table_of(t.IdempotencyRow)
TRIES = 3


def once(
    database: Database,
    actor: Actor,
    idempotency: Idempotency,
    now: datetime,
    do: Callable[[Connection], Mapping[str, Any]],
) -> Mapping[str, Any]:
    """Return what `do` made (ids only), or what it made the first time. A refusal stores nothing."""
    for attempt in range(TRIES):
        try:
            with database.begin() as connection:
                known = _answered(connection, actor, idempotency)
                if known is not None:
                    return known
                made = do(connection)
                connection.execute(insert(IDEMPOTENCY).values(**_row(actor, idempotency, made, now)))
                return made
        except IntegrityError:
            if attempt == TRIES - 1:
                raise  # another asker wrote the same key meanwhile: look again
    raise AssertionError("unreachable")


def _answered(connection: Connection, actor: Actor, idempotency: Idempotency) -> Mapping[str, Any] | None:
    question = select(IDEMPOTENCY.c.digest, IDEMPOTENCY.c.answer).where(
        IDEMPOTENCY.c.tenant_id == actor.tenant_id,
        IDEMPOTENCY.c.actor == actor.worker_id,
        IDEMPOTENCY.c.key == idempotency.key,
    )
    row = connection.execute(question).first()
    if row is None:
        return None
    if row.digest != idempotency.digest:
        raise KeyReused(idempotency.key)
    made: Mapping[str, Any] = row.answer["made"]
    return made


def _row(actor: Actor, idempotency: Idempotency, made: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": actor.tenant_id,
        "actor": actor.worker_id,
        "key": idempotency.key,
        "digest": idempotency.digest,
        "answer": {"case_id": "", "revision": 0, "made": dict(made)},
        "made_at": now,
    }
