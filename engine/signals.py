"""Signals: which phrases a case raises as it moves, derived from the kind of a step, its outcome and the vocabulary.

The rules raise them, promises listen, and the checker asks the same functions what can be raised at all.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from pathways.definition import PathwayDefinition
from pathways.phrases import Form, Phrase, parse_phrase
from pathways.step import Step, StepKind
from pathways.vocabulary import Outcome, Profession

ACT_KINDS = (StepKind.CONTACT, StepKind.ASSESSMENT, StepKind.MEETING, StepKind.SERVICE)
"""Kinds whose ending is an act: somebody called, assessed, met or served the client."""


class Signals:
    """What each move of a case on one pathway raises."""

    def __init__(self, definition: PathwayDefinition) -> None:
        self._definition = definition

    def of_contact(self, *, opens: bool = True) -> tuple[Phrase, ...]:
        """Return what a contact raises; only the one that opens a case, or a new episode of it, opens the matter."""
        opened = (Form.MATTER_OPENED.of(),) if opens else ()
        return (Form.CONTACT_RECEIVED.of(), *opened)

    def of_act(
        self, kind: str, step: Step | None = None, *, key: str | None = None, urgent: bool = False,
        professions: Collection[str] = (),
    ) -> tuple[Phrase, ...]:  # fmt: skip
        """Return what an act recorded at a step raises; an attempt reaches nobody."""
        held = (Form.SERVICE_HELD.of(key),) if key and kind == "meeting" and _is_service(step) else ()
        held = (*held, Form.CONTACT_IN.of(key)) if key and kind != "attempt" else held
        return tuple(dict.fromkeys((*self._of_act(kind, step, urgent, professions), *held)))

    def of_entering(self, key: str, step: Step) -> tuple[Phrase, ...]:
        """Return what entering a step raises."""
        asked = (Form.MEETING_REQUESTED.of(),) if step.kind is StepKind.MEETING else ()
        return (Form.STEP_ENTERED.of(key), *asked)

    def of_starting(self, key: str, step: Step) -> tuple[Phrase, ...]:
        """Return what taking up a step raises: a hand-over is sent."""
        sent = (Form.HANDOVER_SENT.of(key), Form.HANDOVER_SENT_ANY.of()) if step.kind is StepKind.HANDOVER else ()
        return (Form.STEP_STARTED.of(key), *sent)

    def of_ending(
        self, key: str, step: Step, outcome: str, *, urgent: bool = False, professions: Collection[str] = ()
    ) -> tuple[Phrase, ...]:
        """Return what ending a step with an outcome raises."""
        return tuple(dict.fromkeys(self._of_ending(key, step, outcome, urgent, professions)))

    def of_skipping(self, key: str) -> tuple[Phrase, ...]:
        """Return what leaving a step undone raises: its branch wasn't needed, or an event cancelled it."""
        return (Form.STEP_NOT_NEEDED.of(key),)

    def of_event(self, key: str) -> tuple[Phrase, ...]:
        """Return what an anytime event raises."""
        event = self._definition.events.get(key)
        if event is None:
            return (Form.EVENT.of(key),)
        urgent = (Form.URGENCY_SET_TO_URGENT.of(),) if event.urgency else ()
        attempt = (Form.FIRST_ACT_RECORDED.of(),) if event.attempts else ()
        return (Form.EVENT.of(key), *_phrases(event.signals), *urgent, *attempt)

    def of_closing(self, end: str) -> tuple[Phrase, ...]:
        """Return what closing the case at an end raises."""
        closing = self._definition.ends.get(end)
        return (*_phrases(closing.means if closing else ()), Form.CASE_CLOSED.of())

    def of_consultation(self, key: str | None, what: str, *, urgent: bool = False) -> tuple[Phrase, ...]:
        """Return what a consultation raises: `what` is asked, returned, answered or ended."""
        general, of_step = _CONSULTATION[what]
        if what == "asked" and urgent:
            general, of_step = Form.CONSULTATION_ASKED_URGENTLY, Form.STEP_CONSULTATION_ASKED_URGENTLY
        return (of_step.of(key),) if key else (general.of(),)

    def happened(self, outcome: str) -> bool:
        """Return whether what the step is for took place."""
        words = self._outcomes.get(outcome)
        return words.happened if words else True

    @cached_property
    def _outcomes(self) -> Mapping[str, Outcome]:
        return {**self._definition.vocabulary.outcomes, **self._definition.outcomes}

    @property
    def _professions(self) -> Mapping[str, Profession]:
        return self._definition.vocabulary.professions

    def _of_act(self, kind: str, step: Step | None, urgent: bool, professions: Collection[str]) -> Iterator[Phrase]:
        yield Form.FIRST_ACT_RECORDED.of()
        if kind == "attempt":
            return
        if kind in ("call", "meeting", "assessment"):
            yield Form.CLIENT_REACHED.of()
            yield from self._substantive(step.kind if step else None, kind, professions)
            if urgent:
                yield Form.URGENT_ACT_HELD.of()

    def _substantive(self, step: StepKind | None, kind: str, professions: Collection[str]) -> Iterator[Phrase]:
        if kind == "assessment" or step is StepKind.ASSESSMENT:
            yield Form.ASSESSMENT_STARTED.of()
        if kind == "assessment":
            yield from self._by_health(professions)
        if kind == "meeting" and step is StepKind.SERVICE:
            yield Form.FIRST_SERVICE_EVENT_HELD.of()
        if kind in ("meeting", "assessment") and any(self._is_physician(one) for one in professions):
            yield Form.PHYSICIAN_VISIT_HELD.of()

    def _of_ending(
        self, key: str, step: Step, outcome: str, urgent: bool, professions: Collection[str]
    ) -> Iterator[Phrase]:
        words = self._outcomes.get(outcome)
        own = step.means if self.happened(outcome) else ()
        meant = _phrases((*own, *step.outcome_means.get(outcome, ()), *(words.means if words else ())))
        yield Form.OUTCOME.of(key, outcome)
        yield Form.STEP_DONE.of(key)
        yield from meant
        if step.kind in ACT_KINDS:
            yield Form.FIRST_ACT_RECORDED.of()
        if Form.URGENCY_ASSESSED.of() in meant or Form.RESOLVED_AT_CONTACT.of() in meant:
            yield from self._by_health(professions)
        if Form.URGENCY_ASSESSED.of() in meant:
            return
        if self.happened(outcome):
            yield from self._of_what_happened(key, step, meant, urgent, professions)
        elif step.kind is StepKind.HANDOVER:
            yield Form.HANDOVER_RETURNED.of(key)
            yield Form.HANDOVER_RETURNED_ANY.of()

    def _of_what_happened(
        self, key: str, step: Step, meant: Collection[Phrase], urgent: bool, professions: Collection[str]
    ) -> Iterator[Phrase]:
        yield from (form.of() for form in _HAPPENED.get(step.kind or StepKind.WORK, ()))
        if _is_service(step):
            yield Form.SERVICE_HELD.of(key)
        if step.kind in ACT_KINDS:
            yield Form.CLIENT_REACHED.of()
            if urgent:
                yield Form.URGENT_ACT_HELD.of()
            if any(self._is_physician(one) for one in professions):
                yield Form.PHYSICIAN_VISIT_HELD.of()
        if step.kind is StepKind.ASSESSMENT:
            yield from self._by_health(professions)
        assesses = step.kind is StepKind.ASSESSMENT or any(
            branch.kind is StepKind.ASSESSMENT for branch in step.branches.values()
        )
        if assesses:
            yield Form.ASSESSMENT_RECORDED.of()
            if not _NO_NEED & set(meant):
                yield Form.ASSESSMENT_FOUND_NEED.of()
        if step.kind is StepKind.CONSULTATION:
            yield Form.STEP_CONSULTATION_ANSWERED.of(key)
        if step.kind is StepKind.HANDOVER:
            yield from self._of_received(key, step)

    def _of_received(self, key: str, step: Step) -> Iterator[Phrase]:
        yield Form.HANDOVER_RECEIVED.of(key)
        yield Form.HANDOVER_RECEIVED_ANY.of()
        if step.to:
            yield Form.HANDOVER_RECEIVED_BY.of(step.to)
            receiver = self._definition.vocabulary.organisations.get(step.to)
            if receiver and receiver.specialised_care:
                yield Form.RECEIVED_BY_SPECIALISED_CARE.of()

    def _by_health(self, professions: Collection[str]) -> Iterator[Phrase]:
        if any(self._sector(one) == "health" for one in professions):
            yield Form.HEALTH_ASSESSMENT_RECORDED.of()

    def _sector(self, profession: str) -> str | None:
        known = self._professions.get(profession)
        return known.sector if known else None

    def _is_physician(self, profession: str) -> bool:
        known = self._professions.get(profession)
        return bool(known and known.physician)


