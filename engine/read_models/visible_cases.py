"""Which cases an actor sees, as a condition of a query: the set-based twin of `engine.access.decide`.

`is_visible` is looked up case by case, for few rows that something else has found. `in_my_care` and `in_queue` are sets
to begin with: a worker's cases are found through their own indexes, never by looking through those of the county.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Table,
    bindparam,
    exists,
    false,
    or_,
    select,
    union,
)
from sqlalchemy.dialects.postgresql import psycopg

from engine import tables as t
from engine.access import CONSULTANT, works_with_clients
from engine.projection import CASE_TABLE, table_of
from engine.tables import Id
from pathways.actor import Actor

ASSIGNMENT = table_of(t.AssignmentRow)
MEMBER = table_of(t.MemberRow)
RUN = table_of(t.StepRunRow)
HANDOVER = table_of(t.HandoverRow)
CASE = CASE_TABLE
LISTS = ("my", "my_unit", "led")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as conditions say it: by values, or by the names of values for a statement that is kept.

    `units` is None for somebody whose business no unit's clients are, `led` for somebody who leads none.
    """

    tenant_id: Any
    worker_id: Any
    mine: Any
    """Those whose cases they care for: themselves, and whom they stand in for today."""
    units: Any
    led: Any
    today: Any


def asker_of(actor: Actor, today: date) -> Asker:
    return Asker(
        tenant_id=actor.tenant_id,
        worker_id=actor.worker_id,
        mine=sorted({actor.worker_id, *actor.substitutes_for}),
        units=(sorted(actor.units) or None) if works_with_clients(actor) else None,
        led=sorted(led_units(actor)) or None,
        today=today,
    )


