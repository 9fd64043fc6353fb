"""Attainment of promises: how many were given and kept, how long it took, and against which period. Never by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import CTE, ColumnElement, select

from engine.handle import Reading
from engine.read_models.promise_question import (
    CASE_DIMENSIONS,
    COUNTS,
    JUDGED,
    Counted,
    Wanted,
    counts_of,
    handed_to,
    promises_of,
)
from engine.read_models.promise_waits import PromiseWaits, waits_by
from engine.read_models.report_access import ReportUnits, check_period, hidden_keys, report_units
from engine.read_models.report_titles import GroupTitles, newest_pathways, week_column
from engine.read_models.wait_counts import Spread
from pathways.errors import Malformed, UnknownThing
from pathways.time_words import Language

By = Literal["week", "unit", "language", "pathway", "promise", "kind", "role", "channel", "municipality"]
BYS: tuple[By, ...] = (
    "week",
    "unit",
    "language",
    "pathway",
    "promise",
    "kind",
    "role",
    "channel",
    "municipality",
)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long it took, of those kept in time or late; `docs/raportit.md` says what each wait is."""

    gross: Spread
    net: Spread
    working: Spread
    kept_gross: int
    share_gross: float | None
    """The share that was kept literally: counted from the contact itself, pauses not taken off."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """One group's promises. `share` is kept of those judged, None while none is. A hidden group's figures aren't shown."""

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
    waits: Waits | None = None
    baseline: "Attainment | None" = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PromiseReport:
    from_on: date
    to_on: date
    by: By
    rows: tuple[Attainment, ...]
    total: Attainment
    counted: Counted = "started"
    baseline: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group's sums, before it has a title: from the promises themselves, or from a month that was frozen."""

    counts: Mapping[str, int]
    waits: PromiseWaits | None = None


def promise_report(
    reading: Reading,
    language: Language,
    *,
    from_on: date,
    to_on: date,
    by: By = "week",
    kind: str | None = None,
    unit: str | None = None,
    promise: str | None = None,
    pathway: str | None = None,
    counted: Counted = "started",
    baseline: tuple[date, date] | None = None,
    with_waits: bool = False,
    leaves: bool = False,
) -> PromiseReport:
    """Attainment from one local date to another, both held. `baseline` is the period to compare with (M134).

    What `leaves` the system, as a file does, hides small groups whoever asks.
    """
    if by not in BYS:
        raise Malformed("by", ", ".join(BYS))
    check_period(from_on, to_on)
    if baseline is not None:
        check_period(*baseline, name="baseline_to")
    units = report_units(reading, unit, leaves=leaves)
    _check_known(reading, promise, pathway)
    wanted = Wanted(
        reading.actor.tenant_id,
        units.unit_ids,
        from_on,
        to_on,
        counted,
        kind=kind,
        promise=promise,
        pathway=pathway,
        came=came_to(reading, units),
    )
    told = Told(reading, language, by, units)
    rows, total = told.rows_of(groups_of(reading, wanted, by, with_waits))
    if baseline is not None:
        before = told.rows_of(groups_of(reading, wanted.during(*baseline), by, with_waits))
        rows, total = _beside(rows, total, *before)
    return PromiseReport(from_on, to_on, by, rows, total, counted, baseline)


class Told:
    """Groups as rows with titles, in order, small ones hidden from who doesn't know the cases."""

    def __init__(self, reading: Reading, language: Language, by: By, units: ReportUnits) -> None:
        self._by, self._units = by, units
        self._titles = GroupTitles(reading, language, by, units.unit_ids)

    def rows_of(self, groups: Mapping[str, Group]) -> tuple[tuple[Attainment, ...], Attainment]:
        hidden = hidden_keys({key: group.counts["started"] for key, group in groups.items()}, self._units)
        rows = [_attainment(key, self._titles.of(key), group, key in hidden) for key, group in groups.items()]
        rows.sort(key=lambda row: row.key if self._by == "week" else row.title.casefold())
        total = sum_of(list(groups.values()))
        few = bool(hidden_keys({"total": total.counts["started"]}, self._units))
        return tuple(rows), _attainment("total", self._titles.of_all, total, few)


