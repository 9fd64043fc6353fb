"""The cases of data on a way: which branches are wanted and whom a promise concerns, with one value a variable.

A variable has the same value wherever a way asks for it; nobody knows it, until some condition finds it known. What a
step asks again is open again, and what changes by itself or by an event (`CHANGING`) is judged anew each time. That a
worker corrects a fact in between isn't followed. Only the variables in `remembered` are kept in mind; the others are
free, which allows more than can happen and never less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TypeAlias

from engine.checks.data_values import Values, cases_of, known_variables, limits_of, truth, values_told_apart
from engine.checks.examined import Examined
from engine.condition_text import Literal_
from engine.conditions import Condition, compile_condition
from engine.facts import FactVariable
from pathways.step import Step

Facts: TypeAlias = tuple[Literal_ | None, ...]
"""What is known of the remembered variables, in their order; None where nothing is."""
CHANGING = frozenset(
    {
        *("client.age", "client.age_months", "client.guardian_may_know", "client.interpreter_needed"),
        *("case.urgency", "case.concern", "case.services", "case.episode", "case.language"),
    }
)
_MOST_FREE = 8


@dataclass(frozen=True)
class Conditions:
    """The conditions of one pathway that a way can turn on, and what their variables can be."""

    examined: Examined

    @cached_property
    def of_branches(self) -> Mapping[str, Condition]:
        """The condition of each branch that has one."""
        branches = {placed.key: placed.step.when for placed in self.examined.placed if placed.key == placed.branch}
        return {key: self._compiled(text) for key, text in branches.items() if text}

    @cached_property
    def of_promises(self) -> Mapping[str, tuple[Condition, ...]]:
        """The conditions that say whom each promise concerns."""
        promises = self.examined.definition.promises.items()
        return {key: tuple(map(self._compiled, filter(None, (each.applies, each.scope)))) for key, each in promises}

    @cached_property
    def open_to_change(self) -> frozenset[str]:
        """The variables that can be other later on: they change by themselves, or a step asks for them."""
        asked = (name for placed in self.examined.placed for name in asked_by(placed.step))
        return CHANGING.union(asked)

    @cached_property
    def values(self) -> Mapping[str, tuple[Literal_, ...]]:
        """The values these conditions tell apart, for each variable."""
        named: dict[str, list[Condition]] = {}
        for condition in (*self.of_branches.values(), *(one for each in self.of_promises.values() for one in each)):
            for name in condition.names:
                named.setdefault(name, []).append(condition)
        limits = limits_of(self.examined)
        return {name: values_told_apart(name, conditions, limits) for name, conditions in named.items()}

    def _compiled(self, text: str) -> Condition:
        return compile_condition(text, self._known)

    @cached_property
    def _known(self) -> Mapping[str, FactVariable]:
        return known_variables(self.examined)


@dataclass(frozen=True)
class Data:
    """What conditions can come to, beside what is known already."""

    conditions: Conditions
    remembered: tuple[str, ...] = ()

    @property
    def nothing_known(self) -> Facts:
        """What is known when a case opens."""
        return (None,) * len(self.remembered)

    def remembering(self, names: frozenset[str]) -> "Data":
        """Return the same, keeping these variables in mind as far as they stay what they are."""
        return replace(self, remembered=tuple(sorted(names - CHANGING)))

    def wanted(
        self, branches: tuple[str, ...], facts: Facts, *, known: bool = False
    ) -> tuple[tuple[Mapping[str, bool], Facts], ...]:
        """Return every way these branches can be wanted together; an unknown condition keeps its branch.

        With `known`, only for clients of whom everything is known.
        """
        asked = {branch: self.conditions.of_branches.get(branch) for branch in branches}
        cases = self._cases(tuple(filter(None, asked.values())), facts)
        if known and cases is not None:
            cases = tuple(case for case in cases if None not in case.values())
        if cases is None:
            return tuple((wanted, facts) for wanted in _any_of(asked))
        told = {
            (
                tuple(each is None or truth(each.expression, case) is not False for each in asked.values()),
                self._learnt(facts, case),
            ): None
            for case in cases
        }
        return tuple((dict(zip(branches, wanted, strict=True)), now) for wanted, now in told)

    def left_unknown(self, branches: tuple[str, ...], facts: Facts) -> frozenset[str]:
        """Return what the conditions of these branches asked and nobody knew."""
        asked = {name for branch in branches if branch in self.conditions.of_branches
                 for name in self.conditions.of_branches[branch].names}  # fmt: skip
        return frozenset(
            name for name, known in zip(self.remembered, facts, strict=True) if known is None and name in asked
        )

    def concerning(
        self, promise: str, facts: Facts, unknown: frozenset[str] = frozenset()
    ) -> tuple[tuple[bool, Facts], ...]:
        """Return whether a promise can concern the client and whether it can't, with what is known then.

        Nobody knows what is `unknown` in this transaction.
        """
        conditions = self.conditions.of_promises[promise]
        names = {name for condition in conditions for name in condition.names}
        if not names & self.conditions.open_to_change.union(self.remembered):
            return ((True, facts),)  # it stays so or not from the beginning; whom it doesn't concern, it leaves nothing
        cases = self._cases(conditions, facts)
        if cases is None:
            return ((True, facts), (False, facts))
        cases = tuple(case for case in cases if all(case[name] is None for name in unknown & case.keys()))
        told = {
            (all(truth(one.expression, case) is True for one in conditions), self._learnt(facts, case)): None
            for case in cases
        }
        return tuple(told)

    def asked_anew(self, step: Step, facts: Facts) -> Facts:
        """Return what is known once a step has asked: its answers can be others than before."""
        if not facts:
            return facts
        asks = asked_by(step)
        return tuple(None if name in asks else known for name, known in zip(self.remembered, facts, strict=True))

    def _cases(self, conditions: tuple[Condition, ...], facts: Facts) -> tuple[Values, ...] | None:
        names = dict.fromkeys(name for condition in conditions for name in condition.names)
        return cases_of({name: self._possible(name, facts) for name in names})

    def _possible(self, name: str, facts: Facts) -> tuple[Literal_ | None, ...]:
        known = facts[self.remembered.index(name)] if name in self.remembered else None
        return (known,) if known is not None else (None, *self.conditions.values[name])

    def _learnt(self, facts: Facts, case: Values) -> Facts:
        return tuple(case.get(name, known) for name, known in zip(self.remembered, facts, strict=True))


def asked_by(step: Step) -> frozenset[str]:
    """Return the variables that a step asks for, or that its outcomes set."""
    answers = {f"answers.{key}" for key in (*step.fields, *step.instruments)}
    told = {fact for facts in step.outcome_facts.values() for fact in facts}
    return frozenset(answers | told | {asked.fact for asked in step.fields.values() if asked.fact})


def _any_of(asked: Mapping[str, Condition | None]) -> tuple[Mapping[str, bool], ...]:
    """Return the branches wanted in every way, or all and only the sure ones where those are too many."""
    free = [branch for branch, condition in asked.items() if condition]
    chosen = (
        product((True, False), repeat=len(free))
        if len(free) <= _MOST_FREE
        else ((True,) * len(free), (False,) * len(free))
    )
    return tuple({**dict.fromkeys(asked, True), **dict(zip(free, each, strict=True))} for each in chosen)
