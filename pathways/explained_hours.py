"""The lines of hour goals and of `same day`: a timeline of open, closed and paused intervals."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from pathways.counted_time import open_time_between, time_between
from pathways.due_instant import Count
from pathways.explanation_line import Effect, ExplanationLine
from pathways.explanation_words import Words
from pathways.pause import Pause
from pathways.time_words import length_in_words, time_in_words

Piece = tuple[datetime, datetime, Effect, str]
"""From, to, what it did, and why it did not count."""


def lines_of_hours(count: Count, words: Words) -> Iterator[ExplanationLine]:
    """Every interval from the start to the due instant; pauses lie over whatever they cover."""
    due_at, _ = count.end()
    shut = (
        _shut_while_same_day(count, words) if count.goal.unit == "same_day" else _shut_while_hours(count, due_at, words)
    )
    pieces = _with_pauses(_counted_between(list(shut), count.start, due_at), count)
    for piece in _joined(pieces):
        begins, ends, effect, why = piece
        yield ExplanationLine(
            start=begins, end=ends, effect=effect, text=_sentence(count, begins, ends, effect, why, words)
        )


def _shut_while_hours(count: Count, due_at: datetime, words: Words) -> Iterator[Piece]:
    begins = count.start
    if count.goal.unit == "hour":
        opens = count.counts_from
        if begins < opens:
            yield begins, opens, "not_counted", words.shut_between(count.calendar, begins, opens)
        return
    for opens, closes in count.calendar.openings_after(begins):
        if begins < opens:
            yield begins, min(opens, due_at), "not_counted", words.shut_between(count.calendar, begins, opens)
        if closes >= due_at:
            return
        begins = closes


def _shut_while_same_day(count: Count, words: Words) -> Iterator[Piece]:
    """What the service day waits for: the next opening, the day after the last contact, the opening after a pause."""
    effective, calendar = count.effective_at, count.calendar
    if count.start < effective:
        yield count.start, effective, "not_counted", words.shut_between(count.calendar, count.start, effective)
    day = calendar.service_day(count.start)
    opens = calendar.openings(day)[0][0]
    if opens > effective and calendar.last_contact_for_same_day:
        time = time_in_words(calendar.last_contact_for_same_day, words.lang)
        yield effective, opens, "not_counted", words.say("last_contact", time=time)
    for pause, (first, last) in zip(count.pauses, count.paused, strict=True):
        if first <= day < last:
            again = calendar.effective_at(pause.end)
            day = calendar.local_date(again)
            if pause.end < again:
                yield pause.end, again, "not_counted", words.shut_between(count.calendar, pause.end, again)


def _counted_between(shut: list[Piece], begins: datetime, ends: datetime) -> Iterator[Piece]:
    for piece in shut:
        if begins < piece[0]:
            yield begins, piece[0], "counted", ""
        yield piece
        begins = piece[1]
    if begins < ends:
        yield begins, ends, "counted", ""


def _with_pauses(pieces: Iterable[Piece], count: Count) -> Iterator[Piece]:
    for begins, ends, effect, why in pieces:
        at = begins
        for index, pause in enumerate(count.pauses):
            first, last = max(at, pause.start), min(ends, pause.end)
            if first < last:
                if at < first:
                    yield at, first, effect, why
                yield first, last, "paused", str(index)
                at = last
        if at < ends:
            yield at, ends, effect, why


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that say the same as one piece: a pause over open and closed time is one pause."""
    for (effect, why), same in groupby(pieces, key=lambda piece: (piece[2], piece[3])):
        together = list(same)
        yield together[0][0], together[-1][1], effect, why


def _sentence(count: Count, begins: datetime, ends: datetime, effect: Effect, why: str, words: Words) -> str:
    when = words.span(begins, ends)
    if effect == "paused":
        pause = count.pauses[int(why)]
        return words.say("paused", when=when, why=words.reason(pause.reason), effect=_moved_by(count, int(why), words))
    if effect == "not_counted":
        return words.say("closed", when=when, why=why)
    is_service_day = count.goal.unit == "same_day" and count.calendar.local_date(begins) == count.end()[1]
    what = words.say("service_day") if is_service_day else length_in_words(ends - begins)
    return words.say("counted", what=f"{when}, {what}")


def _moved_by(count: Count, index: int, words: Words) -> str:
    pause = count.pauses[index]
    if count.goal.unit == "same_day":
        moved = count.until(index + 1).end() != count.until(index).end()
        return words.say("moves_service_day" if moved else "moves_not")
    length = _length_of(count, pause)
    return words.say("moves", much=length_in_words(length)) if length else words.say("moves_not")


def _length_of(count: Count, pause: Pause) -> timedelta:
    """How much counted time a pause takes: elapsed for hours, open for service hours."""
    begins = max(pause.start, count.counts_from)
    if count.goal.unit == "service_hour":
        return open_time_between(begins, pause.end, count.calendar)
    return time_between(begins, pause.end)
