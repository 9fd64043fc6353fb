"""Cases found by what is asked: their own state, pathway, unit, client or worker; the newest first. Only visible ones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, tuple_

from engine import tables as t
from engine.access_log import Read
from engine.client_identity import age_on
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from engine.read_models.cursors import from_cursor, to_cursor
from engine.read_models.list_parts import ListParts, parts_of
from engine.read_models.titles import pathway_title, step_title
from engine.read_models.visible_cases import in_my_care, is_visible
from pathways.time_words import Language

CASE = CASE_TABLE
CASE_CLIENT = table_of(t.CaseClientRow)
MOST = 200


@dataclass(frozen=True, slots=True)
class CaseWanted:
    """What cases are looked for; None asks for no limit."""

    state: str | None = None
    pathway: str | None = None
    unit: str | None = None
    client_id: str | None = None
    number: str | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    case_id: str
    number: str
    pathway_id: str
    pathway_title: str
    version: int
    state: str
    unit_id: str
    unit_name: str
    urgency: str
    restricted: bool
    client_id: str | None
    client_name: str | None
    client_birth_date: date | None
    client_age: int | None
    responsible_name: str | None
    step: str | None
    step_title: str
    opened_at: datetime
    closed_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class CaseList:
    rows: tuple[CaseRow, ...]
    next_cursor: str | None


def case_list(
    reading: Reading, language: Language, wanted: CaseWanted, *, cursor: str | None = None, limit: int = 50
) -> CaseList:
    """A page of the cases that are wanted and visible."""
    limit = min(max(limit, 1), MOST)
    found = reading.connection.execute(_page(reading, wanted, cursor, limit)).all()
    shown = [row.case_id for row in found[:limit]]
    reading.note(Read("cases", "unit", case_ids=tuple(shown)))
    parts = parts_of(reading, language, case_ids=shown, with_events=False)
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return CaseList(
        rows=tuple(_row(parts, case_id) for case_id in shown),
        next_cursor=to_cursor([last.opened_at, last.case_id]) if last else None,
    )


def _page(reading: Reading, wanted: CaseWanted, cursor: str | None, limit: int) -> Select[Any]:
    question = select(CASE.c.case_id, CASE.c.opened_at).where(is_visible(reading.actor, reading.today))
    equal = {"state": wanted.state, "pathway_id": wanted.pathway, "unit_id": wanted.unit, "number": wanted.number}
    question = question.where(*(CASE.c[name] == value for name, value in equal.items() if value is not None))
    if wanted.client_id:
        cases = select(CASE_CLIENT.c.case_id).where(
            CASE_CLIENT.c.tenant_id == reading.actor.tenant_id,
            CASE_CLIENT.c.client_id == wanted.client_id,
            CASE_CLIENT.c.until.is_(None),
        )
        question = question.where(CASE.c.case_id.in_(cases))
    if wanted.mine:
        question = question.where(in_my_care(reading.actor, reading.today))
    key = (CASE.c.opened_at, CASE.c.case_id)
    if cursor:
        after = from_cursor(cursor, (datetime, str))
        question = question.where(tuple_(*key) < tuple_(*after, types=[column.type for column in key]))
    return question.order_by(*(column.desc() for column in key)).limit(limit + 1)


def _row(parts: ListParts, case_id: str) -> CaseRow:
    case, client, run = parts.case(case_id), parts.client(case_id), parts.next_run(case_id)
    pathway, answering = parts.pathway(case_id), parts.answering(case_id)
    return CaseRow(
        case_id=case_id,
        number=case["number"],
        pathway_id=case["pathway_id"],
        pathway_title=pathway_title(pathway, parts.language),
        version=case["version"],
        state=case["state"],
        unit_id=case["unit_id"],
        unit_name=parts.units.get(case["unit_id"], ""),
        urgency=case["urgency"],
        restricted=case["restricted"],
        client_id=client["client_id"] if client else None,
        client_name=(client["name"] or client["temporary_id"]) if client else None,
        client_birth_date=client["birth_date"] if client else None,
        client_age=age_on(client["birth_date"], parts.reading.today, client["died_on"]) if client else None,
        responsible_name=answering["name"] if answering else None,
        step=run["step"] if run else None,
        step_title=step_title(pathway, run["step"], parts.language) if run else "",
        opened_at=case["opened_at"],
        closed_at=case["closed_at"],
        revision=case["revision"],
    )
