"""Who was told what: the messages a scenario's events left for people, read where the relay reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.consequences import OUTBOX
from engine.database import Database


@dataclass(frozen=True, slots=True)
class Told:
    """One message: its kind, whom it goes to, and the ids it carries."""

    case_id: str | None
    kind: str
    to: tuple[str, ...]
    made_at: datetime
    facts: Mapping[str, Any]
    cancelled: bool


def told_so_far(database: Database, tenant_id: str) -> tuple[Told, ...]:
    """Every message of the county, oldest first; cancelled ones are marked."""
    question = select(OUTBOX).where(OUTBOX.c.tenant_id == tenant_id).order_by(OUTBOX.c.made_at, OUTBOX.c.message_id)
    with database.read() as connection:
        return tuple(_told(row) for row in connection.execute(question).mappings())


def _told(row: Mapping[Any, Any]) -> Told:
    facts = {key: value for key, value in row["payload"].items() if key != "to"}
    to = tuple(row["payload"].get("to", ()))
    return Told(row["case_id"], row["kind"], to, row["made_at"], facts, row["cancelled_at"] is not None)
