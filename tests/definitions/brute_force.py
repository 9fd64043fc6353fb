"""Brute force: a case followed through every order in which anything can happen, all promises and data at once.

It is written from what `engine/rules` does, knows nothing of `engine/checks/control.py`, and leaves nothing out: each
branch, each step beside and each event at every moment, and each fact learnt at every moment. Only small definitions fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.machine import CompiledPathway
from pathways.definition import PathwayDefinition
from pathways.phrases import Phrase, parse_phrase
from pathways.step import StepKind

FACTS = ("client.has_children", "client.lives_alone")
MOST = 20_000
LONGEST_CHAIN = 20
Branches = tuple[tuple[str, str], ...]
"""Each branch with the step it is at; `+` when it is done and `-` when it isn't needed."""
Opened = tuple[str, Branches]


@dataclass(frozen=True)
class State:
    """Everything there is to know of a case: what is being worked on, what is known, who answers, how promises stand."""

    main: Opened | None
    beside: tuple[Opened, ...]
    known: tuple[bool | None, ...]
    role: str | None
    promises: tuple[str, ...]


@dataclass
class Seen:
    """What came up on the way."""

    states: set[State] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    left: set[tuple[str, str]] = field(default_factory=set)
    """Promises with the ends that leave them open."""


class TooMany(Exception):
    """The definition isn't small."""


@dataclass(frozen=True)
class _So:
    """A state in the middle of a command, with what was raised so far."""

    state: State
    raised: frozenset[Phrase] = frozenset()
    end: str | None = None
    received: bool = False
    """Whether a hand-over was received in this command."""
    ended: int = 0
    """How many steps ended in this command: a loop in which nobody has to do anything is cut short."""


