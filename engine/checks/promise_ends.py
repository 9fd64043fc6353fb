"""Where promises end: no way through the pathway leaves a promise neither kept, cancelled nor travelling.

For each promise the check walks the steps with one question more: may the promise still be running here? Branches are
walked on their own and joined with care: a branch that may be skipped keeps nothing for certain.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from engine.checks.examined import Examined
from engine.findings import Finding
from engine.placed_steps import PlacedStep
from pathways.needs import NeedForm, parse_need
from pathways.phrases import Form, Phrase, parse_phrase
from pathways.promise_definition import PromiseDefinition
from pathways.step import Branch, StepKind, Target

OUT = Target("done")
_STOPPING = frozenset(form.of() for form in (Form.DIED, Form.MOVED, Form.JOINED_OTHER_CASE))
"""What ends every clock of a case, whatever its promises say (rule 22); a joined case's clocks go on in the other."""

_SURE = {
    NeedForm.OWN_WORKER: Form.OWN_WORKER_NAMED,
    NeedForm.RESPONSIBLE_WORKER: Form.RESPONSIBLE_WORKER_NAMED,
}


def promise_end_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for the shortest way to each end or hand-over that leaves a promise open."""
    for key, promise in examined.definition.promises.items():
        if promise.startable and not _starts_at_closing(promise):
            yield from _Walk(examined, key, promise).findings()


def _starts_at_closing(promise: PromiseDefinition) -> bool:
    return set(promise.starts) <= {str(Form.CASE_CLOSED), str(Form.CASE_REOPENED)}


class _State(Enum):
    """How a promise may stand. `OVER` is for one that starts only once in an episode."""

    IDLE = "idle"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class _At:
    """A step about to be worked on, and how the promise may stand."""

    step: str
    state: _State


@dataclass
class _Walk:
    """One promise on its way through the pathway."""

    examined: Examined
    key: str
    promise: PromiseDefinition

    @cached_property
    def _starts(self) -> frozenset[Phrase]:
        return frozenset(parse_phrase(text) for text in self.promise.starts)

    @cached_property
    def _ends(self) -> frozenset[Phrase]:
        return frozenset(parse_phrase(text) for text in (*self.promise.kept_when, *self.promise.cancelled_when))

    def findings(self) -> Iterator[Finding]:
        """Walk from the contact on; each end and each closing event is blamed once, by the shortest way."""
        first = self.examined.first_step
        if first is None:
            return
        start = _At(first, self._moved(_State.IDLE, self.examined.signals.of_contact()))
        ways: dict[_At, tuple[str, ...]] = {start: (first,)}
        blamed: set[str] = set()
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            for outcome, target, state in self._after(at.step, at.state):
                way = (*ways[at], outcome)
                if target.kind == "end" and state is _State.RUNNING:
                    yield from self._blame(at, outcome, target.key, way, blamed)
                elif target.kind == "step" and _At(target.key, state) not in ways:
                    ways[_At(target.key, state)] = (*way, target.key)
                    waiting.append(_At(target.key, state))
        yield from self._left_by_events(ways, blamed)

    def _blame(self, at: _At, outcome: str, end: str, way: tuple[str, ...], blamed: set[str]) -> Iterator[Finding]:
        placed = self.examined.steps[at.step]
        if end in blamed or self._closed_by(end) or self._travels(placed, outcome):
            return
        if placed.step.kind is StepKind.HANDOVER and self.examined.signals.happened(outcome):
            yield self._finding("PW077", way, step=at.step)
        else:
            yield self._finding("PW076", (*way, f"end {end}"), end=end)
        blamed.add(end)

    def _left_by_events(self, ways: Mapping[_At, tuple[str, ...]], blamed: set[str]) -> Iterator[Finding]:
        """An event can close the case at any step: wherever the promise may run, the event must end it."""
        running_at = next((way for at, way in ways.items() if self._may_run_in(at)), None)
        if running_at is None:
            return
        for name, end, raised in self._closings_beside():
            if end not in blamed and not (raised & self._ends or self._closed_by(end)):
                yield self._finding("PW082", (*running_at, name, f"end {end}"), end=end, event=name)
                blamed.add(end)

    def _closings_beside(self) -> Iterator[tuple[str, str, frozenset[Phrase]]]:
        """Give every closing that isn't on the main way: by an event, or by a step that runs beside."""
        for key, event in self.examined.definition.events.items():
            if event.closes and "promises" not in event.cancels:
                yield key, event.closes.end, frozenset(self.examined.signals.of_event(key))
        for key in self.examined.side_steps:
            placed = self.examined.steps[key]
            before = frozenset(self._raised_before(key))
            for outcome, target in self.examined.targets(placed).items():
                if target.kind == "end" and not self._travels(placed, outcome):
                    yield key, target.key, before | frozenset(self.examined.raised_by_ending(placed, outcome))

    def _raised_before(self, side_step: str) -> Iterator[Phrase]:
        """Give what has been raised when a step beside is entered: somebody acted, and the event that opened it."""
        yield Form.FIRST_ACT_RECORDED.of()
        for key, event in self.examined.definition.events.items():
            if side_step in event.enters:
                yield from self.examined.signals.of_event(key)

    def _travels(self, placed: PlacedStep, outcome: str) -> bool:
        """Return whether the promise goes with a hand-over that was received, or ends with it."""
        received = placed.step.kind is StepKind.HANDOVER and self.examined.signals.happened(outcome)
        return received and self.promise.on_handover != "stays"

    def _may_run_in(self, at: _At) -> bool:
        placed = self.examined.steps[at.step]
        return _State.RUNNING in (at.state, self._moved(at.state, self._entered(placed)))

    def _closed_by(self, end: str) -> bool:
        """Return whether closing at this end ends the promise: a death, a move and a joining end every clock."""
        raised = frozenset(self.examined.signals.of_closing(end))
        unneeded = frozenset(Form.STEP_NOT_NEEDED.of(key) for key in self.examined.steps)
        return bool(_STOPPING & raised or (raised | unneeded) & self._ends)

    def _finding(self, code: str, way: tuple[str, ...], **facts: str) -> Finding:
        return self.examined.at_key(code, ("promises", self.key), way, name=self.key, **facts)

    # one step

    def _after(self, key: str, state: _State) -> Iterator[tuple[str, Target, _State]]:
        """Give every way out of a step, with how the promise may stand then."""
        placed = self.examined.steps.get(key)
        if placed is None:
            return
        states = {self._moved(state, self._entered(placed))}
        if placed.step.branches:
            states = {after for before in states for after in self._through_branches(placed, before)}
        for outcome, target in self.examined.targets(placed).items():
            raised = self._raised(placed, outcome)
            for after in {self._moved(before, raised) for before in states}:
                yield outcome, target, after

    def _raised(self, placed: PlacedStep, outcome: str) -> tuple[Phrase, ...]:
        """Return what ending a step raises, with what its needs made sure of before."""
        sure = [_SURE[form] for text in placed.step.needs if (form := parse_need(text).form) in _SURE]
        if placed.step.kind is StepKind.PLAN and self.examined.signals.happened(outcome):
            sure.append(Form.PLAN_REVIEWED)
        return (*self.examined.raised_by_ending(placed, outcome), *(form.of() for form in sure))

    def _entered(self, placed: PlacedStep) -> tuple[Phrase, ...]:
        entering = self.examined.signals.of_entering(placed.key, placed.step)
        asked: tuple[Phrase, ...] = ()
        if placed.step.kind is StepKind.CONSULTATION:
            asked = self.examined.signals.of_consultation(placed.key, "asked")
        return (*entering, *self.examined.signals.of_starting(placed.key, placed.step), *asked)

    def _moved(self, state: _State, raised: Iterable[Phrase]) -> _State:
        """Return how the promise stands after these phrases: an end comes before a start (rule 5)."""
        phrases = frozenset(raised)
        if state is _State.RUNNING and phrases & self._ends:
            state = _State.OVER if self.promise.once else _State.IDLE
        return _State.RUNNING if state is _State.IDLE and phrases & self._starts else state

    # branches side by side

    def _through_branches(self, placed: PlacedStep, state: _State) -> set[_State]:
        """Return how the promise may stand when the join is satisfied."""
        step = placed.step
        everyone = step.joins_at() == len(step.branches)
        results = [
            self._through(self.examined.steps[key], state, certain=everyone and branch.when is None)
            for key, branch in step.branches.items()
        ]
        fails = all if state is _State.RUNNING else any
        may_run = fails(_State.RUNNING in result for result in results)
        resting = {one for result in results for one in result} - {_State.RUNNING}
        return resting | ({_State.RUNNING} if may_run else set()) or {state}

    def _through(self, branch: PlacedStep, state: _State, *, certain: bool) -> set[_State]:
        """Return how the promise may stand when a branch is done, or left undone because it isn't needed."""
        results: set[_State] = set() if certain else {state}
        waiting = deque([_At(_first_of(branch), state)])
        seen = set(waiting)
        while waiting:
            at = waiting.popleft()
            if not certain:
                entered = self._moved(at.state, self._entered(self.examined.steps[at.step]))
                results.add(self._moved(entered, self.examined.signals.of_skipping(at.step)))
            for _, target, after in self._after(at.step, at.state):
                if target == OUT:
                    results.add(after)
                elif (there := _At(target.key, after)) not in seen:
                    seen.add(there)
                    waiting.append(there)
        return results


def _first_of(branch: PlacedStep) -> str:
    step = branch.step
    return next(iter(step.steps)) if isinstance(step, Branch) and step.steps else branch.key
