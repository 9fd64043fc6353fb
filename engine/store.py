"""Store: named questions about cases and the one way to write them.

Loading reads rows, not history: one question brings the case's live parts, its unit, its clients and the answer already
given to the same idempotency key. Recording adds the events and every row that differs. How rows are asked for is
in `case_rows`, what they mean in `projection`, how they are written in `change_set`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine import tables as t
from engine.case_rows import ANSWERED, CLIENT, IDEMPOTENCY, UNIT, Ask, CaseRows, columns_of, lock_row, rows_of
from engine.change_set import ChangeSet, Update
from engine.columns import changed
from engine.projection import (
    CASE_FIELDS,
    CASE_TABLE,
    PARTS,
    PartOfCase,
    case_of,
    case_row,
    differing,
    row_of,
    table_of,
    values_of,
)
from pathways.case import Case
from pathways.events import CaseEvent

__all__ = ["IDEMPOTENCY", "UNIT", "Ask", "LoadedCase", "Recorded", "last_change", "load_case", "load_cases", "record"]

EVENT_TABLE = table_of(t.CaseEventRow)
CASE_CLIENT = table_of(t.CaseClientRow)


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case with what stands around it when a command comes."""

    case: Case
    unit: Mapping[str, Any]
    clients: Mapping[str, Mapping[str, Any]]
    answered: Mapping[str, Any] | None = None


def load_case(
    connection: Connection, tenant_id: str, case_id: str, ask: Ask, *, lock: bool = True
) -> LoadedCase | None:
    """Return the case; None when there is none. With `lock`, its row is ours until the transaction ends."""
    if lock:  # a statement of its own: one sees the moment it began at, which may be before what it waited for
        lock_row(connection, tenant_id, case_id)
    return next(iter(load_cases(connection, [(tenant_id, case_id)], ask)), None)


def load_cases(connection: Connection, cases: Sequence[tuple[str, str]], ask: Ask | None = None) -> list[LoadedCase]:
    """Return these cases, named by tenant and id, in one round trip and in no order. Whoever writes has locked them."""
    return [_loaded(rows) for rows in rows_of(connection, cases, ask or Ask())] if cases else []


def _loaded(rows: CaseRows) -> LoadedCase:
    parts = [values_of(part, own, rows.heard) for part, own in zip(PARTS, rows.parts, strict=True)]
    clients = [_named(CLIENT, columns_of(CLIENT), client, rows) for client in rows.clients or ()]
    return LoadedCase(
        case=case_of(rows.case, parts, rows.heard),
        unit=_named(UNIT, columns_of(UNIT), rows.unit, rows) if rows.unit else {},
        clients={client["client_id"]: client for client in clients},
        answered=_named(IDEMPOTENCY, ANSWERED, rows.answered, rows) if rows.answered else None,
    )


def _named(table: Any, columns: tuple[str, ...], row: Sequence[Any], rows: CaseRows) -> dict[str, Any]:
    return dict(zip(columns, changed(row, rows.heard(table, columns)), strict=True))


# --- writing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one command adds to a case's journal."""

    before: Case
    after: Case
    events: tuple[CaseEvent, ...]
    recorded_at: datetime


def record(changes: ChangeSet, recorded: Recorded) -> None:
    """Add the events and every row that differs between before and after; all of it only if `before` still stands."""
    before, after = recorded.before, recorded.after
    if before.state == "new" and before.sequence == 0:
        changes.insert(CASE_TABLE, [case_row(after)])
    else:
        key = {"tenant_id": after.tenant_id, "case_id": after.case_id}
        was = {"sequence": before.sequence}
        changes.guard = Update(CASE_TABLE, key, differing(CASE_FIELDS, before, after), was)
    changes.insert(EVENT_TABLE, _event_rows(recorded))
    for part in PARTS:
        _record_part(changes, part, before, after)


def _event_rows(recorded: Recorded) -> list[dict[str, Any]]:
    first = recorded.after.sequence - len(recorded.events) + 1
    return [
        {
            "tenant_id": recorded.after.tenant_id,
            "case_id": recorded.after.case_id,
            "sequence": first + number,
            "type": event.type,
            "v": event.v,
            "occurred_at": event.occurred_at,
            "recorded_at": recorded.recorded_at,
            "actor": event.by,
            "revision": recorded.after.revision,
            "payload": event.payload(),
        }
        for number, event in enumerate(recorded.events)
    ]


_REPLACED_AT_ONCE = ("assignments", "clients")


def _record_part(changes: ChangeSet, part: PartOfCase, before: Case, after: Case) -> None:
    old, new = getattr(before, part.name), getattr(after, part.name)
    if old is new:
        return
    added: list[dict[str, Any]] = []
    for key, value in new.items():
        previous = old.get(key)
        if previous is None:
            added.append(row_of(part, after, value))
        elif previous is not value:
            where = {"tenant_id": after.tenant_id, **_key_of_row(part, after, value)}
            first = part.name in _REPLACED_AT_ONCE
            changes.update(part.table, where, differing(part.field_names, previous, value), first=first)
    changes.insert(part.table, added)


def _key_of_row(part: PartOfCase, case: Case, value: Any) -> dict[str, Any]:
    own = {name: getattr(value, name) for name in part.key}
    return {"case_id": case.case_id, **own} if "case_id" in part.table.primary_key.columns else own


# --- questions ------------------------------------------------------------------------------------------------


def journal_of(connection: Connection, tenant_id: str, case_id: str) -> Iterator[Mapping[str, Any]]:
    """Every event of the case as stored, oldest first."""
    question = (
        select(EVENT_TABLE)
        .where(EVENT_TABLE.c.tenant_id == tenant_id, EVENT_TABLE.c.case_id == case_id)
        .order_by(EVENT_TABLE.c.sequence)
    )
    for row in connection.execute(question).mappings():
        yield dict(row)


def newest_case_of(connection: Connection, tenant_id: str, client_id: str, pathway_id: str) -> Mapping[str, Any] | None:
    """The newest case of this client on this pathway, open or closed."""
    question = (
        select(CASE_TABLE.c.case_id, CASE_TABLE.c.state, CASE_TABLE.c.closed_at, CASE_TABLE.c.restricted)
        .join(
            CASE_CLIENT,
            (CASE_CLIENT.c.tenant_id == CASE_TABLE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE_TABLE.c.case_id),
        )
        .where(
            CASE_TABLE.c.tenant_id == tenant_id,
            CASE_CLIENT.c.client_id == client_id,
            CASE_CLIENT.c.until.is_(None),
            CASE_TABLE.c.pathway_id == pathway_id,
        )
        .order_by(CASE_TABLE.c.state.desc(), CASE_TABLE.c.opened_at.desc())
        .limit(1)
    )
    row = connection.execute(question).mappings().first()
    return dict(row) if row else None


def last_change(connection: Connection, case: Case) -> tuple[str, str]:
    """Who changed the case last, and by which event: what a stale form is told."""
    worker = table_of(t.Worker)
    row = connection.execute(
        select(EVENT_TABLE.c.type, EVENT_TABLE.c.actor)
        .where(
            EVENT_TABLE.c.tenant_id == case.tenant_id,
            EVENT_TABLE.c.case_id == case.case_id,
            EVENT_TABLE.c.revision == case.revision,
        )
        .order_by(EVENT_TABLE.c.sequence)
        .limit(1)
    ).first()
    if row is None:
        return "system", ""
    known = select(worker.c.name).where(worker.c.tenant_id == case.tenant_id, worker.c.worker_id == row.actor)
    name = None if row.actor == "system" else connection.execute(known).scalar()
    return name or row.actor, row.type