@dataclass
class BruteForce:
    """Follows one pathway; `beside` says whether events and steps by hand happen too."""

    definition: PathwayDefinition
    beside: bool
    seen: Seen = field(default_factory=Seen)

    def __post_init__(self) -> None:
        self.pathway = CompiledPathway(self.definition)
        self.keys = tuple(self.definition.promises)
        self.roles = {entry.from_step: entry.role for entry in self.definition.responsible}

    def follow(self) -> Seen:
        """Return everything that can come up."""
        contact = frozenset(self.pathway.signals.of_contact())
        waiting: list[State] = []
        for known in _all_known(len(FACTS)):
            state = State(None, (), known, None, ("idle",) * len(self.keys))
            for so in self._enter(_So(state, contact), self.pathway.first_step, "main"):
                waiting.extend(self._told(state, so))
        while waiting:
            state = waiting.pop()
            if state in self.seen.states:
                continue
            self.seen.states.add(state)
            if len(self.seen.states) > MOST:
                raise TooMany
            self._note(state)
            waiting.extend(self._next(state))
        return self.seen

    def _note(self, state: State) -> None:
        for opened in filter(None, (state.main, *state.beside)):
            self.seen.steps.update((opened[0], *(place for _, place in opened[1] if place not in "+-")))
        if state.role is None and state.main:
            self.seen.unanswered.add(state.main[0])

    def _next(self, state: State) -> Iterator[State]:
        for index, value in enumerate(state.known):
            if value is None:
                for learnt in (True, False):
                    yield replace(state, known=(*state.known[:index], learnt, *state.known[index + 1 :]))
        places = ["main", *(opened[0] for opened in state.beside)]
        for place, opened in zip(places, (state.main, *state.beside), strict=True):
            if opened:
                for so in self._work(_So(state), opened, place):
                    yield from self._told(state, so)
        if self.beside:
            yield from self._from_beside(state)

    def _from_beside(self, state: State) -> Iterator[State]:
        open_now = {opened[0] for opened in (state.main, *state.beside) if opened}
        for key, step in self.definition.steps.items():
            if step.by_hand and key not in open_now:
                for so in self._enter(_So(state), key, key):
                    yield from self._told(state, so)
        for key, event in self.definition.events.items():
            so = _So(state, frozenset(self.pathway.signals.of_event(key)))
            yield from self._told(state, replace(so, end=event.closes.end) if event.closes else so)

    # one command

    def _work(self, so: _So, opened: Opened, place: str) -> Iterator[_So]:
        key, branches = opened
        if all(at in "+-" for _, at in branches):
            for outcome in self.pathway.outcomes_of(key):
                yield from self._end(so, key, outcome, place)
            return
        for index, (branch, at) in enumerate(branches):
            for outcome in self.pathway.outcomes_of(at) if at not in "+-" else ():
                now = self._raise(so, self._ending(at, outcome))
                target = self.pathway.step_after(at, outcome)
                there = "+" if target.kind == "done" else target.key
                if target.kind == "step":
                    now = self._begin(now, target.key)
                after = (*branches[:index], (branch, there), *branches[index + 1 :])
                yield from self._join(now, key, after, place)

    def _enter(self, so: _So, key: str, place: str) -> Iterator[_So]:
        so = self._begin(so, key)
        branches: list[tuple[str, str]] = []
        for branch in self.pathway.branches_of(key):
            first = self.pathway.first_step_of(branch)
            facts = dict(zip(FACTS, so.state.known, strict=True))
            if self.pathway.when(branch, facts) is False:
                so = self._raise(so, self.pathway.signals.of_skipping(branch))
                branches.append((branch, "-"))
            else:
                so = self._begin(so, first)
                branches.append((branch, first))
        yield from self._join(so, key, tuple(branches), place)

    def _join(self, so: _So, key: str, branches: Branches, place: str) -> Iterator[_So]:
        stands = {branch: "done" if at == "+" else "not_needed" if at == "-" else "open" for branch, at in branches}
        if branches and self.pathway.join_satisfied(key, stands):  # type: ignore[arg-type]
            for _, at in branches:
                if at not in "+-":
                    so = self._raise(so, self.pathway.signals.of_skipping(at))
            branches = tuple((branch, at if at == "+" else "-") for branch, at in branches)
            alone = self.pathway.goes_on_with(key)
            if alone:
                yield from self._end(so, key, alone, place)
                return
        yield replace(so, state=_placed(so.state, place, (key, branches)))

    def _end(self, so: _So, key: str, outcome: str, place: str) -> Iterator[_So]:
        so = self._raise(so, self._ending(key, outcome))
        target = self.pathway.step_after(key, outcome)
        handed = self.pathway.step(key).kind is StepKind.HANDOVER and self.pathway.signals.happened(outcome)
        so = replace(so, state=_placed(so.state, place, None), received=so.received or handed, ended=so.ended + 1)
        if so.ended > LONGEST_CHAIN:
            return
        if target.kind == "end":
            yield replace(so, end=target.key)
        elif target.kind == "step":
            yield from self._enter(so, target.key, place)
        else:
            yield so

    def _ending(self, key: str, outcome: str) -> tuple[Phrase, ...]:
        return self.pathway.signals.of_ending(key, self.pathway.step(key), outcome, professions=("sairaanhoitaja",))

    def _begin(self, so: _So, key: str) -> _So:
        role = self.roles.get(key, so.state.role)
        so = replace(so, state=replace(so.state, role=role))
        return self._raise(so, self.pathway.signals.of_entering(key, self.pathway.step(key)))

    def _raise(self, so: _So, phrases: tuple[Phrase, ...]) -> _So:
        return replace(so, raised=so.raised | frozenset(phrases))

    # what promises hear

    def _told(self, before: State, so: _So) -> Iterator[State]:
        if so.end:
            self._close(before, so)
            return
        yield replace(so.state, promises=self._stand(before, so, so.raised))

    def _stand(self, before: State, so: _So, raised: frozenset[Phrase]) -> tuple[str, ...]:
        """Keep and cancel what ran before, then start: a promise started by a command isn't ended by it."""
        stands = []
        for key, standing in zip(self.keys, before.promises, strict=True):
            promise = self.definition.promises[key]
            if standing == "running" and raised & _phrases(*promise.kept_when, *promise.cancelled_when):
                standing = "over" if promise.once else "idle"
            facts = dict(zip(FACTS, so.state.known, strict=True))
            if standing == "idle" and raised & _phrases(*promise.starts) and self.pathway.applies(key, facts) is True:
                standing = "running"
            stands.append(standing)
        return tuple(stands)

    def _close(self, before: State, so: _So) -> None:
        """Close the case: what still ran, or was started by the very move to the end, is left open unless closing ends it."""
        stands = self._stand(before, so, so.raised)
        closing = frozenset(self.pathway.signals.of_closing(str(so.end)))
        for opened in filter(None, (so.state.main, *so.state.beside)):
            for key in (opened[0], *(at for _, at in opened[1] if at not in "+-")):
                closing |= frozenset(self.pathway.signals.of_skipping(key))
        for key, standing in zip(self.keys, stands, strict=True):
            promise = self.definition.promises[key]
            goes_along = so.received and promise.on_handover != "stays"
            if (
                standing == "running"
                and not goes_along
                and not closing & _phrases(*promise.kept_when, *promise.cancelled_when)
            ):
                self.seen.left.add((key, str(so.end)))


def _placed(state: State, place: str, opened: Opened | None) -> State:
    """Return the state with a run at its place; a step beside that leads on keeps the place it was opened at."""
    if place == "main":
        return replace(state, main=opened)
    others = tuple(each for each in state.beside if each[0] != place)
    return replace(state, beside=tuple(sorted((*others, opened) if opened else others)))


def _all_known(number: int) -> Iterator[tuple[bool | None, ...]]:
    if number == 0:
        yield ()
        return
    for rest in _all_known(number - 1):
        yield from ((value, *rest) for value in (None, True, False))


def _phrases(*texts: str) -> frozenset[Phrase]:
    return frozenset(parse_phrase(text) for text in texts)
