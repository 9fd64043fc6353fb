"""Projection: a case as rows and rows as a case. A part's columns carry the names of the value's fields."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from engine import tables as t
from engine.columns import Changes, changed, changes_of
from pathways.case import Assignment, Case, CaseClient, Handover, Member, StepRun, Timer
from pathways.client_plan import ClientPlan
from pathways.consultation import OPEN, Consultation
from pathways.service_promise import PauseInterval, ServicePromise, Tier
from pathways.values import made

Row = dict[str, Any]
CaseKey = tuple[str, str]
"""(tenant, case)"""


def table_of(model: Any) -> Table:
    table: Table = model.__table__
    return table


@dataclass(frozen=True, slots=True)
class PartOfCase:
    """One mapping of the case: its name there, its table, its value class, its key and which rows are live.

    `live` holds several conditions where each has an index of its own, so that a long history is never read through.
    """

    name: str
    table: Table
    value: type[Any]
    key: tuple[str, ...]
    live: tuple[str, ...]
    field_names: tuple[str, ...]


def _part(name: str, model: Any, value: type[Any], key: tuple[str, ...], *live: str) -> PartOfCase:
    return PartOfCase(name, table_of(model), value, key, live, tuple(field.name for field in fields(value)))


_OPEN_CONSULTATIONS = ", ".join(f"'{state}'" for state in OPEN)

PARTS: tuple[PartOfCase, ...] = (
    _part("clients", t.CaseClientRow, CaseClient, ("client_id",), "until IS NULL"),
    _part(
        "runs",
        t.StepRunRow,
        StepRun,
        ("run_id",),
        t.LIVE_RUN_SQL,
        "parent_run_id IN (SELECT p.run_id FROM step_run p WHERE p.tenant_id = step_run.tenant_id"
        f" AND p.case_id = step_run.case_id AND p.{t.LIVE_RUN_SQL})",
    ),
    _part("promises", t.PromiseRow, ServicePromise, ("promise_id",), t.LIVE_PROMISE_SQL),
    _part("assignments", t.AssignmentRow, Assignment, ("assignment_id",), "until IS NULL"),
    _part("members", t.MemberRow, Member, ("worker_id", "ground"), "left_at IS NULL"),
    _part(
        "consultations",
        t.ConsultationRow,
        Consultation,
        ("consultation_id",),
        f"state IN ({_OPEN_CONSULTATIONS})",
    ),
    _part(
        "plans",
        t.PlanRow,
        ClientPlan,
        ("version",),
        "version = (SELECT max(v.version) FROM client_plan v WHERE v.tenant_id = client_plan.tenant_id"
        " AND v.case_id = client_plan.case_id)",
    ),
    _part("handovers", t.HandoverRow, Handover, ("handover_id",), "state = 'proposed'"),
    _part("timers", t.TimerRow, Timer, ("timer_id",), "fired_at IS NULL"),
)
CASE_TABLE = table_of(t.ClientCase)
PART_NAMES = frozenset(part.name for part in PARTS)
CASE_FIELDS = tuple(field.name for field in fields(Case) if field.name not in PART_NAMES)
"""The case's own columns, in the order in which `Case` takes them."""

Heard = Callable[[Table, tuple[str, ...]], Changes]
"""How a source of rows says a table's columns: see `engine/columns.py`."""


def key_of(part: PartOfCase, value: Any) -> Any:
    """How the case's mapping names this value."""
    if part.name == "members":
        return f"{value.worker_id}:{value.ground}"
    return getattr(value, part.key[0])


# --- rows as values -------------------------------------------------------------------------------------------


def value_of(part: PartOfCase, row: Mapping[str, Any]) -> Any:
    """The value a row holds."""
    return part.value(*changed([row[name] for name in part.field_names], _own_changes(part.field_names)))


def values_of(part: PartOfCase, rows: Sequence[Sequence[Any]] | None, heard: Heard) -> dict[Any, Any]:
    """The case's mapping of a part, from its rows as a driver says them: each in the order of the value's fields."""
    if not rows:
        return {}
    changes = _changes(part.table, part.field_names, heard)
    values = [made(part.value, part.field_names, changed(row, changes)) for row in rows]
    return {key_of(part, value): value for value in values}


def case_of(row: Sequence[Any], parts: Iterable[Mapping[Any, Any]], heard: Heard) -> Case:
    """The case that its row, in the order of `CASE_FIELDS`, and the values of its parts, in that of `PARTS`, say."""
    return made(Case, _EVERY_FIELD, [*changed(row, _changes(CASE_TABLE, CASE_FIELDS, heard)), *parts])


_EVERY_FIELD = (*CASE_FIELDS, *(part.name for part in PARTS))


@cache
def _changes(table: Table, columns: tuple[str, ...], heard: Heard) -> Changes:
    """What the driver's way of saying asks for, then what the value's own types do."""
    first, then = dict(heard(table, columns)), dict(_own_changes(columns))
    both = {place: _both(first[place], then[place]) for place in first.keys() & then.keys()}
    return tuple(sorted({**first, **then, **both}.items()))


def _both(first: Callable[[Any], Any], then: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: then(first(value))


@cache
def _own_changes(columns: tuple[str, ...]) -> Changes:
    return changes_of(_OWN_TYPES.get(name) for name in columns)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


_OWN_TYPES: dict[str, Callable[[Any], Any]] = {
    "pauses": lambda rows: tuple(PauseInterval(_moment(start), _moment(end), reason) for start, end, reason in rows),
    "tiers": lambda rows: tuple(Tier(key, _moment(fire_at)) for key, fire_at in rows),
    "attempts": lambda rows: tuple((_moment(at), channel) for at, channel in rows),
    "approvals": lambda rows: tuple((end, role) for end, role in rows),
    "missing": tuple,
    "explanation": tuple,
}


# --- values as rows -------------------------------------------------------------------------------------------


def row_of(part: PartOfCase, case: Case, value: Any) -> Row:
    """The row that holds a value."""
    return {"tenant_id": case.tenant_id, "case_id": case.case_id, **_columns(part.field_names, value)}


def case_row(case: Case) -> Row:
    """The row of the case itself."""
    return _columns(CASE_FIELDS, case)


def differing(names: tuple[str, ...], old: Any, new: Any) -> Row:
    """The columns in which two values differ, as the new one says them."""
    get = _all_of(names)
    return {
        name: [_to_json(each) for each in now] if now.__class__ is tuple else now
        for name, then, now in zip(names, get(old), get(new), strict=True)
        if then is not now and then != now
    }


def _columns(names: tuple[str, ...], value: Any) -> Row:
    return {
        name: [_to_json(each) for each in held] if held.__class__ is tuple else held
        for name, held in zip(names, _all_of(names)(value), strict=True)
    }


@cache
def _all_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    getter: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    return getter


def _to_json(value: Any) -> Any:
    match value:
        case PauseInterval(start, end, reason):
            return [start.isoformat(), end.isoformat(), reason]
        case Tier(key, fire_at):
            return [key, fire_at.isoformat()]
        case tuple():
            return [_to_json(part) for part in value]
        case datetime() | date():
            return value.isoformat()
    return value
