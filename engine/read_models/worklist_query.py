"""The questions behind the worklist: whose rows they are, which clock is the worst of each, in which group it falls."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, false, func, literal, null, or_, select

from engine import tables as t
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from engine.read_models.visible_cases import in_my_care, in_queue, led_units
from engine.tables import Utc
from pathways.actor import Actor
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

View = Literal["own", "queue", "consultations", "waiting"]

CASE = CASE_TABLE
PROMISE = table_of(t.PromiseRow)
CONSULTATION = table_of(t.ConsultationRow)
HANDOVER = table_of(t.HandoverRow)

FAR = datetime(9000, 1, 1, tzinfo=UTC)
"""Where what has no due instant is sorted."""
UNANSWERED = ("requested", "accepted")
NO_CLOCK = 3


@dataclass(frozen=True, slots=True)
class Spans:
    """Where the groups end: now, the end of today, the end of next week (ISO weeks, Helsinki)."""

    now: datetime
    today_ends: datetime
    soon_ends: datetime


def spans_of(now: datetime) -> Spans:
    today = now.astimezone(HELSINKI).date()
    next_sunday = today + timedelta(days=13 - today.weekday())
    return Spans(now, end_of_day(today, HELSINKI), end_of_day(next_sunday, HELSINKI))


def bucket_of(spans: Spans, due_at: ColumnElement[Any]) -> ColumnElement[int]:
    """0 late, 1 today, 2 this and next week, 3 later, paused or without a clock. Due itself is still in time."""
    return case(
        (due_at < spans.now, 0), (due_at <= spans.today_ends, 1), (due_at <= spans.soon_ends, 2), else_=NO_CLOCK
    )


def kind_rank(kind: ColumnElement[Any]) -> ColumnElement[int]:
    """Statutory before promise before target."""
    return case((kind == "statutory", 0), (kind == "promise", 1), (kind == "target", 2), else_=NO_CLOCK)


def entries_of(reading: Reading, view: View, spans: Spans, pathway: str | None, unit: str | None) -> Select[Any]:
    """The rows of a view with their sort key: case_id, consultation_id, promise_id, bucket, kind_rank, due_or_far, row_id."""
    if view == "consultations":
        return _consultations(reading, spans)
    return _cases(reading, spans, _of_view(reading, view), pathway, unit)


def count_of(reading: Reading, view: View) -> ColumnElement[int]:
    """How many rows a view holds, as a subquery: no clock needs to be looked at for that."""
    if view == "consultations":
        rows = _asked(reading).subquery()
        return select(func.count()).select_from(rows).scalar_subquery()
    wanted = (CASE.c.tenant_id == reading.actor.tenant_id, CASE.c.state == "open", _of_view(reading, view))
    return select(func.count()).select_from(CASE).where(*wanted).scalar_subquery()


def _of_view(reading: Reading, view: View) -> ColumnElement[bool]:
    actor = reading.actor
    if view == "queue":
        return _queue(actor)
    mine = in_my_care(actor, reading.today)
    return mine & _waits_for_others(actor) if view == "waiting" else mine


def _queue(actor: Actor) -> ColumnElement[bool]:
    """What my units' queues answer for; a restricted case stands there for the lead who names its worker."""
    led = led_units(actor)
    units = actor.units | led
    if not units:
        return false()
    open_to_me = CASE.c.restricted.is_(False)
    return in_queue(actor, units) & (or_(open_to_me, in_queue(actor, led)) if led else open_to_me)


def _waits_for_others(actor: Actor) -> ColumnElement[bool]:
    asked = select(CONSULTATION.c.case_id).where(
        CONSULTATION.c.tenant_id == actor.tenant_id, CONSULTATION.c.state.in_(UNANSWERED)
    )
    offered = select(HANDOVER.c.case_id).where(HANDOVER.c.tenant_id == actor.tenant_id, HANDOVER.c.state == "proposed")
    return CASE.c.case_id.in_(asked) | CASE.c.case_id.in_(offered)


def _cases(
    reading: Reading, spans: Spans, whose: ColumnElement[bool], pathway: str | None, unit: str | None
) -> Select[Any]:
    wanted = [CASE.c.tenant_id == reading.actor.tenant_id, CASE.c.state == "open", whose]
    if pathway:
        wanted.append(CASE.c.pathway_id == pathway)
    if unit:
        wanted.append(CASE.c.unit_id == unit)
    cases = select(CASE.c.tenant_id, CASE.c.case_id).where(*wanted).subquery("cases")
    worst = worst_clocks(spans, select(cases.c.case_id), reading.actor.tenant_id).subquery("worst")
    return _entries(
        cases.outerjoin(worst, (worst.c.case_id == cases.c.case_id) & (worst.c.place == 1)),
        cases.c.case_id,
        null(),
        worst,
    )


