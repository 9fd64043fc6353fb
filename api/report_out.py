"""Reports in answers: groups with their figures, null where they are too small to show, and the same as lines of a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from pydantic import PlainSerializer

from api.csv_file import Cell
from api.moments import Moment, Out
from engine.read_models.month_report import MonthReport, MonthRow
from engine.read_models.promise_question import Counted
from engine.read_models.promise_report import Attainment, By, PromiseReport, Waits
from engine.read_models.wait_counts import Spread
from pathways.definition_parts import Text
from pathways.time_words import Language

COUNTS = ("started", "kept", "late", "breached", "voided", "cancelled", "travelled", "running")
SHARES = ("share_as_recorded", "share_as_corrected")
Month = Annotated[date, PlainSerializer(lambda day: f"{day:%Y-%m}", return_type=str)]
"""A month in an answer, such as `2026-11`."""
FEW = "<5"
"""What stands in a file in place of a figure that isn't shown."""


class SpreadOut(Out):
    """Waits in seconds: the shortest that at least half (nine in ten) don't exceed."""

    count: int
    median_seconds: int | None
    p90_seconds: int | None

    @classmethod
    def of(cls, spread: Spread) -> "SpreadOut":
        return cls(count=spread.count, median_seconds=spread.median, p90_seconds=spread.p90)


class WaitsOut(Out):
    """Gross: from the contact itself. Net: from the opening, pauses left out. Working: net, in open hours."""

    gross: SpreadOut
    net: SpreadOut
    working: SpreadOut
    kept_gross: int
    share_gross: float | None

    @classmethod
    def of(cls, waits: Waits) -> "WaitsOut":
        return cls(
            gross=SpreadOut.of(waits.gross),
            net=SpreadOut.of(waits.net),
            working=SpreadOut.of(waits.working),
            kept_gross=waits.kept_gross,
            share_gross=waits.share_gross,
        )


class AttainmentOut(Out):
    """A group. Counts are as corrected. A group of fewer than five is `hidden` from who doesn't see the cases: its
    figures are null."""

    key: str
    title: str
    hidden: bool
    started: int | None
    kept: int | None
    late: int | None
    breached: int | None
    voided: int | None
    cancelled: int | None
    travelled: int | None
    running: int | None
    share_as_recorded: float | None
    share_as_corrected: float | None
    waits: WaitsOut | None
    baseline: "AttainmentOut | None"

    @classmethod
    def of(cls, shown: Attainment) -> "AttainmentOut":
        counts = {name: None if shown.hidden else getattr(shown, name) for name in COUNTS}
        return cls(
            key=shown.key,
            title=shown.title,
            hidden=shown.hidden,
            **counts,
            share_as_recorded=shown.share_as_recorded,
            share_as_corrected=shown.share_as_corrected,
            waits=WaitsOut.of(shown.waits) if shown.waits else None,
            baseline=AttainmentOut.of(shown.baseline) if shown.baseline else None,
        )


class PeriodOut(Out):
    from_on: date
    to_on: date

    @classmethod
    def of(cls, period: tuple[date, date] | None) -> "PeriodOut | None":
        return cls(from_on=period[0], to_on=period[1]) if period else None


class ReportOut(Out):
    from_on: date
    to_on: date
    by: By
    counted: Counted
    baseline: PeriodOut | None
    rows: list[AttainmentOut]
    total: AttainmentOut

    @classmethod
    def of(cls, shown: PromiseReport) -> "ReportOut":
        return cls(
            from_on=shown.from_on,
            to_on=shown.to_on,
            by=shown.by,
            counted=shown.counted,
            baseline=PeriodOut.of(shown.baseline),
            rows=[AttainmentOut.of(row) for row in shown.rows],
            total=AttainmentOut.of(shown.total),
        )


class FrozenOut(Out):
    month: Month
    frozen_at: Moment
    promises: int


class MonthRowOut(Out):
    """A group as it was frozen and as it is known today; null on the side where there is none."""

    key: str
    title: str
    frozen: AttainmentOut | None
    as_corrected: AttainmentOut | None

    @classmethod
    def of(cls, row: MonthRow) -> "MonthRowOut":
        return cls(
            key=row.key,
            title=row.title,
            frozen=AttainmentOut.of(row.frozen) if row.frozen else None,
            as_corrected=AttainmentOut.of(row.as_corrected) if row.as_corrected else None,
        )


class MonthOut(Out):
    """A month's promises by the month that decided them. `intact` is false when frozen figures were tampered with."""

    month: Month
    frozen_at: Moment
    intact: bool | None
    by: By
    rows: list[MonthRowOut]
    total: MonthRowOut

    @classmethod
    def of(cls, shown: MonthReport) -> "MonthOut":
        return cls(
            month=shown.month,
            frozen_at=shown.frozen_at,
            intact=shown.intact,
            by=shown.by,
            rows=[MonthRowOut.of(row) for row in shown.rows],
            total=MonthRowOut.of(shown.total),
        )


