"""Why this day: the due instant of each promise, told interval by interval down to the holiday that moved it."""

from collections.abc import Iterable

from engine.handle import Reading
from engine.read_models.promise_shown import PromiseShown
from pathways.errors import PathwayError
from pathways.promise_due import calendar_version, explanation_of
from pathways.time_words import Language


def explanations(reading: Reading, promises: Iterable[PromiseShown], language: Language) -> dict[str, list[str]]:
    """Sentences by promise id; a promise that stands still has none, because it is due nowhere yet."""
    told = ((promise.promise_id, _told(reading, promise, language)) for promise in promises if promise.due_at)
    return {promise_id: lines for promise_id, lines in told if lines}


def _told(reading: Reading, promise: PromiseShown, language: Language) -> list[str]:
    if promise.row is None:
        return []
    titles = {pause.reason: pause.reason_title for pause in promise.pauses}
    try:
        calendar = reading.engine.calendars.version(*calendar_version(promise.row))
        return [line.text for line in explanation_of(promise.row, calendar, language, titles)]
    except PathwayError:  # a calendar version this process doesn't have
        return []
