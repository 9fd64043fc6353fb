"""Reports: attainment of promises, here and as a file. Units and roles, never one person's figures."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.csv_file import csv_file
from api.deps import Caller, Me, known_id, unit_named
from api.promise_board import Kind, UnitName
from api.report_out import (
    FrozenOut,
    MonthOut,
    ReportOut,
    attainment_heads,
    attainment_lines,
    month_heads,
    month_lines,
)
from api.wait_out import (
    WEEK_HEADS,
    BacklogOut,
    EpisodesOut,
    WaitReportOut,
    backlog_lines,
    wait_heads,
    wait_lines,
)
from engine.handle import Reading
from engine.read_models.backlog_report import backlog_report
from engine.read_models.episode_list import episode_list
from engine.read_models.month_report import month_report, months_frozen
from engine.read_models.promise_question import Counted
from engine.read_models.promise_report import By, PromiseReport, promise_report
from engine.read_models.wait_report import Urgency, WaitBy, WaitReport, half_year, wait_report
from pathways.errors import Malformed

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])

MonthName = Annotated[str, Path(description="A month such as `2026-11`.", max_length=7)]
HalfName = Annotated[str, Path(description="`2026-1` is 1.1.–30.6., `2026-2` 1.7.–31.12.", max_length=6)]
From = Annotated[date, Query(alias="from", description="The first local date.")]
To = Annotated[date, Query(alias="to", description="The last local date, held.")]
BaselineFrom = Annotated[date | None, Query(description="The first date of the period to compare with.")]
BaselineTo = Annotated[date | None, Query(description="Its last date, held.")]
Named = Annotated[str | None, Query(max_length=80)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report of attainment is asked for."""

    from_on: From
    to_on: To
    by: By = "week"
    unit: UnitName = None
    kind: Kind | None = None
    promise: Named = None
    pathway: Named = None
    counted: Annotated[
        Counted, Query(description="`started`: given in the period. `judged`: kept, missed or ended in it.")
    ] = "started"
    baseline_from: BaselineFrom = None
    baseline_to: BaselineTo = None

    def of(self, me: Caller, *, leaves: bool) -> PromiseReport:
        with me.reading() as reading:
            return promise_report(
                reading,
                me.language,
                from_on=self.from_on,
                to_on=self.to_on,
                by=self.by,
                kind=self.kind,
                unit=unit_asked(reading, self.unit),
                promise=self.promise,
                pathway=self.pathway,
                counted=self.counted,
                baseline=_baseline(self.baseline_from, self.baseline_to),
                with_waits=True,
                leaves=leaves,
            )


@dataclass(frozen=True, slots=True)
class WaitsAsked:
    """What a report of waits is asked for."""

    from_on: From
    to_on: To
    by: WaitBy = "pathway"
    unit: UnitName = None
    pathway: Named = None
    urgency: Urgency = "not_urgent"
    baseline_from: BaselineFrom = None
    baseline_to: BaselineTo = None

    def of(self, me: Caller, *, leaves: bool) -> WaitReport:
        with me.reading() as reading:
            return wait_report(
                reading,
                me.language,
                from_on=self.from_on,
                to_on=self.to_on,
                by=self.by,
                unit=unit_asked(reading, self.unit),
                pathway=self.pathway,
                urgency=self.urgency,
                baseline=_baseline(self.baseline_from, self.baseline_to),
                leaves=leaves,
            )


@router.get("/promises", summary="How many promises were given and kept, and how long it took")
def promises(me: Me, asked: Annotated[Asked, Depends()]) -> ReportOut:
    return ReportOut.of(asked.of(me, leaves=False))


@router.get("/promises.csv", summary="The same as a file for a table program", response_class=Response)
def promises_file(me: Me, asked: Annotated[Asked, Depends()]) -> Response:
    report = asked.of(me, leaves=True)
    heads = attainment_heads(me.language, waits=report.total.waits is not None, baseline=report.baseline is not None)
    return csv_file(f"lupaukset_{report.by}_{report.from_on}_{report.to_on}.csv", heads, attainment_lines(report))


@router.get("/months", summary="The months whose attainment has been frozen")
def months(me: Me) -> list[FrozenOut]:
    with me.reading() as reading:
        return [
            FrozenOut(month=each.month, frozen_at=each.frozen_at, promises=each.promises)
            for each in months_frozen(reading)
        ]