def came_to(reading: Reading, units: ReportUnits) -> tuple[str, ...]:
    """The cases handed to these units; within the whole county none has come from elsewhere."""
    return () if units.is_county else handed_to(reading.connection, reading.actor.tenant_id, units.unit_ids)


def groups_of(reading: Reading, wanted: Wanted, by: By, with_waits: bool) -> dict[str, Group]:
    """The sums of each group, from the promises themselves."""
    promises = promises_of(wanted, reading.now, with_case=by in CASE_DIMENSIONS)
    key = key_of(promises, by, wanted).label("key")
    found = reading.connection.execute(select(key, *counts_of(promises, reading.now)).group_by(key)).mappings().all()
    waits = waits_by(reading.connection, reading.engine.calendars, promises, (key,)) if with_waits else {}
    return {
        str(row["key"]): Group(
            {name: int(row[name]) for name in (*COUNTS, *JUDGED)},
            waits.get((row["key"],), PromiseWaits()) if with_waits else None,
        )
        for row in found
    }


def key_of(promises: CTE, by: By, wanted: Wanted) -> ColumnElement[Any]:
    if by != "week":
        column: ColumnElement[Any] = promises.c[by]
        return column
    instant = promises.c.started_at if wanted.counted == "started" else promises.c.judged_at
    return week_column(instant, wanted.from_on, wanted.to_on)


def _check_known(reading: Reading, promise: str | None, pathway: str | None) -> None:
    if promise is None and pathway is None:
        return
    known = newest_pathways(reading)
    if pathway is not None and pathway not in known:
        raise UnknownThing("pathway", pathway)
    if promise is not None and not any(promise in each.promises for each in known.values()):
        raise UnknownThing("promise", promise)


def sum_of(groups: Sequence[Group]) -> Group:
    counts = {name: sum(group.counts[name] for group in groups) for name in (*COUNTS, *JUDGED)}
    waits = [group.waits for group in groups if group.waits is not None]
    return Group(counts, PromiseWaits().merge(waits) if waits or not groups else None)


def _attainment(key: str, title: str, group: Group, hidden: bool) -> Attainment:
    if hidden:
        nothing: dict[str, Any] = dict.fromkeys(COUNTS, 0)
        return Attainment(key, title, **nothing, share_as_recorded=None, share_as_corrected=None, hidden=True)
    counts: dict[str, Any] = {name: group.counts[name] for name in COUNTS}
    return Attainment(
        key,
        title,
        **counts,
        share_as_recorded=_share(group.counts["kept_as_recorded"], group.counts["failed_as_recorded"]),
        share_as_corrected=_share(group.counts["kept"], group.counts["failed"]),
        waits=_waits(group.waits, group.counts) if group.waits is not None else None,
    )


def _waits(waits: PromiseWaits, counts: Mapping[str, int]) -> Waits:
    missed = counts["kept"] - waits.kept_gross + counts["failed"]
    return Waits(
        gross=waits.gross.spread(),
        net=waits.net.spread(),
        working=waits.working.spread(),
        kept_gross=waits.kept_gross,
        share_gross=_share(waits.kept_gross, missed),
    )


def _share(kept: int, failed: int) -> float | None:
    return kept / (kept + failed) if kept + failed else None


def _beside(
    rows: Sequence[Attainment], total: Attainment, rows_before: Sequence[Attainment], total_before: Attainment
) -> tuple[tuple[Attainment, ...], Attainment]:
    """Each group beside its own of the baseline period; a week has none there, so it stands alone."""
    before = {row.key: row for row in rows_before}
    compared = tuple(replace(row, baseline=before.get(row.key)) for row in rows)
    return compared, replace(total, baseline=total_before)
