"""The lines of a day goal: which days were counted, which were closed or paused, and what a closed last day became."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pathways.due_instant import Count
from pathways.explanation_line import Effect, ExplanationLine, note
from pathways.explanation_words import Words
from pathways.goal import Unit
from pathways.local_time import ONE_DAY


@dataclass(frozen=True, slots=True)
class _Mark:
    """What one day did to the count; days with equal marks are said together."""

    effect: Effect
    why: str = ""
    pause: int | None = None


def lines_of_days(count: Count, words: Words) -> Iterator[ExplanationLine]:
    """Day 0, then runs of days with the same mark until the due day; pauses and rolls that moved nothing as notes."""
    last, (due_at, due_on) = count.last_day(), count.end()
    yield from _day_zero(count, words)
    counted = 0
    for mark, first, final in _runs(count, last, due_on, words):
        line = _line(count, mark, first, final, counted, words)
        counted += line.days
        yield line
    yield from _pauses_that_took_nothing(count, words)
    if count.roll == "backward" and not count.calendar.is_open_day(last):
        yield note(due_at, _closed_last_day("stays" if due_on == last else "backward", count, words), "rolled")


def _day_zero(count: Count, words: Words) -> Iterator[ExplanationLine]:
    begins, day = count.counts_from, count.first_day
    if begins > count.start:
        text = words.say(
            "closed", when=words.span(count.start, begins), why=words.shut_between(count.calendar, count.start, begins)
        )
        yield ExplanationLine(start=count.start, end=begins, effect="not_counted", text=text)
    text = words.say("not_counted", when=words.days(day, day), why=words.say("start_day"))
    yield ExplanationLine(start=begins, end=count.calendar.end_of_day(day), effect="not_counted", text=text)


def _runs(count: Count, last: date, due_on: date, words: Words) -> Iterator[tuple[_Mark, date, date]]:
    days = (count.first_day + ONE_DAY * ahead for ahead in range(1, (due_on - count.first_day).days + 1))
    for mark, together in groupby(days, key=lambda day: _mark(count, day, last, due_on, words)):
        run = list(together)
        yield mark, run[0], run[-1]


def _mark(count: Count, day: date, last: date, due_on: date, words: Words) -> _Mark:
    for index, (first, end) in enumerate(count.paused):
        if first <= day < end:
            return _Mark("paused", pause=index)
    if day > last:
        return _Mark("rolled") if day == due_on else _Mark("not_counted", _why_closed(count, day, words))
    if count.may_count(day):
        return _Mark("counted")
    return _Mark("not_counted", _why_closed(count, day, words))


def _line(count: Count, mark: _Mark, first: date, last: date, counted: int, words: Words) -> ExplanationLine:
    days = (last - first).days + 1 if mark.effect == "counted" else 0
    return ExplanationLine(
        start=count.calendar.end_of_day(first - ONE_DAY),
        end=count.calendar.end_of_day(last),
        effect=mark.effect,
        text=_sentence(count, mark, first, last, counted, words),
        days=days,
    )


def _sentence(count: Count, mark: _Mark, first: date, last: date, counted: int, words: Words) -> str:
    if mark.pause is not None:
        return _paused_sentence(count, mark.pause, _moved_by(count, mark.pause, words), words)
    if mark.effect == "rolled":
        return _closed_last_day("forward", count, words)
    if mark.effect == "not_counted":
        return words.say("not_counted", when=words.days(first, last), why=mark.why)
    numbers = words.numbered(counted + 1, counted + (last - first).days + 1, count.goal.unit)
    return words.say("counted", what=f"{words.days(first, last)}, {numbers}")


def _paused_sentence(count: Count, index: int, effect: str, words: Words) -> str:
    pause, (first, last) = count.pauses[index], count.paused[index]
    when = words.dates(first, last, seen_from=count.first_day) if first < last else words.span(pause.start, pause.end)
    return words.say("paused", when=when, why=words.reason(pause.reason), effect=effect)


def _moved_by(count: Count, index: int, words: Words) -> str:
    """By how much one pause moved the end: in days of the goal, or in plain days when it moved a rolled day."""
    first, end = count.paused[index]
    days = [first + ONE_DAY * ahead for ahead in range((end - first).days)]
    taken = sum(count.first_day < day and count.may_count(day) for day in days)
    unit: Unit = count.goal.unit if count.goal.counts_open_days else "day"
    if first > _last_day_before(count, index):
        taken, unit = (count.until(index + 1).end()[1] - count.until(index).end()[1]).days, "day"
    return words.moved_by(taken, unit) if taken else words.say("moves_not")


def _last_day_before(count: Count, index: int) -> date:
    return count.until(index).last_day()


def _pauses_that_took_nothing(count: Count, words: Words) -> Iterator[ExplanationLine]:
    for index, (pause, (_, end)) in enumerate(zip(count.pauses, count.paused, strict=True)):
        if end <= count.first_day + ONE_DAY or count.paused[index][0] == end:
            yield note(pause.start, _paused_sentence(count, index, words.say("moves_not"), words))


def _closed_last_day(sentence: str, count: Count, words: Words) -> str:
    last, (_, due_on) = count.last_day(), count.end()
    why = _why_closed(count, last, words)
    return words.say(sentence, last=words.days(last, last), why=why, day=words.day(due_on))


def _why_closed(count: Count, day: date, words: Words) -> str:
    return count.calendar.why_closed(day, words.lang) or words.say("shut")
