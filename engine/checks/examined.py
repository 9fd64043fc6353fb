"""A pathway under examination: its definition, where everything stands, and what it is held against."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.calendars import Calendars, shipped_calendars
from engine.findings import Finding
from engine.machine import DONE
from engine.placed_steps import PlacedStep, placed_steps
from engine.reader import ReadPathway
from engine.signals import Signals
from engine.source import Path, Place
from pathways.county import County
from pathways.definition import PathwayDefinition
from pathways.law_clock import LawClock
from pathways.phrases import Phrase
from pathways.step import Target, parse_target
from pathways.vocabulary import Vocabulary


@dataclass(frozen=True)
class Shelves:
    """What a pathway is held against: the words, the law, a county, the calendars and the other pathways."""

    vocabulary: Vocabulary
    clocks: Mapping[str, LawClock] = field(default_factory=dict)
    county: County | None = None
    calendars: Calendars = field(default_factory=shipped_calendars)
    pathways: Mapping[str, PathwayDefinition] = field(default_factory=dict)


@dataclass(frozen=True)
class Examined:
    """One pathway and the questions every check asks of it."""

    read: ReadPathway
    shelves: Shelves

    @property
    def definition(self) -> PathwayDefinition:
        """What the file says, expanded."""
        return self.read.definition

    @cached_property
    def signals(self) -> Signals:
        """What each move of a case raises."""
        return Signals(self.definition)

    @cached_property
    def placed(self) -> tuple[PlacedStep, ...]:
        """Every step with its path, twice where a key is used twice."""
        return tuple(placed_steps(self.definition))

    @cached_property
    def steps(self) -> Mapping[str, PlacedStep]:
        """Every step by key."""
        return {placed.key: placed for placed in self.placed}

    def targets(self, placed: PlacedStep) -> Mapping[str, Target]:
        """Return where each outcome of a step leads; a branch that names none is simply done."""
        if placed.step.outcomes:
            return {outcome: parse_target(text) for outcome, text in placed.step.outcomes.items()}
        return {DONE: Target("done")} if placed.parent and not placed.is_region else {}

    def professions_of(self, role: str | None) -> tuple[str, ...]:
        """Return the professions of a role; of all roles where a step belongs to whoever is responsible."""
        roles = self.definition.roles
        if role in roles:
            return roles[role].professions
        return tuple(dict.fromkeys(one for each in roles.values() for one in each.professions))

    def raised_by_ending(self, placed: PlacedStep, outcome: str) -> tuple[Phrase, ...]:
        """Return what ending a step can raise at most: the case urgent, the role's professions acting."""
        professions = self.professions_of(placed.step.role)
        return self.signals.of_ending(placed.key, placed.step, outcome, urgent=True, professions=professions)

    @cached_property
    def side_steps(self) -> tuple[str, ...]:
        """The steps opened beside the present one: by hand, by an event, or by a day that comes."""
        by_event = [step for event in self.definition.events.values() for step in event.enters]
        led_to = {text for step in self.definition.steps.values() for text in step.outcomes.values()}
        by_day = [key for key, step in self.definition.steps.items() if step.opens and key not in led_to]
        by_hand = [key for key, step in self.definition.steps.items() if step.by_hand]
        return tuple(dict.fromkeys(key for key in (*by_hand, *by_event, *by_day) if key in self.definition.steps))

    @property
    def first_step(self) -> str | None:
        """The step a new case enters."""
        return next((key for key, step in self.definition.steps.items() if not step.by_hand), None)

    # findings

    def at_key(self, code: str, path: Path, way: tuple[str, ...] = (), /, **facts: str) -> Finding:
        """Return a finding that points at a key."""
        return Finding(code, self._place_of_key(path), _dotted(path), facts, way)

    def at_value(self, code: str, path: Path, way: tuple[str, ...] = (), /, **facts: str) -> Finding:
        """Return a finding that points at a value."""
        return Finding(code, self.read.node.value_place(path), _dotted(path), facts, way)

    def _place_of_key(self, path: Path) -> Place:
        return self.read.node.place_of(path)

    def wrote(self, *path: str) -> bool:
        """Return whether the pathway's own file says it, rather than a block or the law."""
        return self.read.written.at(*path) is not None


def listed(names: Iterator[str] | tuple[str, ...] | Mapping[str, object]) -> str:
    """Return names as a reader lists them."""
    return ", ".join(sorted(names)) or "–"


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)
