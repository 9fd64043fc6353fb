"""Attainment of promises: how many were given and kept, by week, unit, language, pathway or role. Never by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, literal, select

from engine import tables as t
from engine.handle import Reading
from engine.people import UNIT
from engine.projection import CASE_TABLE, table_of
from engine.published import PUBLISHED
from engine.read_models.people_shown import unit_names
from engine.read_models.titles import LANGUAGES, channel_title, promise_title, role_title, titled
from engine.read_models.visible_cases import led_units
from pathways.actor import Actor
from pathways.definition_parts import Text
from pathways.errors import Malformed, NotAllowed, UnknownThing
from pathways.local_time import end_of_day
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

By = Literal["week", "unit", "language", "pathway", "promise", "kind", "role", "channel"]
BYS: tuple[By, ...] = ("week", "unit", "language", "pathway", "promise", "kind", "role", "channel")


@dataclass(frozen=True, slots=True)
class Attainment:
    """Promises that started in the period. `share` is kept of those judged, None while none is."""

    key: str
    title: str
    started: int
    kept: int
    late: int
    """Ended late, or running past due."""
    breached: int
    """As recorded; voided ones are counted in `voided` too."""
    voided: int
    cancelled: int
    travelled: int
    running: int
    """Still in time, or paused."""
    share_as_recorded: float | None
    share_as_corrected: float | None


@dataclass(frozen=True, slots=True)
class PromiseReport:
    from_on: date
    to_on: date
    by: By
    rows: tuple[Attainment, ...]
    total: Attainment


PROMISE = table_of(t.PromiseRow)
CASE = CASE_TABLE
LONGEST = timedelta(days=800)
KINDS: Mapping[str, Text] = {
    "statutory": Text(fi="Laki", sv="Lag", en="Law"),
    "promise": Text(fi="Lupaus", sv="Löfte", en="Promise"),
    "target": Text(fi="Tavoite", sv="Mål", en="Target"),
}
TOTAL = Text(fi="Yhteensä", sv="Sammanlagt", en="Total")
WEEK = Text(fi="viikko", sv="vecka", en="week")
COUNTED = ("started", "kept", "late", "breached", "voided", "cancelled", "travelled", "running")


def promise_report(
    reading: Reading,
    language: Language,
    *,
    from_on: date,
    to_on: date,
    by: By = "week",
    kind: str | None = None,
    unit: str | None = None,
) -> PromiseReport:
    """Attainment of the promises that started from one local date to another, both held."""
    if by not in BYS:
        raise Malformed("by", ", ".join(BYS))
    if not from_on <= to_on <= from_on + LONGEST:
        raise Malformed("to", "not_a_period")
    found = reading.connection.execute(_question(reading, from_on, to_on, by, kind, unit)).mappings().all()
    titles = _Titles(reading, language, by, from_on)
    rows = [_attainment(str(row["key"]), titles.of(str(row["key"])), [row]) for row in found]
    rows.sort(key=lambda row: row.key if by == "week" else row.title.casefold())
    return PromiseReport(from_on, to_on, by, tuple(rows), _attainment("total", TOTAL.in_language(language), found))


def _question(reading: Reading, from_on: date, to_on: date, by: By, kind: str | None, unit: str | None) -> Select[Any]:
    key = _key(by, from_on, to_on)
    wanted = [
        PROMISE.c.tenant_id == reading.actor.tenant_id,
        PROMISE.c.unit_id.in_(_units(reading, unit)),
        PROMISE.c.started_at >= end_of_day(from_on - timedelta(days=1), HELSINKI),
        PROMISE.c.started_at < end_of_day(to_on, HELSINKI),
    ]
    if kind is not None:
        wanted.append(PROMISE.c.kind == kind)
    return (
        select(key.label("key"), *_counts(reading))
        .join(CASE, (CASE.c.tenant_id == PROMISE.c.tenant_id) & (CASE.c.case_id == PROMISE.c.case_id))
        .where(*wanted)
        .group_by(key)
    )


def _units(reading: Reading, unit: str | None) -> Sequence[str]:
    """Whose figures: a lead's or worker's own units; designers and administrators all, since nobody's data shows."""
    actor = reading.actor
    mine = list(_sees_all(reading) if actor.has("service_designer") or actor.has("admin") else _own(actor))
    if not mine:
        raise NotAllowed("report", "team_lead")
    if unit is None:
        return mine
    if unit not in mine:
        raise UnknownThing("unit", unit)
    return [unit]


def _own(actor: Actor) -> frozenset[str]:
    return led_units(actor) | actor.units


