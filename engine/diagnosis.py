"""Diagnosis: every stuck case and late timer, and what to do about it. Case numbers and kinds only, nothing about clients."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from engine import tables as t
from engine.clock import SystemClock
from engine.due_cases import PROMISE, TIMER
from engine.handle import Engine
from engine.incidents import INCIDENT
from engine.outbox import OUTBOX
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.promise_places import Place, promise_places
from engine.published import PUBLISHED
from engine.recalculation import how_many_wait, preview
from engine.seals import SEAL
from engine.sweep import CLOCKS_DIFFER

WORKER, ASSIGNMENT, RUN = (table_of(model) for model in (t.Worker, t.AssignmentRow, t.StepRunRow))
LATE = timedelta(seconds=60)
RECENT = timedelta(days=7)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is not well: what, since when, which cases by number (the first few), and the remedy."""

    kind: str
    sentence: str
    remedy: str
    count: int = 1
    since: datetime | None = None
    cases: tuple[str, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


def diagnose(engine: Engine) -> list[Complaint]:
    """Look at everything once; an empty list is good health."""
    now = engine.clock.now()
    with engine.database.read() as connection:
        found = [complaint for look in LOOKS for complaint in look(connection, now)]
        if isinstance(engine.clock, SystemClock):
            found += _clocks(now, engine.database.now(connection, now))
        edited = how_many_wait(connection, engine.calendars)
    return found + (_on_an_edited_calendar(engine) if edited else [])


def _on_an_edited_calendar(engine: Engine) -> list[Complaint]:
    """Promises that an edit has not reached yet; those that stay because of a pause are as they should be."""
    seen = preview(engine).total
    waiting = seen.promises - seen.stayed
    sentence = f"{waiting} running promises count on a calendar that has been edited since."
    remedy = "Look at `pathways recalculate`, and run it with --apply; one that was interrupted goes on."
    return [Complaint("not_recalculated", sentence, remedy, waiting)] if waiting else []


def _set_aside(connection: Connection, now: datetime) -> Iterator[Complaint]:
    question = select(CASE).where(CASE.c.set_aside_at.is_not(None)).order_by(CASE.c.set_aside_at)
    for row in connection.execute(question.limit(SHOWN)):
        yield Complaint(
            "case_set_aside",
            f"Case {row.number} broke the sweep {row.set_aside_tries} times: {row.set_aside_error}.",
            f"Its timers are tried again at {_at(row.set_aside_until)}; its log line has where it broke.",
            since=row.set_aside_at,
            cases=(row.number,),
            detail={"tries": row.set_aside_tries, "next_try_at": row.set_aside_until.isoformat()},
        )


def _out_of_place(connection: Connection, now: datetime) -> Iterator[Complaint]:
    """Promises that nothing would ever wake: a fault of ours, never of a unit."""
    for place in promise_places(connection, now):
        if place.is_wrong:
            remedy = "Look at `pathways verify`; what the journal says of these promises is what must stand."
            yield Complaint(
                f"promises_{place.kind}", place.in_words("en"), remedy, place.count, place.since, place.cases
            )


def _on_a_withdrawn_version(connection: Connection, now: datetime) -> Iterator[Complaint]:
    """Running cases of a version that must not be used: each needs another one."""
    same = (PUBLISHED.c.tenant_id == CASE.c.tenant_id) & (PUBLISHED.c.pathway_id == CASE.c.pathway_id)
    same &= (PUBLISHED.c.version == CASE.c.version) & PUBLISHED.c.withdrawn_at.is_not(None)
    of = (PUBLISHED.c.pathway_id, PUBLISHED.c.version)
    counts = select(*of, func.count().label("cases"), func.min(PUBLISHED.c.withdrawn_at).label("since"))
    counts = counts.join_from(PUBLISHED, CASE, same).where(CASE.c.state == "open").group_by(*of).order_by(*of)
    for row in connection.execute(counts).all():
        mine = (CASE.c.pathway_id == row.pathway_id) & (CASE.c.version == row.version) & (CASE.c.state == "open")
        first = connection.execute(select(CASE.c.number).where(mine).order_by(CASE.c.case_id).limit(SHOWN)).scalars()
        sentence = f"{row.cases} cases run on {row.pathway_id} version {row.version}, which is withdrawn."
        remedy = f"Move them: pathways migrate {row.pathway_id} --from {row.version} --to VERSION --plan FILE"
        yield Complaint("version_withdrawn", sentence, remedy, row.cases, row.since, tuple(first))


def where_promises_wait(engine: Engine) -> list[Place]:
    """Which promises wait and whom for: that is work to be done, not a fault."""
    with engine.database.read() as connection:
        return [place for place in promise_places(connection, engine.clock.now()) if not place.is_wrong]


def _late_timers(connection: Connection, now: datetime) -> Iterator[Complaint]:
    tried = or_(CASE.c.set_aside_until.is_(None), CASE.c.set_aside_until <= now)
    for table, instant, open_ in (
        (PROMISE, PROMISE.c.next_fire_at, PROMISE.c.next_fire_at.is_not(None)),
        (TIMER, TIMER.c.fire_at, TIMER.c.fired_at.is_(None)),
    ):
        same = (CASE.c.tenant_id == table.c.tenant_id) & (CASE.c.case_id == table.c.case_id)
        late = select(func.count(), func.min(instant)).select_from(table.join(CASE, same))
        count, since = connection.execute(late.where(open_, tried, instant < now - LATE)).one()
        if count:
            what = "promises" if table is PROMISE else "timers"
            yield Complaint(
                f"late_{what}",
                f"{count} {what} should have been looked at, the first at {_at(since)}.",
                "See that `pathways timers` and `pathways worker` run and reach PostgreSQL and Redis, or that `up` runs.",
                count,
                since,
            )


def _messages(connection: Connection, now: datetime) -> Iterator[Complaint]:
    open_ = OUTBOX.c.relayed_at.is_(None) & OUTBOX.c.cancelled_at.is_(None)
    untold = open_ & or_(
        OUTBOX.c.next_try_at.is_(None), OUTBOX.c.next_try_at < now - LATE
    )  # others wait for an opening
    question = select(func.count(), func.min(OUTBOX.c.made_at)).where(untold, OUTBOX.c.made_at < now - LATE)
    count, since = connection.execute(question.where(OUTBOX.c.error.is_(None))).one()
    if count:
        yield Complaint(
            "late_messages",
            f"{count} messages wait to be told, the first since {_at(since)}.",
            "See that a worker runs.",
            count,
            since,
        )
    for error, failed, first in connection.execute(
        select(OUTBOX.c.error, func.count(), func.min(OUTBOX.c.made_at))
        .where(open_, OUTBOX.c.error.is_not(None))
        .group_by(OUTBOX.c.error)
    ):
        yield Complaint(
            "letters_not_delivered",
            f"{failed} letters don't get through: {error}.",
            "See PATHWAYS_SMTP_URL and the mail server; they are tried again for two days.",
            failed,
            first,
        )


def _without_a_way_on(connection: Connection, now: datetime) -> Iterator[Complaint]:
    own = (RUN.c.tenant_id == CASE.c.tenant_id) & (RUN.c.case_id == CASE.c.case_id)
    live = exists().where(own, RUN.c.state.in_(("waiting", "open", "started")))
    yield from _cases(
        connection,
        "no_open_step",
        (CASE.c.state == "open") & ~live,
        "are open, but no step of theirs is",
        "A worker closes them, or decides with the team lead how they go on.",
    )


def _answered_by_leavers(connection: Connection, now: datetime) -> Iterator[Complaint]:
    answers = (ASSIGNMENT.c.tenant_id == CASE.c.tenant_id) & (ASSIGNMENT.c.case_id == CASE.c.case_id)
    gone = (WORKER.c.worker_id == ASSIGNMENT.c.worker_id) & ~WORKER.c.active
    left = exists().where(answers, ASSIGNMENT.c.until.is_(None), ASSIGNMENT.c.kind == "responsible", gone)
    yield from _cases(
        connection,
        "answered_by_a_leaver",
        (CASE.c.state == "open") & left,
        "have a responsible worker who doesn't work here any more",
        "The unit's team lead names somebody else.",
    )


def _cases(
    connection: Connection, kind: str, which: ColumnElement[bool], what: str, remedy: str
) -> Iterator[Complaint]:
    question: Select[Any] = select(CASE.c.number).where(which).order_by(CASE.c.number)
    numbers = list(connection.execute(question).scalars())
    if numbers:
        shown = tuple(numbers[:SHOWN])
        more = " …" if len(numbers) > SHOWN else ""
        yield Complaint(
            kind, f"{len(numbers)} cases {what}: {', '.join(shown)}{more}", remedy, len(numbers), None, shown
        )


def _unsealed(connection: Connection, now: datetime) -> Iterator[Complaint]:
    sealed = (
        select(func.max(SEAL.c.sequence))
        .where(SEAL.c.tenant_id == CASE.c.tenant_id, SEAL.c.case_id == CASE.c.case_id)
        .scalar_subquery()
    )
    behind = (CASE.c.sequence > func.coalesce(sealed, 0)) & (CASE.c.recorded_at < now - LATE)
    count, since = connection.execute(select(func.count(), func.min(CASE.c.recorded_at)).where(behind)).one()
    if count:
        yield Complaint(
            "unsealed_journals",
            f"{count} journals have events that no seal covers, the first since {_at(since)}.",
            "See that a worker runs; `pathways verify` says more.",
            count,
            since,
        )


def _incidents(connection: Connection, now: datetime) -> Iterator[Complaint]:
    question = (
        select(INCIDENT.c.kind, func.count(), func.max(INCIDENT.c.at))
        .where(INCIDENT.c.closed_at.is_(None), INCIDENT.c.at > now - RECENT, INCIDENT.c.kind != "case_set_aside")
        .group_by(INCIDENT.c.kind)
        .order_by(INCIDENT.c.kind)
    )
    for kind, count, last in connection.execute(question):
        yield Complaint(
            f"incident_{kind}",
            f"{INCIDENTS.get(kind, kind)}: {count} times in a week, last at {_at(last)}.",
            REMEDIES.get(kind, "The table `incident` has the details."),
            count,
            last,
        )


def _clocks(ours: datetime, theirs: datetime) -> list[Complaint]:
    if abs(ours - theirs) <= CLOCKS_DIFFER:
        return []
    seconds = (ours - theirs).total_seconds()
    return [
        Complaint(
            "clocks_differ",
            f"This machine's clock differs from the database's by {seconds:.0f} seconds.",
            "Set both by NTP. Until then promises are judged by the clock that is behind.",
            detail={"process_ahead_by_seconds": seconds},
        )
    ]


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "some time"


LOOKS: tuple[Callable[[Connection, datetime], Iterator[Complaint]], ...] = (
    _set_aside,
    _out_of_place,
    _late_timers,
    _messages,
    _on_a_withdrawn_version,
    _without_a_way_on,
    _answered_by_leavers,
    _unsealed,
    _incidents,
)
INCIDENTS = {
    "empty_rung": "Nobody was in a place that should have heard",
    "clocks_differ": "A machine's clock differed from the database's",
    "letters_not_delivered": "Letters didn't get through",
}
REMEDIES = {
    "empty_rung": "Give each unit a team lead and a head; the next in line was told instead.",
    "clocks_differ": "Set both by NTP.",
    "letters_not_delivered": "See PATHWAYS_SMTP_URL and the mail server.",
}
