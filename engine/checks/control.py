"""Control: how a case can move along a pathway, without asking how any promise stands.

A run is one top-level step being worked on, with a place in each of its branches, whether its day has come, and what
is known so far of the client. A run moves as `engine/rules/steps.py` moves a case: entering a step opens its branches
(a branch whose condition is false isn't needed, an unknown one stays), a join leaves the rest undone, a joined step
with one outcome and nobody to decide goes on by itself.

Branches nobody asks about are followed as one: open, then done. In an `all` join that is exact, because they raise
nothing that is listened to and only hold the join back; in the other joins every branch is followed as soon as one is.

Branches of an `all` join don't touch each other, and what is listened to is whether something that starts comes after
everything that ends. So one branch that has been begun is worked on to its end before another moves, and of those not
begun only the first two may go next (any one, while none is done): each can be the first, the last and the one in
the middle, and no other order of theirs leaves more open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from engine.checks.data_cases import Data, Facts
from engine.checks.raised import NOTHING, Phrases, Raised, Telling
from engine.placed_steps import PlacedStep
from pathways.step import Branch, Step, Target

REST, DONE, LEFT, WAITS, ASKED = "*", "+", "-", "~", "?"
"""Places in a branch that are no step: the branches not followed, a done one, one left undone, before a step's day, and
one of which it isn't settled whether it is needed."""
OVER = ""
"""The step of a run beside the main way that is done."""
_NO_STEP = (REST, DONE, LEFT, ASKED)
Asks: TypeAlias = tuple[frozenset[str], frozenset[str], tuple[str, ...], Telling]
"""What tells the moves of one question from those of another."""
_LONGEST_CHAIN = 40


@dataclass(frozen=True, slots=True)
class Run:
    """A top-level step being worked on."""

    step: str
    waits: bool = False
    places: tuple[str, ...] = ()
    facts: Facts = ()

    @property
    def has_joined(self) -> bool:
        """Whether no branch is being worked on any more."""
        return all(place in (DONE, LEFT) for place in self.places)


@dataclass(frozen=True, slots=True)
class Move:
    """One transaction of a case: where the run is then, and what is raised; `sure` was raised some time before."""

    to: Run | None
    """None when the case has ended."""
    said: tuple[str, ...] = ()
    raised: Phrases = NOTHING
    sure: Phrases = NOTHING
    entered: tuple[str, ...] = ()
    """The steps that became work to do, in order."""
    ended: tuple[tuple[str, str], ...] = ()
    """The steps that ended, with their outcomes."""
    end: str | None = None
    unknown: frozenset[str] = frozenset()
    """The remembered variables that nobody knows in this very transaction."""
    facts: Facts = ()
    """What is known when the case ends."""


