"""Who was told what: the notifications workers find in the application, after the outbox has been relayed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import tables as t
from engine.database import Database
from engine.handle import Reading
from engine.projection import table_of
from engine.read_models.notifications import NotificationShown, notifications
from pathways.time_words import Language

NOTIFICATION = table_of(t.NotificationRow)


@dataclass(frozen=True, slots=True)
class Told:
    """One notification: what it says, the case it is about, and the ids it carries."""

    notification_id: str
    case_id: str | None
    kind: str
    sentence: str
    made_at: datetime
    facts: Mapping[str, object]


def told_to(reading: Reading, language: Language) -> tuple[Told, ...]:
    """Everything the reader was ever told, oldest first."""
    rows = notifications(reading, language, limit=200).rows
    return tuple(told for row in reversed(rows) for told in _one_by_one(row))


def _one_by_one(row: NotificationShown) -> Iterator[Told]:
    """A digest as the rungs it stands for, each said by the digest's own sentence."""
    rungs = row.payload.get("rungs") if row.kind == "promise_digest" else None
    if not isinstance(rungs, list):
        yield Told(row.notification_id, row.case_id, row.kind, row.sentence, row.made_at, row.payload)
        return
    for rung in rungs:
        yield Told(row.notification_id, rung["case_id"], row.kind, row.sentence, row.made_at, rung)


def all_so_far(database: Database) -> frozenset[str]:
    """The ids of every notification there is: what comes after is new."""
    with database.read() as connection:
        return frozenset(connection.execute(select(NOTIFICATION.c.notification_id)).scalars())
