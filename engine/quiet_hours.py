"""Quiet hours: what only time has brought waits until whoever hears it is at work. What is acute, or just done, doesn't.

A worker hears in the opening hours of their units, or in those of a calendar of their own; a unit that is open round the
clock, or a worker of no unit, hears at once.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from engine.calendars import Calendars
from engine.people import UNIT, UNIT_MEMBER, WORKER
from pathways.time_refusals import CalendarError

WAITING_KINDS = frozenset(("promise_rung", "plan_review", "decide_not_reached", "tell_client_of_new_worker"))
"""What the passing of time tells. Everything else follows from somebody's act, so somebody is at work."""

WorkerKey = tuple[str, str]
"""Tenant and worker."""


def may_wait(kind: str, payload: dict[str, object]) -> bool:
    """Whether a message may wait for the opening: acute ones (E9, L3, D-01) never do, and who is on duty is at work."""
    return kind in WAITING_KINDS and not payload.get("acute") and not payload.get("on_duty")


def away_until(
    connection: Connection, calendars: Calendars, workers: Collection[WorkerKey], now: datetime
) -> dict[WorkerKey, datetime]:
    """Of these workers those who are off now, each with the opening they come back at."""
    opens: dict[WorkerKey, datetime] = {}
    for worker, names in _hours(connection, workers).items():
        at = min(_opening(calendars, name, now) for name in names)
        if at > now:
            opens[worker] = at
    return opens


def _opening(calendars: Calendars, name: str, now: datetime) -> datetime:
    """Now while it is open, else the next opening. A calendar nobody knows keeps nobody from hearing."""
    try:
        return calendars.in_force(name, now).effective_at(now)
    except CalendarError:
        return now


def _hours(connection: Connection, workers: Collection[WorkerKey]) -> dict[WorkerKey, set[str]]:
    """The calendars each worker hears in: their own, else those of their units."""
    if not workers:
        return {}
    question = (
        select(WORKER.c.tenant_id, WORKER.c.worker_id, WORKER.c.hours, UNIT.c.calendar, UNIT.c.round_the_clock)
        .join(
            UNIT_MEMBER,
            (UNIT_MEMBER.c.tenant_id == WORKER.c.tenant_id) & (UNIT_MEMBER.c.worker_id == WORKER.c.worker_id),
        )
        .join(UNIT, (UNIT.c.tenant_id == UNIT_MEMBER.c.tenant_id) & (UNIT.c.unit_id == UNIT_MEMBER.c.unit_id))
        .where(
            WORKER.c.tenant_id.in_({tenant_id for tenant_id, _ in workers}),
            WORKER.c.worker_id.in_({worker_id for _, worker_id in workers}),
        )
    )
    found: dict[WorkerKey, set[str]] = {}
    for row in connection.execute(question):
        unit_hours = ROUND_THE_CLOCK if row.round_the_clock else row.calendar
        found.setdefault((row.tenant_id, row.worker_id), set()).add(row.hours or unit_hours)
    return found


ROUND_THE_CLOCK = "24/7"
