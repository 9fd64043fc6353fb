"""Three charts for the team lead's board, each with what it found in one sentence and its figures as rows for a table.

Pure functions of rows. Units and weeks only, never persons. Nothing is told by colour alone: a missed week is a
triangle, what lies over the promise is hatched.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, zip_longest

from engine.drawing.chart_canvas import ROW, Canvas
from engine.drawing.chart_words import Unit, days, listed, percent, told
from engine.drawing.labels import SMALL
from engine.drawing.words import Language


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, the sentence that says what it shows, and its figures: heads and rows, all in words."""

    svg: str
    title: str
    finding: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week: how many clocks were judged in it, and how many of those were kept."""

    number: int
    judged: int
    kept: int

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.kept) / Decimal(self.judged) if self.judged else None


def attainment(weeks: Sequence[Week], target: Decimal | None, language: Language, ident: str = "pidetyt") -> Chart:
    """Draw the share kept by week as dots and a line; a week without any is left open. `target` is between 0 and 1."""
    judged = [week for week in weeks if week.judged]
    finding = _attainment_finding(judged, target, language)
    title = told("attainment", language)
    canvas = Canvas(ident, title, finding)
    shares = [share for week in judged if (share := week.share) is not None]
    lowest = min([*shares, target or Decimal(1)], default=Decimal(0))
    floor = max(0, int(lowest * 100) // 10 * 10 - 5) if lowest < Decimal("0.95") else 80
    canvas.value_axis(floor, 100, step=5 if floor >= 75 else 25 if floor < 30 else 10, unit="%")
    places = {week.number: canvas.x_of(index, len(weeks)) for index, week in enumerate(weeks)}
    for number, x in places.items():
        canvas.tick(x, str(number))
    canvas.axis_name(told("week", language))
    if target is not None:
        canvas.target(float(target * 100), told("target", language, share=percent(target, language)))
    for open_, run in groupby(weeks, key=lambda week: week.share is None):
        if not open_:
            canvas.line([(places[week.number], float((week.share or 0) * 100)) for week in run])
    for week in judged:
        share = week.share or Decimal(0)
        missed = target is not None and share < target
        canvas.dot(places[week.number], float(share * 100), percent(share, language, target).rstrip("%\u00a0"), missed)
    heads = tuple(told(word, language) for word in ("week", "kept_share", "kept", "judged"))
    rows = tuple(
        (str(w.number), "–" if w.share is None else percent(w.share, language, target), str(w.kept), str(w.judged))
        for w in weeks
    )
    return Chart(canvas.svg(), title, finding, heads, rows)


def _attainment_finding(judged: Sequence[Week], target: Decimal | None, language: Language) -> str:
    if not judged:
        return told("nothing_judged", language)
    if target is None:
        last = judged[-1]
        return told("latest", language, week=last.number, share=percent(last.share or Decimal(0), language))
    goal = percent(target, language)
    missed = [str(week.number) for week in judged if week.share is not None and week.share < target]
    if not missed:
        return told("always", language, share=goal)
    if len(missed) == len(judged) and len(missed) > 1:
        return told("never", language, share=goal)
    return told("missed_one" if len(missed) == 1 else "missed", language, share=goal, weeks=listed(missed, language))


def waiting(waits: Mapping[int, int], promised: int, unit: Unit, language: Language, ident: str = "odotus") -> Chart:
    """Draw how many waited how long, by whole days; more than promised is hatched, the long tail is one bar."""
    bins = list(_bins(waits, promised))
    all_, over = sum(waits.values()), sum(count for wait, count in waits.items() if wait > promised)
    finding = _waiting_finding(all_, over, language)
    title = told("waiting", language)
    canvas = Canvas(ident, title, finding)
    most = max((count for _, count, _ in bins), default=1)
    canvas.count_axis(max(most, 1))
    for index, (label, count, late) in enumerate(bins):
        canvas.column(index, len(bins), count, label, late)
    within = sum(not late for _, _, late in bins)
    canvas.limit(within, len(bins), told("promised", language, days=days(promised, unit, language)))
    canvas.axis_name(f"{told(f'waited_{unit}', language)}, {told('clients', language)}", below=True)
    heads = (told(f"waited_{unit}", language), told("clients", language), told("over", language))
    rows = tuple((label, str(count), told("yes" if late else "no", language)) for label, count, late in bins)
    return Chart(canvas.svg(), title, finding, heads, rows)


def _bins(waits: Mapping[int, int], promised: int) -> Iterator[tuple[str, int, bool]]:
    """Give bars of equal width in days: label, count, whether all of it lies over the promise. The last has the rest."""
    wide = _bin_width(promised)
    most = 12 if wide == 1 else 9
    longest = max((*waits, promised + 1))
    starts = [0, *range(wide + (wide > 1), promised + 1, wide)]
    starts += [
        promised + 1 + wide * step
        for step in range(max(2, most - len(starts)))
        if promised + 1 + wide * step <= longest
    ]
    for start, following in zip_longest(starts, starts[1:]):
        end = longest if following is None else following - 1
        count = sum(number for wait, number in waits.items() if start <= wait <= end)
        long_tail = following is None and end - start >= wide
        label = f"{start}+" if long_tail else str(start) if start == end else f"{start}–{end}"
        yield label, count, start > promised


def _bin_width(promised: int) -> int:
    """Return the days of one bar, so that the promise falls between two bars."""
    even = (wide for wide in range(1, promised + 1) if promised % wide == 0 and 4 <= promised // wide <= 8)
    return 1 if promised <= 10 else next(even, -(-promised // 7))


def _waiting_finding(all_: int, over: int, language: Language) -> str:
    if not all_:
        return told("nobody_waited", language)
    return told("none_over" if not over else "one_over" if over == 1 else "some_over", language, over=over, all=all_)


def overdue(units: Sequence[tuple[str, int]], language: Language, ident: str = "myohassa") -> Chart:
    """Draw how many are overdue in each unit (name, number), the most first, as lying bars from zero."""
    ordered = sorted(units, key=lambda unit: (-unit[1], unit[0]))
    finding = _overdue_finding([unit for unit in ordered if unit[1]], language)
    title = told("overdue", language)
    canvas = Canvas(ident, title, finding, height=max(len(ordered), 1) * ROW + 12)
    room = max((SMALL.width(name) for name, _ in ordered), default=0.0)
    canvas.bars(ordered, room)
    heads = (told("unit", language), told("late", language))
    return Chart(canvas.svg(), title, finding, heads, tuple((name, str(number)) for name, number in ordered))


def _overdue_finding(units: Sequence[tuple[str, int]], language: Language) -> str:
    if not units:
        return told("nothing_late", language)
    all_, most = sum(number for _, number in units), units[0][1]
    names = [name for name, number in units if number == most]
    word = "late_single" if all_ == 1 else "late_one_unit" if len(names) == 1 else "late_units"
    return told(word, language, all=all_, most=most, units=listed(names, language))
