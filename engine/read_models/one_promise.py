"""One promise of a case, and why it is due when it is, interval by interval (rule 29)."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.access import verbs
from engine.access_log import Read
from engine.handle import Reading
from engine.machine import CompiledPathway
from engine.read_models.case_access import SeenCase, see_case
from engine.read_models.case_around import PROMISE_VERBS
from engine.read_models.people_shown import unit_names
from engine.read_models.promise_shown import PromiseShown, Surroundings, promise_shown, verbs_of
from engine.read_models.texts_shown import texts_shown
from pathways.due_explanation import ExplanationLine
from pathways.errors import UnknownThing
from pathways.promise_due import calendar_version, explanation_of
from pathways.service_promise import ServicePromise
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class PromiseExplained:
    """A due instant with the lines that lead to it; while paused, what it would be if resumed now."""

    promise: PromiseShown
    due_at: datetime | None
    due_on: date | None
    working_due_at: datetime | None
    effective_at: datetime
    explanation: tuple[ExplanationLine, ...]


def one_promise(reading: Reading, case_id: str, promise_id: str, language: Language) -> PromiseShown:
    """The promise, for who sees its case."""
    seen, promise = _seen(reading, case_id, promise_id)
    return _shown(reading, seen, promise, language)


def explain_promise(reading: Reading, case_id: str, promise_id: str, language: Language) -> PromiseExplained:
    """The promise with its explanation, computed again from what its start fixed."""
    seen, promise = _seen(reading, case_id, promise_id)
    return PromiseExplained(
        promise=_shown(reading, seen, promise, language),
        due_at=promise.due_at,
        due_on=promise.due_on,
        working_due_at=promise.working_due_at,
        effective_at=promise.effective_at,
        explanation=lines_of(reading, seen.pathway, promise, language),
    )


def lines_of(
    reading: Reading, pathway: CompiledPathway, promise: ServicePromise, language: Language
) -> tuple[ExplanationLine, ...]:
    """The calendar version it was started on, its goal and its pauses, told line by line."""
    reasons = pathway.definition.vocabulary.pause_reasons
    titles = {key: reason.in_language(language) for key, reason in reasons.items()}
    calendar = reading.engine.calendars.version(*calendar_version(promise))
    return tuple(explanation_of(promise, calendar, language, titles))


def _seen(reading: Reading, case_id: str, promise_id: str) -> tuple[SeenCase, ServicePromise]:
    seen = see_case(reading, case_id, everything=True)
    if promise_id not in seen.case.promises:
        raise UnknownThing("promise", promise_id)
    reading.note(Read("promise", seen.ground, case_id=case_id, client_ids=seen.client_ids, unit_id=seen.unit_id))
    return seen, seen.case.promises[promise_id]


def _shown(reading: Reading, seen: SeenCase, promise: ServicePromise, language: Language) -> PromiseShown:
    names = unit_names(reading, (promise.unit_id,), language)
    plan = texts_shown(reading, (promise.reason_plan,)).body(promise.reason_plan)
    around = Surroundings(reading, seen.pathway, language, names.get(promise.unit_id, ""), plan)
    may = verbs(reading.actor, seen.facts, PROMISE_VERBS)
    return promise_shown(promise, seen.case_id, around, verbs_of(promise, may))