def worst_clocks(spans: Spans, cases: Select[Any], tenant_id: str) -> Select[Any]:
    """The live clocks of these cases, each with its place among those of its case: the worst is 1."""
    bucket, rank = bucket_of(spans, PROMISE.c.due_at), kind_rank(PROMISE.c.kind)
    order = (bucket, rank, PROMISE.c.due_at, PROMISE.c.promise_id)
    place = func.row_number().over(partition_by=PROMISE.c.case_id, order_by=order)
    return select(
        PROMISE.c.case_id,
        PROMISE.c.promise_id,
        PROMISE.c.due_at,
        bucket.label("bucket"),
        rank.label("kind_rank"),
        place.label("place"),
    ).where(PROMISE.c.tenant_id == tenant_id, PROMISE.c.state.in_(("running", "paused")), PROMISE.c.case_id.in_(cases))


def asked_of(actor: Actor) -> ColumnElement[bool]:
    """Consultations put to me: by name, taken by me, or open to my profession. Twin of `engine.access.is_asked`."""
    by_name = or_(CONSULTATION.c.worker_id == actor.worker_id, CONSULTATION.c.accepted_by == actor.worker_id)
    untaken = and_(CONSULTATION.c.worker_id.is_(None), CONSULTATION.c.accepted_by.is_(None))
    organisation = CONSULTATION.c.organisation
    to_my_profession = and_(
        untaken,
        CONSULTATION.c.profession.in_(actor.professions),
        organisation.is_(None) | (organisation == actor.organisation),
        CONSULTATION.c.asked_by != actor.worker_id,
        CASE.c.restricted.is_(False),
    )
    return by_name | to_my_profession


def _asked(reading: Reading) -> Select[Any]:
    return (
        select(CONSULTATION.c.case_id, CONSULTATION.c.consultation_id)
        .join(CASE, (CASE.c.tenant_id == CONSULTATION.c.tenant_id) & (CASE.c.case_id == CONSULTATION.c.case_id))
        .where(
            CONSULTATION.c.tenant_id == reading.actor.tenant_id,
            CONSULTATION.c.state.in_(UNANSWERED),
            CASE.c.state == "open",
            asked_of(reading.actor),
        )
    )


def _consultations(reading: Reading, spans: Spans) -> Select[Any]:
    """Questions that wait for my answer, each with its own clock."""
    tenant_id = reading.actor.tenant_id
    asked = _asked(reading).subquery("asked")
    clocks = (
        select(
            PROMISE.c.subject_id,
            PROMISE.c.promise_id,
            PROMISE.c.due_at,
            bucket_of(spans, PROMISE.c.due_at).label("bucket"),
            kind_rank(PROMISE.c.kind).label("kind_rank"),
            func.row_number().over(partition_by=PROMISE.c.subject_id, order_by=PROMISE.c.due_at).label("place"),
        )
        .where(
            PROMISE.c.tenant_id == tenant_id,
            PROMISE.c.state.in_(("running", "paused")),
            PROMISE.c.case_id.in_(select(asked.c.case_id)),  # the way in: promises are found by their case
            PROMISE.c.subject_id.in_(select(asked.c.consultation_id)),
        )
        .subquery("clocks")
    )
    on = (clocks.c.subject_id == asked.c.consultation_id) & (clocks.c.place == 1)
    return _entries(asked.outerjoin(clocks, on), asked.c.case_id, asked.c.consultation_id, clocks)


def _entries(joined: Any, case_id: Any, consultation_id: Any, clock: Any) -> Select[Any]:
    named = case_id if isinstance(consultation_id, type(null())) else consultation_id
    return select(
        case_id.label("case_id"),
        consultation_id.label("consultation_id"),
        clock.c.promise_id.label("promise_id"),
        func.coalesce(clock.c.bucket, NO_CLOCK).label("bucket"),
        func.coalesce(clock.c.kind_rank, NO_CLOCK).label("kind_rank"),
        func.coalesce(clock.c.due_at, literal(FAR, Utc)).label("due_or_far"),
        cast(named, String).label("row_id"),
    ).select_from(joined)
