"""Which cases an actor sees, as a condition of a query: the set-based twin of `engine.access.decide`."""

from datetime import date

from sqlalchemy import ColumnElement, false, or_, select

from engine import tables as t
from engine.access import CONSULTANT, works_with_clients
from engine.projection import CASE_TABLE, table_of
from pathways.actor import Actor

ASSIGNMENT = table_of(t.AssignmentRow)
MEMBER = table_of(t.MemberRow)
RUN = table_of(t.StepRunRow)
HANDOVER = table_of(t.HandoverRow)
CASE = CASE_TABLE


def is_visible(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `client_case` rows; the two must agree, and a test compares them case by case."""
    return (CASE.c.tenant_id == actor.tenant_id) & or_(
        _by_unit(actor), _led(actor), in_my_care(actor, today), _as_member(actor, today), _proposed_to_me(actor)
    )


def in_my_care(actor: Actor, today: date) -> ColumnElement[bool]:
    """Cases I answer for, am the own worker of, stand in for today, or have a step of."""
    answered = select(ASSIGNMENT.c.case_id).where(
        ASSIGNMENT.c.tenant_id == actor.tenant_id, ASSIGNMENT.c.until.is_(None), is_mine(actor, today)
    )
    runs = select(RUN.c.case_id).where(
        RUN.c.tenant_id == actor.tenant_id,
        RUN.c.assignee == actor.worker_id,
        RUN.c.state.in_(("waiting", "open", "started")),
    )
    return CASE.c.case_id.in_(answered) | CASE.c.case_id.in_(runs)


def is_mine(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on an open assignment: mine, of one I stand in for, or with me as its substitute today."""
    until = ASSIGNMENT.c.substitute_until
    stands_in = (ASSIGNMENT.c.substitute_id == actor.worker_id) & (until.is_(None) | (until >= today))
    return ASSIGNMENT.c.worker_id.in_({actor.worker_id, *actor.substitutes_for}) | stands_in


def in_queue(actor: Actor, units: frozenset[str]) -> ColumnElement[bool]:
    """Cases for which a queue of these units answers. Restricted ones wait there for the lead alone."""
    queued = select(ASSIGNMENT.c.case_id).where(
        ASSIGNMENT.c.tenant_id == actor.tenant_id,
        ASSIGNMENT.c.until.is_(None),
        ASSIGNMENT.c.kind == "responsible",
        ASSIGNMENT.c.worker_id.is_(None),
        ASSIGNMENT.c.unit_id.in_(units),
    )
    return CASE.c.case_id.in_(queued)


def led_units(actor: Actor) -> frozenset[str]:
    """The units whose team lead this is."""
    if not actor.has("team_lead"):
        return frozenset()
    return actor.units if actor.leads is None else actor.leads


def _by_unit(actor: Actor) -> ColumnElement[bool]:
    if not works_with_clients(actor) or not actor.units:
        return false()
    return CASE.c.restricted.is_(False) & (CASE.c.unit_id.in_(actor.units) | in_queue(actor, actor.units))


def _led(actor: Actor) -> ColumnElement[bool]:
    """A restricted case is the lead's while nobody is named for it."""
    units = led_units(actor)
    if not units:
        return false()
    named = select(ASSIGNMENT.c.case_id).where(
        ASSIGNMENT.c.tenant_id == actor.tenant_id,
        ASSIGNMENT.c.until.is_(None),
        ASSIGNMENT.c.kind == "responsible",
        ASSIGNMENT.c.worker_id.is_not(None),
    )
    of_unit = CASE.c.unit_id.in_(units) | in_queue(actor, units)
    return of_unit & (CASE.c.restricted.is_(False) | CASE.c.case_id.not_in(named))


def _as_member(actor: Actor, today: date) -> ColumnElement[bool]:
    memberships = select(MEMBER.c.case_id).where(
        MEMBER.c.tenant_id == actor.tenant_id,
        MEMBER.c.worker_id == actor.worker_id,
        MEMBER.c.left_at.is_(None),
        MEMBER.c.until.is_(None) | (MEMBER.c.until >= today),
        MEMBER.c.ground.not_like(f"{CONSULTANT}%"),
    )
    return CASE.c.case_id.in_(memberships)


def _proposed_to_me(actor: Actor) -> ColumnElement[bool]:
    """A case offered to my unit; a restricted one to its lead alone."""
    if not works_with_clients(actor):
        return false()
    return (CASE.c.restricted.is_(False) & _proposed_to(actor, actor.units)) | _proposed_to(actor, led_units(actor))


def _proposed_to(actor: Actor, units: frozenset[str]) -> ColumnElement[bool]:
    if not units:
        return false()
    offered = select(HANDOVER.c.case_id).where(
        HANDOVER.c.tenant_id == actor.tenant_id, HANDOVER.c.state == "proposed", HANDOVER.c.to_unit.in_(units)
    )
    return CASE.c.case_id.in_(offered)
