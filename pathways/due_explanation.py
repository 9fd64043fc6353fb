"""Explains a due instant interval by interval: what counted, what did not, and why (rule 29 of the promises)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pathways.calendar import ServiceCalendar
from pathways.due_instant import Count, Due, Kind, Roll, count_of
from pathways.explained_days import lines_of_days
from pathways.explained_hours import lines_of_hours
from pathways.explanation_line import ExplanationLine, note
from pathways.explanation_words import Words
from pathways.goal import Goal
from pathways.local_time import TZDATA_VERSION
from pathways.pause import Pause
from pathways.time_words import Language

__all__ = ["ExplanationLine", "explain"]


def explain(
    start: datetime,
    pauses: Sequence[Pause],
    goal: Goal,
    calendar: ServiceCalendar,
    *,
    roll: Roll = "none",
    kind: Kind = "promise",
    count_from_effective: bool = False,
    of_contact: bool = True,
    lang: Language = "fi",
) -> list[ExplanationLine]:
    """The due instant of the same arguments, told line by line; refuses what `due` refuses.

    The lines with a length follow each other from `start` to the due instant without a gap. A clock that something else
    than a contact may have started (`of_contact` is False) began; nothing was received.
    """
    count = count_of(start, pauses, goal, calendar, roll=roll, kind=kind, count_from_effective=count_from_effective)
    words = Words(lang, calendar.zone)
    body = lines_of_hours(count, words) if goal.is_in_hours or goal.unit == "same_day" else lines_of_days(count, words)
    return [
        *_beginning(count, words, of_contact=of_contact),
        *sorted(body, key=lambda line: line.start),
        *_end(count, kind, words),
    ]


def _beginning(count: Count, words: Words, *, of_contact: bool) -> Iterator[ExplanationLine]:
    began, opens = ("received", "opens") if of_contact else ("began", "opens_later")
    yield note(count.start, words.say(began, at=words.at(count.start)), "received")
    counts_through = count.counts_from < count.effective_at and count.goal.unit not in ("same_day", "service_hour")
    if counts_through:
        yield note(count.start, words.say(opens, at=words.at(count.effective_at)))


def _end(count: Count, kind: Kind, words: Words) -> Iterator[ExplanationLine]:
    due = count.due()
    yield from _clock_changes(count, due, words)
    if not count.calendar.knows_holidays_of(due.due_on):
        yield note(due.due_at, words.say("unknown_holidays", year=due.due_on.year))
    yield note(due.due_at, words.say("due", kind=words.kind(kind), at=words.at(due.due_at, ends=True)), "due")
    if due.working_due_at != due.due_at:
        text = words.say("working_due", at=words.at(due.working_due_at, ends=True))
        yield note(due.due_at, text, "working_due")
    facts = {"name": count.calendar.key, "version": count.calendar.version, "zone": count.calendar.zone}
    yield note(due.due_at, words.say("calendar", **facts, tzdata=TZDATA_VERSION))


def _clock_changes(count: Count, due: Due, words: Words) -> Iterator[ExplanationLine]:
    """Days are whole on any clock; only elapsed hours ask for a word when the clocks change between."""
    if count.goal.unit != "hour":
        return
    day = count.calendar.local_date(count.start)
    while day <= due.due_on:
        begins, ends = count.calendar.end_of_day(day - timedelta(days=1)), count.calendar.end_of_day(day)
        if ends - begins != timedelta(days=1):
            sentence = "summer" if ends - begins < timedelta(days=1) else "winter"
            yield note(due.due_at, words.say(sentence, day=words.days(day, day)))
        day += timedelta(days=1)
