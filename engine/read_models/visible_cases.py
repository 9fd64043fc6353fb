"""Which cases an actor sees, as a condition of a query: the set-based twin of `engine.access.decide`.

`is_visible` is looked up case by case, for few rows that something else has found. `in_my_care` and `in_queue` are sets
to begin with: a worker's cases are found through their own indexes, never by looking through those of the county.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, exists, false, or_, select, union

from engine import tables as t
from engine.access import CONSULTANT, works_with_clients
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from pathways.actor import Actor

ASSIGNMENT = table_of(t.AssignmentRow)
MEMBER = table_of(t.MemberRow)
RUN = table_of(t.StepRunRow)
HANDOVER = table_of(t.HandoverRow)
CASE = CASE_TABLE


@dataclass(frozen=True, slots=True)
class CaseGlance:
    """What tells of most cases whether somebody sees them."""

    case_id: str
    unit_id: str
    restricted: bool


def visible_among(reading: Reading, cases: Iterable[CaseGlance]) -> set[str]:
    """Those the reader sees. Open cases of their own units are known at a glance; the others are asked about."""
    cases, actor = list(cases), reading.actor
    mine = actor.units if works_with_clients(actor) else frozenset()
    seen = {case.case_id for case in cases if not case.restricted and case.unit_id in mine}
    doubtful = {case.case_id for case in cases} - seen
    if doubtful:
        question = _of_these(actor, reading.today)
        seen.update(reading.connection.execute(question, {"ids": sorted(doubtful)}).scalars())
    return seen


@lru_cache(maxsize=1024)
def _of_these(actor: Actor, today: date) -> Select[Any]:
    """Saying the whole condition takes longer than asking it: it is kept for who asks again."""
    return select(CASE.c.case_id).where(CASE.c.case_id.in_(bindparam("ids", expanding=True)), is_visible(actor, today))


def is_visible(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `client_case` rows; the two must agree, and a test compares them case by case."""
    return (CASE.c.tenant_id == actor.tenant_id) & or_(
        _by_unit(actor), _led(actor), _cared_for(actor, today), _as_member(actor, today), _proposed_to_me(actor)
    )


def in_my_care(actor: Actor, today: date) -> ColumnElement[bool]:
    """Cases I answer for, am the own worker of, stand in for today, or have a step of."""
    open_, mine = (ASSIGNMENT.c.tenant_id == actor.tenant_id, ASSIGNMENT.c.until.is_(None)), is_mine(actor, today)
    answered = (select(ASSIGNMENT.c.case_id).where(*open_, one) for one in mine)
    runs = select(RUN.c.case_id).where(*_my_runs(actor))
    return CASE.c.case_id.in_(union(*answered, runs))


def _cared_for(actor: Actor, today: date) -> ColumnElement[bool]:
    """The same, looked up for one case."""
    answered = _of_case(ASSIGNMENT, ASSIGNMENT.c.until.is_(None), or_(*is_mine(actor, today)))
    return answered | _of_case(RUN, *_my_runs(actor))


def _my_runs(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    live = RUN.c.state.in_(("waiting", "open", "started"))
    return RUN.c.tenant_id == actor.tenant_id, RUN.c.assignee == actor.worker_id, live


def _of_case(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    same = (table.c.tenant_id == CASE.c.tenant_id) & (table.c.case_id == CASE.c.case_id)
    return exists().where(same, *conditions).correlate(CASE)


def is_mine(actor: Actor, today: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions on an open assignment: mine or of one I stand in for; with me as its substitute today."""
    until = ASSIGNMENT.c.substitute_until
    stands_in = (ASSIGNMENT.c.substitute_id == actor.worker_id) & (until.is_(None) | (until >= today))
    return ASSIGNMENT.c.worker_id.in_({actor.worker_id, *actor.substitutes_for}), stands_in


def in_queue(actor: Actor, units: frozenset[str]) -> ColumnElement[bool]:
    """Cases for which a queue of these units answers. Restricted ones wait there for the lead alone."""
    queued = select(ASSIGNMENT.c.case_id).where(ASSIGNMENT.c.tenant_id == actor.tenant_id, *queued_for(units))
    return CASE.c.case_id.in_(queued)


def queued_for(units: frozenset[str]) -> tuple[ColumnElement[bool], ...]:
    """The conditions on an assignment that waits for somebody of these units."""
    waits = ASSIGNMENT.c.until.is_(None), ASSIGNMENT.c.kind == "responsible", ASSIGNMENT.c.worker_id.is_(None)
    return *waits, ASSIGNMENT.c.unit_id.in_(units)


def led_units(actor: Actor) -> frozenset[str]:
    """The units whose team lead this is."""
    if not actor.has("team_lead"):
        return frozenset()
    return actor.units if actor.leads is None else actor.leads


def _by_unit(actor: Actor) -> ColumnElement[bool]:
    if not works_with_clients(actor) or not actor.units:
        return false()
    queued = _of_case(ASSIGNMENT, *queued_for(actor.units))
    return CASE.c.restricted.is_(False) & (CASE.c.unit_id.in_(actor.units) | queued)


def _led(actor: Actor) -> ColumnElement[bool]:
    """A restricted case is the lead's while nobody is named for it."""
    units = led_units(actor)
    if not units:
        return false()
    answers = ASSIGNMENT.c.until.is_(None), ASSIGNMENT.c.kind == "responsible", ASSIGNMENT.c.worker_id.is_not(None)
    of_unit = CASE.c.unit_id.in_(units) | _of_case(ASSIGNMENT, *queued_for(units))
    return of_unit & (CASE.c.restricted.is_(False) | ~_of_case(ASSIGNMENT, *answers))


def _as_member(actor: Actor, today: date) -> ColumnElement[bool]:
    return _of_case(
        MEMBER,
        MEMBER.c.worker_id == actor.worker_id,
        MEMBER.c.left_at.is_(None),
        MEMBER.c.until.is_(None) | (MEMBER.c.until >= today),
        MEMBER.c.ground.not_like(f"{CONSULTANT}%"),
    )


def _proposed_to_me(actor: Actor) -> ColumnElement[bool]:
    """A case offered to my unit; a restricted one to its lead alone."""
    if not works_with_clients(actor):
        return false()
    return (CASE.c.restricted.is_(False) & _proposed_to(actor.units)) | _proposed_to(led_units(actor))


def _proposed_to(units: frozenset[str]) -> ColumnElement[bool]:
    return _of_case(HANDOVER, HANDOVER.c.state == "proposed", HANDOVER.c.to_unit.in_(units)) if units else false()
