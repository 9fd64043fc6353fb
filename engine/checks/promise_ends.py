"""Where promises end: no way through the pathway leaves a promise neither kept, cancelled nor travelling.

For each promise the way of a case (`control.py`) is explored together with how that one promise stands. Other promises
aren't followed beside it: no promise ever changes another or holds a case back, so this product finds the same states
of this promise as all promises together would. Three things stand beside the way and are added where they matter most:

- what only *ends* a promise at any time (an act, an event) is left out: a client for whom it never happens exists;
- what *starts* one at any time (an event, a contact, a step beside) does so at the last moment before an end, where
  the least can still end it; `PW084` tells of it;
- what *closes* the case at any time (an event, a step beside) does so wherever the promise runs; `PW082` tells of it.

Where the checker can't know, it allows more than can happen: who ends a step (any profession of its role), whether the
matter is urgent, and what conditions on other variables come to. `CloseCase`, which any responsible worker may ask for
anywhere with the approvals of the end, is no part of the definition and isn't followed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, partial
from typing import TypeAlias

from engine.checks.control import OVER, Control, Move, Run
from engine.checks.examined import Examined
from engine.checks.exploration import Explored, explore
from engine.checks.pathway_space import PathwaySpace
from engine.checks.raised import NOTHING, STOPPING, Phrases
from engine.findings import Finding
from engine.strictness import is_looser
from pathways.phrases import Form, parse_phrase
from pathways.promise_definition import PromiseDefinition


class Standing(Enum):
    """How a promise may stand. `OVER` is for one that starts only once in an episode."""

    IDLE = "idle"
    RUNNING = "running"
    OVER = "over"


At: TypeAlias = tuple[Run, Standing]
LeftBy: TypeAlias = Callable[[Run], Iterator[Move]]


def promise_end_findings(examined: Examined, space: PathwaySpace) -> Iterator[Finding]:
    """Give a finding for the shortest way to each end or hand-over that leaves a promise open."""
    for key, promise in examined.definition.promises.items():
        if promise.startable and not _starts_at_closing(promise):
            yield from PromiseWays(examined, space, key, promise).findings()


def _starts_at_closing(promise: PromiseDefinition) -> bool:
    return set(promise.starts) <= {str(Form.CASE_CLOSED), str(Form.CASE_REOPENED)}


@dataclass
class PromiseWays:
    """One promise on its way through the pathway."""

    examined: Examined
    space: PathwaySpace
    key: str
    promise: PromiseDefinition

    def findings(self) -> Iterator[Finding]:
        """Explore from the contact on; each end, each closing event and each start beside is blamed once."""
        blamed: set[str] = set()
        yield from self._left_at_ends(blamed)
        yield from self._left_by_closings_beside(blamed)
        yield from self._left_by_starts_beside(blamed)
        yield from self._never_kept_from_somewhere()

    # exploring

    @cached_property
    def starts(self) -> Phrases:
        """What starts it."""
        return frozenset(parse_phrase(text) for text in self.promise.starts)

    @cached_property
    def ends(self) -> Phrases:
        """What keeps or cancels it."""
        return self.keeps | frozenset(parse_phrase(text) for text in self.promise.cancelled_when)

    @cached_property
    def keeps(self) -> Phrases:
        """What keeps it."""
        return frozenset(parse_phrase(text) for text in self.promise.kept_when)

    @cached_property
    def control(self) -> Control:
        """The moves of a case, as far as this promise listens."""
        return self.space.control_for(self.key, self.starts, self.ends)

    @cached_property
    def explored(self) -> Explored[At]:
        """Every state of the way and of this promise together."""
        opening = ((at, move.said) for move in self.control.opening() for at in self._stands(Standing.IDLE, move))
        return self.space.proof.count(self.key, explore(opening, self._next, self.space.most))

    def _next(self, at: At) -> Iterator[tuple[At, tuple[str, ...]]]:
        run, standing = at
        for move in self.control.moves(run):
            for there in self._stands(standing, move):
                yield there, move.said
        if standing is Standing.IDLE and any(self.starts & self._meanwhile(key) for key in self.control.workable(run)):
            yield from ((there, ()) for there in self._stands(standing, Move(run, raised=self.starts)))

    def _meanwhile(self, key: str) -> Phrases:
        return NOTHING.union(*self.space.raised.meanwhile(key))

    def _stands(self, standing: Standing, move: Move) -> Iterator[At]:
        """Give how it can stand after a move: an end comes before a start (rule 5)."""
        run = move.to
        if run is None:
            return
        if standing is Standing.RUNNING and self.ends & (move.raised | move.sure):
            standing = Standing.OVER if self.promise.once else Standing.IDLE
        if standing is not Standing.IDLE or not self.starts & move.raised:
            yield run, standing
            return
        for concerns, facts in self.control.data.concerning(self.key, run.facts, move.unknown):
            there = Run(run.step, run.waits, run.places, facts)
            yield there, Standing.RUNNING if concerns else Standing.IDLE

    # what is wrong

    def _left_at_ends(self, blamed: set[str]) -> Iterator[Finding]:
        for way, run, standing, move in self._endings():
            if move.end and move.end not in blamed and self._is_left(run, standing, move):
                blamed.add(move.end)
                step, outcome = move.ended[-1]
                if self.space.raised.received(step, outcome):
                    yield self._finding("PW077", (*way, *move.said[:-1]), step=step, end=move.end)
                else:
                    yield self._finding("PW076", (*way, *move.said), end=move.end)

    def _endings(self) -> Iterator[tuple[tuple[str, ...], Run, Standing, Move]]:
        """Give every move that ends the case on the main way; the very contact can, where nobody has to do anything."""
        nowhere = Run(OVER, facts=self.control.data.nothing_known)
        yield from (((), nowhere, Standing.IDLE, move) for move in self.control.opening() if move.end)
        for at in self.explored:
            run, standing = at
            ending = [move for move in self.control.moves(run) if move.end] if standing is not Standing.OVER else []
            if ending:
                way = self.explored.way(at)
                yield from ((way, run, standing, move) for move in ending)

    def _is_left(self, run: Run, standing: Standing, move: Move, besides: Phrases = NOTHING) -> bool:
        """Return whether a move to an end leaves the promise open: one that ran, or one that the move itself starts."""
        if standing is Standing.RUNNING:
            if self._survives(move, str(move.end), besides):
                return True
            standing = Standing.OVER if self.promise.once else Standing.IDLE
        known = move.facts or run.facts
        concerns = any(so for so, _ in self.control.data.concerning(self.key, known, move.unknown))
        starts = standing is Standing.IDLE and self.starts & move.raised and concerns
        return bool(starts) and self._survives(replace(move, raised=NOTHING, sure=NOTHING), str(move.end), besides)

    def _can_concern(self, run: Run) -> bool:
        return any(concerns for concerns, _ in self.control.data.concerning(self.key, run.facts))

    def _survives(self, move: Move, end: str, besides: Phrases = NOTHING) -> bool:
        """Return whether the promise still runs when a move has closed the case, and doesn't go with a hand-over."""
        if any(self.space.raised.received(*ended) for ended in move.ended) and self.promise.on_handover != "stays":
            return False
        raised = move.raised | move.sure | self.space.raised.closing(end) | besides | self._ended_with_the_case
        return not raised & (STOPPING | self.ends)

    @cached_property
    def _ended_with_the_case(self) -> Phrases:
        """What closing raises for certain where this promise runs: the plan ends, an open question is withdrawn."""
        forms = {phrase.form for phrase in self.starts}
        if forms <= {Form.PLAN_AGREED, Form.DISAGREEMENT_RECORDED, Form.PLAN_REVIEWED}:
            return frozenset((Form.PLAN_ENDED.of(),))
        if forms <= {Form.CONSULTATION_ASKED, Form.CONSULTATION_ASKED_URGENTLY}:
            return frozenset((Form.CONSULTATION_ENDED.of(),))
        if forms <= {Form.STEP_CONSULTATION_ASKED, Form.STEP_CONSULTATION_ASKED_URGENTLY}:
            return frozenset(Form.STEP_CONSULTATION_ENDED.of(*phrase.about) for phrase in self.starts)
        return NOTHING

    def _left_by_closings_beside(self, blamed: set[str]) -> Iterator[Finding]:
        """An event can close the case at any step: wherever the promise may run, the event must end it."""
        meanwhile = [(name, move) for name, move in self._closings_beside() if self._survives(move, str(move.end))]
        at_last = [(key, move) for key, move in self._last_moves_beside if self._survives(move, str(move.end))]
        for at in self.explored if meanwhile or at_last else ():
            run, standing = at
            if standing is not Standing.RUNNING:
                continue
            for name, move in (*meanwhile, *(at_last if at in self._started_later else ())):
                end = str(move.end)
                if end not in blamed and self._survives(move, end, self._undone(run)):
                    blamed.add(end)
                    way = (*self.explored.way(at), *move.said)
                    yield self._finding("PW082", way, end=end, event=name)

    @cached_property
    def _started_later(self) -> frozenset[At]:
        """The states that are reached while the promise rests: a step beside can have been opened before it started."""
        resting = [(at, ()) for at in self.explored if at[1] is Standing.IDLE]
        return frozenset(explore(resting, self._next, self.space.most))

    @cached_property
    def _last_moves_beside(self) -> tuple[tuple[str, Move], ...]:
        """The moves of steps beside that end the case, whatever was before them."""
        return tuple(
            (key, move)
            for key, found in self._beside(Standing.IDLE, closing=True)
            for run, _ in found
            for move in self.control.moves(run)
            if move.end
        )

    def _undone(self, run: Run) -> Phrases:
        """Return what closing raises of the steps of a run that are still open."""
        return NOTHING.union(*(self.space.raised.skipping(key) for key in self.control.open_steps(run)))

    def _closings_beside(self) -> Iterator[tuple[str, Move]]:
        """Give every closing that isn't on the main way: by an event, or by a step that runs beside."""
        for key, event in self.examined.definition.events.items():
            if event.closes and "promises" not in event.cancels:
                end = event.closes.end
                yield key, Move(None, (key, f"end {end}"), self.space.raised.event(key), end=end)
        for key, found in self._beside(Standing.RUNNING, closing=True):
            opening = (
                move for raised in self.space.raised.opening_beside(key) for move in self.control.beside(key, raised)
            )
            yield from ((key, move) for move in opening if move.end)
            for run, standing in found:
                for move in self.control.moves(run) if standing is Standing.RUNNING else ():
                    if move.end:
                        way = (*found.way((run, standing)), *move.said)
                        yield key, Move(None, way, move.raised, move.sure, ended=move.ended, end=move.end)

    def _beside(self, standing: Standing, *, closing: bool = False) -> Iterator[tuple[str, Explored[At]]]:
        """Give each step beside the main way, explored from its opening on while the promise stands so."""
        for key, region in self.space.beside.items():
            if not (region.closes if closing else region.raised & self.starts):
                continue  # nothing there can matter
            by_events = (NOTHING,) if standing is Standing.IDLE else self.space.raised.opening_beside(key)
            opened = [
                (at, move.said)
                for raised in by_events
                for move in self.control.beside(key, raised)
                for at in self._stands(standing, move)
            ]
            yield key, self.space.proof.count(f"{self.key}/{key}", explore(opened, self._next, self.space.most))

    def _left_by_starts_beside(self, blamed: set[str]) -> Iterator[Finding]:
        """What starts at any time can do so just before an end: the last move has to end it.

        Not asked of statutory clocks: when they end besides being kept is the law pack's to say, not the pathway's.
        """
        if self.promise.kind == "statutory":
            return
        for name, said, moves in self._starts_beside():
            for at in self.explored:
                run, standing = at
                can_start = standing is Standing.IDLE or (standing is Standing.RUNNING and not self.promise.once)
                if not can_start or not self._can_concern(run):
                    continue
                left = next((move for move in moves(run) if move.end and move.end not in blamed), None)
                if left:
                    way = (*self.explored.way(at), *said, *left.said)
                    yield self._finding("PW084", way, end=str(left.end), event=name)
                    return

    def _starts_beside(self) -> Iterator[tuple[str, tuple[str, ...], LeftBy]]:
        """Give what can start it at any time, with the moves from a run of the main way that then leave it open."""
        for key, event in self.examined.definition.events.items():
            held = event.stay_open and self.promise.within and not is_looser(self.promise.within, event.stay_open)
            if self.starts & self.space.raised.event(key) and not held:
                yield key, (key,), partial(self._left_by, NOTHING)
        for key, found in self._beside(Standing.IDLE):
            for run, standing in found:
                if standing is Standing.RUNNING:
                    yield key, found.way((run, standing)), partial(self._left_by, self._undone(run))
                ending = [move for move in self.control.moves(run) if move.end and self._is_left(run, standing, move)]
                if ending:
                    yield key, found.way((run, standing)), partial(self._still_left, run, standing, ending)

    def _left_by(self, besides: Phrases, run: Run) -> Iterator[Move]:
        """Give the moves from here that end the case and leave the promise open."""
        for move in self.control.moves(run):
            if move.end and self._survives(move, move.end, besides):
                yield move
        for move in self._closing_moves:
            if self._survives(move, str(move.end), besides | self._undone(run)):
                yield move

    def _still_left(self, beside: Run, standing: Standing, ending: Iterable[Move], run: Run) -> Iterator[Move]:
        """Give the moves of a step beside that end the case so, while the main way stands here."""
        yield from (move for move in ending if self._is_left(beside, standing, move, self._undone(run)))

    @cached_property
    def _closing_moves(self) -> tuple[Move, ...]:
        return tuple(move for _, move in (*self._closings_beside(), *self._last_moves_beside))

    def _never_kept_from_somewhere(self) -> Iterator[Finding]:
        """Give a finding where the promise runs on a way on which nothing can keep it any more."""
        if not self.keeps or self.keeps & self.space.at_any_time:
            return
        running = [at for at in self.explored if at[1] is Standing.RUNNING]
        hopeful = self._leading_to_keeping(running)
        lost = next((at for at in running if at not in hopeful), None)
        if lost and not self.explored.unexplored:
            yield self._finding("PW085", self.explored.way(lost), step=lost[0].step)

    def _leading_to_keeping(self, running: Iterable[At]) -> set[At]:
        """Return the states from which some move keeps the promise, sooner or later."""
        hopeful: set[At] = set()
        before: dict[At, list[At]] = {}
        for at in running:
            run, standing = at
            moves = self.control.moves(run)
            meanwhile = NOTHING.union(*(self._meanwhile(key) for key in self.control.workable(run)))
            meanwhile |= NOTHING.union(*(self.space.raised_in[branch] for branch in self.control.aside(run)))
            closing = (self.space.raised.closing(move.end) for move in moves if move.end)
            if self.keeps & meanwhile.union(*(move.raised | move.sure for move in moves), *closing):
                hopeful.add(at)
            for move in moves:
                for there in self._stands(standing, move):
                    before.setdefault(there, []).append(at)
        waiting = list(hopeful)
        while waiting:
            for at in before.get(waiting.pop(), ()):
                if at not in hopeful:
                    hopeful.add(at)
                    waiting.append(at)
        return hopeful

    def _finding(self, code: str, way: tuple[str, ...], **facts: str) -> Finding:
        return self.examined.at_key(code, ("promises", self.key), way, name=self.key, **facts)
