"""Clocks: which promises and deadlines of the law a step keeps, so that its box can say them."""

from collections.abc import Iterator, Mapping

from pathways.definition import PathwayDefinition
from pathways.phrases import parse_phrase
from pathways.promise_definition import PromiseDefinition
from pathways.step import Step


def clocks_kept(definition: PathwayDefinition, steps: Mapping[str, Step]) -> dict[str, tuple[PromiseDefinition, ...]]:
    """Return for each step the clocks that doing it keeps, in the file's order.

    Left out are targets, and clocks made from the step's own words, which its box says anyway.
    """
    owed = [clock for clock in definition.promises.values() if clock.kind != "target" and clock.step is None]
    return {key: tuple(clock for clock in owed if _keeps(key, step, clock)) for key, step in steps.items()}


def clocked_steps(definition: PathwayDefinition, steps: Mapping[str, Step]) -> set[str]:
    """Return the steps that a clock is made from or names, and the first: clocks of the contact itself show there."""
    named = {clock.step for clock in definition.promises.values() if clock.step}
    for clock in definition.promises.values():
        named |= {about for phrase in (*clock.starts, *clock.kept_when) for about in parse_phrase(phrase).about}
    written = {key for key, step in steps.items() if step.target or step.reply or step.accept}
    first = next((key for key, step in definition.steps.items() if not step.by_hand), "")
    return named | written | {first}


def _keeps(key: str, step: Step, clock: PromiseDefinition) -> bool:
    """Whether a clock names the step, or something that ending the step means by its own words."""
    meant = set(_meant(step))
    return any(key in parse_phrase(phrase).about or phrase in meant for phrase in clock.kept_when)


def _meant(step: Step) -> Iterator[str]:
    yield from step.means
    for phrases in step.outcome_means.values():
        yield from phrases
