"""Firing: what the passing of time does to one promise. Its due rungs fire, its breach is recorded, somebody is told.

Pure, and of the promise alone: no case has to be loaded for it. The rules use it for one case (`time_passes`), the
sweep for hundreds at once (`engine/firing_sets.py`); both record the same events.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.machine import CompiledPathway
from engine.rules.hearers import Heard, Hearing, hearers_of
from engine.rules.tiers import BREACH, Fires, fires_of
from pathways import events as e
from pathways.case import Assignment
from pathways.service_promise import Tier


class FiringPromise(Protocol):
    """What of a promise its firing looks at. A `ServicePromise` is one."""

    @property
    def promise_id(self) -> str: ...
    @property
    def key(self) -> str: ...
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

    def message(self, promise: FiringPromise) -> dict[str, Any]:
        """The facts of the one message: ids and keys, never content."""
        rung = self.rung
        facts = {"promise_id": promise.promise_id, "promise": promise.key}
        told = {"tier": rung.key, "asks": rung.asks} if rung else {}
        return facts | told | ({"acute": True} if rung and rung.acute else {})


@dataclass(frozen=True, slots=True)
class Firer:
    """Fires at one moment, recording as `by`. `until` is the last instant looked at, never after `now`."""

    pathway: CompiledPathway
    hearing: Hearing
    now: datetime
    until: datetime
    by: str

    def fire(self, promise: FiringPromise) -> Firing:
        """Fire every due rung. Of those found overdue together only the highest tells, for all of them (rule 25)."""
        due = self._due_tiers(promise)
        if not due:
            return Firing()
        rungs = [fires_of(self.pathway, promise.key, tier.key) for _, tier in due]
        highest = next((rung for rung in reversed(rungs) if rung is not None), None)
        heard = hearers_of(self.hearing, highest.tells, highest.role or promise.role) if highest else NOBODY
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
                    told=heard.told if last else (),
                    stands_for=tuple(tier.key for _, tier in due[:-1]) if last else (),
                )
            )
        return Firing(tuple(events), highest, heard)

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
