"""How finding candidates works: how many proposals people confirm, who noticed them, and whether all groups fare alike.

Counted by groups and never by person; a group of fewer than five is hidden from who doesn't know the clients anyway.
What happened before and after is left to those who study it: visits fall by themselves after their worst year.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select

from engine.candidates import CANDIDATE
from engine.client_identity import age_on
from engine.clients import CLIENT
from engine.handle import Reading
from engine.people import UNIT
from engine.read_models.report_access import check_period, hidden_keys, report_units
from pathways.local_time import end_of_day
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

FiguresBy = Literal["found_by", "unit", "language", "age", "reason"]
FIGURES_BYS: tuple[FiguresBy, ...] = ("found_by", "unit", "language", "age", "reason")
AGES = ((18, "0–17"), (40, "18–39"), (65, "40–64"), (80, "65–79"), (200, "80+"))
NOT_SAID = "–"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A group of proposals. `in_time` counts those decided within the county's own time. Hidden: counts are 0."""

    key: str
    candidates: int
    confirmed: int
    declined: int
    open: int
    lapsed: int
    in_time: int
    hidden: bool = False

    @property
    def confirmed_share(self) -> float | None:
        """Of those somebody has decided about: how often the proposal was right."""
        decided = self.confirmed + self.declined
        return self.confirmed / decided if decided else None


@dataclass(frozen=True, slots=True)
class CandidateFigures:
    from_on: date
    to_on: date
    by: FiguresBy
    rows: tuple[FigureRow, ...]
    total: FigureRow


def candidate_figures(
    reading: Reading,
    language: Language,
    *,
    from_on: date,
    to_on: date,
    by: FiguresBy = "found_by",
    unit: str | None = None,
) -> CandidateFigures:
    """Proposals found on these days, as they stand now. For leads and workers of their units; designers see the county."""
    check_period(from_on, to_on)
    units = report_units(reading, unit)
    begins, ends = end_of_day(date.fromordinal(from_on.toordinal() - 1), HELSINKI), end_of_day(to_on, HELSINKI)
    of_client = (CLIENT.c.tenant_id == CANDIDATE.c.tenant_id) & (CLIENT.c.client_id == CANDIDATE.c.client_id)
    of_unit = (UNIT.c.tenant_id == CANDIDATE.c.tenant_id) & (UNIT.c.unit_id == CANDIDATE.c.unit_id)
    name = UNIT.c.name_sv if language == "sv" else UNIT.c.name_fi
    question = (
        select(CANDIDATE, CLIENT.c.birth_date, CLIENT.c.language, name.label("unit_name"))
        .join(CLIENT, of_client)
        .join(UNIT, of_unit)
        .where(
            CANDIDATE.c.tenant_id == reading.actor.tenant_id,
            CANDIDATE.c.unit_id.in_(units.unit_ids),
            CANDIDATE.c.found_at >= begins,
            CANDIDATE.c.found_at < ends,
        )
    )
    groups: dict[str, list[Mapping[Any, Any]]] = defaultdict(list)
    everybody: list[Mapping[Any, Any]] = []
    for row in reading.connection.execute(question).mappings():
        groups[_key(by, row)].append(row)
        everybody.append(row)
    hidden = hidden_keys({key: len(rows) for key, rows in groups.items()}, units)
    rows = tuple(_hidden(key) if key in hidden else _row(key, groups[key]) for key in sorted(groups))
    few = hidden_keys({"": len(everybody)}, units)
    return CandidateFigures(from_on, to_on, by, rows, _hidden("") if few else _row("", everybody))


def _key(by: FiguresBy, row: Mapping[Any, Any]) -> str:
    if by == "age":
        age = age_on(row["birth_date"], row["found_at"].astimezone(HELSINKI).date())
        return NOT_SAID if age is None else next(name for below, name in AGES if age < below)
    column = {"found_by": "found_by", "unit": "unit_name", "language": "language", "reason": "reason"}[by]
    return str(row[column] or NOT_SAID)


def _row(key: str, rows: list[Mapping[Any, Any]]) -> FigureRow:
    states = [row["state"] for row in rows]
    decided = [row for row in rows if row["state"] in ("confirmed", "declined")]
    return FigureRow(
        key=key,
        candidates=len(rows),
        confirmed=states.count("confirmed"),
        declined=states.count("declined"),
        open=states.count("open"),
        lapsed=states.count("lapsed"),
        in_time=sum(row["decided_at"] <= row["due_at"] for row in decided),
    )


def _hidden(key: str) -> FigureRow:
    return FigureRow(key, 0, 0, 0, 0, 0, 0, hidden=True)
