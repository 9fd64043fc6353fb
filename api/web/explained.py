"""Why this day: the due instant of each promise, told interval by interval down to the holiday that moved it."""

from collections.abc import Iterable

from engine.handle import Reading
from engine.read_models.promise_shown import PromiseShown
from pathways.due_explanation import explain
from pathways.errors import PathwayError
from pathways.goal import parse_goal
from pathways.time_words import Language
from pathways.working_time import Pause


def explanations(reading: Reading, promises: Iterable[PromiseShown], language: Language) -> dict[str, list[str]]:
    """Sentences by promise id; a promise that stands still has none, because it is due nowhere yet."""
    told = ((promise.promise_id, _told(reading, promise, language)) for promise in promises if promise.due_at)
    return {promise_id: lines for promise_id, lines in told if lines}


def _told(reading: Reading, promise: PromiseShown, language: Language) -> list[str]:
    key, _, version = promise.calendar.partition("@")
    calendar = reading.engine.calendars.version(key, int(version or 1))
    pauses = [Pause(start=pause.start, end=pause.end, reason=pause.reason_title) for pause in promise.pauses]
    try:
        lines = explain(
            promise.started_at,
            pauses,
            parse_goal(promise.goal),
            calendar,
            roll=promise.roll,  # type: ignore[arg-type]
            kind=promise.kind,  # type: ignore[arg-type]
            count_from_effective=promise.counts_from_effective,
            lang=language,
        )
    except PathwayError:
        return []
    return [line.text for line in lines]
