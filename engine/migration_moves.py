"""Migration moves: which due instants a case's migration moves, and which breaches appear. Pure; summed, nobody is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pathways.case import Case
from pathways.service_promise import ServicePromise

Direction = Literal["later", "earlier", "same", "ends", "begins"]
COUNTED: tuple[Direction, ...] = ("later", "earlier", "same", "ends", "begins")


@dataclass(frozen=True, slots=True)
class Move:
    """One promise that doesn't simply run on. Instants are UTC and empty where it is paused, has ended or begins.

    `breach`: it would be overdue at once, by the new version's count.
    """

    key: str
    kind: str
    choice: str
    due_from: datetime | None
    due_to: datetime | None
    direction: Direction
    breach: bool = False

    def as_json(self) -> list[Any]:
        instants = [each.isoformat() if each else None for each in (self.due_from, self.due_to)]
        return [self.key, self.kind, self.choice, *instants, self.direction, self.breach]

    @classmethod
    def of_json(cls, said: Sequence[Any]) -> "Move":
        key, kind, choice, *instants, direction, breach = said
        due_from, due_to = (datetime.fromisoformat(each) if each else None for each in instants)
        return cls(key, kind, choice, due_from, due_to, direction, breach)


def moves_of(before: Case, after: Case, choices: Mapping[str, str], now: datetime) -> Iterator[Move]:
    """What became of each promise that ran, and of those that begin with the new version."""
    followed = {promise.origin_promise_id: promise for promise in after.promises.values() if promise.origin_promise_id}
    for promise in before.live_promises:
        if not after.promises[promise.promise_id].is_live:
            yield _move(promise, followed.get(promise.promise_id), choices.get(promise.key, ""), now)
    known = before.promises.keys()
    for promise in after.promises.values():
        if promise.promise_id not in known and promise.origin_promise_id is None:
            breach = promise.is_overdue(now)
            yield Move(promise.key, promise.kind, "", None, promise.due_at, "begins", breach)


def _move(was: ServicePromise, now_runs: ServicePromise | None, choice: str, now: datetime) -> Move:
    due_to = now_runs.due_at if now_runs else None
    breach = now_runs is not None and now_runs.is_overdue(now)
    return Move(was.key, was.kind, choice, was.due_at, due_to, _direction(was, now_runs), breach)


def _direction(was: ServicePromise, now_runs: ServicePromise | None) -> Direction:
    if now_runs is None:
        return "ends"
    if was.due_at is None or now_runs.due_at is None or was.due_at == now_runs.due_at:
        return "same"
    return "later" if now_runs.due_at > was.due_at else "earlier"


@dataclass(slots=True)
class Moved:
    """The moves of one promise, counted."""

    kind: str
    counts: dict[Direction, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    breaches: int = 0


def summed(moves: Iterable[Move], into: dict[str, Moved]) -> None:
    """Count moves promise by promise into what was counted before."""
    for move in moves:
        one = into.setdefault(move.key, Moved(move.kind))
        one.counts[move.direction] += 1
        one.breaches += move.breach
