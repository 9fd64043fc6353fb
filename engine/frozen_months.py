"""Frozen months: each month's attainment as it was known then, kept for good. Later corrections show beside it (M090).

A promise belongs to the month that decided it: the one in which it ended or its due instant passed. So a month is
complete as soon as it has ended, and what changes it afterwards is a correction.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from engine import tables as t
from engine.handle import Engine
from engine.keys import Keys
from engine.people import TENANT, UNIT
from engine.projection import table_of
from engine.read_models.promise_question import COUNTS, JUDGED, Wanted, counts_of, promises_of
from engine.read_models.promise_waits import PromiseWaits, waits_by
from engine.read_models.report_titles import week_column
from pathways.errors import Malformed
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

MONTH = table_of(t.FrozenMonthRow)
GROUP = table_of(t.FrozenGroupRow)
DIMENSIONS = ("unit", "role", "promise", "kind", "pathway", "language", "channel", "municipality", "week")
SETTLES = timedelta(days=1)
"""How long after its end a month is left to those who record what happened on its last day."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen month. `is_new`: it was frozen just now; a month that was frozen before stays as it was."""

    month: date
    frozen_at: datetime
    promises: int
    is_new: bool


def freeze_last_month(engine: Engine) -> list[Frozen]:
    """Freeze the month before this one in every county, once it has settled: what the hourly task does."""
    now = engine.clock.now()
    month = first_of_month(first_of_month((now - SETTLES).astimezone(HELSINKI).date()) - timedelta(days=1))
    with engine.database.read() as connection:
        done = select(MONTH.c.tenant_id).where(MONTH.c.month == month)
        tenants = connection.execute(select(TENANT.c.tenant_id).where(TENANT.c.tenant_id.not_in(done))).scalars().all()
    return [freeze(engine, tenant_id, month) for tenant_id in tenants]


def freeze(engine: Engine, tenant_id: str, month: date) -> Frozen:
    """Freeze a month that has ended; refuses any other. Frozen before, it is left as it is."""
    now = engine.clock.now()
    if now <= end_of_month(month):
        raise Malformed("month", "not_ended")
    with engine.database.snapshot() as connection:  # counts and waits are of one moment
        rows = _groups(engine, connection, tenant_id, month, now)
    with engine.database.begin() as connection:
        made = {"frozen_at": now, "promises": sum(row["counts"]["started"] for row in rows)}
        made |= {"seal": seal_of(engine.keys, tenant_id, month, rows), "key_id": engine.keys.seal_key_id}
        insert: Any = postgresql.insert if engine.database.is_postgres else sqlite.insert
        header = insert(MONTH).values(tenant_id=tenant_id, month=month, **made).on_conflict_do_nothing()
        if connection.execute(header.returning(MONTH.c.month)).first() is None:
            return frozen_month(connection, tenant_id, month)
        if rows:
            connection.execute(GROUP.insert(), rows)
    return Frozen(month, now, made["promises"], is_new=True)


def frozen_month(connection: Connection, tenant_id: str, month: date) -> Frozen:
    row = connection.execute(select(MONTH).where(MONTH.c.tenant_id == tenant_id, MONTH.c.month == month)).one()
    return Frozen(row.month, row.frozen_at, row.promises, is_new=False)


def frozen_months(connection: Connection, tenant_id: str) -> list[Frozen]:
    """The newest first."""
    question = select(MONTH).where(MONTH.c.tenant_id == tenant_id).order_by(MONTH.c.month.desc())
    return [Frozen(row.month, row.frozen_at, row.promises, is_new=False) for row in connection.execute(question)]


def is_intact(connection: Connection, keys: Keys, tenant_id: str, month: date) -> bool | None:
    """Whether the groups are still those that were frozen; None when another secret sealed them."""
    own = (MONTH.c.tenant_id == tenant_id) & (MONTH.c.month == month)
    kept = connection.execute(select(MONTH.c.seal, MONTH.c.key_id).where(own)).one()
    if kept.key_id != keys.seal_key_id:
        return None
    groups = select(GROUP).where(GROUP.c.tenant_id == tenant_id, GROUP.c.month == month).order_by(GROUP.c.number)
    rows = [dict(row) for row in connection.execute(groups).mappings()]
    return hmac.compare_digest(seal_of(keys, tenant_id, month, rows), kept.seal)


def months_changed(connection: Connection, keys: Keys) -> list[date]:
    """The frozen months whose figures somebody has changed since."""
    found = connection.execute(select(MONTH.c.tenant_id, MONTH.c.month).order_by(MONTH.c.month)).all()
    return [month for tenant_id, month in found if is_intact(connection, keys, tenant_id, month) is False]


def seal_of(keys: Keys, tenant_id: str, month: date, rows: Iterable[Mapping[str, Any]]) -> str:
    """A keyed hash over every group in its order; the key lies outside the database, as that of the journals does."""
    names = [column.name for column in GROUP.c if column.name not in ("tenant_id", "month")]
    told = [{name: row[name] for name in names} for row in rows]
    said = json.dumps(["frozen month", tenant_id, month.isoformat(), told], sort_keys=True, ensure_ascii=False)
    return hmac.new(keys.seal, said.encode(), sha256).hexdigest()


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def last_of_month(month: date) -> date:
    return first_of_month(first_of_month(month) + timedelta(days=31)) - timedelta(days=1)


def end_of_month(month: date) -> datetime:
    """24.00 of its last day."""
    return end_of_day(last_of_month(month), HELSINKI)


def _groups(engine: Engine, connection: Connection, tenant_id: str, month: date, now: datetime) -> list[dict[str, Any]]:
    """Every smallest group, in an order that is always the same."""
    units = connection.execute(select(UNIT.c.unit_id).where(UNIT.c.tenant_id == tenant_id)).scalars().all()
    wanted = Wanted(tenant_id, tuple(units), month, last_of_month(month), "judged")
    promises = promises_of(wanted, now, with_case=True)
    week = week_column(promises.c.judged_at, wanted.from_on, wanted.to_on).label("week")
    key = [*(promises.c[name] for name in DIMENSIONS[:-1]), week]
    found = connection.execute(select(*key, *counts_of(promises, now)).group_by(*key)).mappings().all()
    waits = waits_by(connection, engine.calendars, promises, key)
    told = sorted((tuple(row[name] for name in DIMENSIONS), row) for row in found)
    return [
        dict(zip(("unit_id", *DIMENSIONS[1:]), dimensions, strict=True))
        | {
            "tenant_id": tenant_id,
            "month": month,
            "number": number,
            "counts": {name: int(row[name]) for name in (*COUNTS, *JUDGED)},
            "waits": waits.get(dimensions, PromiseWaits()).as_json(),
        }
        for number, (dimensions, row) in enumerate(told, 1)
    ]