# --- the same as a file ---

COUNT_HEADS = (
    Text(fi="Annettu", sv="Givna", en="Given"),
    Text(fi="Pidetty", sv="Hållna", en="Kept"),
    Text(fi="Myöhässä", sv="Försenade", en="Late"),
    Text(fi="Ylityksiä", sv="Överskridningar", en="Breaches"),
    Text(fi="Mitätöityjä ylityksiä", sv="Upphävda överskridningar", en="Breaches voided"),
    Text(fi="Peruttu", sv="Återkallade", en="Cancelled"),
    Text(fi="Siirtynyt", sv="Överförda", en="Travelled"),
    Text(fi="Kesken", sv="Pågår", en="Running"),
)
SHARE_HEADS = (
    Text(fi="Pidetty, kirjattu", sv="Hållna, som antecknat", en="Kept, as recorded"),
    Text(fi="Pidetty, korjattu", sv="Hållna, som korrigerat", en="Kept, as corrected"),
)
WAIT_HEADS = (
    Text(fi="Pidetty, brutto", sv="Hållna, brutto", en="Kept, gross"),
    Text(fi="Odotus brutto, mediaani h", sv="Väntan brutto, median h", en="Gross wait, median h"),
    Text(fi="Odotus brutto, 90 % h", sv="Väntan brutto, 90 % h", en="Gross wait, 90 % h"),
    Text(fi="Odotus netto, mediaani h", sv="Väntan netto, median h", en="Net wait, median h"),
    Text(fi="Odotus netto, 90 % h", sv="Väntan netto, 90 % h", en="Net wait, 90 % h"),
    Text(fi="Odotus työaikana, mediaani h", sv="Väntan i arbetstid, median h", en="Working-time wait, median h"),
    Text(fi="Odotus työaikana, 90 % h", sv="Väntan i arbetstid, 90 % h", en="Working-time wait, 90 % h"),
)
GROUP = Text(fi="Ryhmä", sv="Grupp", en="Group")
KEY = Text(fi="Tunnus", sv="Kod", en="Key")
FROZEN = Text(fi="Jäädytetty", sv="Fryst", en="Frozen")
CORRECTED = Text(fi="Korjattu", sv="Korrigerad", en="Corrected")
BASELINE = Text(fi="Vertailujakso", sv="Jämförelseperiod", en="Baseline")


def attainment_heads(language: Language, *, waits: bool, baseline: bool) -> list[str]:
    own = [*COUNT_HEADS, *SHARE_HEADS, *(WAIT_HEADS if waits else ())]
    heads = [KEY, GROUP, *own]
    said = [head.in_language(language) for head in heads]
    before = BASELINE.in_language(language)
    return [*said, *(f"{before}: {head.in_language(language)}" for head in own)] if baseline else said


def attainment_lines(report: PromiseReport) -> Iterator[list[Cell]]:
    """A line per group and one for all. Small groups are left out of a file whoever asks: it goes further than a screen."""
    for row in (*report.rows, report.total):
        waits = report.total.waits is not None
        before = _figures(row.baseline, waits=waits) if report.baseline else ()
        yield [row.key, row.title, *_figures(row, waits=waits), *before]


def month_heads(language: Language) -> list[str]:
    own = [head.in_language(language) for head in (*COUNT_HEADS, *SHARE_HEADS, *WAIT_HEADS)]
    sides = (side.in_language(language) for side in (FROZEN, CORRECTED))
    return [
        KEY.in_language(language),
        GROUP.in_language(language),
        *(f"{side}: {head}" for side in sides for head in own),
    ]


def month_lines(report: MonthReport) -> Iterator[list[Cell]]:
    for row in (*report.rows, report.total):
        yield [row.key, row.title, *_figures(row.frozen, waits=True), *_figures(row.as_corrected, waits=True)]


def _figures(row: Attainment | None, *, waits: bool) -> Sequence[Cell]:
    width = len(COUNTS) + len(SHARES) + (len(WAIT_HEADS) if waits else 0)
    if row is None:
        return [None] * width
    if row.hidden:
        return [FEW, *[None] * (width - 1)]
    figures: list[Cell] = [getattr(row, name) for name in (*COUNTS, *SHARES)]
    if not waits:
        return figures
    if row.waits is None:
        return [*figures, *[None] * len(WAIT_HEADS)]
    spreads = (row.waits.gross, row.waits.net, row.waits.working)
    hours = [_hours(seconds) for spread in spreads for seconds in (spread.median, spread.p90)]
    return [*figures, row.waits.share_gross, *hours]


def _hours(seconds: int | None) -> float | None:
    return None if seconds is None else seconds / 3600
