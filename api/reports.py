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
from engine.handle import Reading
from engine.read_models.month_report import month_report, months_frozen
from engine.read_models.promise_question import Counted
from engine.read_models.promise_report import By, PromiseReport, promise_report
from pathways.errors import Malformed

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])

MonthName = Annotated[str, Path(description="A month such as `2026-11`.", max_length=7)]
From = Annotated[date, Query(alias="from", description="The first local date.")]
To = Annotated[date, Query(alias="to", description="The last local date, held.")]
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
    baseline_from: Annotated[date | None, Query(description="The first date of the period to compare with.")] = None
    baseline_to: Annotated[date | None, Query(description="Its last date, held.")] = None

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
                baseline=self._baseline,
                with_waits=True,
                leaves=leaves,
            )

    @property
    def _baseline(self) -> tuple[date, date] | None:
        if self.baseline_from is None and self.baseline_to is None:
            return None
        if self.baseline_from is None or self.baseline_to is None:
            raise Malformed("baseline_to" if self.baseline_to is None else "baseline_from", "not_a_period")
        return self.baseline_from, self.baseline_to


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


def _month(named: str) -> date:
    try:
        return date.fromisoformat(f"{named}-01")
    except ValueError:
        raise Malformed("month", "not_a_month") from None


def unit_asked(reading: Reading, named: str | None) -> str | None:
    unit_id = unit_named(reading, named)
    return known_id("unit")(unit_id) if unit_id is not None else None
