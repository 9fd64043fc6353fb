"""Says the facts of an event by their titles: steps, outcomes, people, promises, reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.facts import FACTS
from engine.machine import CompiledPathway
from engine.read_models.people_shown import Workers
from engine.read_models.timeline_sentences import BREACHES, DUTY, SENTENCES, WORDS
from engine.read_models.titles import (
    ACTS,
    LANGUAGES,
    channel_title,
    end_title,
    organisation_title,
    outcome_title,
    profession_title,
    promise_title,
    step_title,
    titled,
)
from pathways.calendar import ServiceCalendar
from pathways.events import PromiseBreached, read_event
from pathways.reason_duty import reason_due_at
from pathways.time_words import Language, at_in_words


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything the sentences of one page name."""

    pathway: CompiledPathway
    language: Language
    workers: Workers
    units: Mapping[str, str]
    steps: Mapping[str, str]
    promises: Mapping[str, str]
    kinds: Mapping[str, str]
    working_days: ServiceCalendar | None = None
    """Given where a breach is told with the duty it brings."""
    before: tuple[CompiledPathway, ...] = ()
    """Versions the case has run by, which still know what this one calls otherwise or lacks."""

    def sentence(self, type_: str, payload: Mapping[str, Any]) -> str:
        """The event in the language, every name in it said by its title."""
        return SENTENCES[type_].text.in_language(self.language).format_map(_Said(self, payload))

    def say(self, name: str, payload: Mapping[str, Any]) -> str:
        value = payload.get(name)
        match name:
            case "run_id":
                return self._step(self.steps.get(str(value), ""))
            case "step":
                return self._step(str(value))
            case "outcome":
                return outcome_title(self.pathway, str(value), self.language)
            case "end":
                return end_title(self.pathway, str(value), self.language)
            case "key":
                return self._promise(str(value))
            case "promise_id":
                return self._promise(self.promises.get(str(value), ""))
            case "worker_id":
                return self.workers.named(str(value)).name if value else self._word("queue")
            case "unit_id":
                return self.units.get(str(value), "")
            case "answers":
                named = payload.get("worker_id")
                return self.workers.named(str(named)).name if named else self._queue(payload)
            case "receiver":
                organisation = organisation_title(self.pathway, payload.get("to_organisation"), self.language)
                return organisation or self.units.get(str(payload.get("to_unit")), "")
            case "breach":
                kind = self.kinds.get(str(payload.get("promise_id")), "promise")
                return BREACHES[kind].in_language(self.language)
            case "duty":
                return self._duty(payload)
            case "cause":
                return self._word(str(value).partition(":")[0])
            case "due_at" | "old_due_at":
                return at_in_words(value, self.language) if value else self._word("no_due")
            case "corrected":
                return self._word(str(payload.get("event")))
            case "corrected_state":
                return self._word("late" if value == "late" else "kept_in_time")
            case "kept":
                return self._word("kept_late" if payload.get("late") else "kept")
            case _:
                return self._say_coded(name, value)

    def _step(self, key: str) -> str:
        known = next((one for one in (self.pathway, *self.before) if key in one.steps), self.pathway)
        return step_title(known, key, self.language)

    def _promise(self, key: str) -> str:
        known = next((one for one in (self.pathway, *self.before) if key in one.promises), self.pathway)
        return promise_title(known, key, self.language)

    def _duty(self, payload: Mapping[str, Any]) -> str:
        """What the team lead owes for a breach, and by when; targets are only counted."""
        kind = self.kinds.get(str(payload.get("promise_id")), "promise")
        if self.working_days is None or kind == "target":
            return ""
        due_at = reason_due_at(payload["breached_at"], payload["detected_at"], self.working_days)
        return DUTY.in_language(self.language).format(at_in_words(due_at, self.language))

    def _queue(self, payload: Mapping[str, Any]) -> str:
        return f"{self._word('queue')}, {self.units.get(str(payload.get('unit_id')), '')}".rstrip(", ")

    def _say_coded(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return self._word("yes" if value else "no")
        if isinstance(value, datetime):
            return at_in_words(value, self.language)
        vocabulary, key = self.pathway.definition.vocabulary, str(value)
        coded = {
            "channel": lambda: channel_title(self.pathway, key, self.language),
            "profession": lambda: profession_title(self.pathway, key, self.language),
            "event": lambda: titled(self._event_title(key), self.language, key),
            "kind": lambda: titled(ACTS.get(key), self.language, key),
            "language": lambda: titled(LANGUAGES.get(key), self.language, key),
            "reason": lambda: titled(vocabulary.pause_reasons.get(key), self.language, key),
            "code": lambda: titled(vocabulary.breach_reasons.get(key), self.language, key),
            "name": lambda: titled(FACTS[key].meaning if key in FACTS else None, self.language, key),
        }
        return coded[name]() if name in coded else titled(WORDS.get(key), self.language, key)

    def _event_title(self, key: str) -> Any:
        event = self.pathway.definition.events.get(key)
        return event.title if event else None

    def _word(self, key: str) -> str:
        return WORDS[key].in_language(self.language)


class _Said(dict[str, str]):
    """Fills a sentence's braces, each only when it is asked for."""

    def __init__(self, telling: Telling, payload: Mapping[str, Any]) -> None:
        super().__init__()
        self._telling, self._payload = telling, payload

    def __missing__(self, name: str) -> str:
        return self._telling.say(name, self._payload)


def payload_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The facts of a journal row as this release knows them, whatever version they were written in."""
    event = read_event(row["type"], row["v"], row["occurred_at"], row["actor"], row["payload"])
    said = event.model_dump(exclude={"occurred_at", "by", "digests"})
    return said | {"detected_at": event.occurred_at} if isinstance(event, PromiseBreached) else said