@dataclass(frozen=True)
class Control:
    """The moves of a run. Only branches in `followed` are looked into."""

    raised: Raised
    data: Data
    followed: frozenset[str]
    unsettled: frozenset[str] = frozenset()
    """Branches whose condition stands alone and whose opening nobody listens to: it is asked when their turn comes."""
    telling: Telling = "everything"
    """What is told apart where a step ends; otherwise everything that can be raised is."""
    _moves: dict[Run, tuple[Move, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def asks(self) -> Asks:
        """What is asked of these moves."""
        return self.followed, self.unsettled, self.data.remembered, self.telling

    def opening(self) -> tuple[Move, ...]:
        """Return what can be so once a contact has opened the case."""
        first = self.raised.examined.first_step
        return () if first is None else self.beside(first, self.raised.contact())

    def beside(self, key: str, raised: Phrases = NOTHING) -> tuple[Move, ...]:
        """Return what can be so once a step has been entered."""
        before = Move(None, (key,), raised)
        return tuple(self._entered(before, key, self.data.nothing_known))

    def moves(self, run: Run) -> tuple[Move, ...]:
        """Return everything that can happen next in a run."""
        known = self._moves.get(run)
        if known is None:
            known = self._moves[run] = tuple(self._next(run))
        return known

    def open_steps(self, run: Run) -> Iterator[str]:
        """Give the steps of a run that are being worked on or wait for their day."""
        if run.step != OVER:
            yield run.step
        yield from (place.removeprefix(WAITS) for place in run.places if place not in _NO_STEP)

    def workable(self, run: Run) -> Iterator[str]:
        """Give the steps of a run in which somebody can do something now."""
        if not run.waits and run.step != OVER:
            yield run.step
        yield from (place for place in run.places if place not in _NO_STEP and not place.startswith(WAITS))

    def aside(self, run: Run) -> tuple[str, ...]:
        """Return the branches of a run that go on but aren't followed."""
        return tuple(self._steps[run.step].step.branches) if REST in run.places else ()

    # what comes next

    def _next(self, run: Run) -> Iterator[Move]:
        if run.step == OVER:
            return
        if run.waits:
            yield from self._begun(Move(None), run.step, run.facts)
        elif not run.has_joined:
            for index in self._movable(run):
                yield from self._in_branch(run, index, run.places[index])
        else:
            yield from self._ended(Move(None), run.step, run.facts)

    def _movable(self, run: Run) -> list[int]:
        """Return which branches may move next."""
        live = [index for index, place in enumerate(run.places) if place not in (DONE, LEFT)]
        if not self._steps[run.step].step.all_:
            return live
        branches = self.branches_of(run.step)
        begun = [index for index in live if not self._is_untouched(branches[index], run.places[index])]
        return begun or (live[:2] if DONE in run.places else live)

    def _is_untouched(self, branch: str, place: str) -> bool:
        return place in _NO_STEP or place.removeprefix(WAITS) == self._first_of(branch)

    def _in_branch(self, run: Run, index: int, place: str) -> Iterator[Move]:
        if place == ASKED:
            first, _, _ = self._place_at(self._first_of(self.branches_of(run.step)[index]))
            yield Move(_moved(run, index, first))
            yield from self._joined(Move(None), _moved(run, index, LEFT))
        elif place == REST:
            yield from self._joined(Move(None), _moved(run, index, DONE))
        elif place.startswith(WAITS):
            yield self._inside(Move(None), run, index, place.removeprefix(WAITS), begins=True)
        else:
            for before, target, facts in self._outcomes(Move(None), place, run.facts):
                now = replace(run, facts=facts)
                before = replace(before, said=(place, *before.said))
                if target.kind == "done":
                    yield from self._joined(before, _moved(now, index, DONE))
                elif target.key in self._inner_steps[run.step]:
                    yield self._inside(before, now, index, target.key)

    def _inside(self, before: Move, run: Run, index: int, key: str, *, begins: bool = False) -> Move:
        """Return the move that enters a step inside a branch."""
        place, raised, entered = self._place_at(key, begins=begins)
        return replace(
            before,
            to=_moved(run, index, place),
            raised=before.raised | raised,
            entered=(*before.entered, *entered),
        )

    def _place_at(self, key: str, *, begins: bool = False) -> tuple[str, Phrases, tuple[str, ...]]:
        if self._steps[key].step.opens and not begins:
            return WAITS + key, NOTHING, ()
        return key, self.raised.entering(key), (key,)

    def _ended(self, before: Move, key: str, facts: Facts) -> Iterator[Move]:
        if len(before.ended) > _LONGEST_CHAIN:
            return
        for after, target, now in self._outcomes(before, key, facts):
            if target.kind == "end":
                if target.key in self.raised.examined.definition.ends:
                    yield replace(after, said=(*after.said, f"end {target.key}"), end=target.key, facts=now)
            elif target.kind == "done":
                yield replace(after, to=Run(OVER, facts=now))
            elif target.key in self._top:
                yield from self._entered(replace(after, said=(*after.said, target.key)), target.key, now)

    def _outcomes(self, before: Move, key: str, facts: Facts) -> Iterator[tuple[Move, Target, Facts]]:
        placed = self._steps[key]
        now = self.data.asked_anew(placed.step, facts)
        for outcome, target in self._targets[key].items():
            after = replace(
                before,
                said=(*before.said, outcome),
                sure=before.sure | self.raised.sure(key, outcome),
                ended=(*before.ended, (key, outcome)),
            )
            for raised in self.raised.ending(key, outcome, self.telling):
                yield replace(after, raised=before.raised | raised), target, now

    # entering

    def _entered(self, before: Move, key: str, facts: Facts) -> Iterator[Move]:
        if self._steps[key].step.opens:
            yield replace(before, to=Run(key, True, (), facts))
        else:
            yield from self._begun(before, key, facts)

    def _begun(self, before: Move, key: str, facts: Facts) -> Iterator[Move]:
        after = replace(before, raised=before.raised | self.raised.entering(key), entered=(*before.entered, key))
        step = self._steps[key].step
        if not step.branches:
            yield replace(after, to=Run(key, False, (), facts))
            return
        for wanted, now in self._wanted(key, facts):
            unknown = after.unknown | self.data.left_unknown(self._settled(key), now)
            opened = self._opened(replace(after, unknown=unknown), Run(key, False, (), now), wanted)
            yield from self._joined(*opened)

    def _opened(self, before: Move, run: Run, wanted: Mapping[str, bool]) -> tuple[Move, Run]:
        """Return a step's branches opened: each at its first step, or left where it isn't needed."""
        places, raised, entered = [], before.raised, before.entered
        for branch, is_wanted in wanted.items():
            if branch in self.unsettled and not self._goes_on(run.step):
                places.append(ASKED)
                continue
            if branch == REST or not is_wanted:
                places.append(REST if is_wanted else LEFT)
                raised = raised if branch == REST else raised | self.raised.skipping(branch)
                continue
            place, more, begun = self._place_at(self._first_of(branch))
            places.append(place)
            raised, entered = raised | more, (*entered, *begun)
        return replace(before, raised=raised, entered=entered), replace(run, places=tuple(places))

    def _joined(self, before: Move, run: Run) -> Iterator[Move]:
        """Give the run as it stands, or gone on where its join is satisfied."""
        step = self._steps[run.step].step
        needed = [place for place in run.places if place != LEFT]
        follows_one = REST in self.branches_of(run.step) or bool(step.all_)
        needs = len(needed) if follows_one else min(step.joins_at(), len(needed))
        if sum(place == DONE for place in needed) < needs:
            yield replace(before, to=run)
            return
        left = [place.removeprefix(WAITS) for place in needed if place != DONE]
        skipped = NOTHING.union(*(self.raised.skipping(key) for key in left if key != REST))
        after = replace(before, raised=before.raised | skipped)
        now = replace(run, places=tuple(place if place == DONE else LEFT for place in run.places))
        if self._goes_on(run.step):
            yield from self._ended(after, run.step, now.facts)
        else:
            yield replace(after, to=now)

    def _goes_on(self, key: str) -> bool:
        return self._steps[key].step.decide is None and len(self._targets[key]) == 1

    # data

    def _wanted(self, key: str, facts: Facts) -> Iterable[tuple[Mapping[str, bool], Facts]]:
        """Return every way the branches of a step can be wanted, each with what is known of the client then."""
        branches = self.branches_of(key)
        settled = self._settled(key)
        later = {branch: True for branch in branches if branch in self.unsettled and branch not in settled}
        ways = [
            ({branch: {**wanted, **later}[branch] for branch in branches if branch != REST}, now)
            for wanted, now in self.data.wanted(settled, facts)
        ]
        if REST not in branches:
            return ways
        rests = (True,) if self._some_unconditional(key) else (True, False)
        return [
            ({branch: rest if branch == REST else wanted[branch] for branch in branches}, now)
            for wanted, now in ways
            for rest in rests
        ]

    def _settled(self, key: str) -> tuple[str, ...]:
        """Return the branches whose conditions are asked when the step is entered."""
        at_once = self._goes_on(key)
        followed = (branch for branch in self.branches_of(key) if branch != REST)
        return tuple(branch for branch in followed if at_once or branch not in self.unsettled)

    # what the pathway says

    def branches_of(self, key: str) -> tuple[str, ...]:
        """Return the branches of a step that are followed, and the rest as one."""
        known = self._branches.get(key)
        return known if known is not None else ()

    @cached_property
    def _branches(self) -> Mapping[str, tuple[str, ...]]:
        return {key: self._followed_in(step) for key, step in self.raised.examined.definition.steps.items()}

    def _followed_in(self, step: Step) -> tuple[str, ...]:
        followed = tuple(branch for branch in step.branches if branch in self.followed)
        if len(followed) == len(step.branches) or (followed and not step.all_):
            return tuple(step.branches)
        return (*followed, REST)

    def _some_unconditional(self, key: str) -> bool:
        followed = self.branches_of(key)
        step = self._steps[key].step
        return any(branch.when is None for name, branch in step.branches.items() if name not in followed)

    @cached_property
    def _steps(self) -> Mapping[str, PlacedStep]:
        return self.raised.examined.steps

    @cached_property
    def _top(self) -> frozenset[str]:
        return frozenset(self.raised.examined.definition.steps)

    @cached_property
    def _targets(self) -> Mapping[str, Mapping[str, Target]]:
        return {key: self.raised.examined.targets(placed) for key, placed in self._steps.items()}

    @cached_property
    def _inner_steps(self) -> Mapping[str, frozenset[str]]:
        inside: dict[str, set[str]] = {}
        for placed in self._steps.values():
            if placed.parent:
                inside.setdefault(placed.parent, set()).add(placed.key)
        return {parent: frozenset(keys) for parent, keys in inside.items()}

    def _first_of(self, branch: str) -> str:
        return first_step_of(self._steps[branch])


def _moved(run: Run, index: int, place: str) -> Run:
    return replace(run, places=(*run.places[:index], place, *run.places[index + 1 :]))


def first_step_of(branch: PlacedStep) -> str:
    """Return the step a branch begins with: itself, or the first of its own."""
    step = branch.step
    return next(iter(step.steps)) if isinstance(step, Branch) and step.steps else branch.key
