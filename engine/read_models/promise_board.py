"""The team lead's board: what is late now, what will be late today, who is missing. Units and roles, never persons' figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.handle import Reading
from engine.read_models.board_lists import absences, queue_rows, unanswered_rows
from engine.read_models.board_parts import AbsenceRow, BoardFigures, BoardRow, QueueRow, UnansweredRow, UnitShown
from engine.read_models.board_promises import DUE_TODAY, LATE, PAUSED, REASON_MISSING, RUNNING, figures, promise_rows
from engine.read_models.people_shown import unit_names
from engine.read_models.visible_cases import led_units
from pathways.errors import Malformed, NotAllowed, UnknownThing
from pathways.time_words import Language

__all__ = [
    "AbsenceRow",
    "BoardFigures",
    "BoardRow",
    "PromiseBoard",
    "QueueRow",
    "UnansweredRow",
    "UnitShown",
    "board_rows",
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


State = Literal["late", "today", "paused", "running", "reason_missing"]
STATES = {"late": LATE, "today": DUE_TODAY, "paused": PAUSED, "running": RUNNING, "reason_missing": REASON_MISSING}


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
    late, next_cursor = promise_rows(reading, language, LATE, units, kind, cursor, limit)
    names = unit_names(reading, board_units(reading, None), language)
    return PromiseBoard(
        units=tuple(UnitShown(id_, name) for id_, name in sorted(names.items(), key=lambda each: each[1])),
        figures=figures(reading, units),
        late=late,
        due_today=promise_rows(reading, language, DUE_TODAY, units, kind, None, limit)[0],
        no_responsible=queue_rows(reading, language, units, limit),
        absences=absences(reading, units),
        unanswered=unanswered_rows(reading, language, units, limit),
        reasons_missing=promise_rows(reading, language, REASON_MISSING, units, None, None, limit)[0],
        read_at=reading.now,
        next_cursor=next_cursor,
    )


def board_rows(
    reading: Reading,
    language: Language,
    *,
    state: str = "late",
    unit: str | None = None,
    kind: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[tuple[BoardRow, ...], str | None]:
    """Promises in one state, worst first, and the cursor to go on with."""
    if state not in STATES:
        raise Malformed("state", ", ".join(STATES))
    return promise_rows(reading, language, STATES[state], board_units(reading, unit), kind, cursor, limit)


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
