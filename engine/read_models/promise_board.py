"""The team lead's board: what is late now, what will be late today, who is missing. Units and roles, never persons' figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import select

from engine import tables as t
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from engine.read_models.board_lists import absences, queue_rows, unanswered_rows
from engine.read_models.board_parts import AbsenceRow, BoardFigures, BoardRow, QueueRow, UnansweredRow, UnitShown
from engine.read_models.board_promises import parts_of_pages, promise_page
from engine.read_models.people_shown import unit_names
from engine.read_models.team_figures import figures
from engine.read_models.visible_cases import is_visible, led_units
from engine.read_models.worst_first import Standing as State
from pathways.errors import Malformed, NotAllowed, UnknownThing
from pathways.time_words import Language

__all__ = [
    "AbsenceRow",
    "BoardFigures",
    "BoardRow",
    "PromiseBoard",
    "QueueRow",
    "State",
    "UnansweredRow",
    "UnitShown",
    "board_rows",
    "board_units",
    "cases_of",
    "promise_board",
]


@dataclass(frozen=True, slots=True)
class PromiseBoard:
    units: tuple[UnitShown, ...]
    """The units this lead may look at."""
    figures: BoardFigures
    late: tuple[BoardRow, ...]
    """Worst first: statutory, promise, target; then the longest over."""
    due_today: tuple[BoardRow, ...]
    no_responsible: tuple[QueueRow, ...]
    absences: tuple[AbsenceRow, ...]
    unanswered: tuple[UnansweredRow, ...]
    reasons_missing: tuple[BoardRow, ...]
    read_at: datetime
    next_cursor: str | None
    """Of the late rows."""


CASE = CASE_TABLE
PROMISE = table_of(t.PromiseRow)
STATES: tuple[State, ...] = get_args(State)


def promise_board(
    reading: Reading,
    language: Language,
    *,
    unit: str | None = None,
    kind: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> PromiseBoard:
    """Everything a team lead must act on today, for all their units or the one named. `cursor` pages the late rows."""
    units = board_units(reading, unit)
    late = promise_page(reading, "late", units, kind, cursor, limit)
    due_today = promise_page(reading, "today", units, kind, None, limit)
    owed = promise_page(reading, "reason_missing", units, None, None, limit)
    parts = parts_of_pages(reading, language, late, due_today, owed)
    names = unit_names(reading, board_units(reading, None), language)
    return PromiseBoard(
        units=tuple(UnitShown(id_, name) for id_, name in sorted(names.items(), key=lambda each: each[1])),
        figures=figures(reading, units),
        late=late.rows(parts),
        due_today=due_today.rows(parts),
        no_responsible=queue_rows(reading, language, units, limit),
        absences=absences(reading, units),
        unanswered=unanswered_rows(reading, language, units, limit),
        reasons_missing=owed.rows(parts),
        read_at=reading.now,
        next_cursor=late.next_cursor,
    )


def board_rows(
    reading: Reading,
    language: Language,
    *,
    state: State = "late",
    unit: str | None = None,
    kind: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[tuple[BoardRow, ...], str | None]:
    """Promises in one state, worst first, and the cursor to go on with."""
    if state not in STATES:
        raise Malformed("state", ", ".join(STATES))
    page = promise_page(reading, state, board_units(reading, unit), kind, cursor, limit)
    return page.rows(parts_of_pages(reading, language, page)), page.next_cursor


def board_units(reading: Reading, unit: str | None) -> frozenset[str]:
    """The units whose board this reader sees: those they lead, else those they work in."""
    mine = led_units(reading.actor) or reading.actor.units
    if not mine:
        raise NotAllowed("board", "team_lead")
    if unit is None:
        return mine
    if unit not in mine:
        raise UnknownThing("unit", unit)
    return frozenset({unit})


def cases_of(reading: Reading, promise_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Case → the promises of it that were named, all on boards this reader leads; any other is unknown to them."""
    question = (
        select(PROMISE.c.case_id, PROMISE.c.promise_id)
        .join(CASE, (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id))
        .where(
            PROMISE.c.tenant_id == reading.actor.tenant_id,
            PROMISE.c.promise_id.in_(promise_ids),
            PROMISE.c.unit_id.in_(board_units(reading, None)),
            is_visible(reading.actor, reading.today),
        )
        .order_by(PROMISE.c.case_id, PROMISE.c.promise_id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in reading.connection.execute(question):
        found[row.case_id] = (*found.get(row.case_id, ()), row.promise_id)
    missing = set(promise_ids) - {promise_id for ids in found.values() for promise_id in ids}
    if missing:
        raise UnknownThing("promise", min(missing))
    return found
