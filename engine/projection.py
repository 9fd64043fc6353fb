"""Projection: a case as rows and rows as a case. A part's columns carry the names of the value's fields."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table

from engine import tables as t
from pathways.case import Assignment, Case, CaseClient, Handover, Member, StepRun, Timer
from pathways.client_plan import ClientPlan
from pathways.consultation import OPEN, Consultation
from pathways.service_promise import PauseInterval, ServicePromise, Tier

Row = dict[str, Any]


def table_of(model: Any) -> Table:
    table: Table = model.__table__
    return table


@dataclass(frozen=True, slots=True)
class PartOfCase:
    """One mapping of the case: its name there, its table, its value class, its key and which rows are live."""

    name: str
    table: Table
    value: type[Any]
    key: tuple[str, ...]
    live: str
    field_names: tuple[str, ...]


def _part(name: str, model: Any, value: type[Any], key: tuple[str, ...], live: str) -> PartOfCase:
    return PartOfCase(name, table_of(model), value, key, live, tuple(field.name for field in fields(value)))


_OPEN_CONSULTATIONS = ", ".join(f"'{state}'" for state in OPEN)

PARTS: tuple[PartOfCase, ...] = (
    _part("clients", t.CaseClientRow, CaseClient, ("client_id",), "until IS NULL"),
    _part(
        "runs",
        t.StepRunRow,
        StepRun,
        ("run_id",),
        f"({t.LIVE_RUN_SQL} OR parent_run_id IN (SELECT p.run_id FROM step_run p WHERE p.tenant_id = step_run.tenant_id"
        f" AND p.case_id = step_run.case_id AND p.{t.LIVE_RUN_SQL}))",
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
CASE_FIELDS = tuple(
    field.name for field in fields(Case) if field.name not in PART_NAMES and field.name not in ("tenant_id", "case_id")
)


def key_of(part: PartOfCase, row: Mapping[str, Any]) -> Any:
    """How the case's mapping names this row."""
    if part.name == "members":
        return f"{row['worker_id']}:{row['ground']}"
    return row[part.key[0]]


def value_of(part: PartOfCase, row: Mapping[str, Any]) -> Any:
    """The value a row holds."""
    return part.value(**{name: _from_row(name, row[name]) for name in part.field_names})


def row_of(part: PartOfCase, case: Case, value: Any) -> Row:
    """The row that holds a value."""
    row: Row = {name: _to_row(getattr(value, name)) for name in part.field_names}
    return {"tenant_id": case.tenant_id, "case_id": case.case_id, **row}


def case_row(case: Case) -> Row:
    """The row of the case itself."""
    row: Row = {name: _to_row(getattr(case, name)) for name in CASE_FIELDS}
    return {"tenant_id": case.tenant_id, "case_id": case.case_id, **row}


def case_of(row: Mapping[str, Any], parts: Mapping[str, Any]) -> Case:
    """The case that its row and the loaded values of its parts say."""
    scalars = {name: _from_row(name, row[name]) for name in CASE_FIELDS}
    return Case(case_id=row["case_id"], tenant_id=row["tenant_id"], **scalars, **parts)


_TUPLES = {"missing", "explanation"}


def _from_row(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "pauses":
        return tuple(PauseInterval(_moment(start), _moment(end), reason) for start, end, reason in value)
    if name == "tiers":
        return tuple(Tier(key, _moment(fire_at)) for key, fire_at in value)
    if name == "attempts":
        return tuple((_moment(at), channel) for at, channel in value)
    if name == "approvals":
        return tuple((end, role) for end, role in value)
    return tuple(value) if name in _TUPLES else value


def _to_row(value: Any) -> Any:
    if value.__class__ is tuple:
        return [_to_json(part) for part in value]
    return dict(value) if value.__class__ is MappingProxyType else value


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


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
