"""What is raised on the way: the phrases of each move of a case, asked once of the signals that the rules raise too.

A checker has to know both what *can* be raised and what is raised *for certain*. Where it depends on who does the work
or on whether the matter is urgent, every way it can come out is given apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal, TypeAlias

from engine.checks.examined import Examined
from engine.placed_steps import PlacedStep
from engine.signals import ACT_KINDS
from pathways.needs import NeedForm, parse_need
from pathways.phrases import Form, Phrase
from pathways.step import StepKind

Phrases: TypeAlias = frozenset[Phrase]
NOTHING: Phrases = frozenset()
Telling: TypeAlias = Literal["nothing", "by whom", "everything"]
"""What is told apart: who ends a step, and whether the matter is urgent besides."""
STOPPING: Phrases = frozenset(form.of() for form in (Form.DIED, Form.MOVED, Form.JOINED_OTHER_CASE))
"""What ends every clock of a case, whatever its promises say (rule 22); a joined case's clocks go on in the other."""

_SURE = {
    NeedForm.OWN_WORKER: Form.OWN_WORKER_NAMED,
    NeedForm.RESPONSIBLE_WORKER: Form.RESPONSIBLE_WORKER_NAMED,
}


@dataclass(frozen=True)
class Raised:
    """What each move on one pathway raises."""

    examined: Examined

    def contact(self) -> Phrases:
        """Return what the contact raises that opens the case."""
        return frozenset(self.examined.signals.of_contact())

    def entering(self, key: str) -> Phrases:
        """Return what is raised when a step becomes work to do."""
        return self._entering[key]

    def skipping(self, key: str) -> Phrases:
        """Return what leaving a step undone raises."""
        return self._skipping[key]

    def ending(self, key: str, outcome: str, telling: Telling = "everything") -> tuple[Phrases, ...]:
        """Return every way an outcome can come out, as far as they are to be told apart."""
        if telling == "nothing":
            return self._at_most[key, outcome]
        return self._urgent[key, outcome] if telling == "by whom" else self._ending[key, outcome]

    def sure(self, key: str, outcome: str) -> Phrases:
        """Return what was raised for certain before a step could end so: by its needs, and by being taken up."""
        return self._sure[key, outcome]

    def meanwhile(self, key: str) -> tuple[Phrases, ...]:
        """Return what may be raised at a step while it is open: it is taken up, something is asked, an act is done."""
        return self._meanwhile[key]

    def closing(self, end: str) -> Phrases:
        """Return what closing at an end raises for certain; who may be closed unreached has been sought before."""
        return self._closing[end]

    def event(self, key: str) -> Phrases:
        """Return what an anytime event raises."""
        return self._event[key]

    def opening_beside(self, key: str) -> tuple[Phrases, ...]:
        """Return what opening a step beside the main way raises besides: nothing by hand or day, or one of its events."""
        step, events = self.examined.steps[key].step, self.examined.definition.events.items()
        by_event = tuple(self.event(name) for name, event in events if key in event.enters)
        return by_event if by_event and not (step.by_hand or step.opens) else (NOTHING, *by_event)

    def received(self, key: str, outcome: str) -> bool:
        """Return whether an outcome says that a hand-over was received."""
        kind = self.examined.steps[key].step.kind
        return kind is StepKind.HANDOVER and self.examined.signals.happened(outcome)

    @cached_property
    def _entering(self) -> Mapping[str, Phrases]:
        signals = self.examined.signals
        return {key: frozenset(signals.of_entering(key, placed.step)) for key, placed in self.examined.steps.items()}

    @cached_property
    def _skipping(self) -> Mapping[str, Phrases]:
        return {key: frozenset(self.examined.signals.of_skipping(key)) for key in self.examined.steps}

    @cached_property
    def _event(self) -> Mapping[str, Phrases]:
        return {key: frozenset(self.examined.signals.of_event(key)) for key in self.examined.definition.events}

    @cached_property
    def _closing(self) -> Mapping[str, Phrases]:
        closing = [event for event in self.examined.definition.events.values() if event.closes and event.attempts]
        sought = {event.closes.end for event in closing if event.closes}
        first = (Form.FIRST_ACT_RECORDED.of(),)
        of_closing = self.examined.signals.of_closing
        ends = self.examined.definition.ends
        return {end: frozenset((*of_closing(end), *(first if end in sought else ()))) for end in ends}

    @cached_property
    def _ending(self) -> Mapping[tuple[str, str], tuple[Phrases, ...]]:
        return self._of_outcomes(True, False)

    @cached_property
    def _urgent(self) -> Mapping[tuple[str, str], tuple[Phrases, ...]]:
        return self._of_outcomes(True)

    @cached_property
    def _at_most(self) -> Mapping[tuple[str, str], tuple[Phrases, ...]]:
        return {ended: (NOTHING.union(*ways),) for ended, ways in self._ending.items()}

    def _of_outcomes(self, *urgent: bool) -> Mapping[tuple[str, str], tuple[Phrases, ...]]:
        return {
            (placed.key, outcome): tuple(dict.fromkeys(self._ways_out(placed, outcome, urgent)))
            for placed in self.examined.steps.values()
            for outcome in self.examined.targets(placed)
        }

    def _ways_out(self, placed: PlacedStep, outcome: str, urgent: tuple[bool, ...]) -> Iterator[Phrases]:
        professions = self.examined.professions_of(placed.step.role)
        ending = self.examined.signals.of_ending
        for one, hurried in product(professions or ("",), urgent):
            by = (one,) if one else ()
            yield frozenset(ending(placed.key, placed.step, outcome, urgent=hurried, professions=by))

    @cached_property
    def _sure(self) -> Mapping[tuple[str, str], Phrases]:
        return {
            (placed.key, outcome): frozenset(self._sure_of(placed, outcome))
            for placed in self.examined.steps.values()
            for outcome in self.examined.targets(placed)
        }

    def _sure_of(self, placed: PlacedStep, outcome: str) -> Iterator[Phrase]:
        signals, step = self.examined.signals, placed.step
        yield from (_SURE[form].of() for text in step.needs if (form := parse_need(text).form) in _SURE)
        yield from signals.of_starting(placed.key, step)
        if not signals.happened(outcome):
            return
        if step.kind is StepKind.PLAN:
            yield Form.PLAN_REVIEWED.of()
        if step.kind is StepKind.CONSULTATION:
            yield from signals.of_consultation(placed.key, "asked")

    @cached_property
    def _meanwhile(self) -> Mapping[str, tuple[Phrases, ...]]:
        return {key: tuple(map(frozenset, self._may(placed))) for key, placed in self.examined.steps.items()}

    def _may(self, placed: PlacedStep) -> Iterator[tuple[Phrase, ...]]:
        signals, key, step = self.examined.signals, placed.key, placed.step
        yield signals.of_starting(key, step)
        if step.kind is StepKind.CONSULTATION:
            yield signals.of_consultation(key, "asked")
            yield signals.of_consultation(key, "asked", urgent=True)
            for what in ("returned", "answered", "ended"):
                yield signals.of_consultation(key, what)
        if step.kind in ACT_KINDS:
            professions = self.examined.professions_of(step.role)
            for kind in ("call", "meeting", "assessment"):
                yield signals.of_act(kind, step, key=key, urgent=True, professions=professions)
        yield from ((Form.FORM_ANSWERED.of(name),) for name in (*step.instruments, *step.fields))
