"""Seals: each case's journal is chained by a keyed hash some seconds after its events, and every day has an anchor.

The key is derived from the installation's secret and never lies in the database, so whoever can change rows can't
make the chain fit. A seal covers the events since the one before it. The anchor is one number over all seals; kept
elsewhere (it is logged), it shows a journal that was cut short together with its seals.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog
from sqlalchemy import Connection, RowMapping, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine import tables as t
from engine.handle import Engine
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.store import EVENT_TABLE as EVENT
from pathways.time_zone import HELSINKI

SEAL = table_of(t.SealRow)
ANCHOR = table_of(t.AnchorRow)
PROGRESS = table_of(t.SealProgressRow)
CHANGE = table_of(t.ChangeRow)
TENANT = table_of(t.Tenant)

SETTLED = timedelta(seconds=5)  # a change this old has certainly committed, and so have those numbered before it
LOOK_THROUGH = timedelta(hours=1)  # how often all cases are looked through, for what that missed
BATCH = 500

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Sealed:
    """What a sealing did."""

    cases: int = 0
    events: int = 0


def seal_journals(engine: Engine) -> Sealed:
    """Seal what has settled. Where another process is sealing, leave it to that one."""
    done = Sealed()
    with engine.database.read() as connection:
        tenants = list(connection.execute(select(TENANT.c.tenant_id)).scalars())
    for tenant_id in tenants:
        while _seal_batch(engine, tenant_id, done):
            pass
        _anchor(engine, tenant_id)
    return done


def seal_after(key: bytes, previous: str, events: Iterable[RowMapping]) -> str:
    """The seal that follows `previous` (empty at a case's beginning) once these events are chained to it."""
    for event in events:
        previous = hmac.new(key, previous.encode() + canonical(event), sha256).hexdigest()
    return previous


def canonical(event: RowMapping) -> bytes:
    """An event as sealed: the same bytes whichever database it was read from."""
    parts = [
        *(event["tenant_id"], event["case_id"], event["sequence"], event["type"], event["v"]),
        *(event["occurred_at"].isoformat(), event["recorded_at"].isoformat()),
        *(event["actor"], event["revision"], event["payload"]),
    ]
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# --- which cases ----------------------------------------------------------------------------------------------


def _seal_batch(engine: Engine, tenant_id: str, done: Sealed) -> bool:
    """Seal one batch in one transaction; whether there may be more."""
    now = engine.clock.now()
    with engine.database.begin() as connection:
        progress = _progress(connection, tenant_id)
        if progress is None:
            return False
        looked_at = progress.looked_through_at
        if looked_at is None or looked_at <= now - LOOK_THROUGH:
            case_ids, step = _looked_through(connection, tenant_id, now)
        else:
            case_ids, step = _followed(connection, tenant_id, progress.change_id, now)
        sealed = _seal_cases(engine, connection, tenant_id, case_ids)
        if step:
            connection.execute(update(PROGRESS).where(PROGRESS.c.tenant_id == tenant_id).values(**step))
    done.cases += sealed.cases
    done.events += sealed.events
    return bool(step or sealed.cases)


def _progress(connection: Connection, tenant_id: str) -> Any:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    question = select(PROGRESS).where(PROGRESS.c.tenant_id == tenant_id).with_for_update(skip_locked=True)
    found = connection.execute(question).first()
    if found is None:
        connection.execute(insert(PROGRESS).values(tenant_id=tenant_id, change_id=0).on_conflict_do_nothing())
        found = connection.execute(question).first()
    return found


def _looked_through(connection: Connection, tenant_id: str, now: datetime) -> tuple[list[str], Mapping[str, Any]]:
    """Cases whose journal is longer than its seals. Once there are none, changes are followed again."""
    sealed = (
        select(func.max(SEAL.c.sequence))
        .where(SEAL.c.tenant_id == CASE.c.tenant_id, SEAL.c.case_id == CASE.c.case_id)
        .scalar_subquery()
    )
    unsealed = select(CASE.c.case_id).where(CASE.c.tenant_id == tenant_id, CASE.c.sequence > func.coalesce(sealed, 0))
    newest = connection.execute(select(func.max(CHANGE.c.change_id)).where(CHANGE.c.at <= now - SETTLED)).scalar()
    case_ids = list(connection.execute(unsealed.limit(BATCH)).scalars())
    if len(case_ids) == BATCH:
        return case_ids, {}
    return case_ids, {"looked_through_at": now, "change_id": newest or 0}


def _followed(connection: Connection, tenant_id: str, after: int, now: datetime) -> tuple[list[str], Mapping[str, Any]]:
    """Cases that changed after the change last followed, as far as everything before has settled."""
    question = select(CHANGE).where(CHANGE.c.change_id > after).order_by(CHANGE.c.change_id).limit(BATCH)
    case_ids: dict[str, None] = {}
    reached = after
    for change in connection.execute(question):
        if change.at > now - SETTLED:
            break
        reached = change.change_id
        if change.topic == "case" and change.tenant_id == tenant_id:
            case_ids[change.subject_id] = None
    return list(case_ids), {"change_id": reached} if reached != after else {}


# --- sealing --------------------------------------------------------------------------------------------------


def _seal_cases(engine: Engine, connection: Connection, tenant_id: str, case_ids: Sequence[str]) -> Sealed:
    if not case_ids:
        return Sealed()
    last = _last_seals(connection, tenant_id, case_ids)
    fresh: dict[str, list[RowMapping]] = {}
    for event in _unsealed_events(connection, tenant_id, case_ids):
        fresh.setdefault(event["case_id"], []).append(event)
    if not fresh:
        return Sealed()
    sealed_at = max(engine.clock.now(), _after_last_anchor(connection, tenant_id))
    rows = [
        {
            "tenant_id": tenant_id,
            "case_id": case_id,
            "sequence": events[-1]["sequence"],
            "seal": seal_after(engine.keys.seal, last.get(case_id, ""), events),
            "key_id": engine.keys.seal_key_id,
            "sealed_at": sealed_at,
        }
        for case_id, events in fresh.items()
    ]
    connection.execute(SEAL.insert(), rows)
    return Sealed(len(rows), sum(len(events) for events in fresh.values()))


def _newest_of(tenant_id: str, case_ids: Sequence[str]) -> Any:
    return (
        select(SEAL.c.case_id, func.max(SEAL.c.sequence).label("sequence"))
        .where(SEAL.c.tenant_id == tenant_id, SEAL.c.case_id.in_(case_ids))
        .group_by(SEAL.c.case_id)
        .subquery("newest")
    )


def _last_seals(connection: Connection, tenant_id: str, case_ids: Sequence[str]) -> dict[str, str]:
    newest = _newest_of(tenant_id, case_ids)
    same = (SEAL.c.case_id == newest.c.case_id) & (SEAL.c.sequence == newest.c.sequence)
    question = select(SEAL.c.case_id, SEAL.c.seal).join(newest, same).where(SEAL.c.tenant_id == tenant_id)
    return {row.case_id: row.seal for row in connection.execute(question)}


def _unsealed_events(connection: Connection, tenant_id: str, case_ids: Sequence[str]) -> Iterable[RowMapping]:
    newest = _newest_of(tenant_id, case_ids)
    question = (
        select(EVENT)
        .outerjoin(newest, EVENT.c.case_id == newest.c.case_id)
        .where(
            EVENT.c.tenant_id == tenant_id,
            EVENT.c.case_id.in_(case_ids),
            EVENT.c.sequence > func.coalesce(newest.c.sequence, 0),
        )
        .order_by(EVENT.c.case_id, EVENT.c.sequence)
    )
    return connection.execute(question).mappings()


# --- the day's anchor -------------------------------------------------------------------------------------------


def _after_last_anchor(connection: Connection, tenant_id: str) -> datetime:
    """No seal is dated before an anchor that was made without it, whatever two machines' clocks say."""
    made_at = connection.execute(select(func.max(ANCHOR.c.made_at)).where(ANCHOR.c.tenant_id == tenant_id)).scalar()
    return made_at + timedelta(microseconds=1) if made_at else datetime.min.replace(tzinfo=UTC)


def _anchor(engine: Engine, tenant_id: str) -> None:
    """Make the anchor of the day that has ended, once."""
    now = engine.clock.now()
    day = now.astimezone(HELSINKI).date() - timedelta(days=1)
    with engine.database.begin() as connection:
        if _progress(connection, tenant_id) is None:
            return
        newest = select(ANCHOR).where(ANCHOR.c.tenant_id == tenant_id).order_by(ANCHOR.c.day.desc()).limit(1)
        last = connection.execute(newest).first()
        if last is not None and last.day >= day:
            return
        cases, events = _counted(connection, tenant_id)
        if not cases:
            return
        made_at = max(now, _after_last_anchor(connection, tenant_id))
        number = anchor_after(
            engine.keys.seal,
            last.anchor if last else "",
            seals_between(connection, tenant_id, last.made_at if last else None, made_at),
        )
        row = {"tenant_id": tenant_id, "day": day, "anchor": number, "cases": cases, "events": events}
        connection.execute(ANCHOR.insert().values(**row, made_at=made_at))
    log.info("seal_anchor", day=day.isoformat(), anchor=number, cases=cases, events=events)


def anchor_after(key: bytes, previous: str, seals: Iterable[Any]) -> str:
    """The anchor that follows `previous` once these seals are added."""
    adding = hmac.new(key, previous.encode(), sha256)
    for seal in seals:
        adding.update(f"{seal.case_id}:{seal.sequence}:{seal.seal}\n".encode())
    return adding.hexdigest()


def seals_between(connection: Connection, tenant_id: str, after: datetime | None, until: datetime) -> Iterable[Any]:
    """Seals made after one moment and until another, in the order an anchor takes them."""
    question = select(SEAL).where(SEAL.c.tenant_id == tenant_id, SEAL.c.sealed_at <= until)
    if after is not None:
        question = question.where(SEAL.c.sealed_at > after)
    return connection.execute(question.order_by(SEAL.c.case_id, SEAL.c.sequence))


def _counted(connection: Connection, tenant_id: str) -> tuple[int, int]:
    lengths = (
        select(func.max(SEAL.c.sequence).label("events"))
        .where(SEAL.c.tenant_id == tenant_id)
        .group_by(SEAL.c.case_id)
        .subquery()
    )
    cases, events = connection.execute(
        select(func.count(), func.coalesce(func.sum(lengths.c.events), 0)).select_from(lengths)
    ).one()
    return int(cases), int(events)
