"""Waits for care from the four timestamps: the Avohilmo measures by kind of resolution, and the half-year waiting times.

A wait is counted in the period in which it ended. It is counted in whole, whatever the opening hours, from the contact
as it came or from the assessment; a matter without one of the two timestamps falls outside, and that is told (M133).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from engine.handle import Reading
from engine.projection import CASE_TABLE as CASE
from engine.read_models.case_milestones import Episode, episodes
from engine.read_models.report_access import ReportUnits, check_period, hidden_keys, report_units
from engine.read_models.report_titles import GroupTitles, newest_pathways, week_key
from engine.read_models.wait_counts import Spread, WaitCounts
from pathways.errors import Malformed, UnknownThing
from pathways.local_time import end_of_day
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

Measure = Literal[
    "contact_to_service", "assessment_to_service", "contact_to_assessment", "contact_to_decision", "contact_to_resolved"
]
MEASURES: Mapping[Measure, tuple[str, str]] = {
    "contact_to_service": ("contact_at", "first_service_at"),
    "assessment_to_service": ("assessed_at", "first_service_at"),
    "contact_to_assessment": ("contact_at", "assessed_at"),
    "contact_to_decision": ("contact_at", "decided_at"),
    "contact_to_resolved": ("contact_at", "resolved_at"),
}
"""From which timestamp to which. The first two are Avohilmo's (M130)."""
WaitBy = Literal["pathway", "unit", "language", "municipality", "channel", "resolution", "week"]
WAIT_BYS: tuple[WaitBy, ...] = ("pathway", "unit", "language", "municipality", "channel", "resolution", "week")
Period = tuple[date, date]
Urgency = Literal["not_urgent", "urgent", "all"]
LIMITS = (7, 14, 90)
"""Days within which the share is told: the promise's week, and the fortnight and three months of the law."""


@dataclass(frozen=True, slots=True)
class Waited:
    """One measure of a group."""

    spread: Spread
    mean: int | None
    """In seconds."""
    share_within: Mapping[int, float | None]
    """Days → the share that waited no longer."""
    outside: int
    """Ended in the period without the timestamp to count from: no assessment, or one made after the service."""


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A group of matters. `waiting`: pending at the end of the period, and for how long by then."""

    key: str
    title: str
    count: int
    measures: Mapping[Measure, Waited]
    waiting: Spread
    hidden: bool = False
    baseline: "WaitRow | None" = None


@dataclass(frozen=True, slots=True)
class WaitReport:
    from_on: date
    to_on: date
    by: WaitBy
    urgency: Urgency
    rows: tuple[WaitRow, ...]
    total: WaitRow
    baseline: Period | None = None


def wait_report(
    reading: Reading,
    language: Language,
    *,
    from_on: date,
    to_on: date,
    by: WaitBy = "pathway",
    unit: str | None = None,
    pathway: str | None = None,
    urgency: Urgency = "not_urgent",
    baseline: Period | None = None,
    leaves: bool = False,
) -> WaitReport:
    """The waits that ended from one local date to another, both held, beside those of a baseline period (M134)."""
    if by not in WAIT_BYS:
        raise Malformed("by", ", ".join(WAIT_BYS))
    check_period(from_on, to_on)
    if baseline is not None:
        check_period(*baseline, name="baseline_to")
    units = report_units(reading, unit, leaves=leaves)
    titles = GroupTitles(reading, language, by, units.unit_ids)

    def told(period: Period) -> tuple[list[WaitRow], WaitRow]:
        return _rows(_groups(reading, units, period, by, pathway, urgency), units, titles)

    rows, total = told((from_on, to_on))
    if baseline is not None:
        before, total_before = told(baseline)
        known = {row.key: row for row in before}
        rows = [replace(row, baseline=known.get(row.key)) for row in rows]
        total = replace(total, baseline=total_before)
    rows.sort(key=lambda row: row.key if by == "week" else row.title.casefold())
    return WaitReport(from_on, to_on, by, urgency, tuple(rows), total, baseline)


def _rows(groups: "dict[str, _Group]", units: ReportUnits, titles: GroupTitles) -> tuple[list[WaitRow], WaitRow]:
    hidden = hidden_keys({key: group.size for key, group in groups.items()}, units)
    rows = [group.row(key, titles.of(key), key in hidden) for key, group in groups.items()]
    total = _Group().merge(groups.values())
    few = bool(hidden_keys({"total": total.size}, units))
    return rows, total.row("total", titles.of_all, few)


def half_year(reading: Reading, language: Language, named: str, *, unit: str | None = None) -> WaitReport:
    """Waiting times to publish (D-23): `2026-1` is 1.1.–30.6., `2026-2` 1.7.–31.12.; from when it became pending.

    A half-year that hasn't ended is refused. What is published hides small groups whoever asks.
    """
    first, last = half_year_dates(named)
    if reading.now <= end_of_day(last, HELSINKI):
        raise Malformed("half", "not_ended")
    return wait_report(reading, language, from_on=first, to_on=last, unit=unit, urgency="all", leaves=True)


def half_year_dates(named: str) -> tuple[date, date]:
    year, _, half = named.partition("-")
    if not (len(year) == 4 and year.isascii() and year.isdigit() and year > "0000" and half in ("1", "2")):
        raise Malformed("half", "not_a_half_year")
    return (
        (date(int(year), 1, 1), date(int(year), 6, 30))
        if half == "1"
        else (date(int(year), 7, 1), date(int(year), 12, 31))
    )


def of_units(
    reading: Reading, units: ReportUnits, begins: datetime, ends: datetime, pathway: str | None
) -> Iterator[Episode]:
    """The episodes of the cases of these units that were open some time in the period."""
    if pathway is not None and pathway not in newest_pathways(reading):
        raise UnknownThing("pathway", pathway)
    return episodes(reading, CASE.c.unit_id.in_(units.unit_ids), begins, ends, pathway)


def period_of(reading: Reading, from_on: date, to_on: date) -> tuple[datetime, datetime]:
    """The instants of a period; it ends now, when its last day hasn't."""
    begins = end_of_day(from_on - timedelta(days=1), HELSINKI)
    return begins, min(end_of_day(to_on, HELSINKI), max(reading.now, begins))


