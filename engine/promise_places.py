"""Promise places: every promise that is not where it should be, and for whom those wait that are overdue.

By case number, unit and count; no client and no worker is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, case, exists, func, literal, select

from engine import tables as t
from engine.due_cases import PROMISE, TIMER
from engine.people import UNIT
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from pathways.definition_parts import Text
from pathways.time_words import Language

ASSIGNMENT = table_of(t.AssignmentRow)
SHOWN = 20
WRONG = ("dormant", "missed", "pause_without_end")
"""Places in which no promise may be; the others are where promises wait, and whom for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where promises stand: how many, the earliest instant of theirs, the first cases by number, and which unit's."""

    kind: str
    count: int
    since: datetime | None
    cases: tuple[str, ...] = ()
    unit: Text | None = None

    @property
    def is_wrong(self) -> bool:
        return self.kind in WRONG

    def in_words(self, lang: Language) -> str:
        """One sentence."""
        since = f"{self.since:%Y-%m-%d %H:%M} UTC" if self.since else "–"
        unit = self.unit.in_language(lang) if self.unit else ""
        said = SENTENCES[self.kind].in_language(lang).format(count=self.count, since=since, unit=unit)
        more = " …" if len(self.cases) == SHOWN else ""
        return f"{said} ({', '.join(self.cases)}{more})" if self.cases else said


SENTENCES = {
    "dormant": Text(
        fi="Nukkuu: {count} käynnissä olevaa lupausta, joita mikään ei herätä; ensimmäinen määräaika {since}.",
        sv="Sover: {count} pågående löften som ingenting väcker; den första tidsfristen {since}.",
        en="Dormant: {count} running promises that nothing will wake; the first is due {since}.",
    ),
    "missed": Text(
        fi="Huomaamatta: {count} lupausta, joiden määräaika on mennyt ja joista ei ole myöhästymistä; ensimmäinen {since}.",
        sv="Inte märkta: {count} löften vars tidsfrist har gått ut utan förseningsanteckning; den första {since}.",
        en="Missed: {count} promises whose due instant has passed without a breach; the first at {since}.",
    ),
    "pause_without_end": Text(
        fi="Tauko ei pääty itsestään: {count} lupausta; ensimmäinen alkoi {since}.",
        sv="Pausen slutar inte av sig själv: {count} löften; det första började {since}.",
        en="A pause that will not end by itself: {count} promises; the first started {since}.",
    ),
    "unfired": Text(
        fi="Odottaa ajastinta: {count} lupausta, joiden hetki on tullut; ensimmäinen {since}.",
        sv="Väntar på tidtagningen: {count} löften vars stund har kommit; den första {since}.",
        en="Waiting for the timers: {count} promises whose instant has come; the first at {since}.",
    ),
    "set_aside": Text(
        fi="Odottaa sivuun pantua asiaa: {count} lupausta, joiden hetki on tullut; ensimmäinen {since}.",
        sv="Väntar på ett ärende som lagts åt sidan: {count} löften vars stund har kommit; den första {since}.",
        en="Waiting for a case set aside: {count} promises whose instant has come; the first at {since}.",
    ),
    "waits_for_worker": Text(
        fi="{unit}: {count} myöhässä olevaa lupausta odottaa vastuutyöntekijää; vanhin määräaika {since}.",
        sv="{unit}: {count} försenade löften väntar på den ansvariga arbetstagaren; den äldsta tidsfristen {since}.",
        en="{unit}: {count} overdue promises wait for the responsible worker; the oldest was due {since}.",
    ),
    "waits_for_queue": Text(
        fi="{unit}: {count} myöhässä olevaa lupausta odottaa jonossa, eikä kenelläkään ole niitä; vanhin määräaika {since}.",
        sv="{unit}: {count} försenade löften väntar i kön och ingen har hand om dem; den äldsta tidsfristen {since}.",
        en="{unit}: {count} overdue promises wait in the queue and nobody has them; the oldest was due {since}.",
    ),
}


