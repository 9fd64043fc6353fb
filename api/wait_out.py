"""Waits and backlog in answers, and the same as lines of a file."""

from collections.abc import Iterator
from datetime import date

from api.csv_file import Cell
from api.moments import Moment, Out
from api.report_out import BASELINE, FEW, GROUP, KEY, PeriodOut, SpreadOut
from engine.read_models.backlog_report import BacklogReport, BacklogWeek
from engine.read_models.case_milestones import Episode
from engine.read_models.episode_list import EpisodeList
from engine.read_models.wait_report import LIMITS, MEASURES, Measure, Urgency, WaitBy, Waited, WaitReport, WaitRow
from pathways.definition_parts import Text
from pathways.time_words import Language

DAY = 86_400


class WaitedOut(Out):
    """One measure: waits that ended in the period. `outside`: ended without the timestamp to count from."""

    count: int
    median_seconds: int | None
    p90_seconds: int | None
    mean_seconds: int | None
    share_within_days: dict[int, float | None]
    outside: int

    @classmethod
    def of(cls, waited: Waited) -> "WaitedOut":
        return cls(
            count=waited.spread.count,
            median_seconds=waited.spread.median,
            p90_seconds=waited.spread.p90,
            mean_seconds=waited.mean,
            share_within_days=dict(waited.share_within),
            outside=waited.outside,
        )


class WaitRowOut(Out):
    """A group of matters. One of fewer than five is `hidden`: its figures are null."""

    key: str
    title: str
    hidden: bool
    count: int | None
    measures: dict[Measure, WaitedOut] | None
    waiting: SpreadOut | None
    baseline: "WaitRowOut | None"

    @classmethod
    def of(cls, row: WaitRow) -> "WaitRowOut":
        measures = {measure: WaitedOut.of(waited) for measure, waited in row.measures.items()}
        return cls(
            key=row.key,
            title=row.title,
            hidden=row.hidden,
            count=None if row.hidden else row.count,
            measures=None if row.hidden else measures,
            waiting=None if row.hidden else SpreadOut.of(row.waiting),
            baseline=WaitRowOut.of(row.baseline) if row.baseline else None,
        )


class WaitReportOut(Out):
    from_on: date
    to_on: date
    by: WaitBy
    urgency: Urgency
    baseline: PeriodOut | None
    rows: list[WaitRowOut]
    total: WaitRowOut

    @classmethod
    def of(cls, shown: WaitReport) -> "WaitReportOut":
        return cls(
            from_on=shown.from_on,
            to_on=shown.to_on,
            by=shown.by,
            urgency=shown.urgency,
            baseline=PeriodOut.of(shown.baseline),
            rows=[WaitRowOut.of(row) for row in shown.rows],
            total=WaitRowOut.of(shown.total),
        )


class BacklogWeekOut(Out):
    """One to four is null for who doesn't know the cases."""

    key: str
    ends_at: Moment
    came: int | None
    left: int | None
    waiting: int | None
    waiting_over_week: int | None
    waited: SpreadOut

    @classmethod
    def of(cls, week: BacklogWeek) -> "BacklogWeekOut":
        same = {name: getattr(week, name) for name in cls.model_fields if name != "waited"}
        return cls(**same, waited=SpreadOut.of(week.waited))


class BacklogOut(Out):
    from_on: date
    to_on: date
    hidden: bool
    at_start: int | None
    weeks: list[BacklogWeekOut]
    weeks_to_empty: float | None

    @classmethod
    def of(cls, shown: BacklogReport) -> "BacklogOut":
        return cls(
            from_on=shown.from_on,
            to_on=shown.to_on,
            hidden=shown.hidden,
            at_start=None if shown.hidden else shown.at_start,
            weeks=[BacklogWeekOut.of(week) for week in shown.weeks],
            weeks_to_empty=shown.weeks_to_empty,
        )


class EpisodeOut(Out):
    """One episode of a case with its four timestamps."""

    case_id: str
    number: str
    episode: int
    pathway: str
    channel: str
    urgent: bool
    contact_at: Moment
    assessed_at: Moment | None
    first_service_at: Moment | None
    decided_at: Moment | None
    resolved_at: Moment | None
    resolution: str

    @classmethod
    def of(cls, episode: Episode) -> "EpisodeOut":
        return cls(**{name: getattr(episode, name) for name in cls.model_fields})


class EpisodesOut(Out):
    episodes: list[EpisodeOut]
    more: bool

    @classmethod
    def of(cls, shown: EpisodeList) -> "EpisodesOut":
        return cls(episodes=[EpisodeOut.of(each) for each in shown.rows], more=shown.more)