def group_of(episode: Episode, by: WaitBy) -> str:
    if by == "week":
        local = episode.contact_at.astimezone(HELSINKI).date()
        return week_key(local - timedelta(days=local.weekday()))
    return str(getattr(episode, by))


def _groups(
    reading: Reading,
    units: ReportUnits,
    period: Period,
    by: WaitBy,
    pathway: str | None,
    urgency: Urgency,
) -> "dict[str, _Group]":
    begins, ends = period_of(reading, *period)
    found: dict[str, _Group] = defaultdict(_Group)
    for episode in of_units(reading, units, begins, ends, pathway):
        if urgency != "all" and episode.urgent != (urgency == "urgent"):
            continue
        group = _Group()
        group.add(episode, begins, ends)
        if group.size:
            found[group_of(episode, by)].merge([group])
    return dict(found)


@dataclass(slots=True)
class _Group:
    size: int = 0
    waits: dict[Measure, WaitCounts] = field(default_factory=lambda: defaultdict(WaitCounts))
    outside: dict[Measure, int] = field(default_factory=lambda: defaultdict(int))
    waiting: WaitCounts = field(default_factory=WaitCounts)

    def add(self, episode: Episode, begins: datetime, ends: datetime) -> None:
        counts = False
        for measure, (since, until) in MEASURES.items():
            begun, done = getattr(episode, since), getattr(episode, until)
            if done is None or not begins < done <= ends:
                continue
            counts = True
            if begun is None or begun > done:
                self.outside[measure] += 1
            else:
                self.waits[measure].add(done - begun)
        left = episode.left_queue_at
        if episode.contact_at <= ends and (left is None or left > ends):
            counts = True
            self.waiting.add(ends - episode.contact_at)
        self.size += counts

    def merge(self, others: "Iterable[_Group]") -> "_Group":
        for other in others:
            self.size += other.size
            self.waiting.merge([other.waiting])
            for measure, waits in other.waits.items():
                self.waits[measure].merge([waits])
            for measure, count in other.outside.items():
                self.outside[measure] += count
        return self

    def row(self, key: str, title: str, hidden: bool) -> WaitRow:
        if hidden:
            return WaitRow(key, title, 0, {}, Spread(0, None, None), hidden=True)
        measures = {measure: self._waited(measure) for measure in MEASURES}
        return WaitRow(key, title, self.size, measures, self.waiting.spread())

    def _waited(self, measure: Measure) -> Waited:
        waits = self.waits[measure]
        return Waited(
            spread=waits.spread(),
            mean=waits.mean(),
            share_within={days: waits.share_within(days) for days in LIMITS},
            outside=self.outside[measure],
        )
