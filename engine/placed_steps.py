"""Every step of a pathway with where it stands: alone, as a branch, or inside a branch of several steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from pathways.definition import PathwayDefinition
from pathways.step import Branch, Step


@dataclass(frozen=True)
class PlacedStep:
    """A step with where it stands: alone, as a branch, or inside a branch of several steps."""

    key: str
    step: Step
    path: tuple[str, ...] = ()
    parent: str | None = None
    branch: str | None = None

    @property
    def is_region(self) -> bool:
        """Whether it is a branch that only holds steps of its own."""
        return isinstance(self.step, Branch) and bool(self.step.steps)


def placed_steps(definition: PathwayDefinition) -> Iterator[PlacedStep]:
    """Give every step of a pathway with where it stands."""
    for key, step in definition.steps.items():
        yield PlacedStep(key, step, ("steps", key))
        for branch_key, branch in step.branches.items():
            path = ("steps", key, *step.join_path, branch_key)
            yield PlacedStep(branch_key, branch, path, parent=key, branch=branch_key)
            for inner_key, inner in branch.steps.items():
                yield PlacedStep(inner_key, inner, (*path, "steps", inner_key), parent=key, branch=branch_key)


def condition_texts(definition: PathwayDefinition) -> Iterator[str]:
    """Give every condition a pathway holds."""
    for placed in placed_steps(definition):
        yield from filter(None, (placed.step.when, *placed.step.suggests.values()))
    for promise in definition.promises.values():
        yield from filter(None, (promise.applies, promise.scope))
    for event in definition.events.values():
        yield from filter(None, (event.when, event.closes.never_automatic_when if event.closes else None))
    yield from filter(None, (definition.suggested_for, *(target.when for target in definition.handovers)))
