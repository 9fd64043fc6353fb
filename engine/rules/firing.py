"""Firing: what the passing of time does to one promise. Its due rungs fire, its breach is recorded, somebody is told.

Pure, and of the promise alone: no case has to be loaded for it. The rules use it for one case (`time_passes`), the
sweep for hundreds at once (`engine/firing_sets.py`); both record the same events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from engine.machine import CompiledPathway
from engine.rules.hearers import Heard, Hearing, hearers_of
from engine.rules.tiers import BREACH, Fires, fires_of, second_breach_of
from pathways import events as e
from pathways.case import Assignment
from pathways.service_promise import OnList, Tier


class FiringPromise(Protocol):
    """What of a promise its firing looks at. A `ServicePromise` is one."""

    @property
    def promise_id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit_id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def tiers(self) -> Sequence[Tier]: ...
    @property
    def next_tier(self) -> int | None: ...
    @property
    def next_fire_at(self) -> datetime | None: ...
    @property
    def may_breach(self) -> bool: ...


NOBODY = Heard()


@dataclass(frozen=True, slots=True)
class Firing:
    """What firing comes to: events in their order, who hears of the highest rung, and where nobody was found."""

    events: tuple[e.CaseEvent, ...] = ()
    rung: Fires | None = None
    heard: Heard = NOBODY
    second: Fires | None = None
    """The rung that a second breach of the case has told besides, and who heard it."""
    second_heard: Heard = NOBODY
    breaches: int = 0
    """Breaches that count for the case: none of a target's."""

    @property
    def told(self) -> tuple[str, ...]:
        """Everybody who hears, each once."""
        return tuple(dict.fromkeys((*self.heard.told, *self.second_heard.told)))

    def messages(self, promise: FiringPromise) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
        """To whom, and the facts: ids and keys, never content. Nobody hears twice of one promise at one time."""
        for rung, heard in ((self.rung, self.heard.told), (self.second, self._only_second)):
            if rung and heard:
                facts = {"promise_id": promise.promise_id, "promise": promise.key, "tier": rung.key, "asks": rung.asks}
                yield heard, facts | rung.hurries

    @property
    def lists(self) -> OnList | None:
        """The list the promise is put on; that of a second breach lies further up."""
        return (self.second.lists if self.second else None) or (self.rung.lists if self.rung else None)

    @property
    def empty(self) -> tuple[str, ...]:
        return (*self.heard.empty, *self.second_heard.empty)

    @property
    def _only_second(self) -> tuple[str, ...]:
        return tuple(worker for worker in self.second_heard.told if worker not in self.heard.told)


@dataclass(frozen=True, slots=True)
class Firer:
    """Fires at one moment, recording as `by`. `until` is the last instant looked at, never after `now`."""

    pathway: CompiledPathway
    hearing: Hearing
    now: datetime
    until: datetime
    by: str

    def fire(self, promise: FiringPromise, breaches: int = 0) -> Firing:
        """Fire every due rung. Of those found overdue together only the highest tells, for all of them (rule 25).

        `breaches` stand on the case already: at its second one the rung that asks for that is told besides (X5).
        """
        due = self._due_tiers(promise)
        if not due:
            return Firing()
        rungs = [fires_of(self.pathway, promise.key, tier.key) for _, tier in due]
        highest = next((rung for rung in reversed(rungs) if rung is not None), None)
        heard = self._heard(highest, promise) if highest else NOBODY
        breaks = promise.may_breach and promise.kind != "target" and any(tier.key == BREACH for _, tier in due)
        second = second_breach_of(self.pathway, promise.key) if breaks and breaches == 1 else None
        if second and highest and second.key == highest.key:
            second = None  # it is told already
        second_heard = self._heard(second, promise) if second else NOBODY
        firing = Firing((), highest, heard, second, second_heard, int(breaks))
        events: list[e.CaseEvent] = []
        for number, (sequence, tier) in enumerate(due):
            if tier.key == BREACH and promise.may_breach:
                events.append(breach_of(promise, self.hearing.responsible, self.now, self.by))
            last = number == len(due) - 1
            events.append(
                e.TierFired(
                    occurred_at=self.now,
                    by=self.by,
                    promise_id=promise.promise_id,
                    tier=tier.key,
                    sequence_in_promise=sequence,
                    fire_at=tier.fire_at,
                    told=firing.told if last else (),
                    stands_for=tuple(tier.key for _, tier in due[:-1]) if last else (),
                    lists=firing.lists if last else None,
                )
            )
        return replace(firing, events=tuple(events))

    def _heard(self, rung: Fires, promise: FiringPromise) -> Heard:
        return hearers_of(self.hearing, rung.tells, rung.role or promise.role)

    def _due_tiers(self, promise: FiringPromise) -> list[tuple[int, Tier]]:
        if promise.next_tier is None or promise.next_fire_at is None or promise.next_fire_at > self.until:
            return []
        due: list[tuple[int, Tier]] = []
        for sequence in range(promise.next_tier, len(promise.tiers)):
            tier = promise.tiers[sequence]
            if tier.fire_at > self.until:
                break
            due.append((sequence, tier))
        return due


def breach_of(
    promise: FiringPromise, responsible: Assignment | None, detected_at: datetime, by: str
) -> e.PromiseBreached:
    """The breach, on the unit and role that answered; the person stands in the journal only (rule 19)."""
    if promise.due_at is None:
        raise ValueError("a paused promise has no due instant to pass")
    return e.PromiseBreached(
        occurred_at=detected_at,
        by=by,
        promise_id=promise.promise_id,
        breached_at=promise.due_at,
        unit_id=responsible.unit_id if responsible else promise.unit_id,
        role=responsible.role if responsible else promise.role,
        worker_id=responsible.worker_id if responsible else None,
    )