def is_visible(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `client_case` rows; the two must agree, and a test compares them case by case."""
    return _visible(asker_of(actor, today))


def shape_of(who: Asker) -> tuple[int, int, int]:
    """How many there are of `mine`, `units` and `led`: as many values a statement names."""
    return len(who.mine), len(who.units or ()), len(who.led or ())


def values_of(who: Asker) -> dict[str, Any]:
    """The values of a statement by their names."""
    lists = {"my": who.mine, "my_unit": who.units or (), "led": who.led or ()}
    given = {"tenant_id": who.tenant_id, "worker_id": who.worker_id, "today": who.today}
    return given | {f"{name}_{n}": value for name, values in lists.items() for n, value in enumerate(values)}


@cache
def visible_by_name(shape: tuple[int, int, int]) -> tuple[str, Mapping[str, Any]]:
    """The condition as PostgreSQL's own words with `%(name)s` for values, and the values that are always the same."""
    mine, units, led = (
        [_later(f"{name}_{n}", Id) for n in range(many)] for name, many in zip(LISTS, shape, strict=True)
    )
    asker = Asker(
        tenant_id=_later("tenant_id", Id),
        worker_id=_later("worker_id", Id),
        mine=mine,
        units=units or None,
        led=led or None,
        today=_later("today", Date),
    )
    dialect = psycopg.dialect()  # type: ignore[no-untyped-call]
    said = select(_visible(asker).label("seen")).select_from(CASE)  # so that what is looked up is of this case
    compiled = said.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    words = re.fullmatch(r"SELECT (.*) AS seen\s+FROM client_case", str(compiled), re.DOTALL)
    if words is None or ", client_case" in words[1]:
        raise AssertionError("the condition looks at other cases than the one it is asked of")
    return words[1], {name: value for name, value in compiled.params.items() if value is not None}


def _later(name: str, kind: Any) -> BindParameter[Any]:
    return bindparam(name, type_=kind, required=False)


def in_my_care(actor: Actor, today: date) -> ColumnElement[bool]:
    """Cases I answer for, am the own worker of, stand in for today, or have a step of."""
    me = asker_of(actor, today)
    open_ = ASSIGNMENT.c.tenant_id == actor.tenant_id, ASSIGNMENT.c.until.is_(None)
    answered = (select(ASSIGNMENT.c.case_id).where(*open_, one) for one in _mine(me))
    return CASE.c.case_id.in_(union(*answered, select(RUN.c.case_id).where(*_my_runs(me))))


def in_queue(actor: Actor, units: frozenset[str]) -> ColumnElement[bool]:
    """Cases for which a queue of these units answers. Restricted ones wait there for the lead alone."""
    queued = select(ASSIGNMENT.c.case_id).where(ASSIGNMENT.c.tenant_id == actor.tenant_id, *_queued_for(sorted(units)))
    return CASE.c.case_id.in_(queued)


def led_units(actor: Actor) -> frozenset[str]:
    """The units whose team lead this is."""
    if not actor.has("team_lead"):
        return frozenset()
    return actor.units if actor.leads is None else actor.leads


def _visible(who: Asker) -> ColumnElement[bool]:
    """The commonest reason first: the database goes no further."""
    reasons = _by_unit(who), _led(who), _cared_for(who), _as_member(who), _proposed_to_me(who)
    of_county: ColumnElement[bool] = CASE.c.tenant_id == who.tenant_id
    return of_county & or_(*reasons)


def _by_unit(who: Asker) -> ColumnElement[bool]:
    if who.units is None:
        return false()
    queued = _of_case(ASSIGNMENT, *_queued_for(who.units))
    return CASE.c.restricted.is_(False) & (CASE.c.unit_id.in_(who.units) | queued)


def _led(who: Asker) -> ColumnElement[bool]:
    """A restricted case is the lead's while nobody is named for it."""
    if who.led is None:
        return false()
    answers = ASSIGNMENT.c.until.is_(None), ASSIGNMENT.c.kind == "responsible", ASSIGNMENT.c.worker_id.is_not(None)
    of_unit = CASE.c.unit_id.in_(who.led) | _of_case(ASSIGNMENT, *_queued_for(who.led))
    return of_unit & (CASE.c.restricted.is_(False) | ~_of_case(ASSIGNMENT, *answers))


def _cared_for(who: Asker) -> ColumnElement[bool]:
    answered = _of_case(ASSIGNMENT, ASSIGNMENT.c.until.is_(None), or_(*_mine(who)))
    return answered | _of_case(RUN, *_my_runs(who))


def _as_member(who: Asker) -> ColumnElement[bool]:
    return _of_case(
        MEMBER,
        MEMBER.c.worker_id == who.worker_id,
        MEMBER.c.left_at.is_(None),
        MEMBER.c.until.is_(None) | (MEMBER.c.until >= who.today),
        MEMBER.c.ground.not_like(f"{CONSULTANT}%"),
    )


def _proposed_to_me(who: Asker) -> ColumnElement[bool]:
    """A case offered to my unit; a restricted one to its lead alone."""
    if who.units is None:
        return false()
    return (CASE.c.restricted.is_(False) & _proposed_to(who.units)) | _proposed_to(who.led)


def _proposed_to(units: Any) -> ColumnElement[bool]:
    if units is None:
        return false()
    return _of_case(HANDOVER, HANDOVER.c.state == "proposed", HANDOVER.c.to_unit.in_(units))


def _mine(who: Asker) -> tuple[ColumnElement[bool], ...]:
    """The conditions on an open assignment: mine or of one I stand in for; with me as its substitute today."""
    until = ASSIGNMENT.c.substitute_until
    stands_in = (ASSIGNMENT.c.substitute_id == who.worker_id) & (until.is_(None) | (until >= who.today))
    return ASSIGNMENT.c.worker_id.in_(who.mine), stands_in


def _my_runs(who: Asker) -> tuple[ColumnElement[bool], ...]:
    live = RUN.c.state.in_(("waiting", "open", "started"))
    return RUN.c.tenant_id == who.tenant_id, RUN.c.assignee == who.worker_id, live


def _queued_for(units: Any) -> tuple[ColumnElement[bool], ...]:
    """The conditions on an assignment that waits for somebody of these units."""
    waits = ASSIGNMENT.c.until.is_(None), ASSIGNMENT.c.kind == "responsible", ASSIGNMENT.c.worker_id.is_(None)
    return *waits, ASSIGNMENT.c.unit_id.in_(units)


def _of_case(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the case has such a row."""
    same = (table.c.tenant_id == CASE.c.tenant_id) & (table.c.case_id == CASE.c.case_id)
    found: ColumnElement[bool] = exists().where(same, *conditions).correlate(CASE)
    return found
