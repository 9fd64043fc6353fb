"""The space of one pathway: everything its explorations share, and the count of what they came to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from engine.checks.control import Asks, Control, first_step_of
from engine.checks.data_cases import Conditions, Data
from engine.checks.examined import Examined
from engine.checks.exploration import MOST_STATES, Proof
from engine.checks.flow import main_graph
from engine.checks.promises import ALWAYS
from engine.checks.raised import NOTHING, Phrases, Raised, Telling
from engine.checks.ways import reached_from
from engine.placed_steps import PlacedStep
from pathways.phrases import Form

_BY_WHOM: Phrases = frozenset(
    form.of() for form in (Form.PHYSICIAN_VISIT_HELD, Form.HEALTH_ASSESSMENT_RECORDED, Form.URGENT_ACT_HELD)
)
"""What depends on who does the work, or on whether the matter is urgent."""
_MOST_REMEMBERED = 64
"""So many combinations of values are kept in mind along a way; with more, only variables asked in two places are."""
_PLAN: Phrases = frozenset(
    form.of() for form in (Form.PLAN_AGREED, Form.DISAGREEMENT_RECORDED, Form.PLAN_REVIEWED, Form.PLAN_ENDED)
)


@dataclass(frozen=True, slots=True)
class Region:
    """What can come of a step: whether the case can end there, and everything that can be raised."""

    closes: bool
    raised: Phrases


@dataclass
class PathwaySpace:
    """What all questions about one pathway are asked in; the same moves are made once for all of them."""

    examined: Examined
    most: int = MOST_STATES
    proof: Proof = field(default_factory=Proof)
    _controls: dict[Asks, Control] = field(default_factory=dict)

    @cached_property
    def raised(self) -> Raised:
        """What each move raises."""
        return Raised(self.examined)

    @cached_property
    def conditions(self) -> Conditions:
        """What ways can turn on."""
        return Conditions(self.examined)

    def control(
        self,
        followed: frozenset[str],
        names: frozenset[str] = frozenset(),
        unsettled: frozenset[str] = frozenset(),
        telling: Telling = "nothing",
    ) -> Control:
        """Return the moves of a case, looking into these branches and remembering these variables."""
        data = Data(self.conditions).remembering(names)
        control = Control(self.raised, data, followed, unsettled, telling)
        return self._controls.setdefault(control.asks, control)

    def control_for(self, promise: str, starts: Phrases, ends: Phrases) -> Control:
        """Return the moves as far as a promise hears them: branches that change nothing for it are left aside."""
        heard = starts | ends
        followed = frozenset(branch for branch, raised in self.raised_in.items() if raised & heard)
        turns_on = self.conditions.of_branches
        concerns = {name for condition in self.conditions.of_promises[promise] for name in condition.names}
        followed -= self._never_needed(followed, concerns, starts, heard)
        asked = [(branch, turns_on[branch].names) for branch in followed if branch in turns_on]
        times = Counter((*concerns, *(name for _, names in asked for name in names)))
        names = frozenset(name for _, about in asked for name in about)
        if prod(len(self.conditions.values[name]) + 1 for name in names) > _MOST_REMEMBERED:
            names = frozenset(name for name in names if times[name] > 1)
        unsettled = frozenset(
            branch for branch, about in asked if not names & {*about} and not heard & self._raised_by_opening(branch)
        )
        return self.control(followed, names, unsettled, self._telling(starts, heard))

    def _telling(self, starts: Phrases, heard: Phrases) -> Telling:
        """Return what matters to a promise of who ends a step; what starts with urgency runs while it is urgent."""
        if not heard & _BY_WHOM:
            return "nothing"
        events = self.examined.definition.events.items()
        urgent = {Form.URGENCY_SET_TO_URGENT.of(), *(Form.EVENT.of(key) for key, event in events if event.urgency)}
        return "by whom" if starts <= urgent else "everything"

    def _never_needed(
        self, followed: frozenset[str], concerns: Iterable[str], starts: Phrases, heard: Phrases
    ) -> frozenset[str]:
        """Return branches that could only end the promise, and are together needed by nobody for whom some data holds.

        For that client they end nothing, and nothing else on the way turns on those data: what is left open without
        them is the most that can be.
        """
        turns_on = self.conditions.of_branches
        gone: set[str] = set()
        for step in self.examined.definition.steps.values():
            ending = tuple(
                branch
                for branch in step.all_
                if branch in followed & turns_on.keys()
                and not self.raised_in[branch] & starts
                and not self._raised_by_opening(branch) & heard
            )
            others = {name for branch in (followed & turns_on.keys()) - {*ending} for name in turns_on[branch].names}
            about = {name for branch in ending for name in turns_on[branch].names}
            data = Data(self.conditions)
            if ending and not about & others.union(concerns):
                ways = data.wanted(ending, data.nothing_known)
                gone |= {*ending} if any(not any(wanted.values()) for wanted, _ in ways) else set()
        return frozenset(gone)

    def _raised_by_opening(self, branch: str) -> Phrases:
        """Return what opening a branch or leaving it out raises."""
        first = first_step_of(self.examined.steps[branch])
        return self.raised.skipping(branch) | self.raised.entering(first)

    @cached_property
    def beside(self) -> Mapping[str, Region]:
        """What can come of each step beside the main way: of it and of every step it leads to."""
        graph = main_graph(self.examined)
        return {key: self._region(reached_from([key], graph)) for key in self.examined.side_steps}

    def _region(self, reached: Iterable[str]) -> Region:
        steps = {key for key in reached if key in self.examined.definition.steps}
        placed = [one for one in self.examined.placed if one.key in steps or one.parent in steps]
        targets = (target for one in placed for target in self.examined.targets(one).values())
        closes = any(target.kind == "end" for target in targets)
        return Region(closes, NOTHING.union(*(self._raised_by(one) for one in placed)))

    @cached_property
    def at_any_time(self) -> Phrases:
        """What can be raised wherever a case stands: by acts, events, plans, answers, and steps beside."""
        events = NOTHING.union(*(self.raised.event(key) for key in self.examined.definition.events))
        beside = NOTHING.union(*(region.raised for region in self.beside.values()))
        answers = {Form.FORM_ANSWERED.of(name) for name in self.examined.shelves.vocabulary.instruments}
        return ALWAYS | _PLAN | events | beside | answers

    @cached_property
    def raised_in(self) -> Mapping[str, Phrases]:
        """Everything that can be raised in each branch."""
        inside: dict[str, list[Phrases]] = {}
        for placed in self.examined.placed:
            if placed.branch:
                inside.setdefault(placed.branch, []).append(self._raised_by(placed))
        return {branch: NOTHING.union(*each) for branch, each in inside.items()}

    def _raised_by(self, placed: PlacedStep) -> Phrases:
        return NOTHING.union(*self._raised_at(placed))

    def _raised_at(self, placed: PlacedStep) -> Iterator[Phrases]:
        key, raised = placed.key, self.raised
        yield raised.entering(key)
        yield raised.skipping(key)
        yield from raised.meanwhile(key)
        for outcome in self.examined.targets(placed):
            yield from raised.ending(key, outcome)
            yield raised.sure(key, outcome)
