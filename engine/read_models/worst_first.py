"""Worst first: a page of the promises that stand so in some teams, read in the order in which an index holds them.

On PostgreSQL each team and kind gives its own worst few from the index, and they are merged: what is read depends on the
page, not on the backlog, and the plan has no other shape to fall into, statistics or none (`OFFSET 0` keeps the look
at each case where it is written). SQLite has no LATERAL and
small counties: there the condition is asked as it stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from engine import tables as t
from engine.handle import Reading
from engine.postgres import run
from engine.projection import CASE_TABLE, table_of
from engine.read_models.visible_cases import asker_of, is_visible, shape_of, values_of, visible_by_name
from engine.read_models.worklist_query import FAR, Spans, kind_rank, spans_of
from engine.tables import LIVE_PROMISE_SQL, OWED_REASON_SQL, Utc

CASE = CASE_TABLE
PROMISE = table_of(t.PromiseRow)
KINDS = ("statutory", "promise", "target")
"""Worst first."""
Standing = Literal["late", "today", "paused", "running", "reason_missing", "told_late", "at_risk", "self_monitoring"]
SHOWN_FOR = timedelta(days=14)
"""How long an end that was recorded late stands on the board (rule 2)."""
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Worst:
    """A promise found for a page. `rank`, `at` and `promise_id` are its place: the key a cursor keeps."""

    rank: int
    at: datetime
    promise_id: str
    case_id: str

    @property
    def key(self) -> tuple[int, datetime, str]:
        return self.rank, self.at, self.promise_id


@dataclass(frozen=True, slots=True)
class WorstWanted:
    """Which promises are looked for: `kind` None for all, `after` the place the page before ended at."""

    standing: Standing
    units: frozenset[str]
    kind: str | None = None
    after: tuple[int, datetime, str] | None = None


def worst_first(reading: Reading, wanted: WorstWanted, most: int) -> list[Worst]:
    """The worst `most` of them in cases the reader sees."""
    if reading.engine.database.is_postgres:
        return _merged(reading, wanted, most)
    return [Worst(*row) for row in reading.connection.execute(_asked_plainly(reading, wanted, most))]


def stands(standing: Standing, spans: Spans) -> ColumnElement[bool]:
    """The condition on promises. What is paused has no due instant (rule 14), so what has one that is past is running."""
    running, due = PROMISE.c.state == "running", PROMISE.c.due_at
    match standing:
        case "late":
            return running & (due < spans.now)
        case "today":
            return running & (due >= spans.now) & (due <= spans.today_ends)
        case "paused":
            return PROMISE.c.state == "paused"
        case "running":
            return running
        case "reason_missing":
            return and_(
                PROMISE.c.breached_at.is_not(None),
                PROMISE.c.breach_voided_at.is_(None),
                PROMISE.c.reason_code.is_(None),
                PROMISE.c.kind.in_(("promise", "statutory")),
            )
        case "told_late":
            return PROMISE.c.told_late_at > spans.now - SHOWN_FOR
        case "at_risk":
            live = PROMISE.c.state.in_(("running", "paused")) & PROMISE.c.breached_at.is_(None)
            return live & (PROMISE.c.on_list == standing)
        case "self_monitoring":
            return PROMISE.c.breach_voided_at.is_(None) & (PROMISE.c.on_list == standing)


# --- PostgreSQL ---

_LIVE = f"p.{LIVE_PROMISE_SQL}"
_TOLD = "p.told_late_at > %(told_since)s"
_AT_RISK = f"{_LIVE} AND p.breached_at IS NULL AND p.on_list = 'at_risk'"
_MONITORED = "p.breach_voided_at IS NULL AND p.on_list = 'self_monitoring'"
_DATED = {
    "late": f"{_LIVE} AND p.due_at < %(now)s",
    "today": f"{_LIVE} AND p.due_at >= %(now)s AND p.due_at <= %(today_ends)s",
    "running": f"{_LIVE} AND p.state = 'running'",
    "reason_missing": OWED_REASON_SQL,
    "told_late": _TOLD,
    "at_risk": _AT_RISK,
    "self_monitoring": _MONITORED,
}
_UNDATED = {
    "paused": f"{_LIVE} AND p.state = 'paused'",
    "reason_missing": OWED_REASON_SQL,
    "told_late": _TOLD,
    "at_risk": _AT_RISK,
    "self_monitoring": _MONITORED,
}
_FAR = FAR.isoformat()
OF_KIND = ("asked_kind", "asked_rank", "from_at", "from_id")
NAMED = re.compile(r"%\((\w+)\)s")


def _merged(reading: Reading, wanted: WorstWanted, most: int) -> list[Worst]:
    """Read batches until the page is full: only what restricted cases hold back asks for a second one."""
    found: list[Worst] = []
    size = most
    while True:
        question, values = asking(reading, wanted, size)
        batch = run(reading.connection, question, values).fetchall()
        found += [Worst(row[0], row[1], row[2], row[3]) for row in batch if row[4]]
        if len(found) >= most or len(batch) < size:
            return found[:most]
        rank, at, promise_id = batch[-1][:3]
        wanted, size = replace(wanted, after=(rank, at, promise_id)), size * 4


def asking(reading: Reading, wanted: WorstWanted, size: int) -> tuple[str, list[Any]]:
    """The question for the next so many, whoever sees them, and its values."""
    spans, who = spans_of(reading.now), asker_of(reading.actor, reading.today)
    kinds = _begin_at(wanted.kind, wanted.after)
    given: dict[str, Any] = {"most": size, "now": spans.now, "today_ends": spans.today_ends}
    given["told_since"] = spans.now - SHOWN_FOR
    given |= {f"unit_{n}": unit for n, unit in enumerate(sorted(wanted.units))}
    for n, kind in enumerate(kinds):
        said: Mapping[str, Any] = {f"{name}_{n}": value for name, value in zip(OF_KIND, kind, strict=True)}
        given.update(said)
    question, names, fixed = statement(wanted.standing, len(wanted.units), len(kinds), shape_of(who))
    given |= values_of(who)
    if clash := given.keys() & fixed.keys():
        raise AssertionError(f"two values of one name: {clash}")
    given |= fixed
    return question, [given[name] for name in names]


def _begin_at(kind: str | None, after: tuple[int, datetime, str] | None) -> list[tuple[str, int, str, str]]:
    """Where each kind is read from: the one the page before ended in from there, those after it from their beginning."""
    rank, at, promise_id = after or (-1, FAR, NO_ID)
    wanted = [one for one in KINDS if kind in (None, one)]
    return [
        (one, RANKS[one], at.isoformat(), promise_id) if RANKS[one] == rank else (one, RANKS[one], "-infinity", NO_ID)
        for one in wanted
        if RANKS[one] >= rank
    ] or [("", 0, "-infinity", NO_ID)]


@cache
def statement(
    standing: Standing, units: int, kinds: int, shape: tuple[int, int, int]
) -> tuple[str, tuple[str, ...], Mapping[str, Any]]:
    """The question for so many units and kinds, the names of its values in order, and those that never change.

    Units are given one by one: of an array the server would think differently each time, and plan for longer than it reads.
    """
    visible, fixed = visible_by_name(shape)
    team = "p.tenant_id = %(tenant_id)s AND p.unit_id = u.unit_id AND p.kind = k.kind"
    of_team = "SELECT p.due_at, p.promise_id, p.case_id FROM service_promise p WHERE " + team  # noqa: S608 - our own words
    parts = []
    if dated := _DATED.get(standing):
        after = "(p.due_at, p.promise_id) > (k.at, k.id)"
        parts.append(f"({of_team} AND {dated} AND {after} ORDER BY p.due_at, p.promise_id LIMIT %(most)s)")
    if undated := _UNDATED.get(standing):
        after = f"p.due_at IS NULL AND (timestamptz '{_FAR}', p.promise_id) > (k.at, k.id)"
        parts.append(f"({of_team} AND {undated} AND {after} ORDER BY p.due_at, p.promise_id LIMIT %(most)s)")
    question = f"""