def _sees_all(reading: Reading) -> Sequence[str]:
    question = select(UNIT.c.unit_id).where(UNIT.c.tenant_id == reading.actor.tenant_id)
    return reading.connection.execute(question).scalars().all()


def _key(by: By, from_on: date, to_on: date) -> ColumnElement[Any]:
    columns = {
        "unit": PROMISE.c.unit_id,
        "language": CASE.c.language,
        "pathway": CASE.c.pathway_id,
        "promise": PROMISE.c.key,
        "kind": PROMISE.c.kind,
        "role": PROMISE.c.role,
        "channel": CASE.c.channel,
    }
    return columns[by] if by in columns else _week_of(from_on, to_on)


def _week_of(from_on: date, to_on: date) -> ColumnElement[str]:
    """The ISO week in Helsinki: a week ends on its Sunday at 24.00, whatever the clocks did."""
    monday = from_on - timedelta(days=from_on.weekday())
    weeks = []
    while monday <= to_on:
        ends = end_of_day(monday + timedelta(days=6), HELSINKI)
        weeks.append((PROMISE.c.started_at < ends, literal(f"{monday:%G}-W{monday:%V}")))
        monday += timedelta(days=7)
    return case(*weeks, else_=literal(""))


def _counts(reading: Reading) -> list[ColumnElement[Any]]:
    state, breached = PROMISE.c.state, PROMISE.c.breached_at.is_not(None)
    voided = PROMISE.c.breach_voided_at.is_not(None)
    overdue = (state == "running") & (PROMISE.c.due_at < reading.now)
    failed = (state == "late") | overdue | (breached & ~voided & (state != "kept"))
    counted = {
        "started": literal(1) == 1,
        "kept": state == "kept",
        "late": (state == "late") | overdue,
        "breached": breached,
        "voided": breached & voided,
        "cancelled": state == "cancelled",
        "travelled": state == "travelled",
        "running": state.in_(("running", "paused")) & ~func.coalesce(overdue, False),
        "kept_as_recorded": (state == "kept") & ~breached,
        "failed_as_recorded": (state == "late") | overdue | breached,
        "failed": failed,
    }
    return [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in counted.items()]


def _attainment(key: str, title: str, rows: Sequence[RowMapping]) -> Attainment:
    total = {
        name: sum(int(row[name]) for row in rows)
        for name in (*COUNTED, "kept_as_recorded", "failed_as_recorded", "failed")
    }
    return Attainment(
        key=key,
        title=title,
        share_as_recorded=_share(total["kept_as_recorded"], total["failed_as_recorded"]),
        share_as_corrected=_share(total["kept"], total["failed"]),
        **{name: total[name] for name in COUNTED},
    )


def _share(kept: int, failed: int) -> float | None:
    return kept / (kept + failed) if kept + failed else None


class _Titles:
    """What the groups of one report are called."""

    def __init__(self, reading: Reading, language: Language, by: By, from_on: date) -> None:
        self._reading, self._language, self._by = reading, language, by
        self._units = unit_names(reading, _units(reading, None), language) if by == "unit" else {}
        self._pathways = _newest(reading) if by in ("pathway", "promise", "role", "channel") else {}

    def of(self, key: str) -> str:
        language = self._language
        match self._by:
            case "unit":
                return self._units.get(key, "")
            case "kind":
                return titled(KINDS.get(key), language, key)
            case "language":
                return titled(LANGUAGES.get(key), language, key)
            case "week":
                return f"{WEEK.in_language(language)} {int(key[-2:])}/{key[:4]}" if key else ""
            case "pathway":
                return self._pathways[key].definition.title.in_language(language) if key in self._pathways else key
        return self._found_in_a_pathway(key)

    def _found_in_a_pathway(self, key: str) -> str:
        """The first pathway that has a title for it; the same key is called the same in all of them."""
        title = {"promise": promise_title, "role": role_title, "channel": channel_title}[self._by]
        said = [title(pathway, key, self._language) for pathway in self._pathways.values()]
        return next((words for words in said if words != key.replace("_", " ")), key.replace("_", " "))


def _newest(reading: Reading) -> dict[str, Any]:
    question = (
        select(PUBLISHED.c.pathway_id, func.max(PUBLISHED.c.version).label("version"))
        .where(PUBLISHED.c.tenant_id == reading.actor.tenant_id)
        .group_by(PUBLISHED.c.pathway_id)
    )
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    return {
        row.pathway_id: published.version(reading.connection, tenant_id, row.pathway_id, row.version)
        for row in reading.connection.execute(question).all()
    }
