"""What a running promise's due instant follows from: only what its start wrote down, never what a definition says today.

Pausing, resuming, recalculating and explaining all come through here, so that they can't differ (rules 28 and 29).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from pathways.calendar import ServiceCalendar
from pathways.due_explanation import ExplanationLine, explain
from pathways.due_instant import Due, Roll, due
from pathways.goal import parse_goal
from pathways.pause import Pause
from pathways.service_promise import PauseInterval, ServicePromise
from pathways.time_words import Language


def calendar_version(promise: ServicePromise) -> tuple[str, int]:
    """The calendar it counts on, by name and version: what stood in force when it started (rule 12)."""
    key, _, version = promise.calendar.rpartition("@")
    return key, int(version)


def pauses_of(pauses: Iterable[PauseInterval], titles: Mapping[str, str] | None = None) -> tuple[Pause, ...]:
    """Its pauses as working time takes them; a reason the county has words for is called by them."""
    said = titles or {}
    return tuple(Pause(start=one.start, end=one.end, reason=said.get(one.reason, one.reason)) for one in pauses)


def due_of(promise: ServicePromise, calendar: ServiceCalendar, pauses: Sequence[Pause] | None = None) -> Due:
    """When it is due on its calendar with its own pauses, or with others; refuses what `due` refuses."""
    return due(
        promise.started_at,
        pauses_of(promise.pauses) if pauses is None else pauses,
        parse_goal(promise.goal),
        calendar,
        roll=cast("Roll", promise.roll),
        kind=promise.kind,
        count_from_effective=promise.counted_from == "effective",
    )


def explanation_of(
    promise: ServicePromise, calendar: ServiceCalendar, lang: Language, titles: Mapping[str, str] | None = None
) -> list[ExplanationLine]:
    """Why it is due when it is, line by line; `titles` are the county's words for reasons to pause."""
    return explain(
        promise.started_at,
        pauses_of(promise.pauses, titles),
        parse_goal(promise.goal),
        calendar,
        roll=cast("Roll", promise.roll),
        kind=promise.kind,
        count_from_effective=promise.counted_from == "effective",
        of_contact=False,
        lang=lang,
    )
