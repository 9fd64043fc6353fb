"""Overlay: what one case, or the running cases of a version, lay over a drawing. It never moves anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from engine.drawing.graph import Node
from engine.drawing.words import Language, say

StepState = Literal[
    "done", "open", "waiting", "late", "upcoming", "not_needed", "added", "removed", "changed", "renamed"
]
"""How a step of a case stands; the last four: how a step of one version differs from another's."""
Tone = Literal["late", "risk", "kept", "calm"]
ACTIVE: frozenset[StepState] = frozenset({"open", "waiting", "late"})
HEATS = 4


@dataclass(frozen=True, slots=True)
class Badge:
    """A promise in a few words, such as "2 pv jäljellä"; the words say it, the tone only colours it."""

    text: str
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True)
class StepMark:
    """How one step stands. `when` is a date in words; `who` stands in place of the role."""

    state: StepState | None = None
    when: str = ""
    badge: Badge | None = None
    who: str = ""
    beside: str = ""
    """One line more under the badge, in the designer's drawing."""
    heat: int = 0
    """0 to 4: how much of all that runs stands here. A tint beside the number, never instead of it."""


@dataclass(frozen=True)
class Overlay:
    """Marks by step key, and the ways a case has gone where they are known (source, target)."""

    marks: Mapping[str, StepMark] = field(default_factory=dict)
    travelled: frozenset[tuple[str, str]] | None = None
    compared: bool = False
    """Whether the marks say how a version differs from another: steps that are alike have none."""

    def mark(self, key: str) -> StepMark:
        return self.marks.get(key, StepMark())

    def of(self, node: Node) -> StepMark:
        """Return the mark of a node. In a case, what has none is still to come, but what is added by hand may never."""
        mark = self.mark(node.key)
        if node.by_hand and mark.state == "upcoming":
            return replace(mark, state=None)
        return replace(mark, state="upcoming") if self.for_case and not mark.state and not node.by_hand else mark

    @property
    def entered(self) -> frozenset[str]:
        """The steps that the case has come to."""
        return frozenset(key for key, mark in self.marks.items() if mark.state not in (None, "upcoming"))

    def went(self, source: str, target: str, forward: bool) -> bool:
        """Whether the case has gone this way; guessed from the states, forwards only, where it isn't known."""
        if self.travelled is not None:
            return (source, target) in self.travelled
        seen = self.mark(target).state
        return forward and self.mark(source).state == "done" and seen is not None and (seen == "done" or seen in ACTIVE)

    @cached_property
    def for_case(self) -> bool:
        return not self.compared and any(mark.state for mark in self.marks.values())


def figures(running: Mapping[str, int], medians: Mapping[str, str], language: Language) -> Overlay:
    """Return the designer's overlay: how many cases stand in each step now, and the usual time there in words."""
    most = max(running.values(), default=0)
    return Overlay(
        {key: _figure(running.get(key, 0), medians.get(key), most, language) for key in {*running, *medians}}
    )


def finished_phases(phases: Mapping[str, Iterable[str]], overlay: Overlay) -> frozenset[str]:
    """Return the phases with at least one done step and nothing left to do, given the keys of their steps."""
    finished = set()
    for phase, keys in phases.items():
        states = {overlay.mark(key).state for key in keys}
        if "done" in states and states <= {"done", "not_needed"}:
            finished.add(phase)
    return frozenset(finished)


def _figure(count: int, median: str | None, most: int, language: Language) -> StepMark:
    heat = -(-count * HEATS // most) if most else 0
    beside = say("median", language, span=median) if median else ""
    return StepMark(badge=Badge(say("running", language, count=count)), beside=beside, heat=heat)