SELECT w.rank, w.at, w.promise_id::text, w.case_id::text, c.seen
FROM (SELECT k.rank, coalesce(p.due_at, '{_FAR}') AS at, p.promise_id, p.case_id
      FROM (VALUES {", ".join(f"(%(unit_{n})s::uuid)" for n in range(units))}) AS u (unit_id)
      CROSS JOIN (VALUES {", ".join(_of_kind(n) for n in range(kinds))}) AS k (kind, rank, at, id)
      CROSS JOIN LATERAL ({" UNION ALL ".join(parts)}) p
      ORDER BY k.rank, at, p.promise_id LIMIT %(most)s) w
CROSS JOIN LATERAL (SELECT {visible} AS seen FROM client_case
      WHERE client_case.tenant_id = %(tenant_id)s AND client_case.case_id = w.case_id OFFSET 0) c
ORDER BY w.rank, w.at, w.promise_id"""  # noqa: S608 - our own words
    names = tuple(dict.fromkeys(NAMED.findall(question)))
    places = {name: place for place, name in enumerate(names, 1)}
    return NAMED.sub(lambda found: f"${places[found[1]]}", question), names, fixed


def _of_kind(n: int) -> str:
    return f"(%(asked_kind_{n})s::text, %(asked_rank_{n})s::int, %(from_at_{n})s::timestamptz, %(from_id_{n})s::uuid)"


# --- SQLite ---


def _asked_plainly(reading: Reading, wanted: WorstWanted, most: int) -> Select[Any]:
    at = func.coalesce(PROMISE.c.due_at, FAR, type_=Utc)
    key = (kind_rank(PROMISE.c.kind), at, PROMISE.c.promise_id)
    question = (
        select(key[0].label("rank"), at.label("at"), PROMISE.c.promise_id, PROMISE.c.case_id)
        .join(CASE, (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id))
        .where(
            PROMISE.c.tenant_id == reading.actor.tenant_id,
            PROMISE.c.unit_id.in_(wanted.units),
            stands(wanted.standing, spans_of(reading.now)),
            is_visible(reading.actor, reading.today),
        )
    )
    if wanted.kind:
        question = question.where(PROMISE.c.kind == wanted.kind)
    if wanted.after:
        question = question.where(tuple_(*key) > tuple_(*wanted.after, types=[column.type for column in key]))
    return question.order_by(*key).limit(most)