@router.get("/months/{month}", summary="A frozen month, and beside it what has been corrected since")
def month(me: Me, month: MonthName, by: By = "unit", unit: UnitName = None) -> MonthOut:
    with me.reading() as reading:
        shown = month_report(reading, me.language, _month(month), by=by, unit=unit_asked(reading, unit))
    return MonthOut.of(shown)


@router.get("/months/{month}/file.csv", summary="The same as a file for a table program", response_class=Response)
def month_file(me: Me, month: MonthName, by: By = "unit", unit: UnitName = None) -> Response:
    with me.reading() as reading:
        named = unit_asked(reading, unit)
        shown = month_report(reading, me.language, _month(month), by=by, unit=named, leaves=True)
    return csv_file(f"kuukausi_{by}_{shown.month:%Y-%m}.csv", month_heads(me.language), month_lines(shown))


@router.get("/waits", summary="Waits from contact and assessment to service, by kind of resolution too")
def waits(me: Me, asked: Annotated[WaitsAsked, Depends()]) -> WaitReportOut:
    return WaitReportOut.of(asked.of(me, leaves=False))


@router.get("/waits.csv", summary="The same as a file for a table program", response_class=Response)
def waits_file(me: Me, asked: Annotated[WaitsAsked, Depends()]) -> Response:
    shown = asked.of(me, leaves=True)
    name = f"odotusajat_{shown.by}_{shown.from_on}_{shown.to_on}.csv"
    return csv_file(name, wait_heads(me.language, baseline=shown.baseline is not None), wait_lines(shown))


@router.get(
    "/waiting-times/{half}", summary="A half-year's waiting times to publish, from when a matter became pending"
)
def waiting_times(me: Me, half: HalfName, unit: UnitName = None) -> WaitReportOut:
    with me.reading() as reading:
        return WaitReportOut.of(half_year(reading, me.language, half, unit=unit_asked(reading, unit)))


@router.get("/waiting-times/{half}/file.csv", summary="The same as a file for a table program", response_class=Response)
def waiting_times_file(me: Me, half: HalfName, unit: UnitName = None) -> Response:
    with me.reading() as reading:
        shown = half_year(reading, me.language, half, unit=unit_asked(reading, unit))
    name = f"odotusajat_{shown.from_on}_{shown.to_on}.csv"
    return csv_file(name, wait_heads(me.language, baseline=shown.baseline is not None), wait_lines(shown))


@router.get("/backlog", summary="Who waits at each week's end, and whether that burns down")
def backlog(me: Me, from_on: From, to_on: To, unit: UnitName = None, pathway: Named = None) -> BacklogOut:
    with me.reading() as reading:
        shown = backlog_report(reading, from_on=from_on, to_on=to_on, unit=unit_asked(reading, unit), pathway=pathway)
    return BacklogOut.of(shown)


@router.get("/backlog.csv", summary="The same as a file for a table program", response_class=Response)
def backlog_file(me: Me, from_on: From, to_on: To, unit: UnitName = None, pathway: Named = None) -> Response:
    with me.reading() as reading:
        unit_id = unit_asked(reading, unit)
        shown = backlog_report(reading, from_on=from_on, to_on=to_on, unit=unit_id, pathway=pathway, leaves=True)
    heads = [head.in_language(me.language) for head in WEEK_HEADS]
    return csv_file(f"jono_{shown.from_on}_{shown.to_on}.csv", heads, backlog_lines(shown))


@router.get("/episodes", summary="The four timestamps of each case I may see")
def episodes(me: Me, from_on: From, to_on: To, pathway: Named = None) -> EpisodesOut:
    with me.reading() as reading:
        return EpisodesOut.of(episode_list(reading, from_on=from_on, to_on=to_on, pathway=pathway))


def _baseline(from_on: date | None, to_on: date | None) -> tuple[date, date] | None:
    if from_on is None and to_on is None:
        return None
    if from_on is None or to_on is None:
        raise Malformed("baseline_to" if to_on is None else "baseline_from", "not_a_period")
    return from_on, to_on


def _month(named: str) -> date:
    try:
        return date.fromisoformat(f"{named}-01")
    except ValueError:
        raise Malformed("month", "not_a_month") from None


def unit_asked(reading: Reading, named: str | None) -> str | None:
    unit_id = unit_named(reading, named)
    return known_id("unit")(unit_id) if unit_id is not None else None