# --- the same as files ---

MEASURE_TITLES: dict[Measure, Text] = {
    "contact_to_service": Text(
        fi="Yhteydenotosta palveluun", sv="Från kontakt till service", en="From contact to service"
    ),
    "assessment_to_service": Text(
        fi="Arviosta palveluun", sv="Från bedömning till service", en="From assessment to service"
    ),
    "contact_to_assessment": Text(
        fi="Yhteydenotosta arvioon", sv="Från kontakt till bedömning", en="From contact to assessment"
    ),
    "contact_to_decision": Text(
        fi="Vireilletulosta päätökseen", sv="Från anhängiggörande till beslut", en="From pending to decision"
    ),
    "contact_to_resolved": Text(
        fi="Yhteydenotosta ratkaisuun", sv="Från kontakt till lösning", en="From contact to resolution"
    ),
}
FIGURES = (
    Text(fi="lkm", sv="antal", en="count"),
    Text(fi="mediaani pv", sv="median dagar", en="median days"),
    Text(fi="90 % pv", sv="90 % dagar", en="90 % days"),
    Text(fi="keskiarvo pv", sv="medeltal dagar", en="mean days"),
    *(Text(fi=f"osuus enintään {n} pv", sv=f"andel högst {n} dagar", en=f"share within {n} days") for n in LIMITS),
    Text(fi="mittarin ulkopuolella", sv="utanför mätaren", en="outside the measure"),
)
COUNT = Text(fi="Asioita", sv="Ärenden", en="Matters")
WAITING = Text(fi="Odottaa jakson lopussa", sv="Väntar vid periodens slut", en="Waiting at the end of the period")
WAITED = Text(fi="Odottanut mediaani pv", sv="Har väntat, median dagar", en="Waited so far, median days")


def wait_heads(language: Language, *, baseline: bool) -> list[str]:
    measured = [
        f"{MEASURE_TITLES[measure].in_language(language)}: {figure.in_language(language)}"
        for measure in MEASURES
        for figure in FIGURES
    ]
    own = [COUNT.in_language(language), *measured, *(head.in_language(language) for head in (WAITING, WAITED))]
    before = BASELINE.in_language(language)
    compared = [f"{before}: {head}" for head in own] if baseline else []
    return [KEY.in_language(language), GROUP.in_language(language), *own, *compared]


def wait_lines(report: WaitReport) -> Iterator[list[Cell]]:
    for row in (*report.rows, report.total):
        before = _figures(row.baseline) if report.baseline else []
        yield [row.key, row.title, *_figures(row), *before]


def _figures(row: WaitRow | None) -> list[Cell]:
    width = len(MEASURES) * len(FIGURES) + 2
    if row is None or row.hidden:
        return [FEW if row else None, *[None] * width]
    measured = [cell for measure in MEASURES for cell in _measured(row.measures[measure])]
    return [row.count, *measured, row.waiting.count, _days(row.waiting.median)]


def _measured(waited: Waited) -> list[Cell]:
    spread = waited.spread
    days = [_days(seconds) for seconds in (spread.median, spread.p90, waited.mean)]
    return [spread.count, *days, *(waited.share_within[limit] for limit in LIMITS), waited.outside]


WEEK_HEADS = (
    Text(fi="Viikko", sv="Vecka", en="Week"),
    Text(fi="Päättyi", sv="Slutade", en="Ended"),
    Text(fi="Tuli", sv="Kom", en="Came"),
    Text(fi="Lähti", sv="Lämnade", en="Left"),
    Text(fi="Odottaa", sv="Väntar", en="Waiting"),
    Text(fi="Odottaa yli 7 pv", sv="Väntar över 7 dagar", en="Waiting over 7 days"),
    Text(fi="Odottanut mediaani pv", sv="Har väntat, median dagar", en="Waited so far, median days"),
    Text(fi="Odottanut 90 % pv", sv="Har väntat, 90 % dagar", en="Waited so far, 90 % days"),
)


def backlog_lines(report: BacklogReport) -> Iterator[list[Cell]]:
    for week in report.weeks:
        numbers = [FEW if n is None else n for n in (week.came, week.left, week.waiting, week.waiting_over_week)]
        yield [week.key, week.ends_at, *numbers, _days(week.waited.median), _days(week.waited.p90)]


def _days(seconds: int | None) -> float | None:
    return None if seconds is None else seconds / DAY
