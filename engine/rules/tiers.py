"""Tiers of a promise: its warnings, its breach and its ladder's rungs, each with its instant, in the order they fire."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.machine import CompiledPathway
from pathways.calendar import ServiceCalendar
from pathways.events import Rung
from pathways.ladder import Ladder
from pathways.pause import Pause
from pathways.promise_definition import PromiseDefinition
from pathways.service_promise import OnList
from pathways.tier_anchor import TierAnchor, parse_tier_anchor
from pathways.tier_instant import JUST_AFTER, tier_instant
from pathways.working_time import Due

BREACH = "breach"
REPEATED = "#"
"""Before the number of a rung's turn: `usual:x4#2` is the second time it fires."""
WARN = "warn"


@dataclass(frozen=True, slots=True)
class Fires:
    """What a rung does when it fires: who hears, and what is asked of them."""

    key: str
    tells: tuple[str, ...]
    role: str | None = None
    asks: str | None = None
    acute: bool = False
    """Told at any hour: an acute rung, or any rung of a clock that runs round the clock (E9, L3, D-01)."""
    lists: OnList | None = None
    """The list the promise is put on."""

    @property
    def hurries(self) -> dict[str, bool]:
        """What makes its message wait for no opening: it is acute, or it goes to whoever is on duty."""
        on_duty = not ON_DUTY.isdisjoint(self.tells)
        return ({"acute": True} if self.acute else {}) | ({"on_duty": True} if on_duty else {})


ON_DUTY = frozenset(("lead_on_duty", "duty_queue"))


def rungs_of(
    definition: PromiseDefinition,
    start: datetime,
    moment: Due,
    calendar: ServiceCalendar,
    ladders: Mapping[str, Ladder],
    pauses: Sequence[Pause] = (),
    days: ServiceCalendar | None = None,
) -> tuple[Rung, ...]:
    """Every armed rung in the order it fires; the breach itself is always there, just after the due instant.

    People hear in the hours of `calendar`; days are counted on `days`, as the promise itself is.
    """
    armed = [Rung(key=BREACH, fire_at=moment.due_at + JUST_AFTER)]
    taken: set[datetime] = set()
    for key, anchor, acute in _anchors(definition, ladders):
        fire_at = tier_instant(anchor, start, moment, calendar, pauses=pauses, acute=acute, days=days)
        if fire_at is None or (key.startswith(WARN) and fire_at in taken):
            continue  # a warning beside a rung of the ladder would tell the same people the same thing twice
        armed.append(Rung(key=key, fire_at=fire_at))
        taken.add(fire_at)
    return tuple(sorted(armed, key=lambda rung: (rung.fire_at, rung.key != BREACH)))


def _anchors(definition: PromiseDefinition, ladders: Mapping[str, Ladder]) -> Iterator[tuple[str, TierAnchor, bool]]:
    ladder = ladders.get(definition.ladder or "")
    for key, rung in ladder.rungs.items() if ladder else ():
        anchor = parse_tier_anchor(rung.when)
        for turn in range(1, 2 + (rung.repeat_at_most or 0)):
            again = anchor.model_copy(update={"number": anchor.number * turn})
            yield f"{definition.ladder}:{key}" + (f"{REPEATED}{turn}" if turn > 1 else ""), again, rung.acute
    for words in definition.warn:
        yield f"{WARN}:{words}", parse_tier_anchor(words), False


def fires_of(pathway: CompiledPathway, promise: str, tier: str) -> Fires | None:
    """What this tier of this promise does; None for the breach itself, which is a fact and tells nobody."""
    if tier == BREACH:
        return None
    kind, _, key = tier.partition(REPEATED)[0].partition(":")
    acute = _runs_round_the_clock(pathway, promise)
    if kind == WARN:
        return Fires(tier, ("responsible",), acute=acute)
    ladder = pathway.definition.ladders.get(kind)
    rung = ladder.rungs.get(key) if ladder else None
    if rung is None:
        return Fires(tier, ("responsible",), acute=acute)
    return Fires(tier, rung.tells, rung.role, rung.asks, acute or rung.acute, rung.lists)


def second_breach_of(pathway: CompiledPathway, promise: str) -> Fires | None:
    """The rung that is told at once when this is the second breach of its case (X5)."""
    definition = pathway.promises.get(promise)
    ladder = pathway.definition.ladders.get(definition.ladder or "") if definition else None
    if definition is None or ladder is None:
        return None
    also = (key for key, rung in ladder.rungs.items() if rung.also_when == "second breach in case")
    return next((fires_of(pathway, promise, f"{definition.ladder}:{key}") for key in also), None)


def _runs_round_the_clock(pathway: CompiledPathway, promise: str) -> bool:
    definition = pathway.promises.get(promise)
    return definition is not None and definition.calendar == "24/7"
