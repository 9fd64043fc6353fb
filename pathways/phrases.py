"""Phrases: what a promise can start from, be kept by or be cancelled by. The list is closed and documented here.

The engine raises phrases as a case moves; promises name them. A form with a slot, such as `step <step> done`, takes
ids of the pathway; `engine/checks` sees to it that they exist.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from pathways.definition_errors import UnknownPhrase
from pathways.near_miss import near_miss


class Form(StrEnum):
    """Every phrase there is; a slot stands in angle brackets."""

    CONTACT_RECEIVED = "contact received"
    MATTER_OPENED = "matter opened"
    FIRST_ACT_RECORDED = "first act recorded"
    ASSESSMENT_STARTED = "assessment started"
    ASSESSMENT_RECORDED = "assessment recorded"
    ASSESSMENT_FOUND_NEED = "assessment found need"
    HEALTH_ASSESSMENT_RECORDED = "health assessment recorded"
    URGENCY_ASSESSED = "urgency assessed"
    URGENCY_SET_TO_URGENT = "urgency set to urgent"
    URGENT_ACT_HELD = "urgent act held"
    NEED_FOUND = "need found"
    NEED_NOT_FOUND = "need not found"
    PHYSICIAN_NEEDED = "physician needed"
    PHYSICIAN_VISIT_HELD = "physician visit held"
    THERAPY_NEED_FOUND = "therapy need found"
    CHILD_CONCERN_FOUND = "child concern found"
    CHILD_NOTIFICATION_SENT = "child notification sent"
    FIRST_SERVICE_EVENT_HELD = "first service event held"
    RESOLVED_AT_CONTACT = "resolved at contact"
    GUIDED_ELSEWHERE = "guided elsewhere"
    CLIENT_DECLINED = "client declined"
    CLIENT_REACHED = "client reached"
    CLOSED_NOT_REACHED = "closed not reached"
    JOINED_OTHER_CASE = "joined other case"
    RECEIVED_BY_SPECIALISED_CARE = "received by specialised care"
    SPECIALIST_ASSESSMENT_HELD = "specialist assessment held"
    SPECIALIST_TREATMENT_STARTED = "specialist treatment started"
    SPECIALISED_CARE_ENDED = "specialised care ended"
    DIED = "died"
    MOVED = "moved"
    RESPONSIBLE_WORKER_NAMED = "responsible worker named"
    RESPONSIBLE_WORKER_ACKNOWLEDGED = "responsible worker acknowledged"
    OWN_WORKER_NAMED = "own worker named"
    PLAN_AGREED = "plan agreed"
    DISAGREEMENT_RECORDED = "disagreement recorded"
    PLAN_REVIEWED = "plan reviewed"
    PLAN_ENDED = "plan ended"
    CONSULTATION_ASKED = "consultation asked"
    CONSULTATION_ASKED_URGENTLY = "consultation asked urgently"
    CONSULTATION_RETURNED = "consultation returned"
    CONSULTATION_ANSWERED = "consultation answered"
    CONSULTATION_ENDED = "consultation ended unanswered"
    MEETING_REQUESTED = "meeting requested"
    MEETING_HELD = "meeting held"
    MEETING_CANCELLED = "meeting cancelled"
    APPLICATION_RECEIVED = "application received"
    DECISION_MADE = "decision made"
    REGULAR_SERVICE_STARTED = "regular service started"
    CASE_CLOSED = "case closed"
    CASE_REOPENED = "case reopened"
    HANDOVER_SENT_ANY = "handover sent"
    HANDOVER_RECEIVED_ANY = "handover received"
    HANDOVER_RETURNED_ANY = "handover returned"
    HANDOVER_RECEIVED_BY = "handover received by <organisation>"
    HANDOVER_SENT = "handover <step> sent"
    HANDOVER_RECEIVED = "handover <step> received"
    HANDOVER_RETURNED = "handover <step> returned"
    STEP_CONSULTATION_ASKED = "consultation <step> asked"
    STEP_CONSULTATION_ASKED_URGENTLY = "consultation <step> asked urgently"
    STEP_CONSULTATION_RETURNED = "consultation <step> returned"
    STEP_CONSULTATION_ANSWERED = "consultation <step> answered"
    STEP_CONSULTATION_ENDED = "consultation <step> ended unanswered"
    SERVICE_HELD = "service <step> held"
    CONTACT_IN = "contact in <step>"
    STEP_ENTERED = "step <step> entered"
    STEP_STARTED = "step <step> started"
    STEP_DONE = "step <step> done"
    STEP_NOT_NEEDED = "step <step> not needed"
    OUTCOME = "outcome <step>.<outcome>"
    EVENT = "event <event>"
    FORM_ANSWERED = "form <form> answered"

    def of(self, *about: str) -> "Phrase":
        """Return this form with its slots filled, in order."""
        return Phrase(self, about)

    @property
    def slots(self) -> tuple[str, ...]:
        """Return the names of what the form leaves open."""
        return tuple(re.findall(r"<(\w+)>", self.value))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with its slots filled: a value that promises are indexed by."""

    form: Form
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _words(self.form, self.about)


@cache
def _words(form: Form, about: tuple[str, ...]) -> str:
    words = iter(about)
    return re.sub(r"<\w+>", lambda _: next(words), form.value)


@cache
def parse_phrase(text: str) -> Phrase:
    """Return the phrase these words say; refuses any other words, with the near miss."""
    for form, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return Phrase(form, found.groups())
    raise UnknownPhrase(text, _likely_forms(text))


def _pattern(form: Form) -> re.Pattern[str]:
    return re.compile(re.sub(r"<\w+>", r"([a-z][a-z0-9_]*)", form.value.replace(".", r"\.")))


def _likely_forms(text: str) -> tuple[str, ...]:
    """Return the forms, with slots filled as the writer filled them where the first word agrees."""
    likely = [form.value for form in Form]
    words = text.split()
    for form in Form:
        shape = form.value.split()
        if form.slots and words and len(shape) == len(words):
            likely.append(" ".join(w if "<" in s else s for s, w in zip(shape, words, strict=True)))
    return tuple(likely)


_PATTERNS = tuple((form, _pattern(form)) for form in sorted(Form, key=lambda form: len(form.slots)))


def closest_form(text: str) -> str | None:
    """Return the known phrase nearest to these words."""
    return near_miss(text, _likely_forms(text))


def _as_phrase(text: str) -> str:
    parse_phrase(text)
    return text


PhraseText = Annotated[str, AfterValidator(_as_phrase)]
"""The words of a phrase, already known to be one."""
