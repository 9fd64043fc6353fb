"""CompiledPathway: a definition ready to run, built once per version and shared by all threads.

Only this file knows `transitions`. One flat machine holds every step, branch steps too; a branch is a region of its
own that ends in `done`, and a step with branches goes on when its join is satisfied.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from transitions import Machine

from engine.conditions import Condition, Truth, Unknown, compile_condition, evaluate
from engine.facts import FactValue, FactVariable, variables
from engine.placed_steps import PlacedStep, condition_texts, placed_steps
from engine.signals import Signals
from pathways.anytime_event import AnytimeEvent
from pathways.definition import PathwayDefinition
from pathways.errors import OutcomeNotPossible, UnknownThing
from pathways.opening import OpensAfter, parse_opening
from pathways.phrases import Phrase, parse_phrase
from pathways.promise_definition import PromiseDefinition
from pathways.step import Branch, Field_, Step, Target, parse_target
from pathways.vocabulary import Outcome

BranchState = Literal["done", "open", "not_needed"]
DONE = "tehty"
"""The outcome of a step that names none: it is simply done."""


class _Cursor:
    """Where we are while we ask; thrown away."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class CompiledPathway:
    """What can happen on a pathway. Every question returns a value and moves nothing."""

    def __init__(self, definition: PathwayDefinition) -> None:
        self.definition = definition
        self.id = definition.pathway
        self.version = definition.version
        self.hash = definition.content_hash
        self._placed = {placed.key: placed for placed in placed_steps(definition)}
        self.signals = Signals(definition)
        self._machine = self._built_machine()
        self._conditions = {text: self._compiled(text) for text in self._condition_texts()}

    # steps

    @property
    def first_step(self) -> str:
        """The step a new case enters: the first in the file that is reached by itself."""
        return next(key for key, step in self.definition.steps.items() if not step.by_hand)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """Every step by key, with branches and the steps inside them."""
        return {key: placed.step for key, placed in self._placed.items()}

    def step(self, key: str) -> Step:
        """Return a step; refuses a key the pathway doesn't have."""
        return self._at(key).step

    def _at(self, key: str) -> PlacedStep:
        if key not in self._placed:
            raise UnknownThing("step", key)
        return self._placed[key]

    def parent_of(self, key: str) -> str | None:
        """Return the step whose branch this one is or belongs to."""
        return self._at(key).parent

    def branch_of(self, key: str) -> str | None:
        """Return the branch this step is or belongs to."""
        return self._at(key).branch

    def branches_of(self, key: str) -> tuple[str, ...]:
        """Return the branches that run side by side inside a step."""
        return tuple(self._at(key).step.branches)

    def first_step_of(self, branch: str) -> str:
        """Return the step a branch begins with: itself, or the first of its own."""
        step = self._at(branch).step
        return next(iter(step.steps)) if isinstance(step, Branch) and step.steps else branch

    def join_satisfied(self, key: str, states: Mapping[str, BranchState]) -> bool:
        """Return whether the step may go on: `all` that apply are done, or `any`, or as many as `n_of` says."""
        step = self._at(key).step
        needed = [branch for branch in step.branches if states.get(branch, "open") != "not_needed"]
        done = sum(states.get(branch) == "done" for branch in needed)
        return done >= min(step.joins_at(), len(needed))

    def goes_on_with(self, key: str) -> str | None:
        """Return the outcome a joined step takes by itself: its only one, when nobody is named to decide."""
        step = self._at(key).step
        outcomes = self.outcomes_of(key)
        return outcomes[0] if step.branches and not step.decide and len(outcomes) == 1 else None

    # outcomes

    def outcomes_of(self, key: str) -> tuple[str, ...]:
        """Return how a step can end."""
        return tuple(self._targets(key))

    def step_after(self, key: str, outcome: str) -> Target:
        """Return where an outcome leads; refuses with the outcomes that are possible. Moves nothing."""
        if outcome not in self.outcomes_of(key):
            raise OutcomeNotPossible(outcome, key, self.outcomes_of(key))
        return self._after[key, outcome]

    @cached_property
    def _after(self) -> Mapping[tuple[str, str], Target]:
        """Where every outcome leads, asked of the machine once."""
        after: dict[tuple[str, str], Target] = {}
        for key in self._placed:
            for outcome in self._targets(key):
                cursor = _Cursor(key)
                self._machine.events[outcome].trigger(cursor)
                after[key, outcome] = _target_of(cursor.state)
        return after

    def _targets(self, key: str) -> Mapping[str, str]:
        placed = self._at(key)
        if placed.step.outcomes:
            return placed.step.outcomes
        return {DONE: "done"} if placed.parent is not None and not placed.is_region else {}

    def _built_machine(self) -> Machine:
        """Build the one machine. Only states and triggers are given: no callback is ever named in a definition."""
        machine = Machine(
            model=None, states=sorted(self._states()), initial=None, auto_transitions=False, send_event=True
        )
        for key in self._placed:
            for outcome, text in self._targets(key).items():
                machine.add_transition(outcome, key, _state_of(parse_target(text)))
        return machine

    def _states(self) -> set[str]:
        targets = (_state_of(parse_target(text)) for key in self._placed for text in self._targets(key).values())
        return {*self._placed, *targets}

    @cached_property
    def remembered(self) -> frozenset[str]:
        """The steps whose end counts later, for a step that opens so long after and isn't simply the next one."""
        found: set[str] = set()
        for key, step in self.steps.items():
            opening = parse_opening(step.opens) if step.opens else None
            if isinstance(opening, OpensAfter):
                before = {one for (one, _), target in self._after.items() if target == Target("step", key)}
                found |= {opening.step, key} if before != {opening.step} else set()
        return frozenset(found)

    # events and responsibility

    @property
    def events(self) -> Mapping[str, AnytimeEvent]:
        """What may happen at any step, by key."""
        return self.definition.events

    def responsible_role_from(self, key: str) -> str | None:
        """Return the role that answers from the entering of this step on, if it changes there."""
        return next((entry.role for entry in self.definition.responsible if entry.from_step == key), None)

    # promises

    @property
    def promises(self) -> Mapping[str, PromiseDefinition]:
        """Every clock by key: promises, statutory ones and targets."""
        return self.definition.promises

    def promises_started_by(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the promises a phrase starts."""
        return self._started.get(phrase, ())

    def promises_kept_by(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the promises a phrase keeps."""
        return self._kept.get(phrase, ())

    def promises_cancelled_by(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the promises a phrase cancels."""
        return self._cancelled.get(phrase, ())

    @cached_property
    def _started(self) -> Mapping[Phrase, tuple[str, ...]]:
        return _indexed((key, promise.starts) for key, promise in self.promises.items() if promise.startable)

    @cached_property
    def _kept(self) -> Mapping[Phrase, tuple[str, ...]]:
        return _indexed((key, promise.kept_when) for key, promise in self.promises.items())

    @cached_property
    def _cancelled(self) -> Mapping[Phrase, tuple[str, ...]]:
        return _indexed((key, promise.cancelled_when) for key, promise in self.promises.items())

    # conditions

    def when(self, key: str, facts: Mapping[str, FactValue | None]) -> Truth:
        """Return whether a step's `when` holds; a step without one is always wanted."""
        return self._asked(self._at(key).step.when, facts)

    def is_for_everybody(self, promise: str) -> bool:
        """Return whether no condition of its own or of the law's says whom a promise concerns."""
        return self.promises[promise].applies is None and self.promises[promise].scope is None

    def applies(self, promise: str, facts: Mapping[str, FactValue | None]) -> Truth:
        """Return whether a promise concerns this client: its `applies` and the law's scope both hold."""
        definition = self.promises[promise]
        first, second = self._asked(definition.applies, facts), self._asked(definition.scope, facts)
        if first is False or second is False:
            return False
        missing = tuple(name for one in (first, second) if isinstance(one, Unknown) for name in one.missing)
        return Unknown(missing) if missing else True

    def suggestion(self, key: str, facts: Mapping[str, FactValue | None]) -> str | None:
        """Return the first outcome whose condition holds. It binds nobody."""
        suggests = self._at(key).step.suggests
        return next((outcome for outcome, text in suggests.items() if self._asked(text, facts) is True), None)

    def holds(self, condition: str | None, facts: Mapping[str, FactValue | None]) -> Truth:
        """Return whether any condition of this pathway holds: a hand-over's, an event's, `suggested_for`."""
        return self._asked(condition, facts)

    def _asked(self, text: str | None, facts: Mapping[str, FactValue | None]) -> Truth:
        return True if text is None else evaluate(self._conditions[text], facts)

    def _compiled(self, text: str) -> Condition:
        return compile_condition(text, self.variables)

    @cached_property
    def variables(self) -> Mapping[str, FactVariable]:
        """The variables this pathway's conditions may name."""
        return variables(self.definition.vocabulary.instruments, self._fields())

    # texts

    def outcome_text(self, outcome: str) -> Outcome | None:
        """Return an outcome's words: the pathway's own, else the shared vocabulary's."""
        return self.definition.outcomes.get(outcome) or self.definition.vocabulary.outcomes.get(outcome)

    # what is asked of a definition while compiling

    def _condition_texts(self) -> set[str]:
        return set(condition_texts(self.definition))

    def _fields(self) -> list[tuple[str, Field_]]:
        return [(key, asked) for step in self.steps.values() for key, asked in step.fields.items()]


def _indexed(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[Phrase, tuple[str, ...]]:
    index: dict[Phrase, tuple[str, ...]] = {}
    for key, texts in named:
        for text in texts:
            phrase = parse_phrase(text)
            index[phrase] = (*index.get(phrase, ()), key)
    return index


def _state_of(target: Target) -> str:
    """Return a target as a state of the machine; the prefix keeps an end apart from a step of the same name."""
    return target.key if target.kind == "step" else f"{target.kind}:{target.key}"


def _target_of(state: str) -> Target:
    kind, colon, key = state.partition(":")
    if not colon:
        return Target("step", state)
    return Target("end", key) if kind == "end" else Target("done")
