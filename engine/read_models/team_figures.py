"""The figures of each team: how many promises are late, due today, without a reason, kept this week; who is missing.

Each is a count over one index, team by team: it costs what is counted and nothing else. Nobody keeps a counter, so none
can be wrong. Restricted cases are counted too: a number shows nobody's data.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Date, Integer, TextualSelect, bindparam, text

from engine.handle import Reading
from engine.read_models.board_parts import BoardFigures
from engine.read_models.worst_first import KINDS
from engine.tables import CLOSED_PROMISE_SQL, LIVE_PROMISE_SQL, OWED_REASON_SQL, QUEUED_SQL, UNANSWERED_SQL, Id, Utc
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

SUMMED = (
    "late",
    "due_today",
    "reasons_missing",
    "kept_this_week",
    "ended_this_week",
    "no_responsible",
)
_TEAM = "p.tenant_id = u.tenant_id AND p.unit_id = u.unit_id"
_LIVE = f"{_TEAM} AND p.kind IN ('statutory', 'promise', 'target') AND p.{LIVE_PROMISE_SQL}"
_LATE = f"{_LIVE} AND p.due_at < :now"
_WEEK = f"{_TEAM} AND p.{CLOSED_PROMISE_SQL} AND p.ended_at BETWEEN :week_begins AND :week_ends"


def _count(table: str, where: str, name: str) -> str:
    return f"(SELECT count(*) FROM {table} p WHERE {where}) AS {name}"  # noqa: S608 - our own words


def _next_of(kind: str) -> str:
    where = f"{_TEAM} AND p.kind = '{kind}' AND p.{LIVE_PROMISE_SQL} AND p.due_at >= :now"
    return f"(SELECT min(p.due_at) FROM service_promise p WHERE {where}) AS next_{kind}"  # noqa: S608 - our own words


NAMED = re.compile(r":(\w+)")
TYPES: dict[str, Any] = {"tenant": Id, "units": Id, "today": Date}
TYPES |= dict.fromkeys(("now", "today_ends", "week_begins", "week_ends"), Utc)


def _asking(question: str, **columns: Any) -> TextualSelect:
    """The question with its values typed, so that both databases are asked alike."""
    values = [
        bindparam(name, type_=TYPES[name], expanding=name == "units") for name in sorted(set(NAMED.findall(question)))
    ]
    return text(question).bindparams(*values).columns(**columns)


def _of_teams(*asked: str, **columns: Any) -> TextualSelect:
    question = f"SELECT u.unit_id, {', '.join(asked)} FROM unit u WHERE u.tenant_id = :tenant AND u.unit_id IN :units"  # noqa: S608 - our own words
    return _asking(question, unit_id=Id, **columns)


OVERDUE = _of_teams(_count("service_promise", _LATE, "late"), late=Integer)
FIGURES = _of_teams(
    _count("service_promise", _LATE, "late"),
    _count("service_promise", f"{_LIVE} AND p.due_at BETWEEN :now AND :today_ends", "due_today"),
    _count("service_promise", f"{_TEAM} AND {OWED_REASON_SQL}", "reasons_missing"),
    _count("service_promise", f"{_WEEK} AND p.state = 'kept'", "kept_this_week"),
    _count("service_promise", _WEEK, "ended_this_week"),
    _count("assignment", f"{_TEAM} AND {QUEUED_SQL}", "no_responsible"),
    *(_next_of(kind) for kind in KINDS),
    **{f"next_{kind}": Utc for kind in KINDS},
)
RESTRICTED_LATE = _asking(  # of all teams at once: the restricted cases of a county are few, and looked through once
    f"""SELECT count(*) FROM client_case c JOIN service_promise p ON p.tenant_id = c.tenant_id AND p.case_id = c.case_id
    WHERE c.tenant_id = :tenant AND c.restricted AND p.unit_id IN :units
    AND p.kind IN ('statutory', 'promise', 'target') AND p.{LIVE_PROMISE_SQL} AND p.due_at < :now"""  # noqa: S608 - our own words
)
UNANSWERED = _asking(
    f"""SELECT count(*) FROM consultation p JOIN client_case c ON c.tenant_id = p.tenant_id AND c.case_id = p.case_id
    WHERE p.tenant_id = :tenant AND p.{UNANSWERED_SQL} AND c.unit_id IN :units"""  # noqa: S608 - our own words
)
ABSENT = _asking(
    """SELECT count(DISTINCT a.worker_id) FROM absence a
    JOIN unit_member m ON m.tenant_id = a.tenant_id AND m.worker_id = a.worker_id
    WHERE a.tenant_id = :tenant AND m.unit_id IN :units AND a.from_on <= :today AND a.to_on >= :today
    AND a.ended_at IS NULL"""
)


def figures(reading: Reading, units: frozenset[str]) -> BoardFigures:
    """The numbers of these teams together."""
    asked = {"tenant": reading.actor.tenant_id, "units": sorted(units)}
    rows = reading.connection.execute(FIGURES, asked | _moments(reading)).mappings().all()
    nexts = [row[f"next_{kind}"] for row in rows for kind in KINDS]
    return BoardFigures(
        **{name: sum(row[name] for row in rows) for name in SUMMED},
        restricted_late=reading.connection.execute(RESTRICTED_LATE, asked | {"now": reading.now}).scalar_one(),
        unanswered=reading.connection.execute(UNANSWERED, asked).scalar_one(),
        absent_today=reading.connection.execute(ABSENT, asked | {"today": reading.today}).scalar_one(),
        next_due_at=min((at for at in nexts if at), default=None),
    )


def overdue_by_team(reading: Reading, units: Iterable[str]) -> dict[str, int]:
    """How many promises of each team are overdue."""
    asked = {"tenant": reading.actor.tenant_id, "units": sorted(units), "now": reading.now}
    return {row.unit_id: row.late for row in reading.connection.execute(OVERDUE, asked)}


def _moments(reading: Reading) -> dict[str, datetime]:
    """Now, the end of today, and this week, from Monday's first moment to Sunday's last."""
    monday = reading.today - timedelta(days=reading.today.weekday())
    return {
        "now": reading.now,
        "today_ends": end_of_day(reading.today, HELSINKI),
        "week_begins": end_of_day(monday - timedelta(days=1), HELSINKI),
        "week_ends": end_of_day(monday + timedelta(days=6), HELSINKI),
    }
