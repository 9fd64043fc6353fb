"""Clean-up: removes what was only needed for a while. Journals, breaches and the use log are never touched."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, tuple_

from engine import tables as t
from engine.handle import Engine
from engine.projection import table_of
from engine.sweep_lags import fold_lags

IDEMPOTENCY, CHANGE, SESSION, FAILURE, TOKEN, OUTBOX, PROGRESS = (
    table_of(model)
    for model in (
        t.IdempotencyRow,
        t.ChangeRow,
        t.SignInSession,
        t.SignInFailure,
        t.AccessToken,
        t.OutboxRow,
        t.SealProgressRow,
    )
)
ANSWERS_KEPT = timedelta(days=7)
CHANGES_KEPT = timedelta(days=1)
FAILURES_KEPT = timedelta(days=1)
MESSAGES_KEPT = timedelta(days=30)
TOKENS_KEPT = timedelta(days=90)
BATCH = 5000


def clean_up(engine: Engine) -> int:
    """Remove what has outlived its use, in small transactions; return how many rows."""
    removed = 0
    for table, outlived in _outlived(engine.clock.now()):
        key = tuple_(*table.primary_key.columns)
        while True:
            some = select(*table.primary_key.columns).where(outlived).limit(BATCH)
            with engine.database.begin() as connection:
                count = connection.execute(delete(table).where(key.in_(some))).rowcount
            removed += count
            if count < BATCH:
                break
    with engine.database.begin() as connection:
        fold_lags(connection, engine.clock.now())
    return removed


def _outlived(now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    yield IDEMPOTENCY, IDEMPOTENCY.c.made_at < now - ANSWERS_KEPT
    yield CHANGE, (CHANGE.c.at < now - CHANGES_KEPT) & (CHANGE.c.change_id <= _sealed_up_to())
    yield SESSION, SESSION.c.expires_at < now
    yield FAILURE, FAILURE.c.failed_at < now - FAILURES_KEPT
    yield TOKEN, (TOKEN.c.revoked_at < now - TOKENS_KEPT) | (TOKEN.c.expires_at < now - TOKENS_KEPT)
    yield OUTBOX, (OUTBOX.c.relayed_at < now - MESSAGES_KEPT) | (OUTBOX.c.cancelled_at < now - MESSAGES_KEPT)


def _sealed_up_to() -> Any:
    """The sealer follows the changes; what it hasn't seen stays."""
    return select(func.coalesce(func.min(PROGRESS.c.change_id), 0)).scalar_subquery()
