"""Published calendars: an edit is a new version in the database, beside the versions that files bring (rule 12).

Every process looks once a second whether there is a new one, inside a transaction it has anyway; a running promise
stays bound to its version until it is recalculated (`engine/recalculation.py`).
"""

import hashlib
import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from engine import tables as t
from engine.calendars import Calendars
from engine.projection import table_of
from pathways.calendar import ServiceCalendar
from pathways.time_refusals import CalendarError

CALENDAR, WORKER = table_of(t.CalendarVersionRow), table_of(t.Worker)
LOOK_EVERY = 1.0  # seconds


class CalendarShelf:
    """The calendars as they stand: those of files, and those published since. What is published stands for good."""

    def __init__(self, files: Calendars) -> None:
        self._files = files
        self._published = 0
        self._look_at = 0.0
        self.now = files

    def look(self, connection: Connection, *, at_once: bool = False) -> None:
        """See whether more has been published, at most once a second unless asked to look at once."""
        if not at_once and time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY
        published = connection.execute(select(func.count()).select_from(CALENDAR)).scalar_one()
        if published != self._published:
            self.now = with_published(self._files, read_published(connection))
            self._published = published


def read_published(connection: Connection) -> list[ServiceCalendar]:
    """Every version the county has published, oldest first."""
    bodies = connection.execute(select(CALENDAR.c.body).order_by(CALENDAR.c.key, CALENDAR.c.version)).scalars()
    return [ServiceCalendar.model_validate_json(body) for body in bodies]


def publications(connection: Connection) -> list[dict[str, Any]]:
    """Every publication, oldest first; `who` is the worker's name, or `system`."""
    rows = [dict(row) for row in connection.execute(select(CALENDAR).order_by(CALENDAR.c.published_at)).mappings()]
    people = {row["published_by"] for row in rows} - {"system"}
    known = select(WORKER.c.worker_id, WORKER.c.name).where(WORKER.c.worker_id.in_(people))
    names = {row.worker_id: row.name for row in connection.execute(known)}
    return [row | {"who": names.get(row["published_by"], row["published_by"])} for row in rows]


def with_published(files: Calendars, published: Iterable[ServiceCalendar]) -> Calendars:
    """Both together. A file that gives a published version other contents is passed over: promises count on it."""
    standing = {(calendar.key, calendar.version): calendar for calendar in published}
    others = [calendar for calendar in files if (calendar.key, calendar.version) not in standing]
    return Calendars([*others, *standing.values()])


def seconds_until_known(connection: Connection, now: datetime) -> float:
    """How long until every process has seen the newest version: only then does no promise start on an older one."""
    newest = connection.execute(select(func.max(CALENDAR.c.published_at))).scalar()
    since = (now - newest).total_seconds() if newest else float("inf")
    return max(0.0, 2 * LOOK_EVERY - max(0.0, since))


def publish_calendar(
    connection: Connection,
    tenant_id: str,
    known: Calendars,
    calendar: ServiceCalendar,
    *,
    why: str,
    by: str,
    now: datetime,
) -> bool:
    """Store a version for new promises to start on; False when it is there already.

    A version never changes, and a new one is newer than all there are: `CalendarError` otherwise.
    """
    if not is_new(known, calendar):
        return False
    content = {
        "tenant_id": tenant_id,
        "key": calendar.key,
        "version": calendar.version,
        "valid_from": calendar.valid_from,
        "body": body_of(calendar),
        "hash": hash_of(calendar),
        "why": why,
        "published_at": now,
        "published_by": by,
    }
    connection.execute(insert(CALENDAR).values(**content))
    return True


def is_new(known: Calendars, calendar: ServiceCalendar) -> bool:
    """Whether this version is not there yet; an edit that doesn't take the next number is refused."""
    there = {each.version: each for each in known if each.key == calendar.key}
    if there.get(calendar.version) == calendar:
        return False
    if calendar.version <= max(there, default=0):
        raise version_taken(calendar, max(there) + 1)
    return True


def body_of(calendar: ServiceCalendar) -> str:
    """The calendar as canonical text: the same contents give the same text."""
    content = json.loads(calendar.model_dump_json())
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(calendar: ServiceCalendar) -> str:
    return hashlib.sha256(body_of(calendar).encode()).hexdigest()


def version_taken(calendar: ServiceCalendar, following: int) -> CalendarError:
    """The refusal of an edit under a number that is not the next one."""
    key, number = calendar.key, calendar.version
    return CalendarError(
        fi=f'Kalenterin "{key}" versio {number} on jo olemassa; anna muutokselle versionumero {following}.',
        sv=f"Version {number} av kalendern ”{key}” finns redan; ge ändringen versionsnumret {following}.",
        en=f'Version {number} of calendar "{key}" is there already; give the edit version number {following}.',
    )