_HAPPENED: Mapping[StepKind, tuple[Form, ...]] = {
    StepKind.ASSESSMENT: (Form.ASSESSMENT_STARTED,),
    StepKind.SERVICE: (Form.FIRST_SERVICE_EVENT_HELD,),
    StepKind.MEETING: (Form.MEETING_HELD,),
    StepKind.DECISION: (Form.DECISION_MADE,),
}

_NO_NEED = frozenset(
    form.of() for form in (Form.NEED_NOT_FOUND, Form.RESOLVED_AT_CONTACT, Form.GUIDED_ELSEWHERE, Form.CLIENT_DECLINED)
)

_CONSULTATION: Mapping[str, tuple[Form, Form]] = {
    "asked": (Form.CONSULTATION_ASKED, Form.STEP_CONSULTATION_ASKED),
    "returned": (Form.CONSULTATION_RETURNED, Form.STEP_CONSULTATION_RETURNED),
    "answered": (Form.CONSULTATION_ANSWERED, Form.STEP_CONSULTATION_ANSWERED),
    "ended": (Form.CONSULTATION_ENDED, Form.STEP_CONSULTATION_ENDED),
}


def _is_service(step: Step | None) -> bool:
    return step is not None and step.kind is StepKind.SERVICE


def _phrases(texts: Collection[str]) -> tuple[Phrase, ...]:
    return tuple(parse_phrase(text) for text in texts)
