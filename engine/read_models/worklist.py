"""The worklist: one worker's work worst first, in four views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select, tuple_

from engine.access_log import Read
from engine.handle import Reading
from engine.read_models.cursors import from_cursor, to_cursor
from engine.read_models.worklist_query import FAR, View, count_of, entries_of, spans_of
from engine.read_models.worklist_rows import Listed, WorklistRow, listed
from engine.tables import Utc
from pathways.errors import Malformed
from pathways.time_words import Language

__all__ = ["VIEWS", "View", "Worklist", "WorklistGroup", "WorklistRow", "worklist", "worklist_counts"]

VIEWS: tuple[View, ...] = ("own", "queue", "consultations", "waiting")
GroupKey = Literal["late", "today", "soon", "later"]
"""`soon` is this and next week (ISO weeks, Helsinki); `later` holds also what has no clock running."""


@dataclass(frozen=True, slots=True)
class WorklistGroup:
    key: GroupKey
    rows: tuple[WorklistRow, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    view: View
    groups: tuple[WorklistGroup, ...]
    """Every group that has rows on this page, late first."""
    group_counts: Mapping[GroupKey, int]
    """How many there are of each in the whole view, whatever the page."""
    counts: Mapping[View, int]
    """How many rows each view holds."""
    next_due_at: datetime | None
    """The next due instant of the view that is still ahead: what to say when nothing is late."""
    read_at: datetime
    next_cursor: str | None

    @property
    def rows(self) -> tuple[WorklistRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


GROUPS: tuple[GroupKey, ...] = ("late", "today", "soon", "later")
GROUNDS: Mapping[View, str] = {
    "own": "responsible",
    "queue": "unit",
    "consultations": "asked",
    "waiting": "responsible",
}
MOST = 200
CURSOR = (datetime, int, int, datetime, str)


def worklist(
    reading: Reading,
    language: Language,
    *,
    view: View = "own",
    cursor: str | None = None,
    limit: int = 50,
    pathway: str | None = None,
    unit: str | None = None,
) -> Worklist:
    """One page of a view. A cursor keeps the moment of the first page, so that no row changes its group in between."""
    if view not in VIEWS:
        raise Malformed("view", ", ".join(VIEWS))
    limit = min(max(limit, 1), MOST)
    after = from_cursor(cursor, CURSOR) if cursor else None
    spans = spans_of(after[0] if after else reading.now)
    entries = entries_of(reading, view, spans, pathway, unit)
    page = reading.connection.execute(_page(entries, after, limit)).mappings().all()
    shown = page[:limit]
    rows = listed(reading, language, [Listed.of(row) for row in shown])
    reading.note(_read(view, rows, [row["case_id"] for row in shown]))
    counted = reading.connection.execute(_counted(entries)).all()
    return Worklist(
        view=view,
        groups=_grouped(rows, [row["bucket"] for row in shown]),
        group_counts={key: sum(row.rows for row in counted if row.bucket == n) for n, key in enumerate(GROUPS)},
        counts=worklist_counts(reading),
        next_due_at=min((row.first_due for row in counted if row.bucket and row.first_due < FAR), default=None),
        read_at=reading.now,
        next_cursor=_cursor_after(shown[-1], spans.now) if len(page) > limit else None,
    )


def worklist_counts(reading: Reading) -> dict[View, int]:
    """How many rows each view holds: for tabs and the navigation. No client data."""
    found = reading.connection.execute(select(*(count_of(reading, view).label(view) for view in VIEWS))).one()
    return dict(zip(VIEWS, found, strict=True))


def _page(entries: Select[Any], after: Sequence[Any] | None, limit: int) -> Select[Any]:
    e = entries.subquery("entries")
    key = (e.c.bucket, e.c.kind_rank, e.c.due_or_far, e.c.row_id)
    question = select(e)
    if after:
        question = question.where(tuple_(*key) > tuple_(*after[1:], types=[column.type for column in key]))
    return question.order_by(*key).limit(limit + 1)


def _counted(entries: Select[Any]) -> Select[Any]:
    e = entries.subquery("entries")
    first_due = func.min(e.c.due_or_far, type_=Utc)
    return select(e.c.bucket, func.count().label("rows"), first_due.label("first_due")).group_by(e.c.bucket)


def _cursor_after(row: Mapping[Any, Any], now: datetime) -> str:
    return to_cursor([now, row["bucket"], row["kind_rank"], row["due_or_far"], row["row_id"]])


def _grouped(rows: Sequence[WorklistRow], buckets: Sequence[int]) -> tuple[WorklistGroup, ...]:
    groups = []
    for number, key in enumerate(GROUPS):
        members = tuple(row for row, bucket in zip(rows, buckets, strict=True) if bucket == number)
        if members:
            groups.append(WorklistGroup(key, members))
    return tuple(groups)


def _read(view: View, rows: Sequence[WorklistRow], case_ids: Sequence[str]) -> Read:
    return Read(f"worklist:{view}", GROUNDS[view], case_ids=tuple(dict.fromkeys(case_ids)))