def promise_places(connection: Connection, now: datetime) -> Iterator[Place]:
    """Everything that is out of its place, the wrong places first. Empty: all promises run towards their instants."""
    for kind, instant, which in (*_wrong_places(now), *_waiting_places(now)):
        yield from _counted(connection, kind, instant, which)
    yield from _waiting_for_whom(connection, now)


def _wrong_places(now: datetime) -> Iterator[tuple[str, ColumnElement[datetime | None], ColumnElement[bool]]]:
    unarmed = (PROMISE.c.state == "running") & PROMISE.c.next_fire_at.is_(None)
    yield "dormant", PROMISE.c.due_at, unarmed & (PROMISE.c.due_at >= now)
    yield "missed", PROMISE.c.due_at, unarmed & (PROMISE.c.due_at < now) & PROMISE.c.breached_at.is_(None)
    own = (TIMER.c.tenant_id == PROMISE.c.tenant_id) & (TIMER.c.case_id == PROMISE.c.case_id)
    resumes = exists().where(own, TIMER.c.fired_at.is_(None), TIMER.c.subject.startswith("resume:"))
    yield "pause_without_end", PROMISE.c.started_at, (PROMISE.c.state == "paused") & ~resumes


def _waiting_places(now: datetime) -> Iterator[tuple[str, ColumnElement[datetime | None], ColumnElement[bool]]]:
    due, aside = PROMISE.c.next_fire_at <= now, CASE.c.set_aside_at.is_not(None)
    yield "unfired", PROMISE.c.next_fire_at, due & ~aside
    yield "set_aside", PROMISE.c.next_fire_at, due & aside


def _counted(
    connection: Connection, kind: str, instant: ColumnElement[datetime | None], which: ColumnElement[bool]
) -> Iterator[Place]:
    of_cases = PROMISE.join(CASE, _same_case(PROMISE))
    count, since = connection.execute(select(func.count(), func.min(instant)).select_from(of_cases).where(which)).one()
    if count:
        numbers = select(CASE.c.number).select_from(of_cases).where(which).distinct().order_by(CASE.c.number)
        yield Place(kind, count, since, tuple(connection.execute(numbers.limit(SHOWN)).scalars()))


def _waiting_for_whom(connection: Connection, now: datetime) -> Iterator[Place]:
    """Overdue promises by the unit that answers, with a worker named or not."""
    answers = and_(
        ASSIGNMENT.c.tenant_id == PROMISE.c.tenant_id,
        ASSIGNMENT.c.case_id == PROMISE.c.case_id,
        ASSIGNMENT.c.kind == "responsible",
        ASSIGNMENT.c.until.is_(None),
    )
    unit = func.coalesce(ASSIGNMENT.c.unit_id, PROMISE.c.unit_id)
    named = case((ASSIGNMENT.c.worker_id.is_not(None), literal("waits_for_worker")), else_=literal("waits_for_queue"))
    same = (UNIT.c.tenant_id == PROMISE.c.tenant_id) & (UNIT.c.unit_id == unit)
    since = func.min(PROMISE.c.due_at)
    question = (
        select(
            named.label("kind"), UNIT.c.name_fi, UNIT.c.name_sv, func.count().label("promises"), since.label("since")
        )
        .select_from(PROMISE.outerjoin(ASSIGNMENT, answers).join(UNIT, same))
        .where(PROMISE.c.state == "running", PROMISE.c.due_at < now)
        .group_by(named, UNIT.c.unit_id, UNIT.c.name_fi, UNIT.c.name_sv)
        .order_by(since)
    )
    for row in connection.execute(question.limit(SHOWN)):
        yield Place(row.kind, row.promises, row.since, (), Text(fi=row.name_fi, sv=row.name_sv))


def _same_case(table: Table) -> ColumnElement[bool]:
    return and_(CASE.c.tenant_id == table.c.tenant_id, CASE.c.case_id == table.c.case_id)
